"""Writes the open data: a CSV file per table, one JSON file with all of them, and what every
column means.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from knooppunt.directory.exports import TABLES, Table, flat_organisations
from knooppunt.directory.importing.register import FORMAT
from knooppunt.kit.text import defused


def table(name: str) -> Table | None:
    """The table with a name, or None."""
    return next((one for one in TABLES if one.name == name), None)


def cell(value: Any) -> str:
    """A value as a spreadsheet cell that runs no formula; lists are joined by semicolons."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, list):
        return defused("; ".join(map(str, value)))
    if isinstance(value, dict):
        return defused(json.dumps(value, ensure_ascii=False, sort_keys=True))
    return defused(value) if isinstance(value, str) else str(value)


def csv_lines(rows: Iterable[dict[str, Any]], columns: list[str]) -> Iterator[str]:
    """Lines of a CSV file with a header, comma between, UTF-8 with a mark so that a spreadsheet
    shows accents.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(columns)
    yield "\ufeff" + buffer.getvalue()
    for row in rows:
        buffer.seek(0)
        buffer.truncate()
        writer.writerow([cell(row[name]) for name in columns])
        yield buffer.getvalue()


def rows_of(name: str, day: date) -> tuple[list[str], Iterable[dict[str, Any]]]:
    """Columns and rows of a table as a list people can work with; organisations come with
    networks and address.
    """
    one = table(name)
    assert one is not None
    columns = [column.name for column in one.columns]
    if name != "organisations":
        return columns, one.dicts(day)
    extra = [
        "networks",
        "is_place",
        "street",
        "postcode",
        "city",
        "latitude",
        "longitude",
        "email",
        "phone",
    ]
    return columns + extra, flat_organisations(day)


def register_json(day: date) -> Iterator[str]:
    """The whole public register as of a day as one JSON text, in pieces."""
    head = {
        "format": FORMAT,
        "coalition": settings.COALITION.name,
        "made_on": timezone.localdate().isoformat(),
        "as_of": day.isoformat(),
    }
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "tables": {'
    for number, one in enumerate(TABLES):
        yield f'{"," if number else ""}\n"{one.name}": ['
        for row_number, row in enumerate(one.dicts(day)):
            yield f"{',' if row_number else ''}\n{json.dumps(row, ensure_ascii=False)}"
        yield "]"
    yield "}}\n"


def dictionary() -> list[dict[str, Any]]:
    """What every table and column means."""
    return [
        {
            "table": one.name,
            "meaning": str(one.meaning),
            "columns": [{"name": c.name, "meaning": str(c.meaning)} for c in one.columns],
        }
        for one in TABLES
    ]


def write_all(folder: Path, day: date | None = None) -> list[str]:
    """Write every file into a folder, as of a day (else today); gives their names."""
    day = day or timezone.localdate()
    folder.mkdir(parents=True, exist_ok=True)
    names = []
    for one in TABLES:
        columns, rows = rows_of(one.name, day)
        names.append(f"{one.name}.csv")
        with (folder / names[-1]).open("w", encoding="utf-8", newline="") as file:
            file.writelines(csv_lines(rows, columns))
    with (folder / "register.json").open("w", encoding="utf-8") as file:
        file.writelines(register_json(day))
    (folder / "dictionary.json").write_text(
        json.dumps(dictionary(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    return [*names, "register.json", "dictionary.json"]
