"""Plain tools for dates, text, places on earth and spreadsheets; nothing here knows the web
site.
"""
