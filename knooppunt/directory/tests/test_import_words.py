"""Columns, kinds and answers are understood by the words in them, not by whole phrases."""

from __future__ import annotations

from pathlib import Path

import pytest

from knooppunt.directory.importing.columns import COLUMNS
from knooppunt.directory.importing.words import Words
from knooppunt.directory.models import Kind, Organisation, Theme
from knooppunt.directory.tests import make
from knooppunt.directory.tests.make import read_in


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("KvK nr", "kvk"),
        ("Volgnummer", "identifier"),
        ("Notities (intern)", "note"),
        ("Wat gebeurt er?", "description"),
        ("Website organisatie", "website"),
        ("E-mail (algemeen)", "email"),
        ("Telefoon overdag", "phone"),
        ("Soort initiatief", "kind"),
        ("Rekening nummer", ""),
        ("Aantal leden netwerk", ""),
        ("Mail verstuurd", ""),
    ],
)
def test_a_column_is_known_by_the_words_in_its_name(name: str, field: str) -> None:
    assert COLUMNS.recognise(["Naam", name]).fields == ["name", field]


def test_a_known_name_goes_before_one_that_looks_like_it(terms: None) -> None:
    columns = COLUMNS.recognise(["Naam contact (intern)", "Telefoon balie", "Naam"])
    assert columns.fields == ["person", "phone", "name"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cell", "slug"),
    [
        ("buurthuis", "buurthuiskamer"),
        ("wijkcentrum (zelfbeheer)", "buurthuiskamer"),
        ("Dorpshuis", "buurthuiskamer"),
        ("huis van de wijk Noord", "buurthuiskamer"),
        ("grote moestuin", "groenplek"),
        ("geen tuin", ""),
        ("tuin en atelier", ""),
    ],
)
def test_a_kind_is_known_by_the_words_in_the_cell(terms: None, cell: str, slug: str) -> None:
    kind = Words().kind(cell)[0]
    assert (kind.slug if kind else "") == slug


@pytest.mark.parametrize(
    ("cell", "answer"),
    [
        ("ja, met drempel", True),
        ("Nee (trap)", False),
        ("geen toilet", False),
        ("niet bekend", None),
        ("ja en nee", None),
        ("gedeeltelijk", None),
        ("yes, at the back", True),
        ("✓", True),
        ("✗", False),
        ("geen drempel", None),
        ("geen hulp nodig", None),
        ("niet toegankelijk", False),
        ("nog niet", False),
        ("volgens mij wel", None),
    ],
)
def test_yes_and_no_are_known_by_the_words_in_the_cell(cell: str, answer: bool | None) -> None:
    assert Words().yes_no(cell) is answer


@pytest.mark.django_db
def test_a_word_that_is_understood_later_reaches_the_record(tmp_path: Path, terms: None) -> None:
    path = make.write_csv(tmp_path / "a.csv", ["naam", "soort"], ["Tuin", "lapjesgrond"])
    read_in(path)
    assert Organisation.objects.get().kind is None
    kind = Kind.objects.get(slug="groenplek")
    kind.synonyms = [*kind.synonyms, "lapjesgrond"]
    kind.save()
    read_in(path)
    one = Organisation.objects.get()
    assert one.kind == kind and "kind" not in one.kept


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("NL/TR", ["nl", "tr"]),
        ("Turks & Arabisch", ["tr", "ar"]),
        ("Nederlands (beetje Engels)", ["nl", "en"]),
        ("Nederlands Turks Arabisch", ["nl", "tr", "ar"]),
        ("Marokkaans-Arabisch", ["ar"]),
        ("NL-TR", ["nl", "tr"]),
        ("vooral Nederlands", ["nl"]),
        ("geen Nederlands", []),
        ("alle talen", []),
    ],
)
@pytest.mark.django_db
def test_languages_are_known_by_the_words_in_the_cell(
    tmp_path: Path, terms: None, cell: str, codes: list[str]
) -> None:
    _report, findings = read_in(
        make.write_csv(tmp_path / "a.csv", ["naam", "talen"], ["Tuin", cell])
    )
    assert Organisation.objects.get().languages == codes
    assert any(finding.code == "unknown_language" for finding in findings) == (not codes)


@pytest.mark.parametrize(
    ("cell", "slugs"),
    [
        ("wijk Noord", {"noord"}),
        ("Buurt: Zuid", {"zuid"}),
        ("Noord & Zuid", {"noord", "zuid"}),
        ("Noord + Zuid", {"noord", "zuid"}),
        ("Noord (Pleinbuurt)", {"noord", "pleinbuurt"}),
        ("Noord - Pleinbuurt", {"noord", "pleinbuurt"}),
        ("Noord - Oost", set()),
        ("Noord (deels)", set()),
    ],
)
@pytest.mark.django_db
def test_areas_are_known_by_their_names_in_the_cell(
    tmp_path: Path, terms: None, cell: str, slugs: set[str]
) -> None:
    _report, findings = read_in(
        make.write_csv(tmp_path / "a.csv", ["naam", "wijk"], ["Tuin", cell])
    )
    assert {area.slug for area in Organisation.objects.get().areas.all()} == slugs
    assert any(finding.code == "unknown_area" for finding in findings) == (not slugs)


@pytest.mark.parametrize("joint", [" en ", " & ", "/", " + ", " - ", ", ", "; "])
@pytest.mark.django_db
def test_themes_in_one_cell_are_parted_and_what_is_none_is_named(
    tmp_path: Path, terms: None, joint: str
) -> None:
    names = [str(theme) for theme in Theme.objects.order_by("pk")[:2]]
    cells = [joint.join(names), joint.join([names[0], "Xyzzy"])]
    rows = [["Tuin", cells[0]], ["Zaal", cells[1]]]
    read_in(make.write_csv(tmp_path / "a.csv", ["naam", "thema"], *rows, delimiter="\t"))
    assert Organisation.objects.get(name="Tuin").themes.count() == 2
    zaal = Organisation.objects.get(name="Zaal")
    assert zaal.themes.count() == 1 and zaal.kept["themes"] == "Xyzzy"


@pytest.mark.parametrize(
    "cell",
    ["info(at)tuin.example", "info [at] tuin.example", "info @ tuin.example", "INFO @TUIN.EXAMPLE"],
)
@pytest.mark.django_db
def test_a_mail_address_that_was_spelled_out_is_one(tmp_path: Path, terms: None, cell: str) -> None:
    read_in(make.write_csv(tmp_path / "a.csv", ["naam", "mail"], ["Tuin", cell]))
    assert Organisation.objects.get().contact_points.get().value == "info@tuin.example"
