"""Activities from workbooks with a sheet for each month, and from web sites that write signs as HTML."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.http import HttpResponse
from django.test import Client

from knooppunt.agenda.models import Activity
from knooppunt.agenda.tests.trying import other_host, read
from knooppunt.directory.tests import make
from knooppunt.people.models import User

pytestmark = pytest.mark.django_db
AsUser = Callable[[User], Client]
WORDPRESS = r"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Proef//Buurt//NL
BEGIN:VEVENT
UID:h1@buurt.example
DTSTAMP:20261101T090000Z
SUMMARY:Koffie &amp\; taart &#8211\; proef
DTSTART;TZID=Europe/Amsterdam:20261205T140000
DURATION:PT2H
DESCRIPTION:<p>Kom &amp\; drink mee</p><p>Tot dan&nbsp\;!</p>
LOCATION:Buurthuis &#039\;t Hoekje
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture(autouse=True)
def _now(time_machine: Any) -> None:
    time_machine.move_to("2026-11-24T08:00:00+01:00", tick=True)


def test_every_month_of_a_workbook_is_read(tmp_path: Path, terms: None) -> None:
    book, path = openpyxl.Workbook(), tmp_path / "agenda.xlsx"
    book.remove(book.active)
    for month in ("januari", "februari"):
        sheet = book.create_sheet(month[:3])
        sheet.append(["naam", "wanneer"])
        sheet.append([f"Soep in {month}", f"10 {month} 2027 12-14"])
    book.save(path)
    read(path)
    found = dict(Activity.objects.values_list("name", "starts_on"))
    assert {name: str(day) for name, day in found.items()} == {
        "Soep in januari": "2027-01-10",
        "Soep in februari": "2027-02-10",
    }


def test_signs_of_a_web_page_in_one_changed_time_are_read_too(tmp_path: Path, terms: None) -> None:
    changed = """BEGIN:VEVENT
UID:h1@buurt.example
DTSTAMP:20261101T090000Z
RECURRENCE-ID;TZID=Europe/Amsterdam:20261212T140000
SUMMARY:Taart &amp\\; zang
DTSTART;TZID=Europe/Amsterdam:20261212T150000
LOCATION:Zaal &#8216\\;Zon&#8217\\;
END:VEVENT
END:VCALENDAR"""
    text = WORDPRESS.replace("DURATION:PT2H", "DURATION:PT2H\nRRULE:FREQ=WEEKLY;COUNT=3")
    path = tmp_path / "wordpress.ics"
    text = text.replace("END:VCALENDAR", changed)
    path.write_text(text.replace("\n", "\r\n"), encoding="utf-8")
    read(path)
    row = Activity.objects.get().changes.get()
    assert (row.title, row.location) == ("Taart & zang", "Zaal ‘Zon’")


def test_signs_of_a_web_page_in_a_calendar_are_read_as_what_they_mean(
    tmp_path: Path, terms: None
) -> None:
    path = tmp_path / "wordpress.ics"
    path.write_text(WORDPRESS.replace("\n", "\r\n"), encoding="utf-8")
    read(path)
    one = Activity.objects.get()
    assert (one.name, one.location) == ("Koffie & taart – proef", "Buurthuis 't Hoekje")
    assert one.description == "Kom & drink mee\nTot dan !" and one.slug == "koffie-taart-proef"


def _upload(as_user: AsUser, path: Path, **chosen: Any) -> HttpResponse:
    """What a host of a new organisation gets when she reads in a workbook from the page."""
    host = other_host(make.organisation("Soepclub"))
    belongs = {"organisation": host.representations.get().organisation_id}
    with path.open("rb") as file:
        answer: Any = as_user(host).post(
            "/beheer/agenda-inlezen/", {"file": file, **belongs, **chosen}
        )
    return answer  # type: ignore[no-any-return]


def _workbook(tmp_path: Path) -> Path:
    """Two sheets with the same columns; in each an older heading, which is known too, stands above the real one."""
    book, path = openpyxl.Workbook(), tmp_path / "agenda.xlsx"
    book.remove(book.active)
    for month in ("januari", "februari"):
        sheet = book.create_sheet(month)
        sheet.append(["wanneer", "naam"])
        sheet.append(["voorbeeld", "zo vul je het in"])
        sheet.append(["naam", "wanneer"])
        sheet.append([f"Soep in {month}", f"10 {month} 2027 12-14"])
    book.save(path)
    return path


def test_a_keeper_chooses_the_sheet_and_the_row_of_the_column_names(
    as_user: AsUser, tmp_path: Path, terms: None
) -> None:
    _upload(as_user, _workbook(tmp_path), sheet="februari", header_row="3")
    rows = Activity.objects.values_list("name", "starts_on")
    assert {name: str(day) for name, day in rows} == {"Soep in februari": "2027-02-10"}


def test_a_sheet_that_is_not_there_is_answered_with_those_that_are(
    as_user: AsUser, tmp_path: Path, terms: None
) -> None:
    page = _upload(as_user, _workbook(tmp_path), sheet="maart").content.decode()
    assert "maart: januari, februari" in page
    assert not Activity.objects.exists()


@pytest.mark.parametrize("row", ["0", "-1", "1001", "drie"])
def test_a_row_of_column_names_that_cannot_be_is_refused(
    as_user: AsUser, tmp_path: Path, terms: None, row: str
) -> None:
    assert _upload(as_user, _workbook(tmp_path), header_row=row).status_code == 400
    assert not Activity.objects.exists()


def test_a_row_of_column_names_below_the_last_row_reads_nothing(
    as_user: AsUser, tmp_path: Path, terms: None
) -> None:
    page = _upload(as_user, _workbook(tmp_path), header_row="900")
    assert page.status_code == 200
    assert 'role="alert"' in page.content.decode()
    assert not Activity.objects.exists()
