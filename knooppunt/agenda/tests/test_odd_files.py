"""A file that is no list and no calendar gets a report or a sentence, and never an error."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from knooppunt.agenda.tests.uploads import read_run
from knooppunt.core.models import ImportRun
from knooppunt.people.models import User

pytestmark = pytest.mark.django_db
AsUser = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _now(time_machine: Any) -> None:
    time_machine.move_to("2026-11-24T08:00:00+01:00", tick=True)  # a Tuesday


ODD_FILES = [
    (b"", None, None),
    (b"\x00" * 50, None, "failed"),
    (b"PK\x03\x04rommel", None, "failed"),
    (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "done", "done"),
    ("naam;wanneer\nCafé;elke dinsdag 10-12\n".encode("cp1252"), "done", "failed"),
    (b"naam\twanneer\nA\telke dinsdag 10-12\n", "done", "failed"),
    (b"a,b\n1,2\n", "failed", "failed"),
]


@pytest.mark.parametrize(("content", "as_sheet", "as_calendar"), ODD_FILES)
@pytest.mark.parametrize("ending", ["csv", "xlsx", "ics"])
def test_an_odd_file_gets_a_report_or_a_sentence(
    content: bytes,
    as_sheet: str | None,
    as_calendar: str | None,
    ending: str,
    terms: None,
    coordinator: User,
    as_user: AsUser,
) -> None:
    state = as_calendar if ending == "ics" else as_sheet
    client, form = as_user(coordinator), {"file": SimpleUploadedFile(f"a.{ending}", content)}
    answer = client.post("/beheer/agenda-inlezen/", form)
    assert answer.status_code == (302 if state else 400)
    if state is None:
        assert "errorlist" in answer.content.decode() and not ImportRun.objects.exists()
        return
    run = ImportRun.objects.get()
    assert client.get(f"/beheer/agenda-inlezen/{run.pk}/").status_code == 200
    assert read_run(client, run).state == state
    assert client.get(f"/beheer/agenda-inlezen/{run.pk}/").status_code == 200
