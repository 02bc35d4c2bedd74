"""The questions that can be asked of points, commitments and the rest."""
