"""Everything that changes something about signals, points, commitments, agreements, cuts and
dossiers.
"""
