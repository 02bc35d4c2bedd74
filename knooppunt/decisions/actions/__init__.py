"""Everything that changes something about meetings, proposals, votes and mandates."""
