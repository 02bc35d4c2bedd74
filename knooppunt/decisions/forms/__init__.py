"""The forms with which meetings, proposals and mandates are written down."""
