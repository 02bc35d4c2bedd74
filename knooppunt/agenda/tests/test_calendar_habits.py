"""Calendars with the habits of Outlook, Google, Nextcloud and older programs: the times are
those a neighbour expects.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from knooppunt.agenda.models import Activity, Occurrence
from knooppunt.agenda.tests.uploads import read

pytestmark = pytest.mark.django_db
HERE = "TZID=Europe/Amsterdam"
WINDOWS = '"(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna"'
BEGIN, END = f"DTSTART;{HERE}:20261208T190000", f"DTEND;{HERE}:20261208T210000"
WEEKLY = f"{BEGIN}\n{END}\nRRULE:FREQ=WEEKLY;COUNT=3"


@pytest.fixture(autouse=True)
def _now(time_machine: Any, terms: None) -> None:
    time_machine.move_to("2026-11-26T09:00:00+01:00", tick=False)


def written(path: Path, *events: str, head: str = "", end: str = "\r\n") -> Path:
    """A calendar file of events that share one UID, each the lines between its own BEGIN and
    END.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Proef//Buurt//NL", *head.splitlines()]
    for event in events:
        own = ["UID:1@buurt.example", "DTSTAMP:20261101T090000Z", *event.splitlines()]
        lines += ["BEGIN:VEVENT", *own, "END:VEVENT"]
    path.write_bytes(end.join([*lines, "END:VCALENDAR", ""]).encode())
    return path


def times() -> list[str]:
    """Each single time as ``8-12 19:00-21:00``; an end on another day has that day before it."""
    out = []
    for row in Occurrence.objects.order_by("starts"):
        starts, ends = timezone.localtime(row.starts), timezone.localtime(row.ends)
        day = f"{ends.day}-{ends.month} " if ends.date() != starts.date() else ""
        out.append(f"{starts.day}-{starts.month} {starts:%H:%M}-{day}{ends:%H:%M}")
    return out


def evening(*days: int) -> list[str]:
    """From seven to nine on days of December."""
    return [f"{day}-12 19:00-21:00" for day in days]


EACH: dict[str, tuple[str, list[str]]] = {
    # Hours.
    "24:00 is midnight": (f"{BEGIN}\nDTEND;{HERE}:20261208T240000", ["8-12 19:00-9-12 00:00"]),
    "a leap second is the next one": (f"{BEGIN}\nDTEND;{HERE}:20261208T205960", evening(8)),
    "midnight of the same day is the next": (
        f"{BEGIN}\nDTEND;{HERE}:20261208T000000",
        ["8-12 19:00-9-12 00:00"],
    ),
    "an end without an hour": (f"{BEGIN}\nDTEND;VALUE=DATE:20261208", ["8-12 19:00-19:00"]),
    "no seconds": ("DTSTART:20261208T1900\nDTEND:20261208T2100", evening(8)),
    "signs between the numbers": (
        "DTSTART:2026-12-08T19:00:00\nDTEND:2026-12-08T21:00:00+01:00",
        evening(8),
    ),
    "a length in days and hours": (f"{BEGIN}\nDURATION:P1DT2H", ["8-12 19:00-9-12 21:00"]),
    "a week of whole days": (
        "DTSTART;VALUE=DATE:20261208\nDURATION:P1W",
        ["8-12 00:00-15-12 00:00"],
    ),
    "begin and end in different zones": (f"DTSTART:20261208T180000Z\n{END}", evening(8)),
    # Zones.
    "a zone by its Windows name, not described": (
        "DTSTART;TZID=W. Europe Standard Time:20261208T190000\nDURATION:PT2H",
        evening(8),
    ),
    "a zone by what Windows shows": (
        f"DTSTART;TZID={WINDOWS}:20261208T190000\nDURATION:PT2H",
        evening(8),
    ),
    "a zone that nobody knows": (
        "DTSTART;TZID=Customized Time Zone:20261208T190000\nDURATION:PT2H",
        evening(8),
    ),
    "the world clock of Microsoft": (
        "DTSTART;TZID=tzone://Microsoft/Utc:20261208T180000\nDURATION:PT2H",
        evening(8),
    ),
    "floating": ("DTSTART:20261208T190000\nDTEND:20261208T210000", evening(8)),
    # Extra days.
    "periods with an end or a length": (
        f"{BEGIN}\n{END}\n"
        f"RDATE;{HERE};VALUE=PERIOD:20261215T180000/20261215T230000,20261222T190000/PT1H",
        [*evening(8), "15-12 18:00-23:00", "22-12 19:00-20:00"],
    ),
    "a period in UTC": (
        f"{BEGIN}\n{END}\nRDATE;VALUE=PERIOD:20261215T170000Z/20261215T220000Z",
        [*evening(8), "15-12 18:00-23:00"],
    ),
    "a period says how long the first time is": (
        f"{BEGIN}\n{END}\nRDATE;{HERE};VALUE=PERIOD:20261208T190000/PT3H",
        ["8-12 19:00-22:00"],
    ),
    "an extra day before the first": (
        f"{BEGIN}\n{END}\nRDATE;{HERE}:20261201T190000",
        evening(1, 8),
    ),
    "extra days without an hour": (
        f"{BEGIN}\n{END}\nRDATE;VALUE=DATE:20261212,20261213",
        evening(8, 12, 13),
    ),
    # Days taken out.
    "out as a day": (f"{WEEKLY}\nEXDATE;VALUE=DATE:20261215", evening(8, 22)),
    "out in UTC": (f"{WEEKLY}\nEXDATE:20261215T180000Z", evening(8, 22)),
    "out without a zone": (f"{WEEKLY}\nEXDATE:20261215T190000", evening(8, 22)),
    "out at midnight": (f"{WEEKLY}\nEXDATE;{HERE}:20261215T000000", evening(8, 22)),
    "out at another hour takes nothing out": (
        f"{WEEKLY}\nEXDATE;{HERE}:20261215T180000",
        evening(8, 15, 22),
    ),
    "out with a semicolon": (
        f"{WEEKLY}\nEXDATE;{HERE}:20261215T190000;20261222T190000",
        evening(8),
    ),
    "out of midnights in UTC": (
        "DTSTART:20261208T000000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=2\n"
        "EXDATE:20261215T000000Z",
        ["8-12 01:00-02:00"],
    ),
    "midnight to midnight, out as a day": (
        f"DTSTART;{HERE}:20261208T000000\nDTEND;{HERE}:20261209T000000\n"
        f"RRULE:FREQ=WEEKLY;COUNT=2\nEXDATE;VALUE=DATE:20261215",
        ["8-12 00:00-9-12 00:00"],
    ),
    # Rules.
    "until a day, that day as well": (
        f"{BEGIN}\n{END}\nRRULE:FREQ=WEEKLY;UNTIL=20261222",
        evening(8, 15, 22),
    ),
    "the last working day": (
        f"DTSTART;{HERE}:20261231T190000\nDURATION:PT2H\n"
        f"RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2",
        [*evening(31), "29-1 19:00-21:00"],
    ),
    "the second Tuesday": (
        f"{BEGIN}\n{END}\nRRULE:FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2;COUNT=2",
        [*evening(8), "12-1 19:00-21:00"],
    ),
    "the usual calendar named": (
        f"{BEGIN}\n{END}\nRRULE:RSCALE=GREGORIAN;FREQ=WEEKLY;SKIP=OMIT;COUNT=2",
        evening(8, 15),
    ),
    "a count larger than any": (
        f"{BEGIN}\n{END}\nRRULE:FREQ=YEARLY;COUNT=2147483647",
        [*evening(8), "8-12 19:00-21:00"],
    ),
    # Written twice.
    "two begins: the first": (f"{BEGIN}\n{END}\nDTSTART:20270101T100000", evening(8)),
}


@pytest.mark.parametrize("habit", EACH)
def test_the_times_are_those_that_are_meant(tmp_path: Path, habit: str) -> None:
    lines, expected = EACH[habit]
    report = read(written(tmp_path / "kalender.ics", f"SUMMARY:Koor\n{lines}"))
    assert dict(report.counts) == {"created": 1}
    assert times()[: len(expected)] == expected and (
        len(times()) == len(expected) or "COUNT=21" in lines
    )


ONE: dict[str, tuple[str, list[str]]] = {
    "named by its day alone": (
        "RECURRENCE-ID;VALUE=DATE:20261215\nDTSTART:20261215T200000\nDURATION:PT2H",
        [*evening(8), "15-12 20:00-22:00", *evening(22)],
    ),
    "in UTC, to another day": (
        f"RECURRENCE-ID:20261215T180000Z\nDTSTART;{HERE}:20261216T190000\nDURATION:PT2H",
        evening(8, 16, 22),
    ),
    "only another name": (f"RECURRENCE-ID;{HERE}:20261215T190000", evening(8, 15, 22)),
    "that time written twice": (
        f"RECURRENCE-ID;{HERE}:20261215T190000\nRECURRENCE-ID;{HERE}:20261215T190000\n"
        f"DTSTART;{HERE}:20261216T190000\nDURATION:PT2H",
        evening(8, 16, 22),
    ),
    "all later ones to the day before": (
        f"RECURRENCE-ID;RANGE=THISANDFUTURE;{HERE}:20261215T190000\n"
        f"DTSTART;{HERE}:20261214T190000\nDURATION:PT2H",
        evening(8, 14, 21),
    ),
}


@pytest.mark.parametrize("habit", ONE)
def test_a_change_of_one_time_is_put_where_it_belongs(tmp_path: Path, habit: str) -> None:
    lines, expected = ONE[habit]
    series = f"SUMMARY:Koor\n{WEEKLY}"
    read(written(tmp_path / "kalender.ics", series, f"SUMMARY:Koor elders\n{lines}"))
    assert times() == expected


def test_a_time_that_is_taken_out_and_moved_is_there_once(tmp_path: Path) -> None:
    out = f"SUMMARY:Koor\n{WEEKLY}\nEXDATE;{HERE}:20261215T190000"
    moved = f"RECURRENCE-ID;{HERE}:20261215T190000\nDTSTART;{HERE}:20261216T190000\nDURATION:PT2H"
    read(written(tmp_path / "kalender.ics", out, f"SUMMARY:Koor\n{moved}"))
    assert times() == evening(8, 16, 22)


def test_cancelling_one_time_by_message_leaves_the_others(tmp_path: Path) -> None:
    read(written(tmp_path / "een.ics", f"SUMMARY:Koor\n{WEEKLY}", head="METHOD:REQUEST"))
    one = f"SUMMARY:Koor\nSEQUENCE:1\nRECURRENCE-ID;{HERE}:20261215T190000\n{BEGIN}"
    read(written(tmp_path / "twee.ics", one, head="METHOD:CANCEL"))
    states = Occurrence.objects.order_by("starts").values_list("day__day", "status")
    assert list(states) == [(8, "confirmed"), (15, "cancelled"), (22, "confirmed")]


def test_letters_wrapped_as_in_mail_are_read(tmp_path: Path) -> None:
    wrapped = "SUMMARY;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Caf=C3=A9 op =\nzondag"
    place = "LOCATION;ENCODING=BASE64:R3Jvw6tuIFphYWw="
    read(written(tmp_path / "kalender.ics", f"{wrapped}\n{place}\n{BEGIN}\n{END}"))
    activity = Activity.objects.get()
    assert (activity.name, activity.location) == ("Café op zondag", "Groën Zaal")


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\r\r\n"])
def test_a_line_cut_inside_a_letter_is_whole_whatever_the_line_ends(
    tmp_path: Path, end: str
) -> None:
    path = written(tmp_path / "kalender.ics", f"SUMMARY:Café\n{BEGIN}\n{END}", end=end)
    whole = path.read_bytes()
    path.write_bytes(whole.replace("é".encode(), b"\xc3" + end.encode() + b" \xa9"))
    read(path)
    assert Activity.objects.get().name == "Café" and times() == evening(8)


@pytest.mark.parametrize(
    "lines",
    [
        f"{BEGIN}\nDTEND;{HERE}:20261208T180000",
        f"{BEGIN}\nDURATION:-PT1H",
        f"{WEEKLY};INTERVAL=0",
        f"DTSTART;{HERE}:20261208T250000",
        f"DTSTART;{HERE}:20261232T190000",
        f"{WEEKLY}\nEXDATE:gisteren",
    ],
)
def test_what_cannot_be_meant_is_refused_by_name(tmp_path: Path, lines: str) -> None:
    report = read(written(tmp_path / "kalender.ics", f"SUMMARY:Koor\n{lines}"))
    assert dict(report.counts) == {"error": 1} and not Activity.objects.exists()
