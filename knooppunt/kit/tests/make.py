"""Builders for tests that need a spreadsheet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl


def write_xlsx(path: Path, *rows: list[Any]) -> Path:
    """A spreadsheet with these rows on its first sheet."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path
