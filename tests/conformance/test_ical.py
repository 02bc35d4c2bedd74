"""Calendars and rules of others, with the times that independent programs agree on, give the same
times here.

The files are not part of this repository: they are looked for in KNOOPPUNT_ASSETS, else in
shared/assets beside it.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import pytest

from knooppunt.kit.ical.reading import Change, Event, Refused, events_of
from knooppunt.kit.recurrence import Series, TooOften, Turn, moment, turns

ASSETS = Path(os.environ.get("KNOOPPUNT_ASSETS") or Path(__file__).parents[3] / "shared" / "assets")
ICAL = ASSETS / "ical"
REQUIRED = ("consensus-3", "libical+dateutil")
STEP = timedelta(days=1)
pytestmark = pytest.mark.skipif(not ICAL.is_dir(), reason=f"no conformance files in {ASSETS}")

Occurrence = tuple[str, date | datetime, date | datetime, str]


@lru_cache(maxsize=2)
def _read(name: str) -> Any:
    path = ICAL / name
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def _cases() -> list[Any]:
    cases = [case for case in _read("recurrence/rrule_cases.json") if case["tier"] in REQUIRED]
    return [pytest.param(case, id=case["id"]) for case in cases]


def _files(folder: str) -> list[Any]:
    return [pytest.param(path, id=path.stem) for path in sorted((ICAL / folder).glob("*.ics"))]


@pytest.mark.parametrize("case", _cases())
def test_a_rule_gives_the_times_that_other_programs_agree_on(case: dict[str, Any]) -> None:
    expected = [_time(said) for said in case["expected"]]
    series = Series(
        _time(case["dtstart"]),
        zone="UTC",
        rules=(case["rrule"],),
        is_all_day=len(case["dtstart"]) == 8,
    )
    until = datetime(2100, 1, 1)
    if case["rrule"].startswith(("FREQ=SECONDLY", "FREQ=MINUTELY")):
        with pytest.raises(TooOften):
            list(turns(series, until))
        return
    assert [turn.starts for turn in islice(turns(series, until), len(expected) + 1)] == expected


def _time(said: str) -> datetime:
    plain = said.removesuffix("Z")
    return datetime.strptime(plain, "%Y%m%dT%H%M%S" if "T" in plain else "%Y%m%d")


@pytest.mark.parametrize("name", list(_read("calendars/expected_occurrences.json")))
def test_a_calendar_gives_the_times_that_other_programs_agree_on(name: str) -> None:
    said = _read("calendars/expected_occurrences.json")[name]
    first, last = (date.fromisoformat(day) for day in said["window"])
    read = list(events_of((ICAL / "calendars" / name).read_bytes()))
    assert not [one for one in read if isinstance(one, Refused)]
    found = [
        one
        for event in read
        if isinstance(event, Event)
        for one in _occurrences(event, last)
        if _within(one, first, last)
    ]
    assert Counter(found) == Counter(_expected(one) for one in said["occurrences"])


def _occurrences(event: Event, last: date) -> Iterator[Occurrence]:
    """Every time of an event that goes on, with its changes."""
    changes = {change.original: change for change in event.changes}
    for turn in turns(event.series, datetime.combine(last, time()) + STEP):
        change = changes.pop(turn.starts, None)
        if not change:
            yield _occurrence(event, turn.starts, turn.minutes, None)
        elif change.starts:
            minutes = turn.minutes if change.minutes is None else change.minutes
            yield _occurrence(event, change.starts, minutes, change)
    for change in changes.values():
        if change.starts:
            minutes = event.series.minutes if change.minutes is None else change.minutes
            yield _occurrence(event, change.starts, minutes, change)


def _occurrence(event: Event, local: datetime, minutes: int, change: Change | None) -> Occurrence:
    summary = (change and change.summary) or event.summary
    length = timedelta(minutes=minutes)
    if event.series.is_all_day:
        return event.uid, local.date(), (local + length).date(), summary
    begin = moment(local, event.series.zone)
    return event.uid, begin, begin + length, summary


def _expected(said: dict[str, Any]) -> Occurrence:
    summary = " ".join(said["summary"].split())
    if len(said["start"]) == 10:
        return (
            said["uid"],
            date.fromisoformat(said["start"]),
            date.fromisoformat(said["end"]),
            summary,
        )
    begin, end = (datetime.fromisoformat(said[name]).astimezone(UTC) for name in ("start", "end"))
    return said["uid"], begin, end, summary


def _within(one: Occurrence, first: date, last: date) -> bool:
    begin = one[1].date() if isinstance(one[1], datetime) else one[1]
    return first <= begin < last


@pytest.mark.parametrize("path", _files("rfc"))
def test_an_example_of_a_standard_is_read_or_refused_event_by_event(path: Path) -> None:
    data = path.read_bytes()
    read = list(events_of(data))
    assert bool(read) == (b"BEGIN:VEVENT" in data)  # two of them hold a calendar without events
    assert all(isinstance(one, Event) or one.code == "no_start" for one in read)


@pytest.mark.parametrize("known_by", ["name", "clock"])
@pytest.mark.parametrize("path", _files("vtimezone"))
def test_an_event_with_a_described_zone_follows_the_clock_of_that_zone(
    path: Path, known_by: str
) -> None:
    text = path.read_text(encoding="utf-8")
    zone = text.partition("TZID:")[2].splitlines()[0]
    event = (
        f"BEGIN:VEVENT\nUID:1\nDTSTART;TZID={zone}:20250329T100000\nRRULE:FREQ=DAILY\nEND:VEVENT\n"
    )
    whole = text.replace("END:VCALENDAR", event + "END:VCALENDAR")
    if known_by == "clock":
        whole = whole.replace(zone, "Our own clock").replace("X-LIC-LOCATION", "X-NOTHING")
    (read,) = events_of(whole.encode())
    assert isinstance(read, Event)
    assert read.series.zone == "Europe/Amsterdam"
    hours = [
        (turn.starts.date(), moment(turn.starts, "Europe/Amsterdam").hour)
        for turn in _until_april(read)
    ]
    changes = [(day, hour) for (_, before), (day, hour) in pairwise(hours) if hour != before]
    assert changes == [(date(2025, 3, 30), 8), (date(2025, 10, 26), 9), (date(2026, 3, 29), 8)]


def _until_april(event: Event) -> Iterator[Turn]:
    return turns(event.series, datetime(2026, 4, 1))
