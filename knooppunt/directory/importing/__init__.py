"""Reads a coalition's own spreadsheet into the register, row by row, and reports what it found."""
