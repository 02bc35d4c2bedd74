"""The half-yearly report: written by people, counted by the system, and the same for ever once
it is published.
"""
