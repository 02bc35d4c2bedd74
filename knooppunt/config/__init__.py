"""Puts the house together: settings, addresses, the command and the server."""
