"""The questions that can be asked of meetings, decisions, proposals and mandates."""
