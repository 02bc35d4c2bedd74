"""Which record a row is about: several facts decide, and a number alone never renames anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from knooppunt.directory.models import DuplicateCandidate, Organisation, Place
from knooppunt.directory.tests.make import read_in
from knooppunt.kit.findings import Finding

pytestmark = pytest.mark.django_db
NUMBERED = """nr;Naam;Adres;Website
1;Tuin Een;Dorpsweg 1;https://een.example.org
2;Zaal Twee;Dorpsweg 2;https://twee.example.org
3;Koor Drie;Dorpsweg 3;https://drie.example.org
4;Club Vier;Dorpsweg 4;https://vier.example.org
"""
NUMBERED_ANEW = """nr;Naam;Adres;Website
1;Tuin Een;Dorpsweg 1;https://een.example.org
2;Koor Drie;Dorpsweg 3;https://drie.example.org
4;Huis Nieuw;Dorpsweg 14;https://nieuw.example.org
5;Bakkerij Zes;Dorpsweg 16;https://zes.example.org
"""


def _read(tmp_path: Path, text: str, name: str = "lijst.csv") -> list[Finding]:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_in(path)[1]


def _lines(findings: list[Finding], code: str) -> dict[int, str]:
    return {finding.line: finding.record for finding in findings if finding.code == code}


def test_a_list_that_was_numbered_anew_renames_nothing(tmp_path: Path, terms: None) -> None:
    _read(tmp_path, NUMBERED, "een.csv")
    before = dict(Organisation.objects.values_list("pk", "name"))
    findings = _read(tmp_path, NUMBERED_ANEW, "twee.csv")
    assert before.items() <= dict(Organisation.objects.values_list("pk", "name")).items()
    outcomes = {finding.record: finding.outcome for finding in findings if not finding.code}
    assert {slug for slug, outcome in outcomes.items() if outcome == "created"} == {
        "huis-nieuw",
        "bakkerij-zes",
    }
    assert {"zaal-twee", "club-vier"} == {
        finding.record for finding in findings if finding.code == "missing_from_file"
    }
    assert _lines(findings, "number_of_another") == {3: "koor-drie", 4: "huis-nieuw"}
    assert Place.objects.get(name="Zaal Twee").street == "Dorpsweg 2"
    pair = DuplicateCandidate.objects.get(second__slug="huis-nieuw")
    assert pair.first.slug == "club-vier" and pair.why == "zelfde nummer"


@pytest.mark.parametrize("columns", [2, 3, 4])
def test_numbers_that_were_exchanged_exchange_no_records(
    tmp_path: Path, terms: None, columns: int
) -> None:
    rows = [line.split(";") for line in NUMBERED.splitlines()]
    _read(tmp_path, "\n".join(";".join(row[:columns]) for row in rows))
    before = list(Organisation.objects.order_by("pk").values_list("pk", "name", "slug"))
    rows[1][0], rows[2][0] = "2", "1"
    rows[3][0], rows[4][0] = "9", "3"
    _read(tmp_path, "\n".join(";".join(row[:columns]) for row in rows))
    assert list(Organisation.objects.order_by("pk").values_list("pk", "name", "slug")) == before


def test_two_of_one_name_keep_their_own_place_when_numbers_are_exchanged(
    tmp_path: Path, terms: None
) -> None:
    _read(tmp_path, "nr;naam;adres\n13;Speeltuin;Dijk 1\n24;Speeltuin;Kade 2\n")
    before = dict(Place.objects.values_list("pk", "street"))
    _read(tmp_path, "nr;naam;adres\n24;Speeltuin;Dijk 1\n13;Speeltuin;Kade 2\n")
    assert dict(Place.objects.values_list("pk", "street")) == before


def test_a_number_in_a_house_of_many_is_not_enough_for_another_name(
    tmp_path: Path, terms: None
) -> None:
    _read(tmp_path, "nr;naam;adres\n11;Koor;Dijk 1\n12;Zaal;Dijk 1\n15;Tuin;Kade 1\n")
    _read(tmp_path, "nr;naam;adres\n12;Zaal;Dijk 1\n11;Biljart;Dijk 1\n15;Tuin;Kade 1\n")
    assert set(Organisation.objects.values_list("name", flat=True)) == {
        "Koor",
        "Zaal",
        "Tuin",
        "Biljart",
    }


def test_a_new_name_with_the_same_number_site_and_address_is_said(
    tmp_path: Path, terms: None
) -> None:
    _read(tmp_path, "nr;naam;adres;website\n17;Koor;Dijk 1;https://a.example/\n")
    findings = _read(tmp_path, "nr;naam;adres;website\n17;Zangers;Dijk 1;https://a.example/\n")
    assert Organisation.objects.get().name == "Zangers"
    assert _lines(findings, "renamed") == {2: "koor"}


def test_the_numbers_of_another_list_say_nothing(tmp_path: Path, terms: None) -> None:
    _read(tmp_path, "nr;naam\n11;Koor\n12;Zaal\n15;Tuin\n", "noord.csv")
    findings = _read(tmp_path, "nr;naam\n11;Biljart\n12;Kaarten\n15;Dammen\n", "sport.csv")
    assert Organisation.objects.count() == 6 and not DuplicateCandidate.objects.exists()
    assert not _lines(findings, "number_of_another")


@pytest.mark.parametrize("fact", ["website", "adres"])
def test_what_shares_site_or_address_may_be_the_same_whatever_its_name(
    tmp_path: Path, terms: None, fact: str
) -> None:
    cell = "https://a.example/" if fact == "website" else "Dijk 1"
    findings = _read(tmp_path, f"naam;{fact}\nKoor;{cell}\nZangers;{cell}\n")
    assert list(_lines(findings, "possible_duplicate")) == [3]
    assert DuplicateCandidate.objects.count() == 1


def test_a_site_of_many_makes_nobody_the_same(tmp_path: Path, terms: None) -> None:
    rows = "".join(f"{name};https://stad.example/\n" for name in "ABCDEFGHIJKLMNOP")
    _read(tmp_path, f"naam;website\n{rows}")
    assert DuplicateCandidate.objects.count() <= 10


def test_names_of_signs_alone_are_told_apart_and_recognised_again(
    tmp_path: Path, terms: None
) -> None:
    text = "naam;adres\n🎨🎭;Dijk 1\n🎪;Kade 2\n"
    _read(tmp_path, text)
    findings = _read(tmp_path, text)
    assert [finding.outcome for finding in findings if not finding.code] == ["unchanged"] * 2
    assert not _lines(findings, "duplicate_identifier") and Organisation.objects.count() == 2


@pytest.mark.parametrize(
    "name",
    [
        "Groene Tuin",
        "St. Groene Tuin",
        "De Groene Tuin",
        "Tuin, De Groene",
        "Groene Tuin B.V.",
        "Stg De Groene Tuin",
    ],
)
def test_a_name_with_another_legal_form_article_or_order_may_be_the_same(
    tmp_path: Path, terms: None, name: str
) -> None:
    _read(tmp_path, "naam;wijk\nStichting De Groene Tuin;Noord\n", "gemeente.csv")
    findings = _read(
        tmp_path, f"naam;wijk\n{name};Noord\nClub A;Noord\nClub B;Noord\n", "welzijn.csv"
    )
    assert list(_lines(findings, "possible_duplicate")) == [2]
    assert DuplicateCandidate.objects.count() == 1


@pytest.mark.parametrize("fact", ["website", "adres"])
def test_what_many_share_is_named_once_with_all_of_them(
    tmp_path: Path, terms: None, fact: str
) -> None:
    cell = "https://a.example/" if fact == "website" else "Dijk 1"
    names = ["Schaakclub", "Koor", "Voedselbank", "Taalhuis"]
    rows = "".join(f"{name};{cell}\n" for name in names)
    findings = _read(tmp_path, f"naam;{fact}\n{rows}")
    assert not _lines(findings, "possible_duplicate")
    shared = [finding for finding in findings if finding.code == "shared_spot"]
    assert len(shared) == 1 and all(name in shared[0].message for name in names)
    assert shared[0].record == "taalhuis" and DuplicateCandidate.objects.count() == 3


def test_a_row_that_stands_twice_is_taken_over_once(tmp_path: Path, terms: None) -> None:
    text = "naam;adres\nTuin;Dijk 1\nZaal;Dijk 2\nTuin;Dijk 1\n"
    for outcome in ("created", "unchanged"):
        findings = _read(tmp_path, text)
        repeated = [finding for finding in findings if finding.code == "repeated_row"]
        assert [(finding.line, finding.record) for finding in repeated] == [(4, "tuin")]
        outcomes = [finding.outcome for finding in findings if not finding.code]
        assert outcomes == [outcome, outcome, "unchanged"]
    assert Organisation.objects.count() == 2


def test_numbers_that_changed_places_are_named_on_both_rows(tmp_path: Path, terms: None) -> None:
    _read(tmp_path, "nr;naam;adres\n11;Tuin;Dijk 1\n25;Zaal;Dijk 2\n")
    findings = _read(tmp_path, "nr;naam;adres\n25;Tuin;Dijk 1\n11;Zaal;Dijk 2\n")
    assert _lines(findings, "number_of_another").keys() == {2, 3}
    assert Organisation.objects.count() == 2 and not DuplicateCandidate.objects.exists()
