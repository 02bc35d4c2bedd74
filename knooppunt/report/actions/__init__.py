"""What is done with reports and stories."""
