"""What every part of the house tells the others of itself: figures, things to find, and what
hangs below an organisation.
"""
