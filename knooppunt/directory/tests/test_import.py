"""A coalition's own list comes in as it is: columns recognised, places found, and everything
odd about it named.
"""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from knooppunt.core.imports import runs
from knooppunt.core.tasks import run_import
from knooppunt.directory.importing.codes import CODES
from knooppunt.directory.list_kind import REGISTER_LISTS
from knooppunt.directory.models import (
    Area,
    ContactPoint,
    DuplicateCandidate,
    Membership,
    Organisation,
    Place,
)
from knooppunt.directory.tests.make import network, read_in, write_csv
from knooppunt.kit.findings import Finding
from knooppunt.people.models import User

pytestmark = pytest.mark.django_db


def _codes(findings: list[Finding], line: int | None = None) -> set[str]:
    """The codes that were found, on one line or anywhere; all of them belong to the documented
    list.
    """
    codes = {finding.code for finding in findings if finding.code and line in (None, finding.line)}
    assert codes <= CODES.keys()
    return codes


def _suggestion(findings: list[Finding], code: str) -> str:
    return next(finding.suggestion for finding in findings if finding.code == code)


def _one(tmp_path: Path, **cells: str) -> tuple[Organisation, list[Finding]]:
    """Read in a list of one row; the words are column and cell."""
    header = ["naam", *(name.replace("_", " ") for name in cells)]
    _report, findings = read_in(
        write_csv(tmp_path / "list.csv", header, ["De Tuin", *cells.values()])
    )
    return Organisation.objects.get(name="De Tuin"), findings


@pytest.mark.parametrize(
    ("header", "encoding", "sign"),
    [
        (
            ["Naam", "Wijk", "Adres", "Postcode", "Plaats", "Omschrijving", "Opmerking"],
            "utf-8",
            ",",
        ),
        (
            [
                "ORGANISATIE",
                "wijk/buurt",
                "Straat",
                "post-code",
                "Woonplaats",
                "Beschrijving",
                "Bijzonderheden",
            ],
            "cp1252",
            ";",
        ),
        (
            ["Name", "Neighbourhood", "Address", "Postal code", "City", "Description", "Remarks"],
            "utf-8-sig",
            "\t",
        ),
    ],
)
def test_columns_are_recognised_in_dutch_and_english(
    tmp_path: Path, noord: Area, header: list[str], encoding: str, sign: str
) -> None:
    row = ["Café Zoë", "Noord", "Dijk 1", "3024ab", "Klein", "Soep, brood & thee", "Bel na tienen"]
    _report, findings = read_in(
        write_csv(tmp_path / "a.csv", header, row, encoding=encoding, delimiter=sign)
    )
    one, place = Organisation.objects.get(), Place.objects.get()
    assert (one.name, one.description, one.note) == (
        "Café Zoë",
        "Soep, brood & thee",
        "Bel na tienen",
    )
    assert list(one.areas.all()) == [noord] and [finding.outcome for finding in findings] == [
        "created"
    ]
    assert (place.street, place.postcode, place.city) == ("Dijk 1", "3024 AB", "Klein")


def test_every_row_is_in_the_report_with_its_line(tmp_path: Path, terms: None) -> None:
    rows = [["Een", "a\nb"], ["Twee", ""], ["", "geen naam"], ["Drie", "c"]]
    _report, findings = read_in(write_csv(tmp_path / "a.csv", ["naam", "omschrijving"], *rows))
    found = sorted((finding.line, finding.outcome) for finding in findings)
    assert found == [(2, "created"), (4, "created"), (5, "error"), (6, "created")]
    assert _codes(findings, 5) == {"empty_name"}


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        (["lat", "lon"], ["52.05", "4.05"]),
        (["lon", "lat"], ["4,05", "52,05"]),
        (["coördinaten"], ["52.05, 4.05"]),
        (["lat/lon"], ["52,05; 4,05"]),
        (["gps"], ["4.05 52.05"]),
        (["x", "y"], ["4.05", "52.05"]),
        (["breedtegraad", "lengtegraad"], ["4.05", "52.05"]),
    ],
)
def test_a_point_is_read_however_it_is_written(
    tmp_path: Path, noord: Area, header: list[str], cells: list[str]
) -> None:
    read_in(write_csv(tmp_path / "a.csv", ["naam", *header], ["De Tuin", *cells], delimiter=";"))
    place = Place.objects.get()
    assert place.point == (4.05, 52.05) and place.area == noord and not place.has_area_conflict


def test_swapped_coordinates_are_mended_and_reported(tmp_path: Path, terms: None) -> None:
    assert _codes(_one(tmp_path, lat="4.05", lon="52.05")[1]) == {"swapped_coordinates"}


@pytest.mark.parametrize("cell", ["hier", "0, 0", "90000, 435000", "52.05"])
def test_what_is_no_point_is_reported_and_kept(tmp_path: Path, terms: None, cell: str) -> None:
    one, findings = _one(tmp_path, point=cell)
    assert _codes(findings) == {"bad_coordinates"} and one.kept["point"] == cell


def test_an_unknown_wijk_gets_a_suggestion_and_is_kept(tmp_path: Path, terms: None) -> None:
    one, findings = _one(tmp_path, wijk="Nord")
    assert _codes(findings) == {"unknown_area"} and "Noord" in _suggestion(findings, "unknown_area")
    assert not one.areas.exists() and one.kept["area"] == "Nord"


def test_several_wijken_and_their_other_names_are_understood(
    tmp_path: Path, noord: Area, zuid: Area
) -> None:
    one, findings = _one(tmp_path, wijk="klein-noord en ZUID")
    assert set(one.areas.all()) == {noord, zuid} and not _codes(findings)


def test_a_point_that_contradicts_the_stated_wijk_is_flagged_and_both_are_kept(
    tmp_path: Path, noord: Area, zuid: Area
) -> None:
    one, findings = _one(tmp_path, wijk="Zuid", point="52.05, 4.05")
    place = Place.objects.get()
    assert _codes(findings) == {"area_conflict"}
    assert place.area == noord and place.has_area_conflict
    assert list(one.areas.all()) == list(place.areas.all()) == [zuid]


def test_a_point_outside_all_wijken_is_reported(tmp_path: Path, terms: None) -> None:
    assert _codes(_one(tmp_path, point="48.85, 2.35")[1]) == {"outside_areas"}
    assert Place.objects.get().point == (2.35, 48.85) and Place.objects.get().area is None


def test_a_bare_domain_is_completed_and_reported(tmp_path: Path, terms: None) -> None:
    one, findings = _one(tmp_path, website="www.tuin.example")
    assert one.website == "https://www.tuin.example/" and _codes(findings) == {"repaired_website"}


@pytest.mark.parametrize(
    "cell", ["https://tuin.example", "https://tuin.example/", "https://tuin.example/over?id=1#a"]
)
def test_a_whole_web_address_is_no_finding(tmp_path: Path, terms: None, cell: str) -> None:
    assert not _codes(_one(tmp_path, website=cell)[1])


def test_two_web_addresses_in_a_cell_are_split(tmp_path: Path, terms: None) -> None:
    one, findings = _one(tmp_path, website="https://a.example/ en https://b.example/")
    assert one.website == "https://a.example/" and _codes(findings) == {"second_website"}
    assert ContactPoint.objects.get(organisation=one, type="website").value == "https://b.example/"


def test_what_is_no_web_address_stays_out_of_the_field(tmp_path: Path, terms: None) -> None:
    one, findings = _one(tmp_path, website="komt nog")
    assert (
        one.website == ""
        and one.kept["website"] == "komt nog"
        and _codes(findings) == {"bad_website"}
    )


def test_an_unknown_kind_is_reported_with_what_it_may_be(tmp_path: Path, terms: None) -> None:
    one, findings = _one(tmp_path, categorie="Groenplk")
    assert (
        one.kind is None and one.kept["kind"] == "Groenplk" and _codes(findings) == {"unknown_kind"}
    )
    assert "groenplek" in _suggestion(findings, "unknown_kind").lower()


def test_kinds_themes_and_languages_are_known_by_their_other_names(
    tmp_path: Path, terms: None
) -> None:
    one, findings = _one(
        tmp_path, soort="Moestuin", thema="geld; Eenzaamheid", talen="Turks, Engels"
    )
    assert not _codes(findings) and str(one.kind) == "Groenplek" and one.languages == ["tr", "en"]
    assert sorted(theme.slug for theme in one.themes.all()) == ["armoede", "eenzaamheid"]


def test_what_no_field_takes_is_kept_with_the_record_and_named(tmp_path: Path, terms: None) -> None:
    one, findings = _one(tmp_path, subsidienummer="X-9", kleur="blauw")
    assert one.kept == {"subsidienummer": "X-9", "kleur": "blauw"} and _codes(findings) == {
        "kept_unmapped"
    }
    assert [finding.field for finding in findings if finding.code] == ["subsidienummer", "kleur"]


def test_a_saved_mapping_goes_before_what_is_recognised(tmp_path: Path, terms: None) -> None:
    path = write_csv(tmp_path / "a.csv", ["wie dan", "wijk"], ["De Tuin", "praat"])
    read_in(path, mapping={"wie dan": "name", "wijk": "description"})
    assert Organisation.objects.get().description == "praat"


def test_networks_in_one_cell_become_memberships(tmp_path: Path, terms: None) -> None:
    known = network("Kerken, moskeeën en tempels")
    one, findings = _one(tmp_path, koepel="Sport samen; Kerken, moskeeën en tempels")
    assert {row.network.name for row in one.memberships.all()} == {"Sport samen", known.name}
    assert _codes(findings) == {"new_network"}


@pytest.mark.parametrize(
    "cell", ["Groen, rood en wit", "Sport, Groen, rood en wit", "Groen, rood en wit, Sport"]
)
def test_a_network_with_a_comma_in_its_name_is_not_cut(
    tmp_path: Path, terms: None, cell: str
) -> None:
    rows = [
        ["De Tuin", "initiatief", cell],
        ["Groen, rood en wit", "netwerk", ""],
        ["Sport", "netwerk", ""],
    ]
    read_in(write_csv(tmp_path / "a.csv", ["naam", "rol", "netwerken"], *rows))
    assert Organisation.objects.count() == 3
    assert "Groen, rood en wit" in Membership.objects.values_list("network__name", flat=True)


def test_a_network_that_is_misspelled_gets_a_suggestion(tmp_path: Path, terms: None) -> None:
    network("Moestuinbond Klein")
    one, findings = _one(tmp_path, koepel="Moestuinbnd Klein")
    assert not one.memberships.exists() and _codes(findings) == {"unknown_network"}
    assert "Moestuinbond Klein" in _suggestion(findings, "unknown_network")


def test_memberships_never_form_a_circle(tmp_path: Path, terms: None) -> None:
    rows = [["A-bond", "B-bond"], ["B-bond", "C-bond"], ["C-bond", "A-bond"], ["D-bond", "D-bond"]]
    _report, findings = read_in(write_csv(tmp_path / "a.csv", ["naam", "koepel"], *rows))
    assert "network_circle" in _codes(findings) and Membership.objects.count() == 2


def test_two_of_the_same_name_in_different_wijken_are_two_records(
    tmp_path: Path, noord: Area, zuid: Area
) -> None:
    read_in(
        write_csv(
            tmp_path / "a.csv", ["naam", "wijk"], ["Speeltuin", "Noord"], ["Speeltuin", "Zuid"]
        )
    )
    assert {tuple(one.areas.all()) for one in Organisation.objects.all()} == {(noord,), (zuid,)}
    assert len(set(Organisation.objects.values_list("slug", flat=True))) == 2


@pytest.mark.parametrize(
    "other", ["Stichting De Tuyn|a.example", "De Tuin!|", "de tuin stichting|www.a.example"]
)
def test_look_alikes_are_flagged_and_not_merged(tmp_path: Path, terms: None, other: str) -> None:
    rows = [["De Tuin", ""], ["Stichting De Tuin", "https://a.example/"], other.split("|")]
    _report, findings = read_in(write_csv(tmp_path / "a.csv", ["naam", "website"], *rows))
    assert "possible_duplicate" in _codes(findings, 4)
    assert Organisation.objects.count() == 3 and DuplicateCandidate.objects.exists()


def test_a_trial_run_reports_the_same_and_changes_nothing(tmp_path: Path, terms: None) -> None:
    path = write_csv(
        tmp_path / "a.csv",
        ["naam", "koepel", "wijk"],
        ["De Tuin", "Bond", "Nord"],
        ["", "", "Zuid"],
    )
    _report, trial = read_in(path, is_dry_run=True)
    assert (
        not Organisation.objects.exists()
        and not Place.objects.exists()
        and not Membership.objects.exists()
    )
    _report, real = read_in(path)
    assert trial == real


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_list_that_is_uploaded_is_looked_through_and_read_in(
    tmp_path: Path, terms: None, coordinator: User, form: str
) -> None:
    path = write_csv(tmp_path / "a.csv", ["naam", "kleur"], ["De Tuin", "rood"])
    if form == "xlsx":
        path, book = tmp_path / "a.xlsx", openpyxl.Workbook()
        book.active.append(["naam", "kleur"])
        book.active.append(["De Tuin", "rood"])
        book.save(path)
    run = runs.receive(
        REGISTER_LISTS, coordinator, SimpleUploadedFile(path.name, path.read_bytes())
    )
    preview = runs.look_through(REGISTER_LISTS, run)
    assert preview.columns.fields == ["name", ""] and preview.examples == ["De Tuin", "rood"]
    assert preview.report.counts["created"] == 1
    assert not Organisation.objects.exists()
    run_import.call(run.pk)
    assert Organisation.objects.get().kept == {"kleur": "rood"}
