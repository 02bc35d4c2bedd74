"""Everything public, to take along: CSV and JSON with a data dictionary, for researchers and
for other coalitions.
"""
