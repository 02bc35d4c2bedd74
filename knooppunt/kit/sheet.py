"""Writes a table that any spreadsheet opens: a mark so that accents come out well, and no cell
that it would run.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from knooppunt.kit.text import defused

NUMBERS = (int, float)


def csv_text(header: Sequence[object], rows: Iterable[Sequence[object]]) -> str:
    """A header and rows; numbers stay numbers, days are written as 2026-05-20, what is true or
    not as ja or nee, everything else as text.
    """
    text = io.StringIO("\ufeff")
    text.seek(1)
    table = csv.writer(text)
    table.writerow(header)
    table.writerows([_cell(cell) for cell in row] for row in rows)
    return text.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return value if isinstance(value, NUMBERS) else defused(str(value))
