"""A hostile calendar costs its own events, never the others, the memory of the site or its time."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import pytest

from knooppunt.kit.ical import guarded
from knooppunt.kit.ical.guarded import Read, read_guarded
from knooppunt.kit.ical.reading import Refused, events_of
from knooppunt.kit.ical.splitting import UnreadableCalendar
from knooppunt.kit.ical.tests.make import WEEKLY, calendar, event

UNTIL = datetime(2027, 1, 1)
START = "DTSTART;TZID=Europe/Amsterdam:20250107T100000"
GOOD = event(*WEEKLY, uid="good")


def codes(
    data: bytes, seconds: float = 20.0, megabytes: int = 200, most_turns: int = 20_000
) -> dict[str, str | int]:
    """By name, why an event was refused or how often it takes place."""
    read = read_guarded(data, UNTIL, seconds, megabytes, most_turns)
    return {
        one.event.uid if isinstance(one, Read) else one.uid: one.turns
        if isinstance(one, Read)
        else one.code
        for one in read
    }


def test_what_comes_back_is_what_was_read() -> None:
    parts = [
        event(
            *WEEKLY,
            "SUMMARY:Café \u2028 €\U0001f372",
            "GEO:51.9;4.4",
            "CATEGORIES:a,b",
            "CREATED:20250101T000000Z",
            "RDATE;VALUE=PERIOD:20250110T090000Z/PT2H",
            "RDATE:20250111T090000Z",
            "EXDATE:20250114T090000Z",
            uid="full",
        ),
        event("RECURRENCE-ID:20250121T090000Z", "STATUS:CANCELLED", uid="full"),
        event(
            "RECURRENCE-ID:20250128T090000Z", "DTSTART:20250128T100000Z", "SUMMARY:x", uid="full"
        ),
        event("DTSTART:20250107", uid="day"),
        "BEGIN:VEVENT\r\nDTSTART:20250107\r\nEND:VEVENT",
        event("DTSTART:x", uid="bad"),
    ]
    read = list(read_guarded(calendar(*parts), UNTIL))
    assert [one.event if isinstance(one, Read) else one for one in read] == list(
        events_of(calendar(*parts))
    )
    assert [one.turns for one in read if isinstance(one, Read)] == [5, 1, 1]


def test_a_rule_that_never_comes_true_does_not_hold_up_the_others() -> None:
    began = time.monotonic()
    never = ";BYMONTH=2;BYMONTHDAY=30"
    found = codes(
        calendar(
            event(START, f"RRULE:FREQ=HOURLY{never}", uid="hourly"),
            GOOD,
            event(START, f"RRULE:FREQ=DAILY{never}", uid="daily"),
            event(*WEEKLY, uid="last"),
        ),
        seconds=8,
    )
    assert found["hourly"] == "time_limit"
    assert found["daily"] in ("time_limit", 0)
    assert (found["good"], found["last"]) == (4, 4)
    assert time.monotonic() - began < 12


def test_when_the_time_is_up_the_rest_is_refused_by_name() -> None:
    endless = [
        event(START, "RRULE:FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30", uid=f"{number}")
        for number in range(30)
    ]
    began = time.monotonic()
    found = codes(calendar(*endless, GOOD), seconds=2)
    assert set(found.values()) == {"time_limit"}
    assert time.monotonic() - began < 4


def test_time_that_the_reader_of_the_results_takes_is_not_counted() -> None:
    reading = read_guarded(
        calendar(*(event(*WEEKLY, uid=f"{number}") for number in range(3))), UNTIL, seconds=1.5
    )
    for _ in range(2):
        assert isinstance(next(reading), Read)
        time.sleep(0.8)
    assert isinstance(next(reading), Read)


def test_an_event_with_too_many_times_is_refused_and_a_smaller_one_still_fits() -> None:
    parts = [
        event(START, f"RRULE:FREQ=DAILY;COUNT={number}", uid=f"{number}")
        for number in (60, 50, 51, 1)
    ]
    read = list(read_guarded(calendar(*parts), UNTIL, most_turns=100))
    assert [one.turns if isinstance(one, Read) else one.code for one in read] == [
        60,
        "too_many_occurrences",
        "too_many_occurrences",
        1,
    ]


def test_sixty_thousand_times_are_too_many() -> None:
    hourly = event("DTSTART:20180101T000000Z", "RRULE:FREQ=HOURLY;COUNT=60000", uid="hourly")
    minutes = ",".join(str(number) for number in range(60))
    by_minute = event(START, f"RRULE:FREQ=HOURLY;BYMINUTE={minutes}", uid="by minute")
    found = codes(calendar(hourly, by_minute, GOOD))
    assert found == {
        "hourly": "too_many_occurrences",
        "by minute": "too_many_occurrences",
        "good": 4,
    }


def test_changes_that_the_rule_does_not_name_count_too() -> None:
    extra = [
        event(f"RECURRENCE-ID:202502{day:02}T090000Z", START, uid="good") for day in range(1, 20)
    ]
    assert codes(calendar(GOOD, *extra))["good"] == 23
    assert codes(calendar(GOOD, *extra), most_turns=22) == {"good": "too_many_occurrences"}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts all memory of a process")
def test_an_event_that_takes_too_much_memory_is_refused_and_the_others_are_read() -> None:
    hungry = event(
        "DTSTART:10000101T000000Z", "RRULE:FREQ=YEARLY", "EXRULE:FREQ=HOURLY", uid="hungry"
    )
    found = codes(calendar(hungry, GOOD), seconds=60, megabytes=30)
    assert found == {"hungry": "memory_limit", "good": 4}


def test_an_enormous_event_is_read_or_refused_but_the_others_are_read() -> None:
    long = event(
        START, "DESCRIPTION:" + "\\n" * 4_000_000, "SUMMARY:" + "x" * 1_000_000, uid="long"
    )
    found = codes(calendar(long, GOOD))
    assert found["long"] in (1, "memory_limit")
    assert found["good"] == 4


def test_a_file_that_is_too_large_is_refused_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarded, "LARGEST_FILE", 100)
    (read,) = read_guarded(calendar(GOOD), UNTIL)
    assert isinstance(read, Refused)
    assert (read.uid, read.code) == ("", "file_too_large")


@pytest.mark.parametrize(
    "data",
    [b"", b"\x00" * 1000, random.Random(3).randbytes(200_000)],
    ids=["empty", "nul", "rubbish"],
)
def test_what_is_no_calendar_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableCalendar):
        list(read_guarded(data, UNTIL))


def test_an_empty_calendar_has_no_events_and_starts_no_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere")
    assert list(read_guarded(calendar(), UNTIL)) == []


@pytest.mark.parametrize("seed", range(4))
def test_a_damaged_calendar_never_raises(seed: int) -> None:
    chance = random.Random(seed)
    whole = calendar(
        *(
            event(*WEEKLY, "EXDATE:20250114T090000Z", "SUMMARY:Soep", uid=f"{number}")
            for number in range(40)
        )
    )
    damaged = bytearray(whole)
    for _ in range(60):
        damaged[chance.randrange(20, len(damaged))] = chance.randrange(256)
    assert len(list(read_guarded(bytes(damaged), UNTIL))) > 20


def test_a_worker_that_cannot_start_is_our_fault_and_not_that_of_the_file(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(guarded, "_WORKER", "knooppunt.kit.ical.nowhere")
    with pytest.raises(RuntimeError, match="does not start"):
        list(read_guarded(calendar(GOOD), UNTIL))


def test_the_worker_starts_from_any_folder_and_gets_no_secrets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KNOOPPUNT_SECRET_KEY", "secret")
    seen: list[dict[str, str]] = []
    popen = subprocess.Popen

    def spy(*arguments: object, **options: object) -> object:
        seen.append(options["env"])  # type: ignore[arg-type]
        return popen(*arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "Popen", spy)
    assert codes(calendar(GOOD)) == {"good": 4}
    assert "KNOOPPUNT_SECRET_KEY" not in seen[0]
    assert os.environ["KNOOPPUNT_SECRET_KEY"] == "secret"


def test_a_reader_who_stops_early_leaves_no_process_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def spy(*arguments: object, **options: object) -> object:
        started.append(popen(*arguments, **options))  # type: ignore[call-overload]
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", spy)
    reading = read_guarded(calendar(GOOD, event(*WEEKLY, uid="next")), UNTIL)
    next(reading)
    reading.close()  # type: ignore[attr-defined]
    assert [one.returncode is not None for one in started] == [True]
