"""What the page of a list that was read leads to, and how many lists may wait to be read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from knooppunt.core.imports.runs import MOST_WAITING
from knooppunt.core.models import ImportRun
from knooppunt.directory.models import Organisation
from knooppunt.people.models import User

pytestmark = pytest.mark.django_db
FIRST = "naam;koepel;plaats\nDe Tuin;Bond;A\nZaal;Bond;A\nKoor;;A\nHuis;;A\n"
SECOND = "naam;koepel;plaats\nDe Tuin;Kring;B\nZaal;Bond;A\nKoor;;A\nHal;;A\n"


@pytest.fixture
def desk_client(client: Client, coordinator: User) -> Client:
    """A coordinator at her desk."""
    client.force_login(coordinator)
    return client


def _send(client: Client, text: str) -> Any:
    file = SimpleUploadedFile("lijst.csv", text.encode())
    return client.post("/beheer/lijsten/", {"file": file})


def _read(client: Client, text: str) -> str:
    _send(client, text)
    run = ImportRun.objects.latest("pk")
    client.post(f"/beheer/lijsten/{run.pk}/start/")
    return client.get(f"/beheer/lijsten/{run.pk}/").content.decode()


def test_the_page_of_a_list_leads_to_what_it_made(terms: None, desk_client: Client) -> None:
    page = _read(desk_client, FIRST)
    for name in ("De Tuin", "Zaal", "Koor", "Huis", "Bond"):
        address = Organisation.objects.get(name=name).get_absolute_url()
        assert f'<a href="{address}">{name}</a>' in page
    assert "Nieuw</h2>" in page and "Gewijzigd</h2>" not in page and '/beheer/"' in page


def test_the_page_of_a_later_list_leads_to_what_changed_and_what_is_gone(
    terms: None, desk_client: Client
) -> None:
    _read(desk_client, FIRST)
    page = _read(desk_client, SECOND)
    parts = page.split("</h2>")
    assert [part.rsplit("<h2>", 1)[-1] for part in parts[:4]] == [
        "Nieuw",
        "Gewijzigd",
        "Lidmaatschap voorbij",
        "Staat niet meer in de lijst",
    ]
    listed = [part.split("<h2>")[0] for part in parts[1:5]]
    for part, names in zip(
        listed, (["Hal", "Kring"], ["De Tuin"], ["De Tuin"], ["Huis"]), strict=True
    ):
        assert [
            name for name in ("Hal", "Kring", "De Tuin", "Huis", "Zaal") if f">{name}</a>" in part
        ] == names


def test_only_a_few_lists_wait_for_each_person_and_one_can_be_thrown_away(
    terms: None, desk_client: Client
) -> None:
    for _turn in range(MOST_WAITING):
        assert _send(desk_client, FIRST).status_code == 302
    answer = _send(desk_client, FIRST)
    assert answer.status_code == 400 and f"{MOST_WAITING} lijsten van je" in answer.content.decode()
    assert ImportRun.objects.count() == MOST_WAITING
    run = ImportRun.objects.latest("pk")
    path = Path(run.file.path)
    assert "Gooi deze lijst weg" in desk_client.get(f"/beheer/lijsten/{run.pk}/").content.decode()
    assert desk_client.post(f"/beheer/lijsten/{run.pk}/weg/").status_code == 302
    assert not path.exists() and ImportRun.objects.count() == MOST_WAITING - 1
    assert _send(desk_client, FIRST).status_code == 302


def test_a_list_that_was_read_is_not_thrown_away(terms: None, desk_client: Client) -> None:
    _read(desk_client, FIRST)
    run = ImportRun.objects.get()
    assert desk_client.post(f"/beheer/lijsten/{run.pk}/weg/").status_code == 404
    assert ImportRun.objects.filter(pk=run.pk).exists()
