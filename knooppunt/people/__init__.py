"""The people with an account: coordinators, weavers and hosts, who log in with a code from
their mail.
"""
