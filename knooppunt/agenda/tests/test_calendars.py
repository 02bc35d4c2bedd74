"""Tests for calendars out and in: the text, the round trip, what is refused, and lists that
people made themselves.
"""

from __future__ import annotations

import csv
import json
import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import icalendar
import pytest
from django.test import Client

from knooppunt.agenda.actions import occurrence
from knooppunt.agenda.actions.activities import Organising, change
from knooppunt.agenda.describe import when
from knooppunt.agenda.importing.codes import CODES
from knooppunt.agenda.importing.columns import COLUMNS
from knooppunt.agenda.importing.run import Job
from knooppunt.agenda.models import Activity, Occurrence
from knooppunt.agenda.tests.make import activity
from knooppunt.core.audit.trail import SYSTEM, Actor
from knooppunt.directory.models import Area, Organisation, Place
from knooppunt.directory.tests import make
from knooppunt.kit.columns import ListFile
from knooppunt.kit.findings import Report
from knooppunt.kit.tables import UnreadableFile

pytestmark = pytest.mark.django_db
BY_IMPORT = Actor(None, "import")
FILE_OPTIONS = ("name", "sheet", "header_row")


@pytest.fixture(autouse=True)
def _now(time_machine: Any) -> None:
    time_machine.move_to("2026-11-22T09:00:00+01:00", tick=False)


def read(path: Path, **options: Any) -> Report:
    with Report() as report:
        chosen = {name: options.pop(name) for name in FILE_OPTIONS if name in options}
        Job(BY_IMPORT, ListFile(path, COLUMNS, **chosen), **options).run(report)
    return report


def calendar(tmp_path: Path, *events: str) -> Path:
    path = tmp_path / "kalender.ics"
    body = "\r\n".join(f"BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT" for event in events)
    path.write_text(
        f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{body}\r\nEND:VCALENDAR\r\n", newline=""
    )
    return path


def event(
    uid: str, *lines: str, start: str = "DTSTART;TZID=Europe/Amsterdam:20261201T100000"
) -> str:
    return "\r\n".join(
        [f"UID:{uid}", "DTSTAMP:20261101T090000Z", start, f"SUMMARY:Afspraak {uid}", *lines]
    )


# Out.


def test_a_calendar_has_all_that_other_programs_need(gardening: Activity, stranger: Client) -> None:
    occurrence.cancel(SYSTEM, gardening, "2026-12-01T10:00", "Storm")
    occurrence.move(SYSTEM, gardening, "2026-12-08T10:00", datetime(2026, 12, 9, 14, 0))
    answer = stranger.get("/agenda.ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    whole = icalendar.Calendar.from_ical(answer.content)
    assert str(whole["NAME"]) == "Knooppunt Klein" and "REFRESH-INTERVAL" in whole
    assert [str(zone["TZID"]) for zone in whole.walk("VTIMEZONE")] == ["Europe/Amsterdam"]
    series, cancelled, moved = whole.walk("VEVENT")
    assert series["RRULE"].to_ical() == b"FREQ=WEEKLY;BYDAY=TU" and series["UID"] == gardening.uid
    assert series["LOCATION"].startswith("De Tuin") and series["GEO"].to_ical() == "52.05;4.05"
    assert series["STATUS"] == "CONFIRMED" and series["CATEGORIES"].to_ical() == b"Tuin en groen"
    assert series["URL"].endswith(gardening.get_absolute_url()) and int(series["SEQUENCE"]) == 2
    assert (
        cancelled["STATUS"] == "CANCELLED"
        and cancelled["RECURRENCE-ID"].dt.isoformat() == "2026-12-01T10:00:00+01:00"
    )
    assert moved.start.isoformat() == "2026-12-09T14:00:00+01:00"


def test_holidays_that_are_skipped_are_exceptions_in_the_calendar(
    terms: None, stranger: Client
) -> None:
    activity("Club", "elke dinsdag van 15 tot 17, niet in de schoolvakantie")
    text = stranger.get("/agenda.ics").content.decode()
    assert "EXDATE;TZID=Europe/Amsterdam:20261222T150000,20261229T150000" in text


@pytest.mark.parametrize(
    "path", ["/plekken/de-tuin.ics", "/initiatieven/de-tuin.ics", "/wijken/noord.ics"]
)
def test_a_place_an_organisation_and_a_wijk_have_a_calendar(
    path: str, gardening: Activity, stranger: Client
) -> None:
    activity("Elders")
    text = stranger.get(path).content.decode()
    assert "SUMMARY:Tuinochtend" in text and "Elders" not in text


def test_a_network_has_what_its_members_do(
    gardening: Activity, garden: Organisation, stranger: Client
) -> None:
    make.network("De Ring", [garden])
    assert "SUMMARY:Tuinochtend" in stranger.get("/netwerken/de-ring.ics").content.decode()


def test_an_unchanged_calendar_is_answered_with_304(gardening: Activity, stranger: Client) -> None:
    tag = stranger.get("/agenda.ics").headers["ETag"]
    assert stranger.get("/agenda.ics", HTTP_IF_NONE_MATCH=tag).status_code == 304
    occurrence.cancel(SYSTEM, gardening, "2026-12-01T10:00")
    assert stranger.get("/agenda.ics", HTTP_IF_NONE_MATCH=tag).status_code == 200


def test_no_line_is_longer_than_75_octets_and_a_long_name_comes_back_whole(
    terms: None, stranger: Client
) -> None:
    name = "Gezellig ééten, met élkaar; en één 🍲 soep, " * 4
    activity(name.strip())
    raw = stranger.get("/agenda.ics").content
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    assert str(icalendar.Calendar.from_ical(raw).walk("VEVENT")[0]["SUMMARY"]) == name.strip()


def test_export_import_export_gives_the_same_text(
    gardening: Activity, noord: Area, stranger: Client, tmp_path: Path
) -> None:
    activity(
        "Eettafel",
        "elke 2e dinsdag van 17.30 tot 19.30, niet in de schoolvakantie",
        kind="eten",
        descriptions={"nl": "Soep, brood;\nen meer"},
    )
    activity("Feest", "zaterdag 12 december 2026 van 14 tot 17", location="Op het plein")
    activity("Drie keer", "3, 10 en 17 januari 2027 van 10 tot 12", categories=["los"])
    activity("Tot juni", "om de week woensdag 13.30-15u t/m 30 juni 2027", group="local")
    occurrence.cancel(SYSTEM, gardening, "2026-12-01T10:00", "Storm; veel wind")
    occurrence.move(SYSTEM, gardening, "2026-12-08T10:00", datetime(2026, 12, 9, 14, 0), 45)
    first = stranger.get("/agenda.ics").content
    path = tmp_path / "agenda.ics"
    path.write_bytes(first)
    Activity.objects.all().delete()
    report = read(path)
    assert report.counts["created"] == 5 and report.counts["error"] == 0
    again = stranger.get("/agenda.ics?weer").content.decode()
    assert again.splitlines() == first.decode().splitlines()
    assert read(path).counts["unchanged"] == 5


# In.


def test_a_calendar_comes_in_with_its_series_and_its_changes(terms: None, tmp_path: Path) -> None:
    path = calendar(
        tmp_path,
        event(
            "a",
            "DTEND;TZID=Europe/Amsterdam:20261201T120000",
            "RRULE:FREQ=WEEKLY;COUNT=4",
            "EXDATE;TZID=Europe/Amsterdam:20261208T100000",
        ),
        "UID:a\r\nDTSTAMP:20261101T090000Z\r\n"
        "RECURRENCE-ID;TZID=Europe/Amsterdam:20261215T100000\r\n"
        "DTSTART;TZID=Europe/Amsterdam:20261216T110000\r\nSUMMARY:Afspraak a",
    )
    assert read(path).counts["created"] == 1
    found = Occurrence.objects.order_by("starts")
    assert [row.starts.isoformat() for row in found] == [
        "2026-12-01T09:00:00+00:00",
        "2026-12-16T10:00:00+00:00",
        "2026-12-22T09:00:00+00:00",
    ]


def test_a_later_version_updates_and_the_same_changes_nothing(terms: None, tmp_path: Path) -> None:
    read(calendar(tmp_path, event("a")))
    assert read(calendar(tmp_path, event("a"))).counts["unchanged"] == 1
    report = read(
        calendar(
            tmp_path,
            event("a", "SEQUENCE:1", start="DTSTART;TZID=Europe/Amsterdam:20261202T100000"),
        )
    )
    assert report.counts["updated"] == 1
    assert [row.day for row in Occurrence.objects.all()] == [date(2026, 12, 2)]


def test_what_a_person_added_to_an_imported_series_stays(
    terms: None, garden: Organisation, tmp_path: Path
) -> None:
    read(calendar(tmp_path, event("a")))
    change(SYSTEM, Activity.objects.get(), {"organisers": [Organising(garden, "", "local")]})
    read(calendar(tmp_path, event("a", "SEQUENCE:1", "DESCRIPTION:Nieuw")))
    one = Activity.objects.get()
    assert one.organisers.get().organisation == garden and one.description == "Nieuw"


def test_private_and_confidential_appointments_are_never_shown(
    terms: None, tmp_path: Path, stranger: Client
) -> None:
    report = read(
        calendar(
            tmp_path, event("a", "CLASS:PRIVATE"), event("b", "CLASS:CONFIDENTIAL"), event("c")
        )
    )
    assert report.codes["not_public"] == 2
    text = (
        stranger.get("/agenda.ics").content.decode()
        + stranger.get("/agenda/?toon=maand&dag=2026-12-01").content.decode()
    )
    assert "Afspraak c" in text and "Afspraak a" not in text and "Afspraak b" not in text
    for one in Activity.objects.exclude(uid="c"):
        assert stranger.get(one.get_absolute_url()).status_code == 404
        assert stranger.get(f"/agenda/{one.slug}.ics").status_code == 404


def test_bad_events_are_named_and_the_good_come_in(terms: None, tmp_path: Path) -> None:
    report = read(
        calendar(
            tmp_path,
            event("goed"),
            event("vaak", "RRULE:FREQ=SECONDLY"),
            event("fout", "RRULE:FREQ=SOMS"),
            event("terug", "DTEND;TZID=Europe/Amsterdam:20261130T100000"),
            "UID:leeg\r\nSUMMARY:Zonder begin",
        )
    )
    assert report.counts["created"] == 1
    errors = {one.record: one.code for one in report.first if one.outcome == "error"}
    assert errors == {
        "vaak": "too_often",
        "fout": "bad_rule",
        "terug": "ends_before_start",
        "leeg": "no_start",
    }


def test_the_place_and_the_organiser_of_the_register_are_recognised(
    garden: Organisation, garden_place: Place, tmp_path: Path
) -> None:
    read(
        calendar(
            tmp_path,
            event("a", "LOCATION:De Tuin\\, Straat 1", "ORGANIZER;CN=De Tuin:mailto:x@example.org"),
        )
    )
    one = Activity.objects.get()
    assert one.venues.get().place == garden_place and one.organisers.get().organisation == garden


def test_a_mail_address_in_a_description_is_not_made_public(terms: None, tmp_path: Path) -> None:
    read(
        calendar(tmp_path, event("a", "DESCRIPTION:Mail jan@voorbeeld.example of bel 06 12345678"))
    )
    assert (
        "voorbeeld.example" not in Activity.objects.get().description
        and "12345678" not in Activity.objects.get().description
    )


def test_a_trial_changes_nothing(terms: None, tmp_path: Path) -> None:
    assert read(calendar(tmp_path, event("a")), is_dry_run=True).counts["created"] == 1
    assert not Activity.objects.exists()


@pytest.mark.parametrize("content", [b"", b"hallo", b"\x00\xff\xfe" * 100, b"<html></html>"])
def test_a_file_that_is_no_calendar_changes_nothing(
    content: bytes, terms: None, tmp_path: Path
) -> None:
    path = tmp_path / "kalender.ics"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile):
        read(path)


# Lists.


def write(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    return path


ROW = {
    "Naam": "Eettafel",
    "Wanneer": "elke dinsdag 17.30-19.30",
    "Plek": "De Tuin",
    "Organisator": "De Tuin",
    "Klasse": "bewoners",
    "Wijk": "Noord",
    "Soort": "Samen eten",
    "Gratis": "ja",
}


def test_a_list_in_words_comes_in(
    garden: Organisation, garden_place: Place, tmp_path: Path
) -> None:
    rows = [
        ROW,
        {**ROW, "Naam": "Taalles", "Wanneer": "om de week woensdag 10-12", "Klasse": "gemengd 60%"},
        {
            **ROW,
            "Naam": "Markt",
            "Wanneer": "elke 1e zondag van 11 tot 15",
            "Klasse": "professional",
        },
    ]
    report = read(write(tmp_path / "lijst.csv", rows))
    assert (report.counts["created"], report.counts["error"]) == (3, 0)
    # Every other week from when? The list does not say.
    assert [finding.code for finding in report.first] == ["begin_assumed"]
    found = {one.name: one for one in Activity.objects.all()}
    assert found["Taalles"].rules == ["FREQ=WEEKLY;INTERVAL=2;BYDAY=WE"] and found[
        "Markt"
    ].rules == ["FREQ=MONTHLY;BYDAY=1SU"]
    mixed = found["Taalles"].organisers.get()
    assert (mixed.group, mixed.local_share, mixed.organisation) == ("mixed", 60, garden)
    assert (
        found["Eettafel"].is_free
        and found["Eettafel"].kind
        and found["Eettafel"].kind.slug == "eten"
    )


def test_the_day_and_the_times_may_stand_in_columns_of_their_own(
    terms: None, tmp_path: Path
) -> None:
    rows = [
        {"Activiteit": "Yoga", "Dag": "dinsdag", "Begintijd": "9:30", "Eindtijd": "10:30"},
        {"Activiteit": "Feest", "Dag": "12-12-2026", "Begintijd": "14.00", "Eindtijd": "17.00"},
    ]
    assert read(write(tmp_path / "lijst.csv", rows)).counts["created"] == 2
    yoga, party = Activity.objects.get(name="Yoga"), Activity.objects.get(name="Feest")
    assert yoga.rules == ["FREQ=WEEKLY;BYDAY=TU"] and yoga.minutes == 60
    assert party.rules == [] and party.starts_on == date(2026, 12, 12) and party.minutes == 180


def test_reading_the_same_list_twice_changes_nothing_and_a_later_one_only_what_differs(
    garden_place: Place, tmp_path: Path
) -> None:
    path = write(tmp_path / "lijst.csv", [ROW, {**ROW, "Naam": "Taalles"}])
    read(path)
    assert read(path).counts["unchanged"] == 2
    Activity.objects.filter(name="Eettafel").update(cost="met de hand")
    report = read(
        write(
            tmp_path / "lijst.csv",
            [{**ROW, "Wanneer": "elke donderdag 17.30-19.30"}, {**ROW, "Naam": "Taalles"}],
        )
    )
    assert (report.counts["updated"], report.counts["unchanged"]) == (1, 1)
    one = Activity.objects.get(name="Eettafel")
    assert one.rules == ["FREQ=WEEKLY;BYDAY=TH"] and one.cost == "met de hand"


def test_a_row_that_cannot_be_understood_is_named_and_stops_no_other(
    terms: None, tmp_path: Path
) -> None:
    rows = [
        {"Naam": "Goed", "Wanneer": "elke dinsdag 10-12"},
        {"Naam": "Slecht", "Wanneer": "als het uitkomt"},
        {"Naam": "", "Wanneer": "elke dinsdag 10-12"},
    ]
    report = read(write(tmp_path / "lijst.csv", rows))
    assert report.counts["created"] == 2
    assert [(one.line, one.code) for one in report.first] == [(3, "no_when"), (4, "empty_name")]
    unclear = Activity.objects.get(name="Slecht")
    assert (
        unclear.is_unclear
        and not unclear.occurrences.exists()
        and when(unclear) == "als het uitkomt"
    )


def test_what_is_not_known_is_told_and_kept(terms: None, tmp_path: Path) -> None:
    row = {
        "Naam": "Yoga",
        "Wanneer": "elke dinsdag 10-12",
        "Plek": "Het Verre Huis",
        "Organisator": "Groep Nergens",
        "Klasse": "robots",
        "Kleur": "rood",
    }
    report = read(write(tmp_path / "lijst.csv", [row]))
    assert {"unknown_place", "unknown_organiser", "unknown_class", "kept_unmapped"} <= set(
        report.codes
    )
    one = Activity.objects.get()
    assert (
        one.location == "Het Verre Huis"
        and one.organisers.get().name == "Groep Nergens"
        and one.kept["Kleur"] == "rood"
    )


def test_every_code_that_can_be_told_is_in_the_list(terms: None) -> None:
    source = "".join(
        path.read_text() for path in (Path(__file__).parent.parent / "importing").glob("*.py")
    )
    used = set(re.findall(r'(?:find|refuse|message)\("(\w+)"', source)) | set(
        re.findall(r'Finding\([^)]*?"(\w+_\w+)", words', source)
    )
    assert used - set(CODES) == set()


def test_the_commands_read_a_calendar_in_and_tell_what_is_on(
    garden: Organisation, garden_place: Place, tmp_path: Path, knooppunt: Any, capsys: Any
) -> None:
    path = calendar(
        tmp_path, event("a", "DTEND;TZID=Europe/Amsterdam:20261201T120000", "RRULE:FREQ=WEEKLY")
    )
    assert (
        knooppunt(
            "import",
            "agenda",
            str(path),
            "--organiser",
            garden.slug,
            "--place",
            garden_place.slug,
            "--report",
            str(tmp_path / "r.csv"),
        )
        == 0
    )
    assert knooppunt("import", "agenda", str(path), "--organiser", "bestaat-niet") == 2
    capsys.readouterr()
    assert knooppunt("agenda", "--from", "2026-12-01", "--to", "2026-12-08", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert [one["start"] for one in told] == [
        "2026-12-01T10:00:00+01:00",
        "2026-12-08T10:00:00+01:00",
    ]
    assert told[0] == {
        "uid": "a",
        "title": "Afspraak a",
        "start": "2026-12-01T10:00:00+01:00",
        "end": "2026-12-01T12:00:00+01:00",
        "status": "confirmed",
        "place": "De Tuin",
    }
    assert (tmp_path / "r.csv").read_text().splitlines()[
        0
    ] == "line,outcome,field,code,message,suggestion,record,name"
