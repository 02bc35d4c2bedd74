"""The pages of dreams and plans."""
