"""What the agenda shows, and what people do with it."""
