"""What every part of the house leans on: the list of modules, the trail, the figures, mail, and
the base pages.
"""
