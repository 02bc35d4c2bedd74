"""Deciding together: meetings, proposals with one vote per member organisation, mandates, and a
log that everybody can read.
"""
