"""Named questions to the tables of the agenda."""
