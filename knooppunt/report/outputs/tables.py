"""The numbers of a report as tables for other programs: one line for each number, or everything
with its lists.
"""

from __future__ import annotations

from knooppunt.kit.sheet import csv_text
from knooppunt.report.readable import ReadableReport

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


def as_csv(readable: ReadableReport) -> str:
    """One line for each number that stands in the report."""
    rows = []
    for mark in readable.document.marks():
        number = readable.numbers[mark]
        rows.append(
            [
                mark,
                number.key,
                number.part,
                number.day,
                number.area or "",
                number.title,
                "" if number.value is None else number.value,
                number.unit,
                number.lines,
                number.definition,
                readable.absolute_link(mark),
            ]
        )
    return csv_text(HEADER, rows)


def as_json(readable: ReadableReport) -> list[dict[str, object]]:
    """Each number as ``knooppunt figures --json`` gives it, with its mark, part and frozen list."""
    return [
        {
            "key": number.facts.key,
            "title": number.facts.title,
            "definition": number.facts.definition,
            "unit": number.facts.unit,
            "on": number.facts.day,
            "area": number.facts.area,
            "value": number.facts.value,
            "mark": number.mark,
            "part": number.facts.part,
            "form": number.facts.form,
            "items": [
                {**line, "address": readable.site + line["address"] if line["address"] else ""}
                for line in number.lines
            ],
        }
        for number in readable.all_numbers()
    ]
