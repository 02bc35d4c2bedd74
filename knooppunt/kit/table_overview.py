"""Says what a file holds, sheet by sheet: the row of the header, its columns, how many rows,
and what is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from knooppunt.kit.headings import Heading, Knows, Row, find_heading
from knooppunt.kit.tables import Table, raw_rows

COUNTED, OFFERED = 2000, 15


@dataclass(frozen=True)
class SheetOverview:
    """One sheet; ``first`` are its first rows that are not empty.

    ``rows`` counts those below the header, up to COUNTED.
    """

    name: str
    heading: Heading
    first: tuple[Row, ...]
    rows: int
    is_read: bool

    @property
    def is_more(self) -> bool:
        """True when there are more rows than were counted."""
        return self.rows >= COUNTED

    @property
    def columns(self) -> list[str]:
        """The names of the columns that have one."""
        return [name for name in self.heading.names if name]


def overview(table: Table, knows: Knows, header_row: int = 0) -> list[SheetOverview]:
    """Every sheet of a table that has something in it, those that are read first; a CSV file is
    one without a name.
    """
    read = [sheet.name for sheet in table.sheets] or [""]
    sheets = []
    for name in (*read, *table.unread):
        filled = islice((row for row in raw_rows(table, name) if any(row.cells)), COUNTED + 40)
        rows = list(filled)
        heading = table.heading if name == read[0] else None
        heading = heading or find_heading(rows[:40], knows, header_row)
        if heading is not None:
            below = sum(row.line > heading.line for row in rows)
            first = tuple(rows[:OFFERED])
            sheets.append(SheetOverview(name, heading, first, min(below, COUNTED), name in read))
    return sheets
