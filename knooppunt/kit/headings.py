"""Finds the row with the names of the columns in a sheet: below a title or an explanation, in
one row or in two.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

# Gives the field that a column name means, or an empty text.
Knows = Callable[[str], str]
LOOKED_AT = 40
LONGEST_NAME = 60
# Lines of the second sheet begin here, of the third at twice this, and so on; no sheet has as many
# rows.
STEP = 10_000_000


@dataclass(frozen=True)
class Row:
    """One row: the line it starts on in the file (the first line is 1; see STEP for further
    sheets) and its cells.
    """

    line: int
    cells: list[str]


@dataclass(frozen=True)
class Heading:
    """The names of the columns, on which lines they stand, what is above them, and how many of
    them are known.
    """

    names: list[str]
    first: int
    line: int
    above: int = 0
    known: int = 0
    width: int = 0

    @property
    def is_double(self) -> bool:
        """True if two rows together give the names."""
        return self.first != self.line


def find_heading(rows: Sequence[Row], knows: Knows | None, line: int = 0) -> Heading | None:
    """The heading among the first rows of a sheet, or None when all are empty; ``line`` says on
    which line it is.

    The first row that is not empty, unless a later one has more names that are known.
    """
    filled = [row for row in rows if any(row.cells)]
    if line:
        filled = [row for row in filled if row.line >= line] and filled
        number = next((at for at, row in enumerate(filled) if row.line >= line), -1)
    else:
        number = _best(filled, knows) if filled else -1
    if number < 0:
        return None
    lower, upper = filled[number], None
    if number and knows:
        upper = filled[number - 1] if _is_group_row(filled[number - 1], lower, knows) else None
    names = _combined(upper.cells, lower.cells, knows) if upper and knows else list(lower.cells)
    width = len(names)
    while names and not names[-1]:
        names.pop()
    known = len(_fields(names, knows)) if knows else 0
    above = number - (1 if upper else 0)
    return Heading(names, (upper or lower).line, lower.line, above, known, width)


def _fields(cells: Sequence[str], knows: Knows) -> set[str]:
    return {
        field for cell in cells if cell and len(cell) <= LONGEST_NAME and (field := knows(cell))
    }


def _best(rows: Sequence[Row], knows: Knows | None) -> int:
    """The number of the row that looks most like a heading."""
    if knows is None:
        return 0
    scores = [len(_fields(row.cells, knows)) for row in rows]
    best = 0
    for number, row in enumerate(rows):
        cells = sum(map(bool, row.cells))
        is_heading = scores[number] * 2 >= cells and scores[number] >= min(2, cells)
        # What stands in a column of kinds ("netwerk", "plek") may be a name of a column too.
        if is_heading and scores[number] > scores[best] + (scores[best] > 0):
            best = number
    below = best + 1
    if below < len(rows) and rows[below].line == rows[best].line + 1:
        cells = sum(map(bool, rows[below].cells))
        if scores[below] >= max(2, scores[best] - 1) and scores[below] * 2 >= cells:
            return below
    return best


def _is_group_row(upper: Row, lower: Row, knows: Knows) -> bool:
    """True if the row right above only names groups of columns, such as "Bezoekadres" over
    street and postcode.
    """
    cells = [cell for cell in upper.cells if cell]
    if upper.line + 1 != lower.line or any(len(cell) > LONGEST_NAME for cell in cells):
        return False
    if any(sign.isdigit() for cell in cells for sign in cell) or not _fields(lower.cells, knows):
        return False
    return len(cells) > 1 or bool(_fields(cells, knows))


def _combined(upper: Sequence[str], lower: Sequence[str], knows: Knows) -> list[str]:
    """One name per column: the lower one, with that of its group where the lower alone is
    unknown or there already.
    """
    names: list[str] = []
    taken: set[str] = set()
    group = ""
    for number in range(max(len(upper), len(lower))):
        above = upper[number] if number < len(upper) else ""
        below = lower[number] if number < len(lower) else ""
        group = above or group
        name = below or above
        if below and group:
            field = knows(below)
            is_person = knows(group) == "person" and field == "name"
            if not field or field in taken or is_person:
                name = f"{group} {below}"
        names.append(name)
        taken.add(knows(name))
    return names
