"""What the tests that were written by trying share: reading files in, and what a browser would
send back.
"""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

from django.test import Client
from django.utils import timezone

from knooppunt.agenda.importing.columns import COLUMNS
from knooppunt.agenda.importing.run import Job
from knooppunt.agenda.models import Activity
from knooppunt.core.audit.trail import Actor
from knooppunt.core.models import ImportRun
from knooppunt.directory.models import Organisation, Representation
from knooppunt.kit.columns import ListFile
from knooppunt.kit.findings import Report
from knooppunt.people.models import User

BY_IMPORT = Actor(None, "import")
FILE_OPTIONS = ("name", "sheet", "header_row")
TODAY = date(2026, 11, 24)


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return re.sub(r"\s+", " ", unescape(answer.content.decode()))


def read(path: Path, **options: Any) -> Report:
    with Report() as report:
        chosen = {name: options.pop(name) for name in FILE_OPTIONS if name in options}
        Job(BY_IMPORT, ListFile(path, COLUMNS, **chosen), **options).run(report)
    return report


def upload(client: Client, path: Path, **chosen: Any) -> Any:
    """What a keeper gets who sends in a file on the site."""
    with path.open("rb") as file:
        return client.post("/beheer/agenda-inlezen/", {"file": file, **chosen})


def read_run(client: Client, run: ImportRun) -> ImportRun:
    """Press the button below a list; what the worker does is done at once in a test."""
    assert client.post(f"/beheer/agenda-inlezen/{run.pk}/start/").status_code == 302
    run.refresh_from_db()
    return run


def sheet(tmp_path: Path, *lines: str, name: str = "lijst.csv") -> Path:
    path = tmp_path / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def calendar(tmp_path: Path, *events: str, name: str = "kalender.ics") -> Path:
    path = tmp_path / name
    body = "\r\n".join(f"BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT" for event in events)
    path.write_text(
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{body}\r\nEND:VCALENDAR\r\n", newline=""
    )
    return path


def event(
    uid: str,
    *lines: str,
    start: str = "DTSTART;TZID=Europe/Amsterdam:20261201T100000",
    name: str = "",
) -> str:
    return "\r\n".join(
        [
            f"UID:{uid}",
            "DTSTAMP:20261101T090000Z",
            start,
            f"SUMMARY:{name or 'Afspraak ' + uid}",
            *lines,
        ]
    )


def other_host(organisation: Organisation, mail: str = "other@example.org") -> User:
    user = User.objects.create_user(mail, name="Other")
    Representation.objects.create(user=user, organisation=organisation, since=timezone.localdate())
    return user


def form_of(page: Any) -> dict[str, Any]:
    """What a browser would send back when nothing is typed."""
    form = page.context["form"]
    found: dict[str, Any] = {}
    for field in form:
        value = field.value()
        if value is None or value is False or value == "":
            continue
        if isinstance(value, (list, tuple)):
            found[field.html_name] = [getattr(one, "pk", one) for one in value]
        elif value is True:
            found[field.html_name] = "on"
        else:
            found[field.html_name] = getattr(value, "pk", value)
    choices = getattr(form.fields["organisation"], "queryset", None)
    if (
        "organisation" in found
        and choices is not None
        and not choices.filter(pk=found["organisation"]).exists()
    ):
        found.pop("organisation")  # a browser has no such choice to send
    return found


def days_of(one: Activity) -> list[date]:
    rows = (
        one.occurrences.filter(day__gte=TODAY, is_shown=True)
        .exclude(status="cancelled")
        .order_by("starts")
    )
    return list(rows.values_list("day", flat=True))
