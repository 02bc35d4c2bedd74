"""The whole site in one file: made, checked and put back."""
