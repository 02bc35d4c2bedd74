"""A list is read as the earlier lists of its source: sheet and columns as chosen, and words as
they were answered.
"""

from __future__ import annotations

import argparse
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from knooppunt.core.audit.trail import SYSTEM
from knooppunt.core.imports.actions import answer_word
from knooppunt.core.imports.answers import Answers
from knooppunt.core.models import ImportRun, ImportSource, ImportWord, TrailEntry
from knooppunt.core.tasks import run_import
from knooppunt.directory.commands import COMMANDS
from knooppunt.directory.models import Area, Membership, Organisation
from knooppunt.directory.tests.make import network, read_in, write_csv
from knooppunt.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk_client(client: Client, coordinator: User) -> Client:
    client.force_login(coordinator)
    return client


def _upload(client: Client, text: str, name: str = "stadslijst.csv", **more: Any) -> ImportRun:
    """Upload a list on the site; gives the run that came of it."""
    file = SimpleUploadedFile(name, text.encode())
    answer = client.post("/beheer/lijsten/", {"file": file, **more})
    assert answer.status_code == 302
    return ImportRun.objects.latest("pk")


def _workbook(sheets: dict[str, list[list[str]]]) -> SimpleUploadedFile:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(out)
    return SimpleUploadedFile("boek.xlsx", out.getvalue())


def _field(page: str, word: str) -> str:
    """The name of the choice that asks about a word."""
    before = page.split(f"<strong>{word}</strong>")[0]
    return before.rsplit('for="id_', 1)[1].split('"')[0]


def test_the_page_shows_each_sheet_and_lets_one_choose(terms: None, desk_client: Client) -> None:
    file = _workbook(
        {
            "Noord": [["Lijst van 2026"], ["Naam", "Adres"], ["De Tuin", "Pad 1"]],
            "Zuid": [["Adres", "Naam"], ["Kade 2", "De Kade"]],
            "Fondsen": [["Naam", "Bedrag"], ["Het Fonds", "100"], ["Nog een", "200"]],
        }
    )
    desk_client.post("/beheer/lijsten/", {"file": file})
    run = ImportRun.objects.get()
    page = desk_client.get(f"/beheer/lijsten/{run.pk}/").content.decode()
    assert page.count("wordt gelezen") == 2 and page.count("wordt niet gelezen") == 1
    assert "kolomnamen op regel 2" in page and "Naam, Bedrag" in page and "2 regels" in page
    desk_client.post(f"/beheer/lijsten/{run.pk}/bladen/", {"sheet": "Fondsen"})
    desk_client.post(f"/beheer/lijsten/{run.pk}/start/")
    run_import.call(run.pk)
    assert set(Organisation.objects.values_list("name", flat=True)) == {"Het Fonds", "Nog een"}
    # The next file of this name is read from the same sheet.
    file.seek(0)
    desk_client.post("/beheer/lijsten/", {"file": file})
    assert ImportRun.objects.latest("pk").sheet == "Fondsen"


def test_a_row_of_headings_can_be_chosen(terms: None, desk_client: Client) -> None:
    run = _upload(desk_client, "Iets,Wat\nBenaming,Kleur\nDe Tuin,groen\n")
    page = desk_client.get(f"/beheer/lijsten/{run.pk}/").content.decode()
    assert "regel 2: Benaming, Kleur" in page
    desk_client.post(f"/beheer/lijsten/{run.pk}/bladen/", {"header_row": "2"})
    desk_client.post(f"/beheer/lijsten/{run.pk}/", {"column_0": "name", "column_1": ""})
    desk_client.post(f"/beheer/lijsten/{run.pk}/start/")
    run_import.call(run.pk)
    assert Organisation.objects.get().name == "De Tuin"
    # The names of its columns are known now, and so the row is found without choosing.
    again = _upload(desk_client, "Iets,Wat\nBenaming,Kleur\nDe Kade,rood\n")
    assert again.mapping["Benaming"] == "name" and again.source == ImportSource.objects.get()


def test_a_list_with_another_name_can_be_read_as_an_earlier_one(
    terms: None, desk_client: Client
) -> None:
    run = _upload(desk_client, "Wie dan,Eigen\nDe Tuin,x\n")
    desk_client.post(f"/beheer/lijsten/{run.pk}/", {"column_0": "name", "column_1": "note"})
    source = ImportSource.objects.get()
    other = _upload(desk_client, "Wie dan,Eigen\nDe Kade,x\n", "heel iets anders.csv")
    assert other.source is None and other.mapping["Eigen"] == ""
    desk_client.post(f"/beheer/lijsten/{other.pk}/bladen/", {"source": source.pk})
    other.refresh_from_db()
    assert other.source == source and other.mapping == {"Wie dan": "name", "Eigen": "note"}
    chosen = _upload(desk_client, "Wie dan,Eigen\nDe Kade,x\n", "derde.csv", source=source.pk)
    assert chosen.source == source
    assert desk_client.get(f"/beheer/lijsten/bron/{source.pk}/").status_code == 200


def test_another_list_of_the_same_name_is_another_source(terms: None, desk_client: Client) -> None:
    for text in ("naam,kleur\nDe Tuin,x\n", "titel,straat,pc,tel\nDe Kade,Pad,,\n"):
        run = _upload(desk_client, text, "lijst.csv")
        desk_client.post(f"/beheer/lijsten/{run.pk}/start/")
    assert ImportSource.objects.count() == 2


def test_an_unknown_word_is_asked_once_and_remembered(
    zuid: Area, desk_client: Client, tmp_path: Path
) -> None:
    rows = "naam,soort,wijk\nDe Tuin,zandbakje,Zuudje\nDe Kade,zandbakje,Zuudje\n"
    run = _upload(desk_client, rows)
    page = desk_client.get(f"/beheer/lijsten/{run.pk}/").content.decode()
    assert "Wat is dit bij ons?" in page and "in 2 regels" in page
    answers = {_field(page, "zandbakje"): "=groenplek", _field(page, "Zuudje"): f"={zuid.slug}"}
    desk_client.post(f"/beheer/lijsten/{run.pk}/woorden/", answers)
    assert (
        "Wat is dit bij ons?" not in desk_client.get(f"/beheer/lijsten/{run.pk}/").content.decode()
    )
    run_import.call(run.pk)
    assert set(Organisation.objects.values_list("kind__slug", "areas__slug")) == {
        ("groenplek", zuid.slug)
    }
    said = TrailEntry.objects.filter(verb="answer_word").values_list("details__word", flat=True)
    assert set(said) == {"zandbakje", "Zuudje"}
    # By the command too; also where the word is one of several in a cell.
    path = write_csv(tmp_path / "stadslijst.csv", ["naam", "soort"], ["De Hoek", "zandbakje (oud)"])
    options = argparse.ArgumentParser()
    command = next(one for one in COMMANDS if one.name == "import directory")
    command.configure(options)
    assert command.run(options.parse_args([str(path)])) == 0
    assert Organisation.objects.get(name="De Hoek").kind.slug == "groenplek"  # type: ignore[union-attr]


def test_what_stays_text_or_is_left_out_is_asked_no_more(terms: None, desk_client: Client) -> None:
    run = _upload(desk_client, "naam,soort,thema\nDe Tuin,zandbakje,glitter\n")
    page = desk_client.get(f"/beheer/lijsten/{run.pk}/").content.decode()
    answers = {_field(page, "zandbakje"): "text", _field(page, "glitter"): "skip"}
    desk_client.post(f"/beheer/lijsten/{run.pk}/woorden/", answers)
    run_import.call(run.pk)
    run.refresh_from_db()
    assert Organisation.objects.get().kept == {"kind": "zandbakje"} and run.findings == []


def test_a_word_answered_after_reading_fills_in_the_same_list(
    terms: None, desk_client: Client
) -> None:
    run = _upload(desk_client, "naam,soort\nDe Tuin,zandbakje\n")
    desk_client.post(f"/beheer/lijsten/{run.pk}/start/")
    run_import.call(run.pk)
    page = desk_client.get(f"/beheer/lijsten/{run.pk}/").content.decode()
    source = ImportSource.objects.get()
    desk_client.post(
        f"/beheer/lijsten/{run.pk}/woorden/", {_field(page, "zandbakje"): "=groenplek"}
    )
    run_import.call(run.pk)
    assert Organisation.objects.get().kind.slug == "groenplek"  # type: ignore[union-attr]
    page = desk_client.get(f"/beheer/lijsten/bron/{source.pk}/").content.decode()
    desk_client.post(f"/beheer/lijsten/bron/{source.pk}/", {_field(page, "zandbakje"): "skip"})
    assert ImportWord.objects.get().answer == "skip"


def test_a_network_by_another_name_is_joined(terms: None, desk_client: Client) -> None:
    ring = network("De Groene Ring")
    run = _upload(desk_client, "naam,netwerk\nDe Tuin,Tuinclub West\nDe Kade,Tuinclub West\n")
    page = desk_client.get(f"/beheer/lijsten/{run.pk}/").content.decode()
    name = _field(page, "Tuinclub West").replace("answer", "name")
    desk_client.post(f"/beheer/lijsten/{run.pk}/woorden/", {name: "geen netwerk"})
    assert not ImportWord.objects.exists()
    desk_client.post(f"/beheer/lijsten/{run.pk}/woorden/", {name: "de groene ring"})
    run_import.call(run.pk)
    assert set(Membership.objects.values_list("network", flat=True)) == {ring.pk}
    assert not Organisation.objects.filter(name="Tuinclub West").exists()


def test_a_name_that_looks_like_another_network_can_be_a_new_one(
    tmp_path: Path, terms: None
) -> None:
    network("Koepel Noord-Oost")
    path = write_csv(tmp_path / "a.csv", ["naam", "netwerk"], ["De Tuin", "Koepel Nord-Oost"])
    _report, findings = read_in(path)
    assert "unknown_network" in {finding.code for finding in findings}
    source = ImportSource.objects.create(kind="directory", key="a", name="a")
    answer_word(SYSTEM, source, "networks", "Koepel Nord-Oost", "new")
    read_in(path, answers=Answers.of(source))
    assert Membership.objects.get().network.name == "Koepel Nord-Oost"


def test_an_answer_is_kept_once_and_means_something(terms: None) -> None:
    source = ImportSource.objects.create(kind="directory", key="a", name="a")
    answer_word(SYSTEM, source, "kind", "Zandbakje", "means", "groenplek")
    answer_word(SYSTEM, source, "kind", "zandbakje!", "skip")
    assert ImportWord.objects.get().answer == "skip"
    with pytest.raises(IntegrityError), transaction.atomic():
        ImportWord.objects.create(source=source, field="kind", key="b", word="b", answer="means")


def test_the_pages_are_for_coordinators(terms: None, client: Client, host: User) -> None:
    source = ImportSource.objects.create(kind="directory", key="a", name="a")
    client.force_login(host)
    assert client.get(f"/beheer/lijsten/bron/{source.pk}/").status_code == 404
