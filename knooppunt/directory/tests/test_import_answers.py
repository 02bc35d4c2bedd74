"""What was answered can be taken back, a list that could not be read is corrected, and a wrong
file is told what to do.
"""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from knooppunt.core.models import ImportRun, ImportSource, ImportWord, TrailEntry
from knooppunt.core.tasks import forget_asked_words, run_import
from knooppunt.directory.models import Membership, Organisation
from knooppunt.directory.tests.make import network
from knooppunt.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk_client(client: Client, coordinator: User) -> Client:
    client.force_login(coordinator)
    return client


def _upload(client: Client, content: str | bytes, name: str = "stadslijst.csv") -> Any:
    data = content.encode() if isinstance(content, str) else content
    return client.post("/beheer/lijsten/", {"file": SimpleUploadedFile(name, data)})


def _field(page: str, word: str) -> str:
    """The name of the choice that asks about a word."""
    before = page.split(f"<strong>{word}</strong>")[0]
    return before.rsplit('for="id_', 1)[1].split('"')[0]


def _page(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_an_answer_is_taken_back_and_the_word_is_asked_again(
    terms: None, desk_client: Client
) -> None:
    rows = "naam,soort\nDe Tuin,zandbakje\n"
    _upload(desk_client, rows)
    run = ImportRun.objects.get()
    page = _page(desk_client, f"/beheer/lijsten/{run.pk}/")
    answer = {_field(page, "zandbakje"): "=groenplek"}
    desk_client.post(f"/beheer/lijsten/{run.pk}/woorden/", answer)
    run_import.call(run.pk)
    source = ImportSource.objects.get()
    address = f"/beheer/lijsten/bron/{source.pk}/"
    desk_client.post(address, {_field(_page(desk_client, address), "zandbakje"): ""})
    assert not ImportWord.objects.exists()
    # That it was answered stays in the trail, the word does not: it may be a name.
    assert "zandbakje" not in str(list(TrailEntry.objects.values_list("details", flat=True)))
    assert TrailEntry.objects.filter(verb="forget_word").exists()
    # It stands there as not answered, and the next list asks it.
    assert '<option value="" selected>' in _page(desk_client, address)
    _upload(desk_client, rows)
    latest = ImportRun.objects.latest("pk")
    assert "zandbakje" in _page(desk_client, f"/beheer/lijsten/{latest.pk}/")


def test_an_answered_name_is_shown_and_can_be_changed_or_taken_back(
    terms: None, desk_client: Client
) -> None:
    ring = network("De Groene Ring")
    _upload(desk_client, "naam,netwerk\nDe Tuin,Tuinclub West\nDe Kade,Tuinclub West\n")
    run = ImportRun.objects.get()
    page = _page(desk_client, f"/beheer/lijsten/{run.pk}/")
    name = _field(page, "Tuinclub West").replace("answer", "name")
    desk_client.post(f"/beheer/lijsten/{run.pk}/woorden/", {name: "De Groene Ring"})
    assert ImportWord.objects.get().meaning == ring.slug
    address = f"/beheer/lijsten/bron/{ImportSource.objects.get().pk}/"
    page = _page(desk_client, address)
    assert f'<option value="={ring.slug}" selected>De Groene Ring</option>' in page
    choice = _field(page, "Tuinclub West")
    desk_client.post(address, {choice: f"={ring.slug}", choice.replace("answer", "name"): ""})
    assert ImportWord.objects.get().meaning == ring.slug
    desk_client.post(address, {choice: "skip"})
    assert ImportWord.objects.get().answer == "skip"
    desk_client.post(address, {choice: ""})
    assert not ImportWord.objects.exists()


def test_a_name_that_two_records_have_is_asked_further(terms: None, desk_client: Client) -> None:
    first, second = network("De Ring"), network("De Ring")
    _upload(desk_client, "naam,netwerk\nDe Tuin,Tuinclub West\nDe Kade,Tuinclub West\n")
    run = ImportRun.objects.get()
    page = _page(desk_client, f"/beheer/lijsten/{run.pk}/")
    name = _field(page, "Tuinclub West").replace("answer", "name")
    answer = desk_client.post(f"/beheer/lijsten/{run.pk}/woorden/", {name: "De Ring"})
    assert answer.status_code == 400
    told = answer.content.decode()
    assert first.slug in told and second.slug in told and 'value="De Ring"' in told
    desk_client.post(f"/beheer/lijsten/{run.pk}/woorden/", {name: second.slug})
    run_import.call(run.pk)
    assert set(Membership.objects.values_list("network", flat=True)) == {second.pk}


def test_a_list_that_could_not_be_read_is_corrected_on_its_page(
    terms: None, desk_client: Client
) -> None:
    _upload(desk_client, "Iets,Kleur\nDe Tuin,groen\n")
    run = ImportRun.objects.get()
    desk_client.post(f"/beheer/lijsten/{run.pk}/start/")
    run_import.call(run.pk)
    run.refresh_from_db()
    assert run.state == ImportRun.State.FAILED and "Er is niets veranderd" in run.problem
    page = _page(desk_client, f"/beheer/lijsten/{run.pk}/")
    assert "wijs hieronder aan welke kolom de naam is" in page
    desk_client.post(f"/beheer/lijsten/{run.pk}/", {"column_0": "name", "column_1": ""})
    desk_client.post(f"/beheer/lijsten/{run.pk}/start/")
    run_import.call(run.pk)
    assert Organisation.objects.get().name == "De Tuin"


def _zip(name: str, text: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as pack:
        pack.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("oud.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ".xlsx of .csv"),
        ("lijst.ods", _zip("mimetype", "application/vnd.oasis.opendocument"), ".xlsx of .csv"),
        ("brief.pdf", b"%PDF-1.7\nnaam\n", ".xlsx of .csv"),
        ("stuk.xlsx", b"PK\x03\x04 broken", "beschadigd"),
        ("leeg.csv", b"\n\n", "is leeg"),
    ],
)
def test_a_wrong_file_is_told_what_to_do(
    terms: None, desk_client: Client, name: str, content: bytes, said: str
) -> None:
    answer = _upload(desk_client, content, name)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert said in page and "Er is niets veranderd" in page and "not_a_table" not in page
    assert not ImportRun.objects.exists()


def test_a_file_that_is_damaged_halfway_has_a_page_that_says_so(
    terms: None, desk_client: Client
) -> None:
    rows = "".join(f"Tuin {number}\n" for number in range(3000))
    _upload(desk_client, "naam\n" + rows + '"' + "x" * 1_100_000 + '"\n')
    address = f"/beheer/lijsten/{ImportRun.objects.get().pk}/"
    answer = desk_client.get(address)
    assert answer.status_code == 200 and "beschadigd" in answer.content.decode()
    assert desk_client.post(f"{address}woorden/").status_code == 302
    assert not Organisation.objects.exists()


def test_words_that_nobody_answered_are_forgotten_with_their_list(
    terms: None, desk_client: Client, time_machine: Any
) -> None:
    time_machine.move_to("2026-01-05T09:00:00+01:00", tick=False)
    _upload(desk_client, "naam,soort\nDe Tuin,zandbakje\n")
    desk_client.post(f"/beheer/lijsten/{ImportRun.objects.get().pk}/start/")
    source = ImportSource.objects.get()
    assert [asked["word"] for asked in source.asked] == ["zandbakje"]
    time_machine.move_to("2026-03-05T09:00:00+01:00", tick=False)
    assert forget_asked_words() == 0
    time_machine.move_to("2026-05-05T09:00:00+01:00", tick=False)
    assert forget_asked_words() == 1
    source.refresh_from_db()
    assert source.asked == []
