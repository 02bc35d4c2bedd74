"""What stands in a cell: numbers among words, signs from web pages, house numbers that became
dates, and slid rows.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from knooppunt.directory.models import ContactPoint, Identifier, Organisation, Place
from knooppunt.directory.tests.make import read_in
from knooppunt.kit.findings import Finding

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(time_machine: Any) -> None:
    time_machine.move_to("2026-11-24T08:00:00+01:00", tick=True)


def _read(tmp_path: Path, text: str) -> list[Finding]:
    path = tmp_path / "lijst.csv"
    path.write_text(text, encoding="utf-8")
    return read_in(path)[1]


def _codes(findings: list[Finding]) -> set[str]:
    return {finding.code for finding in findings} - {""}


@pytest.mark.parametrize(
    ("cell", "public", "kept", "code"),
    [
        ("010 123 45 67 (Anja)", ["+31101234567"], "(Anja)", "phone_rest"),
        ("010-1234567 vragen naar Anja", ["+31101234567"], "vragen naar Anja", "phone_rest"),
        ("010-1234567 toestel 12", ["+31101234567"], "toestel 12", "phone_rest"),
        (
            "T: 010 1234567 (ma t/m do 9-12 uur)",
            ["+31101234567"],
            "(ma t/m do 9-12 uur)",
            "phone_rest",
        ),
        ("bel na 12 uur", [], "bel na 12 uur", "bad_phone"),
        ("geen telefoon, mail ons", [], "geen telefoon, mail ons", "bad_phone"),
        ("010-123 45 67 / 123 45 68", ["+31101234567"], "123 45 68", "phone_rest"),
        ("zie website of 2e etage", [], "zie website of 2e etage", "bad_phone"),
        ("(010) 1234567 bgg 010 7654321", ["+31101234567", "+31107654321"], "", ""),
        ("010-123456", [], "010-123456", "bad_phone"),
        ("di 10-12: 010 1234567", ["+31101234567"], "di 10-12", "phone_rest"),
        ("101234567.0", [], "101234567.0", "bad_phone"),
        ("14 010", ["+3114010"], "", ""),
        ("14010", ["+3114010"], "", ""),
        ("0800-1234", ["+318001234"], "", ""),
        ("+31 (0)10 123 45 67", ["+31101234567"], "", ""),
        ("tel 010 1234567 of 06 12345678", ["+31101234567"], "", "personal_data"),
        ("06-12345678 (Anja, di)", [], "(Anja, di)", "phone_rest"),
    ],
)
def test_numbers_are_taken_from_a_cell_of_words_and_nothing_else_is_public(
    tmp_path: Path, terms: None, cell: str, public: list[str], kept: str, code: str
) -> None:
    findings = _read(tmp_path, f"Naam;Telefoon\nBel;{cell}\n")
    shown = ContactPoint.objects.filter(visibility="public").values_list("value", flat=True)
    assert sorted(shown) == sorted(public)
    assert Organisation.objects.get().kept.get("phone", "") == kept
    said = set(_codes(findings)) & {"bad_phone", "phone_rest", "personal_data"}
    assert code in said if code else not said
    assert {finding.record for finding in findings} == {"bel"}


def test_mail_and_phone_in_each_others_column_are_taken_over_as_what_they_are(
    tmp_path: Path, terms: None
) -> None:
    findings = _read(
        tmp_path, "Naam;Telefoon;Mail\nBel;info@bel.example;010 1234567, info@b.example bellen\n"
    )
    found = set(ContactPoint.objects.values_list("type", "value"))
    assert found == {
        ("email", "info@bel.example"),
        ("phone", "+31101234567"),
        ("email", "info@b.example"),
    }
    assert {"moved_contact", "mail_rest"} <= _codes(findings)


def test_signs_of_a_web_page_are_read_as_what_they_mean(tmp_path: Path, terms: None) -> None:
    header = "Naam;Straat;Postcode;Omschrijving;Website\n"
    _read(
        tmp_path,
        header + '"Kop &amp; Kom";Weg 1;9999AA;"Koffie &amp; thee&nbsp;drinken, caf&eacute; '
        '&#8216;open&#8217;";"https://kop.example/?a=1&amp;b=2"\n',
    )
    one = Organisation.objects.get()
    assert (one.name, one.slug) == ("Kop & Kom", "kop-kom")
    assert one.description == "Koffie & thee drinken, café ‘open’"
    assert one.website == "https://kop.example/?a=1&b=2"
    _read(
        tmp_path,
        header + "Kop & Kom;Weg 1;9999AA;Koffie & thee drinken, café ‘open’;"
        "https://kop.example/?a=1&b=2\n",
    )
    assert Organisation.objects.count() == 1


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("10-feb", "10-2"),
        ("feb-10", "2-10"),
        ("1-dec", "1-12"),
        ("12-okt-2026", "12-10"),
        ("2-10-2026", "2-10"),
        ("2026-02-10", "10-2"),
        ("2026-02-10 00:00:00", "10-2"),
        ("46063", "10-2"),
        ("Dec-14", "12-14"),
    ],
)
def test_a_house_number_that_became_a_date_is_in_no_address(
    tmp_path: Path, terms: None, cell: str, meant: str
) -> None:
    findings = _read(
        tmp_path, f"Naam;Straat;Huisnummer;Postcode\nAtelier A;Lindelaan;{cell};9999 AA\n"
    )
    assert Place.objects.get().street == "Lindelaan"
    found = next(finding for finding in findings if finding.code == "date_for_number")
    assert meant in found.suggestion and found.record == "atelier-a"
    assert Organisation.objects.get().kept["house_number"] == cell


@pytest.mark.parametrize("address", ["Lindelaan 10-feb", "Lindelaan 2-10-2026"])
def test_a_date_behind_a_street_is_in_no_address_either(
    tmp_path: Path, terms: None, address: str
) -> None:
    assert "date_for_number" in _codes(_read(tmp_path, f"Naam;Adres\nA;{address}\n"))
    assert Place.objects.get().street == "Lindelaan"


@pytest.mark.parametrize(
    "cell", ["12 A-II", "3-5", "12-14", "1/2", "10-2", "7", "1940", "2 hs", "5-bis", "8-maart"]
)
def test_a_house_number_that_is_one_stays(tmp_path: Path, terms: None, cell: str) -> None:
    findings = _read(tmp_path, f"Naam;Straat;Huisnummer\nA;Lindelaan;{cell}\n")
    is_date = cell == "8-maart"
    assert Place.objects.get().street == ("Lindelaan" if is_date else f"Lindelaan {cell}")
    assert ("date_for_number" in _codes(findings)) == is_date


def test_a_date_cell_of_a_spreadsheet_is_no_house_number(tmp_path: Path, terms: None) -> None:
    path, book = tmp_path / "lijst.xlsx", openpyxl.Workbook()
    book.active.append(["Naam", "Straat", "Huisnummer", "Postcode"])
    book.active.append(["Atelier D", "Kade", datetime(2026, 2, 10), "9999AA"])
    book.save(path)
    _report, findings = read_in(path)
    assert Place.objects.get().street == "Kade" and "date_for_number" in _codes(findings)


@pytest.mark.parametrize(
    "cell",
    [
        "1-11-2025 00:00",
        "1-11-2025 0:00",
        "2025-11-01 00:00:00",
        "1-11-2025 00:00:00",
        "01-11-25",
        "1 nov. 2025",
        "zaterdag 1 november 2025",
        "2025-11-01T00:00:00Z",
        "1.11.2025",
        "45962",
        "za 1-11-2025",
        "1-nov-25",
        "1/11/2025",
    ],
)
def test_days_as_databases_and_spreadsheets_write_them(
    tmp_path: Path, terms: None, cell: str
) -> None:
    findings = _read(tmp_path, f"Naam;Sinds\nA;{cell}\n")
    assert str(Organisation.objects.get().since) == "2025-11-01" and not _codes(findings)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("12345678", "12345678"),
        ("1234 5678", "12345678"),
        ("KvK 12.34.56.78", "12345678"),
        ("12345678.0", "12345678"),
        ("1234567", ""),
        ("123456789", ""),
        ("00000000", ""),
        ("aangevraagd", ""),
    ],
)
def test_a_chamber_of_commerce_number_has_eight_digits(
    tmp_path: Path, terms: None, cell: str, value: str
) -> None:
    findings = _read(tmp_path, f"Naam;KvK\nA;{cell}\n")
    assert list(Identifier.objects.values_list("value", flat=True)) == ([value] if value else [])
    assert ("bad_kvk" in _codes(findings)) == (not value)


def test_a_confirmation_on_a_day_to_come_is_refused(tmp_path: Path, terms: None) -> None:
    findings = _read(tmp_path, "Naam;Gecontroleerd op\nA;2027-03-01\nB;2026-11-01\n")
    confirmed = dict(Organisation.objects.values_list("name", "confirmed_on"))
    assert confirmed["A"] is None and str(confirmed["B"]) == "2026-11-01"
    assert [f.record for f in findings if f.code == "future_confirmation"] == ["a"]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("ma 17-9", "hours_backwards"),
        ("vr 20:00-02:00", ""),
        ("za 14.00-9.00", "hours_backwards"),
        ("ma-vr 2-5", "hours_unsure"),
        ("di 's middags 2-5", ""),
        ("24/7", ""),
        ("weekdagen 9-17, za/zo gesloten", ""),
        ("op afspraak", "hours_by_appointment"),
        ("di 9-12 na afspraak", "hours_by_appointment"),
    ],
)
def test_hours_are_filled_in_when_they_are_certain_and_named_when_not(
    tmp_path: Path, terms: None, cell: str, code: str
) -> None:
    findings = _read(tmp_path, f"Naam;Openingstijden\nA;{cell}\n")
    assert _codes(findings) - {"guessed_column"} == ({code} if code else set())
    place = Place.objects.get()
    assert place.hours.exists() == (not code) and place.access_note == (cell if code else "")


def test_hours_with_a_remark_are_filled_in_and_the_remark_stays_readable(
    tmp_path: Path, terms: None
) -> None:
    _read(tmp_path, "Naam;Openingstijden\nA;ma 9-17, op feestdagen gesloten\n")
    place = Place.objects.get()
    assert place.hours.count() == 1 and "feestdagen" in place.access_note


@pytest.mark.parametrize(
    "row", ["Huis;;Weg 1;9999AA;;", "Huis;Weg 1;;9999AA", "Huis;;9999AA;De Stad;;"]
)
def test_a_row_that_slid_is_named(tmp_path: Path, terms: None, row: str) -> None:
    findings = _read(tmp_path, f"Naam;Straat;Postcode;Plaats\nGoed;Weg 2;9999AB;De Stad\n{row}\n")
    assert {f.line for f in findings if f.code in ("slid_row", "long_row")} == {3}


@pytest.mark.parametrize(
    ("row", "spot", "codes"),
    [
        ("Kade 9;1234ab;Stad", ("Kade 9", "1234 AB", "Stad"), set()),
        ("Kade 9;NL-1234 AB;Stad", ("Kade 9", "1234 AB", "Stad"), set()),
        ("Kade 9;1234AB, Stad;", ("Kade 9", "1234 AB", "Stad"), set()),
        ("Kade 9;;1234 AB Stad", ("Kade 9", "1234 AB", "Stad"), set()),
        ("Kade 9, 1234AB Stad;;", ("Kade 9", "1234 AB", "Stad"), set()),
        ("Kade 9 1234 AB;1234AB;Stad", ("Kade 9", "1234 AB", "Stad"), set()),
        ("Plein 1940-1945 3;;", ("Plein 1940-1945 3", "", ""), set()),
        ("Kade 9;n.v.t.;-", ("Kade 9", "", ""), set()),
        ("Kade 9;12345;Stad", ("Kade 9", "", "Stad"), {"bad_postcode"}),
        ("Kade 9;1234 AB / 1235 CD;Stad", ("Kade 9", "", "Stad"), {"bad_postcode"}),
        ("Kade 9;1234AB;010 1234567", ("Kade 9", "1234 AB", ""), {"bad_city", "personal_data"}),
        ("Kade 9;1234AB;idem", ("Kade 9", "1234 AB", ""), {"ditto_cell"}),
        ("#VERW!;1234AB;Stad", ("", "1234 AB", "Stad"), {"broken_cell"}),
    ],
)
def test_an_address_is_put_in_its_fields_and_what_is_none_is_kept_apart(
    tmp_path: Path, terms: None, row: str, spot: tuple[str, str, str], codes: set[str]
) -> None:
    findings = _read(tmp_path, f"Naam;Straat;Postcode;Plaats\nHuis;{row}\n")
    place = Place.objects.get()
    assert (place.street, place.postcode, place.city) == spot
    assert _codes(findings) == codes
    assert bool(Organisation.objects.get().kept) == bool(codes)


@pytest.mark.parametrize("name", ["-", "n.v.t.", "?", "onbekend", "idem", '"', "info@bel.example"])
def test_a_row_whose_name_is_no_name_is_refused_by_name(
    tmp_path: Path, terms: None, name: str
) -> None:
    findings = _read(tmp_path, f"Naam;Straat\n{name};Kade 9\nGoed;Kade 10\n")
    assert [one.name for one in Organisation.objects.all()] == ["Goed"]
    assert [finding.line for finding in findings if finding.code == "empty_name"] == [2]


@pytest.mark.parametrize("cell", ["geen", "n.v.t.", "-", "?", "onbekend"])
def test_a_cell_that_says_nothing_is_an_empty_cell_in_every_column(
    tmp_path: Path, terms: None, cell: str
) -> None:
    columns = [
        "Telefoon",
        "Mail",
        "Website",
        "KvK",
        "Soort",
        "Wijk",
        "Netwerk",
        "Sinds",
        "Openingstijden",
    ]
    row = ";".join([cell] * len(columns))
    findings = _read(tmp_path, f"Naam;{';'.join(columns)}\nHuis;{row}\n")
    assert not _codes(findings) and not Organisation.objects.get().kept


@pytest.mark.parametrize(
    ("cell", "numbers", "code"),
    [
        ("KVK: 12345678 (Stad)", ["12345678"], "kvk_rest"),
        ("k.v.k. nr. 12345678", ["12345678"], ""),
        ("1,2345678E+07", ["12345678"], ""),
        ("12345678.0", ["12345678"], ""),
        ("12345678/87654321", [], "bad_kvk"),
        ("NL123456789B01", [], "bad_kvk"),
        ("123456780000", [], "bad_kvk"),
    ],
)
def test_a_chamber_of_commerce_number_among_words(
    tmp_path: Path, terms: None, cell: str, numbers: list[str], code: str
) -> None:
    findings = _read(tmp_path, f"Naam;KvK\nHuis;{cell}\n")
    assert list(Identifier.objects.values_list("value", flat=True)) == numbers
    assert _codes(findings) == ({code} if code else set())


@pytest.mark.parametrize(
    ("name", "website"),
    [
        ('"=HYPERLINK(""https://tuin.example/"";""De Tuin"")"', ""),
        ('"[De Tuin](https://tuin.example/)"', ""),
        ('"<a href=""https://tuin.example/"">De Tuin</a>"', ""),
        ("De Tuin", '"=HYPERLINK(""https://tuin.example/"";""klik"")"'),
        ('"=HYPERLINK(""https://tuin.example/"";""De Tuin"")"', "tuin.example"),
    ],
)
def test_a_link_gives_the_name_and_the_site(
    tmp_path: Path, terms: None, name: str, website: str
) -> None:
    _read(tmp_path, f"Naam;Website;Soort\n{name};{website};\n")
    tuin = Organisation.objects.get()
    assert tuin.name == "De Tuin" and tuin.website == "https://tuin.example/"
    assert not tuin.kept


@pytest.mark.parametrize(
    ("cell", "number"), [("12.0", 12), ("12 vrijwilligers", 12), ("1.200", 1200), ("12", 12)]
)
def test_a_number_of_volunteers_is_not_made_ten_times_larger(
    tmp_path: Path, terms: None, cell: str, number: int
) -> None:
    _read(tmp_path, f"Naam;Aantal vrijwilligers\nHuis;{cell}\n")
    assert Organisation.objects.get().volunteer_statements.get().number == number
