"""Finding: what people type in their own words and language leads to the place, activity or
initiative they need.
"""
