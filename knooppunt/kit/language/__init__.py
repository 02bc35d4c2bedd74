"""Knows the languages of the neighbourhood: words without endings, and what people call what
they need.
"""
