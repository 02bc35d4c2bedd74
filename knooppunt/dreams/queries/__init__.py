"""Questions about dreams and plans."""
