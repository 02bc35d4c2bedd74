"""The voice of the neighbourhood: from a signal to a kept promise, in whose name, step by step,
in the open.
"""
