"""Everything that changes something about dreams and plans."""
