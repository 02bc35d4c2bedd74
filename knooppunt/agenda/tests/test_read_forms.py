"""Activities from workbooks with a sheet for each month, and from web sites that write signs as
HTML.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client

from knooppunt.agenda.models import Activity
from knooppunt.agenda.tests.uploads import read
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
