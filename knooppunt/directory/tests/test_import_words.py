"""Columns, kinds and answers are understood by the words in them, not by whole phrases."""

from __future__ import annotations

from pathlib import Path

import pytest

from knooppunt.directory.importing.columns import COLUMNS
from knooppunt.directory.importing.words import Words
from knooppunt.directory.models import Kind, Organisation
from knooppunt.directory.tests import make
from knooppunt.directory.tests.make import read_in


@pytest.mark.parametrize(
    ("name", "field"),
    [("KvK nr", "kvk"), ("Volgnummer", "identifier"), ("Notities (intern)", "note"), ("Wat gebeurt er?", "description"),
     ("Website organisatie", "website"), ("E-mail (algemeen)", "email"), ("Telefoon overdag", "phone"), ("Soort initiatief", "kind"),
     ("Rekening nummer", ""), ("Aantal leden netwerk", ""), ("Mail verstuurd", "")],
)  # fmt: skip
def test_a_column_is_known_by_the_words_in_its_name(name: str, field: str) -> None:
    assert COLUMNS.recognise(["Naam", name]).fields == ["name", field]


def test_a_known_name_goes_before_one_that_looks_like_it(terms: None) -> None:
    columns = COLUMNS.recognise(["Naam contact (intern)", "Telefoon balie", "Naam"])
    assert columns.fields == ["person", "phone", "name"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cell", "slug"),
    [("buurthuis", "buurthuiskamer"), ("wijkcentrum (zelfbeheer)", "buurthuiskamer"), ("Dorpshuis", "buurthuiskamer"),
     ("huis van de wijk Noord", "buurthuiskamer"), ("grote moestuin", "groenplek"), ("geen tuin", ""), ("tuin en atelier", "")],
)  # fmt: skip
def test_a_kind_is_known_by_the_words_in_the_cell(terms: None, cell: str, slug: str) -> None:
    kind = Words().kind(cell)[0]
    assert (kind.slug if kind else "") == slug


@pytest.mark.parametrize(
    ("cell", "answer"),
    [("ja, met drempel", True), ("Nee (trap)", False), ("geen toilet", False), ("niet bekend", None), ("ja en nee", None),
     ("gedeeltelijk", None), ("yes, at the back", True)],
)  # fmt: skip
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
