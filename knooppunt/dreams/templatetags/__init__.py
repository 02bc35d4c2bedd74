"""What the templates of dreams use."""
