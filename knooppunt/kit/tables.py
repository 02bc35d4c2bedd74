"""Opens spreadsheets as people save them (CSV in any common form, XLSX) and streams their rows
with line numbers.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, TextIO

from knooppunt.kit.cell_links import linked_cell
from knooppunt.kit.headings import LOOKED_AT, STEP, Heading, Knows, Row, find_heading
from knooppunt.kit.sheet_parts import parts_of_sheet
from knooppunt.kit.text import normalise
from knooppunt.kit.text_encoding import encoding_of

LARGEST_FILE = 200 * 1024 * 1024
LARGEST_UNPACKED = 600 * 1024 * 1024
MOST_COLUMNS = 500
csv.field_size_limit(1024 * 1024)


class UnreadableFile(ValueError):
    """The file as a whole cannot be read; ``code`` names why (empty, too_large, not_a_table,
    damaged, no_header, no_sheet).
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code} {detail}".strip())
        self.code, self.detail = code, detail


@dataclass(frozen=True)
class Sheet:
    """One sheet that is read: its name, where its heading ends, and which of its columns goes
    where.

    ``named_in`` is its column of names, in which merged cells are not repeated; -1 without one.
    """

    name: str
    line: int
    order: tuple[int, ...] | None = None
    named_in: int = -1


@dataclass(frozen=True)
class Table:
    """A spreadsheet: its header, and how it was read. ``rows`` may be walked more than once.

    ``unread`` names the sheets that are not read, ``hidden`` those among them that nobody sees.
    """

    path: Path
    heading: Heading
    encoding: str
    delimiter: str
    header: list[str]
    sheets: tuple[Sheet, ...] = ()
    unread: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """How many cells the row of the header has, the empty ones at its end included."""
        return self.heading.width

    def rows(self) -> Iterator[Row]:
        """The rows under the header of each sheet, without the wholly empty ones and those that
        repeat the header.
        """
        if self.encoding == "xlsx":
            yield from self._rows_of_sheets()
            return
        for row in _csv_rows(self.path, self.encoding, self.delimiter):
            if row.line > self.heading.line and any(row.cells) and not self._is_header(row.cells):
                yield row

    def _is_header(self, cells: list[str]) -> bool:
        """True for a row that repeats the names of the columns, of which some may be left out."""
        filled = [(cell, name) for cell, name in zip(cells, self.header, strict=False) if cell]
        if len(filled) < min(2, sum(map(bool, self.header))):
            return False
        return all(normalise(cell) == normalise(name) for cell, name in filled)

    def _rows_of_sheets(self) -> Iterator[Row]:
        length = len(self.header)
        for number, sheet in enumerate(self.sheets):
            for row in _xlsx_rows(self.path, sheet):
                if row.line <= sheet.line or not any(row.cells):
                    continue
                cells = row.cells
                if sheet.order is not None:
                    cells = [cells[at] if 0 <= at < len(cells) else "" for at in sheet.order]
                # A spreadsheet leaves out empty cells at the end of a row.
                cells = cells + [""] * (length - len(cells))
                if not self._is_header(cells):
                    yield Row(row.line + number * STEP, cells)


def open_table(
    path: Path, knows: Knows | None = None, sheet: str = "", header_row: int = 0
) -> Table:
    """Recognise the form of a file and read its header. Raises UnreadableFile.

    ``knows`` says which names of columns are known, so that the header is found below a title;
    ``sheet`` and ``header_row`` (a line of the file) say which to take.
    """
    if path.stat().st_size == 0:
        raise UnreadableFile("empty")
    if path.stat().st_size > LARGEST_FILE:
        raise UnreadableFile("too_large", f"{LARGEST_FILE // 1024 // 1024} MB")
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(b"PK"):
        return _open_xlsx(path, knows, sheet, header_row)
    if start.startswith((b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf")):
        raise UnreadableFile("not_a_table")
    encoding = encoding_of(path)
    with _open(path, encoding) as file:
        sample = file.read(64 * 1024)
    if "\x00" in sample:
        raise UnreadableFile("not_a_table")
    delimiter = _delimiter(sample)
    try:
        first = _first_rows(_csv_rows(path, encoding, delimiter), header_row)
    except csv.Error as problem:
        raise UnreadableFile("damaged", str(problem)) from problem
    heading = _checked(find_heading(first, knows, header_row))
    return Table(path, heading, encoding, delimiter, heading.names)


def raw_rows(table: Table, sheet: str = "") -> Iterator[Row]:
    """Every row of one sheet of a file as it stands there, the header included."""
    if table.encoding == "xlsx":
        yield from _xlsx_rows(table.path, Sheet(sheet, LOOKED_AT))
    else:
        yield from _csv_rows(table.path, table.encoding, table.delimiter)


def _first_rows(rows: Iterable[Row], header_row: int) -> list[Row]:
    """The rows among which the header is looked for."""
    first: list[Row] = []
    for row in rows:
        if any(row.cells):
            first.append(row)
        if len(first) >= LOOKED_AT and row.line >= header_row:
            break
    return first


def _checked(heading: Heading | None) -> Heading:
    """A heading that can be one. Raises UnreadableFile."""
    if heading is None:
        raise UnreadableFile("empty")
    if heading.width > MOST_COLUMNS:
        raise UnreadableFile("not_a_table", f"{heading.width} columns")
    if not heading.names or any(len(cell) > 300 for cell in heading.names):
        raise UnreadableFile("no_header")
    return heading


# A line that adds up the lines above it: «Totaal», «Totaal: 34», «Aantal organisaties: 34».
_TOTAL = re.compile(
    r"(?:sub|eind|grand )?(?:totaal|total|totalen|totals)\s*:?\s*[\d.,]*"
    r"|(?:aantal|number of) [\w ]{3,40}:\s*\d+",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[\d.,%€ -]+")


def is_total(cells: Iterable[str]) -> bool:
    """True for a row that only adds up those above it: a word for the total, and numbers."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    if not filled or not any(_TOTAL.fullmatch(cell) for cell in filled):
        return False
    return all(_TOTAL.fullmatch(cell) or _NUMBER.fullmatch(cell) for cell in filled)


# After a small letter these bytes are a letter with an accent on a Mac, and a capital or a sign on
# Windows.
def _open(path: Path, encoding: str) -> TextIO:
    """The file as text; a byte that cannot be read becomes a mark instead of stopping the
    reading.
    """
    return path.open(encoding=encoding, errors="replace", newline="")


def _delimiter(sample: str) -> str:
    """The sign of comma, semicolon, tab and upright line that cuts the first lines into the
    most, and the most equal, cells.
    """
    declared = sample.lstrip("\ufeff").lower()
    if declared.startswith("sep=") and declared[4:5] in (",", ";", "\t", "|"):
        return declared[4]
    widths = {sign: found for sign in ",;\t|" if (found := _widths(sample, sign))}
    best = max(widths, key=lambda sign: _score(widths[sign], widths[sign][0]), default=",")
    first = widths.get(best, [1])
    if first[0] > 1 and first.count(first[0]) * 2 >= len(first):
        return best
    # The first line is a title: then the width that most lines have is that of the table.
    return max(
        widths,
        key=lambda sign: max(
            _score(widths[sign], width) for width in (widths[sign][0], _usual(widths[sign]))
        ),
        default=",",
    )


def _widths(sample: str, sign: str) -> list[int]:
    """How many cells each of the first lines has when it is cut at a sign; empty when it cannot
    be.
    """
    widths: list[int] = []
    try:
        for cells in csv.reader(io.StringIO(sample), delimiter=sign):
            if any(cells):
                widths.append(len(cells))
            if len(widths) == 20:
                break
    except csv.Error:
        return []
    return widths


def _usual(widths: list[int]) -> int:
    return max(widths, key=widths.count)


def _score(widths: list[int], header: int) -> float:
    """Better the more cells a line has, and the more lines have as many."""
    return (header - 1) * (1 + widths.count(header) / len(widths))


class _Lines:
    """The lines of a file, which can be taken back; knows those of the row that is being read."""

    def __init__(self, file: Iterable[str]) -> None:
        self._file = iter(file)
        self._again: deque[str] = deque()
        self.taken: list[str] = []
        self.at_end = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        try:
            line = self._again.popleft() if self._again else next(self._file)
        except StopIteration:
            self.at_end = True
            raise
        self.taken.append(line)
        return line

    def take_back(self) -> str:
        """Put back all lines of the row but the first; gives the first."""
        self._again.extendleft(reversed(self.taken[1:]))
        self.at_end = False
        del self.taken[1:]
        return self.taken[0]


def _csv_rows(path: Path, encoding: str, delimiter: str) -> Iterator[Row]:
    """Rows of a CSV file; a quotation mark that is never closed is an ordinary sign and
    swallows no rows.
    """
    with _open(path, encoding) as file:
        lines, line = _Lines(file), 1
        while True:
            try:
                cells = next(csv.reader(lines, delimiter=delimiter), None)
                if cells is not None and lines.at_end and not _is_closed(lines.taken, delimiter):
                    cells = next(
                        csv.reader([lines.take_back()], delimiter=delimiter, quoting=csv.QUOTE_NONE)
                    )
            except csv.Error as problem:
                raise UnreadableFile("damaged", f"line {line}: {problem}") from problem
            if cells is None:
                return
            if not (line == 1 and cells and cells[0].lower().lstrip("\ufeff").startswith("sep=")):
                yield Row(line, [linked_cell(cell.strip()) for cell in cells])
            line += len(lines.taken)
            lines.taken.clear()


def _is_closed(lines: list[str], delimiter: str) -> bool:
    """False when the text ends inside quotation marks."""
    try:
        list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error as problem:
        return "unexpected end of data" not in str(problem)
    return True


def _open_xlsx(path: Path, knows: Knows | None, sheet: str, header_row: int) -> Table:
    try:
        with zipfile.ZipFile(path) as pack:
            if "xl/workbook.xml" not in pack.namelist():
                raise UnreadableFile("not_a_table")
            if sum(entry.file_size for entry in pack.infolist()) > LARGEST_UNPACKED:
                raise UnreadableFile("too_large", f"{LARGEST_UNPACKED // 1024 // 1024} MB")
        headings: dict[str, Heading] = {}
        shown, names = _sheet_names(path)
        for name in names:
            heading = find_heading(
                _first_rows(_xlsx_rows(path, Sheet(name, LOOKED_AT)), header_row), knows, header_row
            )
            if heading is not None:
                headings[name] = heading
    except UnreadableFile:
        raise
    except Exception as problem:  # openpyxl raises whatever the damaged part makes it raise
        raise UnreadableFile("damaged", type(problem).__name__) from problem
    if sheet and sheet not in headings:
        raise UnreadableFile("no_sheet", f"{sheet}: {', '.join(headings)}")
    if not headings:
        raise UnreadableFile("empty")
    visible = {name: heading for name, heading in headings.items() if name in shown} or headings
    main = sheet or _main_sheet(visible, knows)
    first = _checked(headings[main])
    header, sheets = list(first.names), [Sheet(main, first.line, None, _named_in(first, knows))]
    for name, heading in visible.items() if knows and not sheet else ():
        if name != main and is_same_list(headings[main].names, heading.names):
            header += [
                cell for cell in heading.names if normalise(cell) not in map(normalise, header)
            ]
            order = _order(header, heading.names)
            sheets.append(Sheet(name, heading.line, order, _named_in(heading, knows)))
    read = {one.name for one in sheets}
    unread = tuple(name for name in headings if name not in read)
    hidden = tuple(name for name in unread if name not in shown)
    return Table(path, headings[main], "xlsx", "", header, tuple(sheets), unread, hidden)


def _named_in(heading: Heading, knows: Knows | None) -> int:
    """The number of the column of names, or -1."""
    fields = [knows(cell) if knows else "" for cell in heading.names]
    return fields.index("name") if "name" in fields else -1


def _main_sheet(headings: dict[str, Heading], knows: Knows | None) -> str:
    """The first sheet with names of columns that are known, that of a name among them; else the
    first.
    """
    scores = {
        name: (any(knows(cell) == "name" for cell in heading.names), min(heading.known, 2))
        if knows
        else (False, 0)
        for name, heading in headings.items()
    }
    return max(headings, key=lambda name: scores[name])


def is_same_list(header: list[str], other: list[str]) -> bool:
    """True if two sheets have the same columns, but for a few, in whatever order."""
    left, right = ({normalise(cell) for cell in cells if cell} for cells in (header, other))
    return bool(left & right) and len(left & right) >= 0.6 * len(left | right)


def _order(header: list[str], names: list[str]) -> tuple[int, ...]:
    """For each column of the table the number of the column of a sheet; -1 where it has none."""
    at = {normalise(name): number for number, name in reversed(list(enumerate(names)))}
    return tuple(at.get(normalise(name), -1) for name in header)


def _sheet_names(path: Path) -> tuple[list[str], list[str]]:
    """The names of the sheets that are visible (all when none is), and those of all."""
    import openpyxl  # noqa: PLC0415 - the site need not wait for it at its start

    with path.open("rb") as file:
        book = openpyxl.load_workbook(file, read_only=True, data_only=True)
        try:
            shown = [one.title for one in book.worksheets if one.sheet_state == "visible"]
            names = [one.title for one in book.worksheets]
            return shown or names, names
        finally:
            book.close()


def _xlsx_rows(path: Path, sheet: Sheet) -> Iterator[Row]:
    """Rows of a sheet, with the values that a spreadsheet shows."""
    import openpyxl  # noqa: PLC0415 - the site need not wait for it at its start

    # An open file, because openpyxl refuses a path whose name does not end in .xlsx.
    with path.open("rb") as file:
        try:
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
            yield from _sheet_rows(path, book, sheet)
        except UnreadableFile:
            raise
        except (
            Exception
        ) as problem:  # a damaged part makes openpyxl raise whatever it happens to meet
            raise UnreadableFile("damaged", type(problem).__name__) from problem


def _sheet_rows(path: Path, book: Any, sheet: Sheet) -> Iterator[Row]:  # openpyxl has no types
    try:
        parts = parts_of_sheet(path, book, sheet.name)
        repeated = {first for first in parts.merged.values() if first > sheet.line}
        firsts: dict[int, list[str]] = {}
        rows = book[sheet.name]
        rows.reset_dimensions()
        for line, values in enumerate(rows.iter_rows(values_only=True), start=1):
            cells = [_shown(cell) for cell in values[: MOST_COLUMNS + 1]]
            cells = parts.completed(line, cells)
            if line in repeated:
                firsts[line] = list(cells)
            for column, cell in enumerate(cells):
                first = parts.merged.get((line, column), 0) if not cell and repeated else 0
                above = firsts.get(first, [])
                if column < len(above) and column != sheet.named_in and any(cells):
                    cells[column] = above[column]
            yield Row(line, cells)
    finally:
        book.close()


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return (
            value.date().isoformat()
            if value.time().isoformat() == "00:00:00"
            else value.isoformat(" ")
        )
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
