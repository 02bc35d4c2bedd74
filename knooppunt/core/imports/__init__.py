"""Lists that people send in: kept, looked through, asked about, and read in by the worker.

One way for every kind of list.
"""
