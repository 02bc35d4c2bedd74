"""The pages of deciding together."""
