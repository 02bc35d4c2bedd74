"""Whatever name a calendar gives its time zone, an event begins at the same moment of the world."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from knooppunt.kit.ical.reading import Event, events_of
from knooppunt.kit.ical.tests.make import calendar, event, the_event
from knooppunt.kit.recurrence import moment, turns


def described(name: str, standard: str, summer: str = "") -> str:
    """A VTIMEZONE with the days of Europe, or without summer time."""
    part = "BEGIN:{0}\nDTSTART:16010101T020000\nTZOFFSETFROM:{1}\nTZOFFSETTO:{2}\n{3}END:{0}"
    rule = "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH={}\n"
    parts = [
        part.format("STANDARD", summer or standard, standard, rule.format(10) if summer else "")
    ]
    if summer:
        parts.append(part.format("DAYLIGHT", standard, summer, rule.format(3)))
    return "\n".join(["BEGIN:VTIMEZONE", f"TZID:{name}", *parts, "END:VTIMEZONE"])


@pytest.mark.parametrize(
    ("start", "zone"),
    [
        ("DTSTART;TZID=Europe/Amsterdam:20250701T100000", "Europe/Amsterdam"),
        ('DTSTART;TZID="Europe/Amsterdam":20250701T100000', "Europe/Amsterdam"),
        ("DTSTART;TZID=europe/amsterdam:20250701T100000", "Europe/Amsterdam"),
        (
            "DTSTART;TZID=/example.org/20250101_1/Europe/Amsterdam:20250701T100000",
            "Europe/Amsterdam",
        ),
        ("DTSTART;TZID=W. Europe Standard Time:20250701T100000", "Europe/Berlin"),
        ('DTSTART;TZID="(UTC+01:00) Amsterdam, Berlin, Bern":20250701T100000', "Europe/Amsterdam"),
        ("DTSTART;TZID=(UTC+01:00) Amsterdam, Berlin, Bern:20250701T100000", "Europe/Amsterdam"),
        ("DTSTART:20250701T080000Z", "UTC"),
        ("DTSTART;TZID=Europe/Amsterdam:20250701T080000Z", "UTC"),
        ("DTSTART:20250701T100000", "Europe/Amsterdam"),
        ("DTSTART:20250701T100000+0200", "Europe/Amsterdam"),
        ("DTSTART;TZID=Nowhere:20250701T100000", "Europe/Amsterdam"),
        ("DTSTART;TZID=UTC+02:00:20250701T100000", "Europe/Amsterdam"),
        ("DTSTART;TZID=../../etc/passwd:20250701T100000", "Europe/Amsterdam"),
    ],
)
def test_a_zone_is_known_by_any_of_its_names(start: str, zone: str) -> None:
    series = the_event(event(start)).series
    assert (series.zone, moment(series.starts, series.zone)) == (
        zone,
        datetime(2025, 7, 1, 8, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("standard", "summer", "hour"),
    [("+0100", "+0200", 8), ("+0000", "+0100", 9), ("+0200", "", 8), ("-0500", "", 15)],
)
def test_a_zone_with_an_unknown_name_is_known_by_its_clock(
    standard: str, summer: str, hour: int
) -> None:
    zone = described("Customized", standard, summer)
    series = the_event(
        zone, event("DTSTART;TZID=Customized:20250701T100000", "RRULE:FREQ=MONTHLY;BYHOUR=10")
    ).series
    assert [begin.starts.hour for begin in turns(series, datetime(2025, 9, 1))] == [10, 10]
    assert moment(series.starts, series.zone).hour == hour


def test_a_clock_that_nobody_in_the_world_has_is_put_on_ours() -> None:
    series = the_event(
        described("Solar", "+0107"), event("DTSTART;TZID=Solar:20250701T100000")
    ).series
    assert (series.zone, series.starts) == ("Europe/Amsterdam", datetime(2025, 7, 1, 10, 53))


def test_a_damaged_description_of_a_zone_is_passed_over() -> None:
    zone = described("Broken", "+0100", "+0200").replace("TZOFFSETTO", "TZOFFSETNO")
    assert the_event(zone, event("DTSTART;TZID=Broken:20250701T100000")).series.starts == datetime(
        2025, 7, 1, 10
    )


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("Europe/London", "Europe/London"),
        ("GMT Standard Time", "Europe/London"),
        ("Nowhere", "Europe/Amsterdam"),
    ],
)
def test_a_time_without_zone_is_on_the_clock_of_the_calendar(said: str, zone: str) -> None:
    read = the_event(f"X-WR-TIMEZONE:{said}", event("DTSTART:20250701T100000"))
    assert read.series.zone == zone


def test_all_times_of_an_event_are_on_the_clock_of_its_begin() -> None:
    read = the_event(
        event(
            "DTSTART;TZID=Europe/London:20250701T100000",
            "RRULE:FREQ=DAILY",
            "RDATE:20250701T180000Z",
        ),
        event("RECURRENCE-ID:20250702T090000Z", "DTSTART;TZID=Europe/Amsterdam:20250702T120000"),
        event("RECURRENCE-ID:20250703T100000", "DTSTART:20250703T120000"),
    )
    assert read.series.additions == ((datetime(2025, 7, 1, 19), None),)
    assert [
        (change.original.hour, change.starts and change.starts.hour) for change in read.changes
    ] == [
        (10, 11),
        (10, 12),
    ]


def test_an_endless_description_is_not_asked_when_the_name_is_known() -> None:
    zone = described("Europe/Amsterdam", "+0100", "+0200").replace("FREQ=YEARLY", "FREQ=SECONDLY")
    (read,) = events_of(calendar(zone, event("DTSTART;TZID=Europe/Amsterdam:20250701T100000")))
    assert isinstance(read, Event)


@pytest.mark.parametrize(
    ("standard", "summer", "hours"),
    [("+0300", "", [7, 7]), ("+0000", "+0100", [10, 9]), ("+0100", "+0200", [9, 8])],
)
def test_a_zone_that_the_file_describes_goes_before_its_name(
    standard: str, summer: str, hours: list[int]
) -> None:
    zone = described("Europe/Amsterdam", standard, summer)
    for day, hour in zip(("20250107", "20250701"), hours, strict=True):
        series = the_event(zone, event(f"DTSTART;TZID=Europe/Amsterdam:{day}T100000")).series
        assert moment(series.starts, series.zone).hour == hour


def test_a_description_that_stops_halfway_does_not_shift_a_zone_of_the_world() -> None:
    part = "BEGIN:{0}\nDTSTART:{1}\nTZOFFSETFROM:{2}\nTZOFFSETTO:{3}\nEND:{0}"
    parts = [
        part.format("DAYLIGHT", "20240331T020000", "+0100", "+0200"),
        part.format("STANDARD", "20241027T030000", "+0200", "+0100"),
    ]
    zone = "\n".join(["BEGIN:VTIMEZONE", "TZID:Europe/Amsterdam", *parts, "END:VTIMEZONE"])
    series = the_event(
        zone, event("DTSTART;TZID=Europe/Amsterdam:20250107T100000", "RRULE:FREQ=WEEKLY")
    ).series
    assert series.zone == "Europe/Amsterdam"
