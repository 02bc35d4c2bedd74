"""The forms of dreams and plans."""
