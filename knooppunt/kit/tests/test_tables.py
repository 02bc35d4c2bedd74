"""Spreadsheets are opened however they were saved, each row keeps its line, and what is no
spreadsheet is refused.
"""

from __future__ import annotations

import tempfile
import zipfile
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from knooppunt.kit.tables import UnreadableFile, is_total, open_table
from knooppunt.kit.tests.make import write_xlsx


def _write(path: Path, raw: bytes | str) -> Path:
    path.write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    return path


def _cells(path: Path) -> list[list[str]]:
    table = open_table(path)
    return [table.header, *[row.cells for row in table.rows()]]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_comma_semicolon_and_tab_are_recognised(tmp_path: Path, sign: str) -> None:
    rows = [["naam", "wijk", "punt"], ["De Tuin", "Noord", "x"], ["Café", "Zuid", ""]]
    path = _write(tmp_path / "a.csv", "\r\n".join(sign.join(row) for row in rows))
    assert _cells(path) == rows


def test_commas_in_the_text_do_not_hide_the_semicolon(tmp_path: Path) -> None:
    path = _write(
        tmp_path / "a.csv",
        "naam;omschrijving\nTuin;soep, brood, koek, thee\nPark;gras, bloem, boom, bij\n",
    )
    assert open_table(path).delimiter == ";"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_accents_survive_every_usual_encoding(tmp_path: Path, encoding: str) -> None:
    path = _write(tmp_path / "a.csv", "naam,omschrijving\nCafé Zoë,“ruïne”\n".encode(encoding))
    assert _cells(path) == [["naam", "omschrijving"], ["Café Zoë", "“ruïne”"]]


@pytest.mark.parametrize("name", ["Café Zoë", "Ruïne", "Ons Idéetje", "Façade", "Gruyère en zo"])
def test_accents_of_an_old_mac_survive(tmp_path: Path, name: str) -> None:
    path = _write(tmp_path / "a.csv", f"naam,wijk\n{name},Noord\n".encode("mac_roman"))
    assert _cells(path)[1] == [name, "Noord"]


@pytest.mark.parametrize(
    "name", ["Café Zoë", "foto’s", "Vašek", "Plaza ‘t Hof…", "prijs €2", "Zoek™"]
)
def test_a_list_of_windows_is_not_taken_for_one_of_a_mac(tmp_path: Path, name: str) -> None:
    path = _write(tmp_path / "a.csv", f"naam,wijk\n{name},Noord\n".encode("cp1252"))
    assert _cells(path)[1] == [name, "Noord"]


def test_upright_lines_cut_a_list(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.csv", "naam|wijk|thema\nTuin, klein|Noord|groen, eten\n")
    assert _cells(path) == [["naam", "wijk", "thema"], ["Tuin, klein", "Noord", "groen, eten"]]


@pytest.mark.parametrize(
    ("cells", "is_one"),
    [
        (["Totaal", "", "34"], True),
        (["", "Totaal: 34"], True),
        (["Subtotaal", "€ 12,50"], True),
        (["Aantal organisaties: 34"], True),
        (["Totaal Wijkzorg", "Noord"], False),
        (["Totaal", "Noord"], False),
        (["Tuin", "34"], False),
        ([""], False),
        (["Aantal vrienden"], False),
    ],
)
def test_a_line_that_adds_up_is_known(cells: list[str], is_one: bool) -> None:
    assert is_total(cells) is is_one


def test_a_sign_that_no_encoding_knows_does_not_stop_the_reading(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.csv", b"naam,wijk\nCaf\xe9 \x81,Noord\nTuin,Zuid\n")
    assert _cells(path)[2] == ["Tuin", "Zuid"] and _cells(path)[1][0].startswith("Café")


def test_one_wrong_byte_does_not_spoil_the_accents_of_a_utf8_file(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.csv", "naam,wijk\nCafé,Noord\n".encode() * 50 + b"Tuin \xe9,Zuid\n")
    assert _cells(path)[1] == ["Café", "Noord"]


def test_a_declared_separator_is_followed_and_is_no_row(tmp_path: Path) -> None:
    path = _write(tmp_path / "a.csv", "sep=;\nnaam;wijk\nTuin;Noord\n")
    assert _cells(path) == [["naam", "wijk"], ["Tuin", "Noord"]]
    assert next(open_table(path).rows()).line == 3


@pytest.mark.parametrize("raw", ["sep=", "sep=\nnaam,wijk\nTuin,Noord\n"])
def test_a_declaration_without_a_separator_is_no_accident(tmp_path: Path, raw: str) -> None:
    with suppress(UnreadableFile):
        assert _cells(_write(tmp_path / "a.csv", raw)) == [["naam", "wijk"], ["Tuin", "Noord"]]


def test_rows_keep_their_line_past_line_breaks_in_cells_and_empty_rows(tmp_path: Path) -> None:
    path = _write(
        tmp_path / "a.csv", 'naam,wat\nEen,"a\nb\r\nc"\n\n,\nTwee,d\n"Drie\n",e\nVier,f\n'
    )
    assert [(row.line, row.cells[0]) for row in open_table(path).rows()] == [
        (2, "Een"),
        (7, "Twee"),
        (8, "Drie"),
        (10, "Vier"),
    ]


def test_a_table_may_be_walked_twice(tmp_path: Path) -> None:
    table = open_table(_write(tmp_path / "a.csv", "naam\nTuin\n"))
    assert list(table.rows()) == list(table.rows())


def test_a_real_spreadsheet_shows_what_people_see(tmp_path: Path) -> None:
    day = datetime(2024, 7, 1)
    path = write_xlsx(
        tmp_path / "a.xlsx",
        ["naam", "nr", "dag", "ja", "lat"],
        ["Café", 12.0, day, True, 51.9],
        [None] * 5,
        ["Tuin", 3, date(2024, 7, 2), False, "51,9"],
    )
    rows = list(open_table(path).rows())
    assert rows[0].cells == ["Café", "12", "2024-07-01", "ja", "51.9"]
    assert (rows[1].line, rows[1].cells) == (4, ["Tuin", "3", "2024-07-02", "nee", "51,9"])


def test_a_real_spreadsheet_is_recognised_whatever_its_file_is_called(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", ["naam"], ["Tuin"]).rename(tmp_path / "list.bin")
    assert _cells(path) == [["naam"], ["Tuin"]]


def test_empty_cells_at_the_end_of_a_spreadsheet_row_are_there(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "a.xlsx",
        ["naam", "wijk", "site"],
        ["Tuin", None, None],
        ["Park", "Noord", "a.nl"],
    )
    assert next(open_table(path).rows()).cells == ["Tuin", "", ""]


def test_the_first_sheet_that_is_not_hidden_is_read(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["geheim"])
    book.active.sheet_state = "hidden"
    book.create_sheet("lijst").append(["naam"])
    book.active = 1
    book.save(tmp_path / "a.xlsx")
    assert open_table(tmp_path / "a.xlsx").header == ["naam"]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "empty"),
        (b"\n\n  \n", "empty"),
        (b"%PDF-1.7\nnaam,wijk\n", "not_a_table"),
        (b"naam\x00,wijk\n", "not_a_table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "not_a_table"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"x" * 400 + b",y\n", "no_header"),
    ],
)
def test_what_is_no_spreadsheet_is_refused_with_the_reason(
    tmp_path: Path, raw: bytes, code: str
) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        open_table(_write(tmp_path / "a.csv", raw))
    assert refusal.value.code == code


def test_another_office_document_is_no_spreadsheet(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as pack:
        pack.writestr("word/document.xml", "<x/>")
    with pytest.raises(UnreadableFile):
        open_table(tmp_path / "a.xlsx")


def test_a_spreadsheet_that_is_damaged_halfway_is_refused(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "a.xlsx", ["naam"], *[[f"Tuin {number}"] for number in range(5000)]
    )
    with zipfile.ZipFile(path) as pack:
        parts = {name: pack.read(name) for name in pack.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet[: len(sheet) * 3 // 4] + b"<<<"
    with zipfile.ZipFile(path, "w") as pack:
        for name, raw in parts.items():
            pack.writestr(name, raw)
    with pytest.raises(UnreadableFile):
        _cells(path)


@pytest.mark.parametrize(
    "raw", [b"\xef\xbb\xbfnaam,wijk\nCaf\xe9,Noord\n", b"\xff\xfen\x00a\x00a\x00m\x00\n\x00T"]
)
def test_a_file_that_is_not_in_the_encoding_it_declares_is_read_or_refused(
    tmp_path: Path, raw: bytes
) -> None:
    with suppress(UnreadableFile):
        assert _cells(_write(tmp_path / "a.csv", raw))[0][0] == "naam"


@given(st.binary(max_size=200))
def test_no_bytes_stop_the_reading_otherwise_than_by_a_refusal(raw: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder, suppress(UnreadableFile):
        _cells(_write(Path(folder) / "a.csv", raw))
