"""The tables of dreams and plans, step by step."""
