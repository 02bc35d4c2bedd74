"""The trail of who changed what, and how a mistake is corrected or put back."""
