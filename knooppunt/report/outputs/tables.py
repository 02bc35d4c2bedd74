"""The numbers of a report as tables for other programs: one line for each number, or everything with its lists."""

from __future__ import annotations

from typing import Any

from knooppunt.kit.sheet import csv_text
from knooppunt.report.book import Book

HEADER = (
    "mark",
    "figure",
    "part",
    "on",
    "area",
    "title",
    "value",
    "unit",
    "lines",
    "definition",
    "address",
)


def as_csv(book: Book) -> str:
    """One line for each number that stands in the report."""
    rows = []
    for mark in book.marks():
        told = book.numbers[mark]
        value = "" if told["value"] is None else told["value"]
        rows.append(
            [
                mark,
                told["key"],
                told["part"],
                told["day"],
                told["area"] or "",
                told["title"],
                value,
                told["unit"],
                told["lines"],
                told["definition"],
                book.far(mark),
            ]
        )
    return csv_text(HEADER, rows)


def as_json(book: Book) -> list[dict[str, Any]]:
    """Each number as ``knooppunt figures --json`` tells it, with its mark, its part and the list as it was frozen."""
    found = []
    for one in book.every():
        told = one.told
        lines = [
            {**line, "address": book.site + line["address"] if line["address"] else ""}
            for line in one.lines
        ]
        found.append(
            {
                "key": told["key"],
                "title": told["title"],
                "definition": told["definition"],
                "unit": told["unit"],
                "on": told["day"],
                "area": told["area"],
                "value": told["value"],
                "mark": one.mark,
                "part": told["part"],
                "form": told["form"],
                "items": lines,
            }
        )
    return found
