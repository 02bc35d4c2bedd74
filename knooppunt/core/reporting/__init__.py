"""What a report is made of: chapters, the counted facts in them, and their charts."""
