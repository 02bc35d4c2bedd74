"""Reads calendars and lists of activities from elsewhere."""
