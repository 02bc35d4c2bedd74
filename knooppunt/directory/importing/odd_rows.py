"""Knows the rows of a list that are no records: totals, notes, headings halfway and tables
below the table.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from knooppunt.directory.geography import AreaMap
from knooppunt.directory.importing.columns import COLUMNS
from knooppunt.directory.importing.words import Words
from knooppunt.kit.headings import STEP, Row
from knooppunt.kit.list_notes import is_note
from knooppunt.kit.tables import is_total

# The field that a name of a column means, or an empty text.
KNOWS = COLUMNS.knowing()


@dataclass
class OddRows:
    """The rows of one list, one after the other; ``other`` is the row with the names of another
    table.
    """

    areas: AreaMap
    words: Words
    other: Row | None = None

    def why(self, row: Row) -> tuple[str, str]:
        """The code of why a row is no record, and the value for its sentence; empty for a
        record.
        """
        if self._is_heading(row.cells):
            self.other = row
        if self.other and self.other.line // STEP == row.line // STEP:
            return "other_table", str(self.other.line % STEP)
        if is_total(row.cells):
            return "total_row", ""
        if is_note(row.cells):
            return "note_row", ""
        return ("section_row", self._section(row.cells)) if self._section(row.cells) else ("", "")

    @staticmethod
    def _is_heading(cells: list[str]) -> bool:
        """True for a row in which every cell is the name of a column, and of more than two."""
        fields = [KNOWS(cell) for cell in cells if cell]
        return len(set(fields)) > 2 and all(fields)

    def _section(self, cells: list[str]) -> str:
        """The only cell of a wide row, when it is the name of a wijk or a kind in the plural."""
        filled = [cell for cell in cells if cell]
        if len(filled) != 1 or len(cells) < 3:
            return ""
        plain = re.sub(r"(?i)^(?:wijk|buurt|gebied|stadsdeel)\s*:?\s+", "", filled[0]).strip(" :")
        stated = self.areas.stated(plain)
        is_area = bool(stated.areas) and not stated.unknown
        return filled[0] if is_area or self.words.is_plural(plain) else ""
