"""The agenda: what there is to do, where and when, and who organises it; for neighbours, hosts
and the count.
"""
