"""The forms in which a report goes out: paper, tables, a mail, pictures, and one page that
stands on its own.
"""
