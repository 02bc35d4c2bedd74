"""Needs and offers: what initiatives lack and can spare, who might fit, and whether it really
worked out.
"""
