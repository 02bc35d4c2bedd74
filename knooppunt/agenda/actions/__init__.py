"""The verbs of the agenda: everything that changes something, each in one place."""
