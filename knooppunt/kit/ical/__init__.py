"""Reads calendar files (.ics, RFC 5545) of others: one event at a time, so that a bad one does
not spoil the rest.
"""
