"""What the pages of the report need to show a sentence."""
