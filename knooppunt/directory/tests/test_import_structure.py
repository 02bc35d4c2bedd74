"""A workbook as people make it: more sheets, a title above the header, two rows of headings,
merged cells.
"""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from knooppunt.core.audit.trail import SYSTEM
from knooppunt.core.registry.list_kinds import Reading
from knooppunt.directory.importing.columns import COLUMNS
from knooppunt.directory.importing.run import run_import
from knooppunt.directory.models import Organisation, Place
from knooppunt.directory.tests.make import read_in
from knooppunt.kit.columns import ListFile
from knooppunt.kit.findings import Finding, Report
from knooppunt.kit.tables import UnreadableFile

pytestmark = pytest.mark.django_db
Rows = list[list[str | None]]
LIST: Rows = [["Naam", "Straat", "Postcode"], ["Tweede blad", "Kade 11", "9999 AA"]]


def _book(tmp_path: Path, sheets: dict[str, Rows], merged: tuple[str, ...] = ()) -> Path:
    book, path = openpyxl.Workbook(), tmp_path / "lijst.xlsx"
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for cells in merged:
            sheet.merge_cells(cells)
    book.save(path)
    return path


def _names() -> set[str]:
    return set(Organisation.objects.values_list("name", flat=True))


def _found(findings: list[Finding], code: str) -> list[Finding]:
    return [finding for finding in findings if finding.code == code]


def test_sheets_with_the_same_columns_are_all_read(tmp_path: Path, terms: None) -> None:
    path = _book(
        tmp_path,
        {
            "Noord": [["nr", "Naam", "Straat"], ["1", "Tuin Noord", "Kade 9"], ["2", "Zaal", ""]],
            "Zuid": [["nr", "Straat", "naam"], ["1", "Kade 10", "Tuin Zuid"]],
        },
    )
    with Report(tmp_path / "verslag.csv") as report:
        run_import(Reading(ListFile(path, COLUMNS), SYSTEM), report)
    assert _names() == {"Tuin Noord", "Zaal", "Tuin Zuid"}
    assert Place.objects.get(name="Tuin Zuid").street == "Kade 10"
    lines = (tmp_path / "verslag.csv").read_text(encoding="utf-8").splitlines()
    assert any(line.startswith("Zuid 2,created") for line in lines)
    _report, findings = read_in(path)
    assert not _found(findings, "duplicate_identifier")
    assert {f.outcome for f in findings if not f.code} == {"unchanged"}


def test_a_sheet_that_is_no_list_is_passed_over_and_named(tmp_path: Path, terms: None) -> None:
    notes: Rows = [["Toelichting bij deze lijst", None], ["Versie", "3"]]
    _report, findings = read_in(_book(tmp_path, {"Toelichting": notes, "Lijst": LIST}))
    assert _names() == {"Tweede blad"}
    assert [f.field for f in _found(findings, "sheet_not_read")] == ["Toelichting"]


def test_a_sheet_with_other_columns_is_named_and_can_be_chosen(tmp_path: Path, terms: None) -> None:
    people: Rows = [["Naam", "Telefoon"], ["Anja", "010 1234567"]]
    path = _book(tmp_path, {"Lijst": LIST, "Bestuur": people})
    _report, findings = read_in(path)
    assert _names() == {"Tweede blad"} and _found(findings, "sheet_not_read")
    read_in(path, sheet="Bestuur")
    assert _names() == {"Tweede blad", "Anja"}
    with pytest.raises(UnreadableFile, match="Lijst, Bestuur"):
        read_in(path, sheet="Elders")


def test_two_rows_of_headings_with_merged_cells_are_one(tmp_path: Path, terms: None) -> None:
    rows: Rows = [
        ["Organisatie", "Bezoekadres", None, None, "Contact", None, None],
        ["Naam", "Straat", "Postcode", "Plaats", "Telefoon", "E-mail", "Website"],
        ["Speelzaal", "Kade 1", "9999 AA", "De Stad", "010 1234567", "info@a.example", "a.example"],
        ["Leeszaal", "Kade 2", "9999 AB", "De Stad", "010 1234568", "info@b.example", "b.example"],
    ]
    _report, findings = read_in(_book(tmp_path, {"Lijst": rows}, ("B1:D1", "E1:G1")))
    assert _names() == {"Speelzaal", "Leeszaal"} and _found(findings, "two_headers")
    one, place = Organisation.objects.get(name="Speelzaal"), Place.objects.get(name="Speelzaal")
    assert (place.street, place.postcode, place.city) == ("Kade 1", "9999 AA", "De Stad")
    assert one.website == "https://a.example/"
    assert set(one.contact_points.values_list("type", "value")) == {
        ("phone", "+31101234567"),
        ("email", "info@a.example"),
    }


def test_a_group_of_contact_beside_a_group_of_the_organisation(tmp_path: Path, terms: None) -> None:
    rows: Rows = [
        ["Contact", None, "Organisatie", None],
        ["Naam", "Telefoon", "Naam", "Straat"],
        ["Anja", "010 1234567", "Speelzaal", "Kade 1"],
    ]
    read_in(_book(tmp_path, {"Lijst": rows}))
    assert _names() == {"Speelzaal"}


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_title_and_an_explanation_above_the_header_are_passed_over(
    tmp_path: Path, terms: None, form: str
) -> None:
    rows: Rows = [
        ["Overzicht van plekken, versie 3", None, None],
        ["Vul alleen de witte vakken in.", None, None],
        [None, None, None],
        *LIST,
    ]
    if form == "xlsx":
        path = _book(tmp_path, {"Lijst": rows})
    else:
        path = tmp_path / "lijst.csv"
        path.write_text("\n".join(";".join(cell or "" for cell in row) for row in rows))
    _report, findings = read_in(path)
    assert _names() == {"Tweede blad"} and _found(findings, "above_header")
    assert [f.line for f in findings if f.outcome == "created"] == [5]


def test_a_header_of_own_words_can_be_pointed_out(tmp_path: Path, terms: None) -> None:
    path = tmp_path / "lijst.csv"
    path.write_text("Toelichting;bij de lijst\nHoe heet het;Waar dan\nTuin;Kade 1\n")
    read_in(path, header_row=2, mapping={"Hoe heet het": "name", "Waar dan": "street"})
    assert _names() == {"Tuin"} and Place.objects.get().street == "Kade 1"


def test_words_in_the_rows_that_are_names_of_columns_too_are_no_header(
    tmp_path: Path, terms: None
) -> None:
    path = tmp_path / "lijst.csv"
    path.write_text("Naam;Iets eigens;Nog iets\nTuin;a;b\nNetwerk;netwerk;plek\n")
    read_in(path)
    assert _names() == {"Tuin", "Netwerk"}


def _csv(tmp_path: Path, text: str | bytes) -> list[Finding]:
    path = tmp_path / "lijst.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_in(path)[1]


def test_a_hidden_sheet_is_named_and_not_read(tmp_path: Path, terms: None) -> None:
    path = _book(tmp_path, {"Lijst": LIST, "Oud": [LIST[0], ["Geheim", "Kade 1", "9999 ZZ"]]})
    book = openpyxl.load_workbook(path)
    book["Oud"].sheet_state = "hidden"
    book.save(path)
    _report, findings = read_in(path)
    assert _names() == {"Tweede blad"} and [f.field for f in _found(findings, "sheet_hidden")] == [
        "Oud"
    ]
    read_in(path, sheet="Oud")
    assert "Geheim" in _names()


def test_a_value_over_merged_rows_holds_for_each_of_them(tmp_path: Path, terms: None) -> None:
    rows: Rows = [
        ["Straat", "Naam"],
        ["Kade 9", "Tuin"],
        [None, "Zaal"],
        [None, "Koor"],
        [None, None],
    ]
    read_in(_book(tmp_path, {"Lijst": rows}, ("A2:A4",)))
    assert list(Place.objects.values_list("street", flat=True)) == ["Kade 9"] * 3
    assert _names() == {"Tuin", "Zaal", "Koor"}


def test_the_address_behind_a_cell_of_a_workbook_is_its_site(tmp_path: Path, terms: None) -> None:
    rows: Rows = [["Naam", "Straat"], ["Tuin", "Kade 9"], [None, "Kade 10"], [None, "Kade 11"]]
    path = _book(tmp_path, {"Lijst": rows})
    book = openpyxl.load_workbook(path)
    sheet = book["Lijst"]
    sheet["A2"].hyperlink = "https://tuin.example/"
    sheet["A3"] = '=HYPERLINK("https://zaal.example/","Zaal")'
    sheet["A4"], sheet["B4"] = "Koor", "=CONCATENATE(A2,9)"
    book.save(path)
    _report, findings = read_in(path)
    sites = dict(Organisation.objects.values_list("name", "website"))
    assert sites == {"Tuin": "https://tuin.example/", "Zaal": "https://zaal.example/", "Koor": ""}
    assert [(f.line, f.field) for f in _found(findings, "broken_cell")] == [(4, "street")]


@pytest.mark.parametrize(
    "line", ["NAAM;STRAAT;POSTCODE", "Naam ;Straat; Postcode", "naam;straat;", ";Straat;Postcode"]
)
def test_a_heading_that_is_printed_again_is_passed_over(
    tmp_path: Path, terms: None, line: str
) -> None:
    findings = _csv(
        tmp_path, f"Naam;Straat;Postcode\nTuin;Kade 9;9999 AA\n{line}\nZaal;Kade 8;9999 AA\n"
    )
    assert _names() == {"Tuin", "Zaal"}
    assert {f.code for f in findings} == {""}


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("Pagina 1 van 3;;", "note_row"),
        (";;2/3", "note_row"),
        ("Bron: gemeente, 2026;;", "note_row"),
        ("Laatst bijgewerkt op 1-11-2026;;", "note_row"),
        ("* onder voorbehoud;;", "note_row"),
        ("(verplicht);(straat en nummer);", "note_row"),
        ("Voorbeeld: De Tuin;Kade 1;9999 AA", "note_row"),
        ("Aantal organisaties 34;;", "note_row"),
        ("-----;;", "note_row"),
        ("Totaal;;2", "total_row"),
        ("NOORD;;", "section_row"),
        ("Wijk Zuid:;;", "section_row"),
        ("Netwerk;Trekker;Mail", "other_table"),
    ],
)
def test_a_row_that_is_no_record_is_named_and_not_taken_over(
    tmp_path: Path, noord: object, zuid: object, line: str, code: str
) -> None:
    findings = _csv(tmp_path, f"Naam;Straat;Postcode\nTuin;Kade 9;9999 AA\n{line}\n")
    assert _names() == {"Tuin"} and [f.line for f in _found(findings, code)] == [3]
    assert {f.code for f in findings} == {"", code}


@pytest.mark.parametrize(
    "name", ["Bron van Leven", "Noorderlicht", "Pagina Boekhandel", "Totaal Sport", "Noord"]
)
def test_a_record_whose_name_looks_like_a_note_comes_in(
    tmp_path: Path, noord: object, name: str
) -> None:
    _csv(tmp_path, f"Naam;Straat;Postcode\n{name};Kade 9;\n")
    assert _names() == {name}


def test_rows_below_another_table_are_named_one_by_one(tmp_path: Path, terms: None) -> None:
    text = (
        "Naam;Straat;Postcode\nTuin;Kade 9;\n\nNetwerk;Contactpersoon;Mail\n"
        "Kring;Anja;a@b.example\n"
    )
    findings = _csv(tmp_path, text)
    assert _names() == {"Tuin"} and [f.line for f in _found(findings, "other_table")] == [4, 5]


def test_a_list_on_its_side_is_refused_with_what_to_do(tmp_path: Path, terms: None) -> None:
    with pytest.raises(UnreadableFile, match="transposed"):
        _csv(tmp_path, "Naam;Tuin A;Tuin B\nStraat;Kade 9;Kade 10\nPostcode;9999 AA;9999 AB\n")
    assert not Organisation.objects.exists()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16", "utf-32"])
@pytest.mark.parametrize("name", ["Café Zoë", "بيت الحي"])
def test_wide_text_is_read_with_and_without_a_mark(
    tmp_path: Path, terms: None, encoding: str, name: str
) -> None:
    _csv(tmp_path, f"Naam;Straat\r\n{name};Kade 9\r\n".encode(encoding))
    assert _names() == {name}
