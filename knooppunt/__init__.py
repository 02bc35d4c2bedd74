"""Knooppunt: a node of neighbourhood networks, where initiatives find each other and are
counted and fresh.
"""
