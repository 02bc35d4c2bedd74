"""A cell, a sheet or a name that was made to keep the reader busy is read as soon as any other.

None of these came to an end within a minute when a pattern tried again what it had passed over.
"""

from __future__ import annotations

import pytest

from knooppunt.kit.cell_links import linked_cell
from knooppunt.kit.ical.cancellation import without_notice
from knooppunt.kit.sheet_parts import SheetParts, _read_chunk


@pytest.mark.parametrize("cell", ["<a " + "href=x" * 4000, "<a " + "href = " * 4000 + ">x</a"])
def test_a_link_that_never_ends_is_text(cell: str) -> None:
    assert linked_cell(cell) == cell


@pytest.mark.parametrize("tag", [b"<hyperlink ", b'<c r="A1" ', b'<c r="A1"><f ', b"<mergeCell "])
def test_a_sheet_of_tags_that_never_end_holds_nothing(tag: bytes) -> None:
    parts = SheetParts()
    _read_chunk(tag * (1024 * 1024 // len(tag)), parts, {})
    assert parts == SheetParts()


@pytest.mark.parametrize(
    ("name", "notice"),
    [
        ("-" * 200 + " Koffie", ("-" * 200 + " Koffie", False)),
        ("🎉" * 100 + "Feest", ("🎉" * 100 + "Feest", False)),
        ("! " * 140 + "AFGELAST: Feest", ("Feest", True)),
    ],
)
def test_a_name_that_begins_with_many_signs_is_read(name: str, notice: tuple[str, bool]) -> None:
    assert without_notice(name) == notice
