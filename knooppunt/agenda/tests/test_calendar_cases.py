"""Calendars as other programs really write them: each comes in as its maker means it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import icalendar
import pytest
from django.test import Client

from knooppunt.agenda.models import Activity, Occurrence
from knooppunt.agenda.tests.uploads import read, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(time_machine: Any, terms: None) -> None:
    time_machine.move_to("2026-11-26T09:00:00+01:00", tick=False)


def calendar_file(tmp_path: Path, *events: str, method: str = "", name: str = "kalender") -> Path:
    """A file of events, each the lines between BEGIN and END with spaces for line ends."""
    path = tmp_path / f"{name}.ics"
    head = ["VERSION:2.0", "PRODID:-//Proef//Buurt//NL", *([f"METHOD:{method}"] if method else [])]
    body = [line for one in events for line in ["BEGIN:VEVENT", *one.splitlines(), "END:VEVENT"]]
    path.write_text("\r\n".join(["BEGIN:VCALENDAR", *head, *body, "END:VCALENDAR", ""]), newline="")
    return path


def evening(uid: str, name: str, *lines: str, day: str = "20261210") -> str:
    """An event from seven to nine."""
    zone = "TZID=Europe/Amsterdam"
    return "\n".join(
        [
            f"UID:{uid}@buurt.example",
            "DTSTAMP:20261101T090000Z",
            f"SUMMARY:{name}",
            f"DTSTART;{zone}:{day}T190000",
            f"DTEND;{zone}:{day}T210000",
            *lines,
        ]
    )


def states() -> dict[str, str]:
    """The status of each single time, by the name of the activity."""
    return dict(Occurrence.objects.values_list("activity__name", "status"))


# Cancelled by method, by name, or with one L (case 04).


def test_a_cancelling_calendar_cancels_whatever_the_status_says(tmp_path: Path) -> None:
    read(
        calendar_file(
            tmp_path,
            evening("c1", "Wijktafel", "SEQUENCE:0"),
            evening("c2", "Buurttafel", "STATUS:CONFIRMED", "SEQUENCE:0"),
            method="REQUEST",
        )
    )
    read(
        calendar_file(
            tmp_path,
            evening("c1", "Wijktafel", "SEQUENCE:1"),
            evening("c2", "Buurttafel", "STATUS:CONFIRMED", "SEQUENCE:1"),
            method="CANCEL",
        )
    )
    assert states() == {"Wijktafel": "cancelled", "Buurttafel": "cancelled"}


def test_a_name_or_a_misspelt_status_cancels_too(tmp_path: Path) -> None:
    read(
        calendar_file(
            tmp_path,
            evening("c3", "Geannuleerd: Taalcafé", "STATUS:CONFIRMED"),
            evening("c4", "Canceled: Kooktafel", "STATUS:CONFIRMED"),
            evening("c5", "Breitafel", "STATUS:CANCELED"),
            evening("c6", "Afgelast feest"),
        )
    )
    cancelled = dict.fromkeys(("Taalcafé", "Kooktafel", "Breitafel"), "cancelled")
    assert states() == {**cancelled, "Afgelast feest": "confirmed"}


# From midnight to midnight (case 11).

MIDNIGHTS = {
    "Een dag in tijden": "DTSTART;TZID=Europe/Amsterdam:20261212T000000\n"
    "DTEND;TZID=Europe/Amsterdam:20261213T000000",
    "Drie dagen in tijden": "DTSTART;TZID=Europe/Amsterdam:20261208T000000\n"
    "DTEND;TZID=Europe/Amsterdam:20261211T000000",
    "Hele dag van Outlook": "DTSTART:20261212T000000\nDTEND:20261213T000000\n"
    "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
    "In UTC": "DTSTART:20261211T230000Z\nDTEND:20261212T230000Z",
    "Tot een minuut voor": "DTSTART;TZID=Europe/Amsterdam:20261212T000000\n"
    "DTEND;TZID=Europe/Amsterdam:20261212T235900",
    "Met een duur": "DTSTART;TZID=Europe/Amsterdam:20261212T000000\nDURATION:P1D",
}


def test_whole_days_written_as_times_are_whole_days(tmp_path: Path, stranger: Client) -> None:
    events = [
        f"UID:m{number}@buurt.example\nDTSTAMP:20261101T090000Z\nSUMMARY:{name}\n{lines}"
        for number, (name, lines) in enumerate(MIDNIGHTS.items())
    ]
    read(calendar_file(tmp_path, *events))
    for day in range(7, 14):
        page = text_of(stranger, f"/agenda/?dag=2026-12-{day:02d}")
        for name in MIDNIGHTS:
            assert (name in page) == (day in ([8, 9, 10] if name.startswith("Drie") else [12]))
        assert ("hele dag" in page) == (day in (8, 9, 10, 12)) and "00.00" not in page


def test_a_whole_day_that_comes_back_keeps_its_exceptions(tmp_path: Path) -> None:
    zone = "TZID=Europe/Amsterdam"
    lines = [
        "UID:w@buurt.example",
        "SUMMARY:Open dag",
        f"DTSTART;{zone}:20261207T000000",
        "DURATION:PT24H",
        "RRULE:FREQ=WEEKLY;COUNT=3",
        f"EXDATE;{zone}:20261214T000000",
    ]
    read(calendar_file(tmp_path, "\n".join(lines)))
    assert Activity.objects.get().is_all_day
    days = list(Occurrence.objects.values_list("day", flat=True))
    assert days == [date(2026, 12, 7), date(2026, 12, 21)]


# The night on which the clock changes.


NIGHTS = [
    ("20270327T220000", "DTEND;TZID=Europe/Amsterdam:20270328T060000", "20270328T060000"),
    ("20270327T220000", "DURATION:PT7H", "20270328T060000"),
    ("20270327T220000", "DTEND:20270328T040000Z", "20270328T060000"),
    ("20271030T220000", "DTEND;TZID=Europe/Amsterdam:20271031T060000", "20271031T060000"),
    ("20271030T220000", "DURATION:PT9H", "20271031T060000"),
]


def test_an_event_over_the_change_of_the_clock_keeps_its_end(
    tmp_path: Path, stranger: Client
) -> None:
    zone = "TZID=Europe/Amsterdam"
    events = [
        f"UID:n{number}@buurt.example\nSUMMARY:Nacht {number}\nDTSTART;{zone}:{start}\n{end}"
        for number, (start, end, _local_end) in enumerate(NIGHTS)
    ]
    read(calendar_file(tmp_path, *events))
    for number, (start, _end, local_end) in enumerate(NIGHTS):
        only = Occurrence.objects.get(activity__name=f"Nacht {number}")
        assert f"{only.ends:%H%M}" == ("0400" if start < "20270601" else "0500")
        text = stranger.get(f"/agenda/nacht-{number}.ics").content.decode()
        assert f"DTEND;{zone}:{local_end}" in text


def test_a_rule_with_an_enormous_count_goes_on_for_ever(tmp_path: Path, stranger: Client) -> None:
    lines = (
        "UID:j@buurt.example\nSUMMARY:Buurtdag\nDTSTART;TZID=Europe/Amsterdam:20250619T140000\n"
        "DURATION:PT2H\nRRULE:FREQ=YEARLY;COUNT=2147483647"
    )
    report = read(calendar_file(tmp_path, lines))
    assert report.counts["created"] == 1 and not report.counts["error"]
    assert Activity.objects.get().rules == ["FREQ=YEARLY"]
    days = list(Occurrence.objects.values_list("day", flat=True))
    assert days == [date(year, 6, 19) for year in (2025, 2026, 2027)]


# The address of what is online (case 19).


def online(name: str, *lines: str) -> str:
    """An afternoon with these lines."""
    return "\n".join(
        [
            f"UID:{name}@buurt.example",
            "DTSTAMP:20261101T090000Z",
            f"SUMMARY:{name}",
            "DTSTART;TZID=Europe/Amsterdam:20261205T140000",
            "DURATION:PT2H",
            *lines,
        ]
    )


ONLINE = [
    (["LOCATION:https://meet.example/een"], "", "https://meet.example/een"),
    (
        ["LOCATION:Buurtzaal", "CONFERENCE;VALUE=URI;FEATURE=VIDEO:https://meet.example/twee"],
        "Buurtzaal",
        "https://meet.example/twee",
    ),
    (
        ["LOCATION:Buurtzaal", "X-GOOGLE-CONFERENCE:https://meet.example/g"],
        "Buurtzaal",
        "https://meet.example/g",
    ),
    (
        ["X-MICROSOFT-SKYPETEAMSMEETINGURL:https://teams.example/l/x?a=1"],
        "",
        "https://teams.example/l/x?a=1",
    ),
    (["LOCATION:Buurtzaal\\; https://meet.example/vijf"], "Buurtzaal", "https://meet.example/vijf"),
    (
        ["LOCATION:https://meet.example/zes (of Buurtzaal\\, Laan 1)"],
        "(of Buurtzaal, Laan 1)",
        "https://meet.example/zes",
    ),
    (
        [
            "LOCATION:Buurtzaal",
            "CONFERENCE;VALUE=URI;FEATURE=PHONE:tel:+31100000000",
            "CONFERENCE;VALUE=URI;FEATURE=VIDEO:https://meet.example/zeven",
        ],
        "Buurtzaal",
        "https://meet.example/zeven",
    ),
]


def test_an_online_address_comes_in_and_goes_out_and_the_place_stays(
    tmp_path: Path, stranger: Client
) -> None:
    read(
        calendar_file(
            tmp_path,
            *(online(f"online {number}", *row[0]) for number, row in enumerate(ONLINE)),
        )
    )
    for number, (_lines, place, address) in enumerate(ONLINE):
        activity = Activity.objects.get(slug=f"online-{number}")
        assert (activity.location, activity.online_url) == (place, address)
        text = stranger.get(f"/agenda/online-{number}.ics").content
        (out,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
        assert str(out["CONFERENCE"]) == address and str(out["LOCATION"]) == (place or address)
        assert address in text_of(stranger, f"/agenda/online-{number}/")


def test_an_online_address_given_here_stays_when_the_calendar_has_none(tmp_path: Path) -> None:
    read(calendar_file(tmp_path, online("a", "LOCATION:Zaal")))
    Activity.objects.update(online_url="https://meet.example/hand")
    read(calendar_file(tmp_path, online("a", "LOCATION:Andere zaal", "SEQUENCE:1")))
    activity = Activity.objects.get()
    assert (activity.location, activity.online_url) == (
        "Andere zaal",
        "https://meet.example/hand",
    )


def test_a_calendar_names_what_it_refuses(tmp_path: Path) -> None:
    report = read(calendar_file(tmp_path, evening("a", "Zingen", "RRULE:FREQ=NOOIT")))
    told = [(one.outcome, one.record, one.name) for one in report.first]
    assert told == [("error", "a@buurt.example", "Zingen")]
