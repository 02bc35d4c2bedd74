"""Everything that changes something about needs, offers and introductions."""
