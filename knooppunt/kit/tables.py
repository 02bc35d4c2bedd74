"""Opens spreadsheets as people save them (CSV in any common form, XLSX) and streams their rows with line numbers."""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl

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
        read = _xlsx_rows(self.path) if self.encoding == "xlsx" else _csv_rows(self.path, self.encoding, self.delimiter)
        found_header = False
        for row in read:
            if not any(row.cells):
                continue
            if found_header:
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
    with path.open(encoding=encoding, newline="") as file:
        sample = file.read(64 * 1024)
    if "\x00" in sample:
        raise UnreadableFile("not_a_table")
    delimiter = _delimiter(sample)
    try:
        first = next((row.cells for row in _csv_rows(path, encoding, delimiter) if any(row.cells)), None)
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
    """utf-8-sig, utf-16 or utf-8 when the bytes say so, else cp1252 (the Windows form of a Dutch spreadsheet)."""
    with path.open("rb") as file:
        start = file.read(4)
        if start.startswith(codecs.BOM_UTF8):
            return "utf-8-sig"
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        file.seek(0)
        decoder = codecs.getincrementaldecoder("utf-8")()
        try:
            while block := file.read(1024 * 1024):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252-lenient"
    return "utf-8"


def _lenient(error: UnicodeError) -> tuple[str, int]:
    """The five bytes that cp1252 does not know become a question mark instead of stopping the reading."""
    assert isinstance(error, UnicodeDecodeError)
    return "\ufffd" * (error.end - error.start), error.end


def _search(name: str) -> codecs.CodecInfo | None:
    if name.replace("-", "_") != "cp1252_lenient":
        return None
    plain = codecs.lookup("cp1252")

    class Incremental(codecs.IncrementalDecoder):
        def decode(self, input: Any, final: bool = False) -> str:
            return plain.decode(input, "knooppunt.lenient")[0]

    return codecs.CodecInfo(
        plain.encode, lambda data, _errors="strict": plain.decode(data, "knooppunt.lenient"),
        incrementaldecoder=Incremental, incrementalencoder=plain.incrementalencoder,
        streamreader=plain.streamreader, streamwriter=plain.streamwriter, name="cp1252-lenient",
    )  # fmt: skip


codecs.register_error("knooppunt.lenient", _lenient)
codecs.register(_search)


def _delimiter(sample: str) -> str:
    """The sign of comma, semicolon and tab that cuts the first lines into the most, and the most equal, cells."""
    declared = sample.lstrip("\ufeff").lower()
    if declared.startswith("sep="):
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


def _csv_rows(path: Path, encoding: str, delimiter: str) -> Iterator[Row]:
    with path.open(encoding=encoding, newline="") as file:
        reader = csv.reader(file, delimiter=delimiter)
        line = 1
        try:
            for cells in reader:
                tidy = [cell.strip() for cell in cells]
                if not (line == 1 and tidy and tidy[0].lower().lstrip("\ufeff").startswith("sep=")):
                    yield Row(line, tidy)
                line = reader.line_num + 1
        except csv.Error as problem:
            raise UnreadableFile("damaged", f"line {line}: {problem}") from problem


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
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        sheet = next((one for one in book.worksheets if one.sheet_state == "visible"), book.worksheets[0])
        sheet.reset_dimensions()
        for line, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
            yield Row(line, [_shown(cell) for cell in cells[: MOST_COLUMNS + 1]])
    finally:
        book.close()


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time().isoformat() == "00:00:00" else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
