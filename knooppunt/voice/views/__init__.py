"""The pages of the voice."""
