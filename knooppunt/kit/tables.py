"""Opens spreadsheets as people save them (CSV in any common form, XLSX) and streams their rows with line numbers."""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, TextIO

LARGEST_FILE = 200 * 1024 * 1024
LARGEST_UNPACKED = 600 * 1024 * 1024
MOST_COLUMNS = 500
csv.field_size_limit(1024 * 1024)


class UnreadableFile(ValueError):
    """The file as a whole cannot be read; ``code`` names why (empty, too_large, not_a_table, damaged, no_header)."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code} {detail}".strip())
        self.code, self.detail = code, detail


@dataclass(frozen=True)
class Row:
    """One row: the line it starts on in the file (the header is line 1) and its cells, trimmed."""

    line: int
    cells: list[str]


@dataclass(frozen=True)
class Table:
    """A spreadsheet: its header, and how it was read. ``rows`` may be walked more than once."""

    path: Path
    header: list[str]
    encoding: str
    delimiter: str

    def rows(self) -> Iterator[Row]:
        """The rows under the header, without the wholly empty ones."""
        read = (
            _xlsx_rows(self.path)
            if self.encoding == "xlsx"
            else _csv_rows(self.path, self.encoding, self.delimiter)
        )
        found_header = False
        for row in read:
            if not any(row.cells):
                continue
            if found_header and self.encoding == "xlsx":
                # A spreadsheet leaves out empty cells at the end of a row.
                yield Row(row.line, row.cells + [""] * (len(self.header) - len(row.cells)))
            elif found_header:
                yield row
            found_header = True


def open_table(path: Path) -> Table:
    """Recognise the form of a file and read its header. Raises UnreadableFile."""
    if path.stat().st_size == 0:
        raise UnreadableFile("empty")
    if path.stat().st_size > LARGEST_FILE:
        raise UnreadableFile("too_large", f"{LARGEST_FILE // 1024 // 1024} MB")
    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(b"PK"):
        return _open_xlsx(path)
    if start.startswith((b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf")):
        raise UnreadableFile("not_a_table")
    encoding = _encoding(path)
    with _open(path, encoding) as file:
        sample = file.read(64 * 1024)
    if "\x00" in sample:
        raise UnreadableFile("not_a_table")
    delimiter = _delimiter(sample)
    try:
        first = next(
            (row.cells for row in _csv_rows(path, encoding, delimiter) if any(row.cells)), None
        )
    except csv.Error as problem:
        raise UnreadableFile("damaged", str(problem)) from problem
    return Table(path, _header(first), encoding, delimiter)


def _header(cells: list[str] | None) -> list[str]:
    if not cells:
        raise UnreadableFile("empty")
    if len(cells) > MOST_COLUMNS:
        raise UnreadableFile("not_a_table", f"{len(cells)} columns")
    while cells and not cells[-1]:
        cells.pop()
    if any(len(cell) > 300 for cell in cells):
        raise UnreadableFile("no_header")
    return cells


def _encoding(path: Path) -> str:
    """utf-8-sig, utf-16 or utf-8 when the bytes say so, else cp1252 (the Windows form of a Dutch spreadsheet).

    A file in UTF-8 with a damaged byte here and there stays UTF-8.
    """
    with path.open("rb") as file:
        start = file.read(4)
    if start.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    good = bad = 0
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        while block := file.read(1024 * 1024):
            if not block.isascii():
                broken = block.count("\ufffd")
                bad += broken
                good += sum(not sign.isascii() for sign in block) - broken
    return "utf-8" if good >= 4 * bad else "cp1252"


def _open(path: Path, encoding: str) -> TextIO:
    """The file as text; a byte that cannot be read becomes a mark instead of stopping the reading."""
    return path.open(encoding=encoding, errors="replace", newline="")


def _delimiter(sample: str) -> str:
    """The sign of comma, semicolon and tab that cuts the first lines into the most, and the most equal, cells."""
    declared = sample.lstrip("\ufeff").lower()
    if declared.startswith("sep=") and declared[4:5] in (",", ";", "\t", "|"):
        return declared[4]
    best, best_score = ",", -1.0
    for sign in ",;\t":
        lines = csv.reader(io.StringIO(sample), delimiter=sign)
        widths = []
        try:
            for cells in lines:
                if any(cells):
                    widths.append(len(cells))
                if len(widths) == 20:
                    break
        except csv.Error:
            continue
        if not widths:
            continue
        header = widths[0]
        score = (header - 1) * (1 + sum(width == header for width in widths) / len(widths))
        if score > best_score:
            best, best_score = sign, score
    return best


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
    """Rows of a CSV file; a quotation mark that is never closed is an ordinary sign and swallows no rows."""
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
                yield Row(line, [cell.strip() for cell in cells])
            line += len(lines.taken)
            lines.taken.clear()


def _is_closed(lines: list[str], delimiter: str) -> bool:
    """False when the text ends inside quotation marks."""
    try:
        list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error as problem:
        return "unexpected end of data" not in str(problem)
    return True


def _open_xlsx(path: Path) -> Table:
    try:
        with zipfile.ZipFile(path) as pack:
            if "xl/workbook.xml" not in pack.namelist():
                raise UnreadableFile("not_a_table")
            if sum(entry.file_size for entry in pack.infolist()) > LARGEST_UNPACKED:
                raise UnreadableFile("too_large", f"{LARGEST_UNPACKED // 1024 // 1024} MB")
        first = next((row.cells for row in _xlsx_rows(path) if any(row.cells)), None)
    except UnreadableFile:
        raise
    except Exception as problem:  # openpyxl raises whatever the damaged part makes it raise
        raise UnreadableFile("damaged", type(problem).__name__) from problem
    return Table(path, _header(first), "xlsx", "")


def _xlsx_rows(path: Path) -> Iterator[Row]:
    """Rows of the first visible sheet, with the values that a spreadsheet shows."""
    import openpyxl  # noqa: PLC0415 - the site need not wait for it at its start

    # An open file, because openpyxl refuses a path whose name does not end in .xlsx.
    with path.open("rb") as file:
        try:
            yield from _sheet_rows(openpyxl.load_workbook(file, read_only=True, data_only=True))
        except UnreadableFile:
            raise
        except (
            Exception
        ) as problem:  # a damaged part makes openpyxl raise whatever it happens to meet
            raise UnreadableFile("damaged", type(problem).__name__) from problem


def _sheet_rows(book: Any) -> Iterator[Row]:
    try:
        sheet = next(
            (one for one in book.worksheets if one.sheet_state == "visible"), book.worksheets[0]
        )
        sheet.reset_dimensions()
        for line, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
            yield Row(line, [_shown(cell) for cell in cells[: MOST_COLUMNS + 1]])
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
