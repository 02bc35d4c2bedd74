"""Networks in a list: who is named as one is one, several in a cell, typing errors, and what a
list no longer says.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from knooppunt.directory.importing.naming import Names
from knooppunt.directory.models import Membership, Organisation
from knooppunt.directory.tests.make import read_in, write_csv
from knooppunt.kit.findings import Finding

pytestmark = pytest.mark.django_db
ORDINARY_ROW = """fid;name;gebied;website;koepels;initiatief_type
1;Stadskoepel Water;Noord;https://water.example.org/;;plek
2;Tuin de Sloot;Noord;https://sloot.example.org/;Stadskoepel Water;plek
3;Zaal Oever;Zuid;https://oever.example.org/;Stadskoepel Water;plek
4;Atelier Kade;Zuid;;Stadskoepel Water; plek
5;Kring Groen;Noord;;;netwerk
6;Moestuin Oost;Noord;;Kring Groen;plek
"""


def _read(tmp_path: Path, text: str) -> list[Finding]:
    path = tmp_path / "lijst.csv"
    path.write_text(text, encoding="utf-8")
    return read_in(path)[1]


def _found(findings: list[Finding], code: str) -> list[Finding]:
    return [finding for finding in findings if finding.code == code]


def _open() -> set[tuple[str, str]]:
    rows = Membership.objects.filter(until__isnull=True)
    return set(rows.values_list("organisation__name", "network__name"))


def test_an_organisation_that_others_name_as_their_network_is_one(
    tmp_path: Path, noord: object, zuid: object, terms: None, client: Client
) -> None:
    findings = _read(tmp_path, ORDINARY_ROW)
    networks = Organisation.objects.networks().order_by("name")
    assert [(one.name, one.members.count()) for one in networks] == [
        ("Kring Groen", 1),
        ("Stadskoepel Water", 3),
    ]
    finding = _found(findings, "named_as_network")[0]
    assert (finding.line, finding.record) == (2, "stadskoepel-water") and "3" in finding.message
    page = client.get(reverse("directory:networks")).content.decode()
    assert "Stadskoepel Water" in page and "Kring Groen" in page


@pytest.mark.parametrize("column", ["soort", "rol"])
def test_one_that_says_to_be_something_else_is_asked_about_with_its_members(
    tmp_path: Path, terms: None, as_user: object, coordinator: object, column: str
) -> None:
    word = "sportclub" if column == "soort" else "instelling"
    findings = _read(
        tmp_path, f"naam;{column};koepel\nClub Vier;{word};\nTuin A;;Club Vier\nTuin B;;Club Vier\n"
    )
    one = Organisation.objects.get(name="Club Vier")
    assert one.role != "network" and [f.record for f in _found(findings, "named_but_other")] == [
        "club-vier"
    ]
    client = as_user(coordinator)  # type: ignore[operator]
    page = client.get(reverse("directory:work", args=["netwerkvraag"])).content.decode()
    assert "Club Vier" in page and "Tuin A" in page and "Tuin B" in page
    address = reverse("directory:answer_network", args=[one.slug])
    client.post(address, {"answer": "yes" if column == "soort" else "no"})
    one.refresh_from_db()
    assert (one.role == "network") == (column == "soort")
    assert bool(_open()) == (column == "soort")
    assert (
        client.get(reverse("directory:work", args=["netwerkvraag"]))
        .content.decode()
        .count("Tuin A")
        == 0
    )


def test_a_typing_error_ends_no_membership_and_is_asked(
    tmp_path: Path, terms: None, as_user: object, coordinator: object
) -> None:
    _read(tmp_path, "Naam;Netwerk\nTuin A;De Groene Draad\nTuin B;De Groene Draad\n")
    findings = _read(tmp_path, "Naam;Netwerk\nTuin A;De Groene Draat\nTuin B;De Groene Draad\n")
    assert _open() == {("Tuin A", "De Groene Draad"), ("Tuin B", "De Groene Draad")}
    finding = _found(findings, "unknown_network")[0]
    assert finding.record == "tuin-a" and "De Groene Draad" in finding.suggestion
    client = as_user(coordinator)  # type: ignore[operator]
    page = client.get(reverse("directory:work", args=["lidmaatschap"])).content.decode()
    assert "Tuin A" in page and "De Groene Draat" in page
    row = Membership.objects.get(organisation__name="Tuin A")
    client.post(reverse("directory:answer_membership", args=[row.pk]), {"answer": "no"})
    assert _open() == {("Tuin B", "De Groene Draad")}


def test_a_membership_that_a_list_ends_is_a_finding_and_may_begin_anew(
    tmp_path: Path, terms: None
) -> None:
    _read(tmp_path, "naam;netwerk\nTuin A;Bond\nTuin B;Kring\n")
    findings = _read(tmp_path, "naam;netwerk\nTuin A;Kring\nTuin B;Kring\n")
    assert [f.record for f in _found(findings, "membership_ended")] == ["tuin-a"]
    assert ("updated", "tuin-a") in {(f.outcome, f.record) for f in findings}
    assert _open() == {("Tuin A", "Kring"), ("Tuin B", "Kring")}
    _read(tmp_path, "naam;netwerk\nTuin A;Bond\nTuin B;Kring\n")
    assert ("Tuin A", "Bond") in _open()


def test_an_empty_cell_matches_nothing_and_ends_nothing(
    tmp_path: Path, terms: None, as_user: object, coordinator: object
) -> None:
    _read(tmp_path, "Naam;Netwerk\nHuis A;Net X\n🎨🎭;\n")
    findings = _read(tmp_path, "Naam;Netwerk\nHuis A;\n🎨🎭;\n")
    assert _open() == {("Huis A", "Net X")}
    assert [f.record for f in _found(findings, "network_emptied")] == ["huis-a"]
    outcomes = {f.record: f.outcome for f in findings if not f.code}
    assert outcomes["huis-a"] == "updated"
    client = as_user(coordinator)  # type: ignore[operator]
    page = client.get(reverse("directory:work", args=["lidmaatschap"])).content.decode()
    assert "Huis A" in page and "Net X" in page
    _read(tmp_path, "Naam;Netwerk\nHuis A;Net X\n🎨🎭;\n")
    assert not Membership.objects.filter(missing_since__isnull=False).exists()


@pytest.mark.parametrize(
    "cell",
    ["Bond; Kring", "Bond / Kring", "Bond/Kring", "Bond en Kring", "Bond & Kring", "Bond, Kring"],
)
def test_several_networks_in_a_cell_however_they_are_joined(
    tmp_path: Path, terms: None, cell: str
) -> None:
    _read(tmp_path, f"naam\tkoepel\nTuin A\t{cell}\nTuin B\tBond\nTuin C\tKring\n")
    assert {network for name, network in _open() if name == "Tuin A"} == {"Bond", "Kring"}
    assert Organisation.objects.networks().count() == 2


def test_a_name_with_en_in_it_stays_one_name(tmp_path: Path, terms: None) -> None:
    _read(tmp_path, "naam;koepel\nTuin A;Kunst en Cultuur\nTuin B;Kunst en Cultuur\n")
    assert Organisation.objects.networks().get().name == "Kunst en Cultuur"


def test_a_typing_error_on_an_empty_site_makes_no_second_network(
    tmp_path: Path, terms: None
) -> None:
    findings = _read(
        tmp_path,
        "naam;koepel\nA;Groene Draat\nB;Groene Draad\nC;Groene Draad\nD;Wijk 1\nE;Wijk 2\n",
    )
    assert set(Organisation.objects.networks().values_list("name", flat=True)) == {
        "Groene Draad",
        "Wijk 1",
        "Wijk 2",
    }
    assert [f.line for f in _found(findings, "unknown_network")] == [2]


def test_networks_of_neighbouring_wijken_are_no_typing_errors(tmp_path: Path, terms: None) -> None:
    names = ["Bewonersnetwerk Zorg Oost", "Bewonersnetwerk Zorg West"]
    _read(tmp_path, f"naam;koepel\nA;{names[0]}\nB;{names[1]}\n")
    assert Organisation.objects.networks().count() == 2


def test_a_cell_that_was_emptied_is_named(tmp_path: Path, terms: None) -> None:
    _read(tmp_path, "naam;opmerking;telefoon\nTuin A;Bel aan;010 1234567\n")
    findings = _read(tmp_path, "naam;opmerking;telefoon\nTuin A;;010 1234567\n")
    found = _found(findings, "emptied_cell")
    assert [(f.line, f.field, f.record) for f in found] == [(2, "note", "tuin-a")]


def _joined(tmp_path: Path, *cells: str) -> dict[str, set[str]]:
    """The networks of row A, B, C ... after reading a list with these cells."""
    rows = [[chr(ord("A") + at), cell] for at, cell in enumerate(cells)]
    read_in(write_csv(tmp_path / "lijst.csv", ["naam", "netwerk"], *rows))
    joined: dict[str, set[str]] = {row[0]: set() for row in rows}
    for name, network in _open():
        joined[name].add(network)
    return joined


@pytest.mark.parametrize(
    "cell",
    [
        "Kring\nBond",
        "- Kring\n- Bond",
        "• Kring • Bond",
        "1. Kring 2. Bond",
        "1) Kring\n2) Bond",
        "Kring | Bond",
        "Kring · Bond",
        "Kring - Bond",
        "Kring \\ Bond",
        "Kring + Bond",
        "Kring, en Bond",
        "Kring alsmede Bond",
        "zowel Kring als Bond",
        "'Kring', 'Bond'",
        "“Kring”; „Bond”",
        "<ul><li>Kring</li><li>Bond</li></ul>",
        "Kring &\nBond",
        "lid van Kring; aangesloten bij de Bond",
        "Kring (sinds 2021), Bond (trekker)",
        "Kring (contact: Anja, post@kring.example); Bond",
        "KRING; Bond.",
    ],
)
def test_a_list_of_networks_however_it_is_marked(tmp_path: Path, terms: None, cell: str) -> None:
    assert _joined(tmp_path, cell, "Kring", "Bond")["A"] == {"Kring", "Bond"}
    assert Organisation.objects.networks().count() == 2


@pytest.mark.parametrize(
    "cell",
    [
        "ja",
        "x",
        "1",
        "2, 3",
        "https://kring.example",
        "info@kring.example",
        "Kring?",
        "Kring of Bond",
        "KN",
    ],
)
def test_what_is_no_name_of_a_network_is_named_and_makes_none(
    tmp_path: Path, terms: None, cell: str
) -> None:
    rows = [["A", cell], ["B", "Kring"], ["C", "Bond"], ["D", "Kring Noord"]]
    findings = read_in(write_csv(tmp_path / "lijst.csv", ["naam", "netwerk"], *rows))[1]
    assert {name for name, _network in _open()} == {"B", "C", "D"}
    assert Organisation.objects.networks().count() == 3
    assert {f.line for f in _found(findings, "unknown_network")} == {2}
    assert ("Kring" in _found(findings, "unknown_network")[0].suggestion) == (cell[0] == "K")


@pytest.mark.parametrize("cell", ["nee", "geen netwerk", "nog niet", "n.v.t.", "-"])
def test_a_cell_that_says_no_names_no_network(tmp_path: Path, terms: None, cell: str) -> None:
    assert _joined(tmp_path, cell, "Kring")["A"] == set()
    assert Organisation.objects.networks().count() == 1


@pytest.mark.parametrize("row", ["", "Net Gezond Noord (NGN);;netwerk\n"])
def test_an_abbreviation_and_its_full_name_are_one_network(
    tmp_path: Path, terms: None, row: str
) -> None:
    written = "Net Gezond Noord (NGN)"
    _read(tmp_path, f"naam;koepel;rol\n{row}A;{written};\nB;NGN;\nC;Net Gezond Noord;\n")
    assert _open() == {("A", written), ("B", written), ("C", written)}


def test_a_network_with_a_joining_word_in_its_name_stays_whole_in_a_longer_list(
    tmp_path: Path, terms: None
) -> None:
    joined = _joined(tmp_path, "Kunst en Cultuur en Kring", "Kring", "Kunst en Cultuur")
    assert joined["A"] == {"Kunst en Cultuur", "Kring"}


def test_a_network_that_the_register_has_with_a_legal_form_is_asked(
    tmp_path: Path, terms: None
) -> None:
    findings = _read(tmp_path, "naam;koepel\nStichting Kring;\nTuin A;Kring\n")
    finding = _found(findings, "unknown_network")[0]
    assert "Stichting Kring" in finding.suggestion and not _open()
    assert not Organisation.objects.networks().exists()


@pytest.mark.parametrize("separator", [" en ", ", "])
def test_a_cell_with_thousands_of_names_is_read_to_its_end(
    separator: str, tmp_path: Path, terms: None
) -> None:
    """Of such a cell at most twelve names in a row are tried together as one."""
    names = Names()
    known = [f"kring {number}" for number in range(1500)]
    names.alone.update(known)
    assert names.read(separator.join(known)) == known
