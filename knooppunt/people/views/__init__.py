"""The pages around accounts."""
