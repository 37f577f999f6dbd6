"""Suggestions while a question is typed, from what the active documents say."""
