"""Finds in a sheet of an XLSX what the fast reader of its values leaves out: links, merged
cells, formulas without a value.
"""

from __future__ import annotations

import html
import re
import zipfile
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from knooppunt.kit.cell_links import link_of, linked_cell, with_link

_CHUNK, _OVERLAP = 1024 * 1024, 8192
MOST_FOUND = 200_000
# No pattern passes over a "<", which stands in no tag: else a sheet of tags that never end would be
# searched to its end from each of them.
_FORMULA = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"[^<>]*><f[^<>]*>([^<]{1,4000})</f>(?:<v>([^<]*)</v>|<v ?/>)?'
)
_MERGED = re.compile(rb'<mergeCell [^<>]*ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_LINK = re.compile(rb"<hyperlink ([^<>]*)>")
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
_RELATION = re.compile(rb"<Relationship ([^<>]*)>")


@dataclass
class SheetParts:
    """What stands in a sheet beside its values, by line (from 1) and column (from 0).

    ``links`` are the addresses behind cells, ``formulas`` those that a program left without a
    value, ``merged`` gives for a cell below the first of a merged column the line of that first.
    """

    links: dict[int, dict[int, str]] = field(default_factory=dict)
    formulas: dict[int, dict[int, str]] = field(default_factory=dict)
    merged: dict[tuple[int, int], int] = field(default_factory=dict)

    def completed(self, line: int, cells: list[str]) -> list[str]:
        """The cells of a line with the addresses behind them, and what a formula would have
        shown.
        """
        for column, formula in self.formulas.get(line, {}).items():
            if column < len(cells) and not cells[column]:
                cells[column] = linked_cell(f"={formula}")
        for column, address in self.links.get(line, {}).items():
            if column < len(cells) and cells[column]:
                cells[column] = with_link(cells[column], address)
        return cells


def parts_of_sheet(path: Path, book: Any, name: str) -> SheetParts:
    """What the reader of values leaves out of a sheet; nothing when the file is put together in
    another way.
    """
    place = str(getattr(book[name], "_worksheet_path", "")).lstrip("/")
    return _parts(path, path.stat().st_mtime_ns, place)


@lru_cache(maxsize=2)
def _parts(path: Path, _changed_at: int, place: str) -> SheetParts:
    """A file is walked through more than once, and its parts are looked for once."""
    parts = SheetParts()
    with zipfile.ZipFile(path) as pack:
        if place not in pack.namelist():
            return parts
        relations = _relations(pack, place)
        tail = b""
        with pack.open(place) as sheet:
            while chunk := sheet.read(_CHUNK):
                _read_chunk(tail + chunk, parts, relations)
                tail = chunk[-_OVERLAP:]
    return parts


def _relations(pack: zipfile.ZipFile, place: str) -> dict[str, str]:
    """The addresses that a sheet refers to, by the name it has for them."""
    folder, _slash, file = place.rpartition("/")
    at = f"{folder}/_rels/{file}.rels"
    if at not in pack.namelist():
        return {}
    found: dict[str, str] = {}
    for relation in _RELATION.finditer(pack.read(at)):
        values = dict(_ATTRIBUTE.findall(relation[1]))
        found[_text(values.get(b"Id", b""))] = _text(values.get(b"Target", b""))
    return found


def _read_chunk(chunk: bytes, parts: SheetParts, relations: dict[str, str]) -> None:
    for cell in _FORMULA.finditer(chunk):
        line, column, formula = int(cell[2]), _column(cell[1]), _text(cell[3])
        address = link_of(linked_cell(f"={formula}"))
        if address and len(parts.links) < MOST_FOUND:
            parts.links.setdefault(line, {})[column] = address
        if not cell[4] and len(parts.formulas) < MOST_FOUND:
            parts.formulas.setdefault(line, {})[column] = formula
    for cell in _LINK.finditer(chunk):
        values = dict(_ATTRIBUTE.findall(cell[1]))
        ref = re.fullmatch(rb"([A-Z]{1,3})(\d{1,7})(?::.*)?", values.get(b"ref", b""))
        address = relations.get(_text(values.get(b"r:id", b"")), "")
        if ref and address and len(parts.links) < MOST_FOUND:
            parts.links.setdefault(int(ref[2]), {})[_column(ref[1])] = address
    for cells in _MERGED.finditer(chunk):
        first, last, column = int(cells[2]), int(cells[4]), _column(cells[1])
        for line in range(first + 1, min(last, first + 5000) + 1):
            if len(parts.merged) < MOST_FOUND:
                parts.merged[line, column] = first


def _column(letters: bytes) -> int:
    """The number of a column, from 0."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _text(value: bytes) -> str:
    return html.unescape(value.decode("utf-8", "replace"))
