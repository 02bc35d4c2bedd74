"""What people fill in for the agenda."""
