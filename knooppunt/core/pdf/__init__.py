"""Sheets of paper as PDF, drawn in a process of their own."""
