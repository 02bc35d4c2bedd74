"""A calendar file is taken apart however it was written, and a broken part does not take the
rest along.
"""

from __future__ import annotations

import codecs
import random

import pytest

from knooppunt.kit.ical import splitting
from knooppunt.kit.ical.lines import Component, logical_lines
from knooppunt.kit.ical.splitting import Group, Parts, UnreadableCalendar, split
from knooppunt.kit.ical.tests.make import calendar, event


def uids(parts: Parts) -> list[str]:
    return [group.uid for group in parts.groups]


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_any_line_end_will_do(end: str) -> None:
    data = calendar(event("SUMMARY:Soep", uid="a")).replace(b"\r\n", end.encode())
    (group,) = split(data).groups
    assert group == Group("a", ("BEGIN:VEVENT\nUID:a\nSUMMARY:Soep\nEND:VEVENT",))


@pytest.mark.parametrize("end", ["\r\n", "\n"])
@pytest.mark.parametrize("sign", [" ", "\t"])
def test_folded_lines_are_joined_even_in_the_middle_of_a_letter(end: str, sign: str) -> None:
    word = "Café".encode()
    data = word[:-1] + end.encode() + sign.encode() + word[-1:] + end.encode() + b"next"
    assert list(logical_lines(data)) == ["Café", "next"]


@pytest.mark.parametrize(
    "data",
    [
        "Café €".encode(),
        codecs.BOM_UTF8 + "Café €".encode(),
        "Café €".encode("cp1252"),
        "Café €".encode("utf-16"),
    ],
)
def test_letters_are_read_as_they_were_written(data: bytes) -> None:
    assert list(logical_lines(data)) == ["Café €"]


def test_a_byte_that_no_program_writes_is_still_read() -> None:
    assert list(logical_lines(b"a\x81\xe9")) == ["a\x81é"]


def test_events_are_grouped_by_name_and_nameless_ones_stand_alone() -> None:
    nameless = "BEGIN:VEVENT\r\nSUMMARY:X\r\nEND:VEVENT"
    parts = split(
        calendar(
            event(uid="a"),
            nameless,
            event(uid="b"),
            nameless,
            event("RECURRENCE-ID:20250101", uid="a"),
        )
    )
    assert uids(parts) == ["a", "", "b", ""]
    assert [len(group.texts) for group in parts.groups] == [2, 1, 1, 1]


def test_the_calendar_says_its_name_and_its_zone() -> None:
    parts = split(
        calendar(
            "X-WR-CALNAME:Buurthuis\\, agenda",
            "X-WR-TIMEZONE:Europe/Brussels",
            "X-OTHER:1",
            event(),
        )
    )
    assert parts.properties == {
        "X-WR-CALNAME": "Buurthuis, agenda",
        "X-WR-TIMEZONE": "Europe/Brussels",
    }


def test_zones_are_kept_by_name_with_their_parts() -> None:
    zone = (
        "BEGIN:VTIMEZONE\nTZID:Ours\nBEGIN:STANDARD\nDTSTART:19700101T000000\nEND:STANDARD\n"
        "END:VTIMEZONE"
    )
    assert split(calendar(zone)).zones == {"Ours": zone}


def test_tasks_and_alarms_are_counted_and_left_out() -> None:
    alarm = "BEGIN:VALARM\nDESCRIPTION:Bel!\nUID:of the alarm\nEND:VALARM"
    task = "BEGIN:VTODO\nUID:task\nBEGIN:VALARM\nEND:VALARM\nEND:VTODO"
    parts = split(
        calendar(task, event(alarm, "SUMMARY:Soep", uid="a"), "BEGIN:X-STRANGE\nEND:X-STRANGE")
    )
    assert parts.groups == (Group("a", ("BEGIN:VEVENT\nUID:a\nSUMMARY:Soep\nEND:VEVENT",)),)
    assert parts.ignored == {"VTODO": 1, "VALARM": 2, "OTHER": 1}


def test_guests_and_attachments_are_not_kept() -> None:
    (group,) = split(
        calendar(event("ATTENDEE:mailto:a@example.org", "ATTACH;VALUE=BINARY:AAAA"))
    ).groups
    assert group.texts == ("BEGIN:VEVENT\nUID:1\nEND:VEVENT",)


def test_several_calendars_in_one_file_are_one() -> None:
    parts = split(calendar(event(uid="a")) + calendar(event(uid="b"), event(uid="a")))
    assert uids(parts) == ["a", "b"]
    assert parts.is_complete


def test_a_forgotten_end_is_filled_in() -> None:
    parts = split(calendar("BEGIN:VEVENT\nUID:a", event(uid="b"), "BEGIN:VEVENT\nUID:c"))
    assert uids(parts) == ["a", "b", "c"]
    assert all(Component.of(text).is_whole for group in parts.groups for text in group.texts)
    assert parts.is_complete


def test_an_alarm_that_is_never_closed_does_not_swallow_the_next_event() -> None:
    assert uids(split(calendar(event("BEGIN:VALARM", uid="a"), event(uid="b")))) == ["a", "b"]


def test_a_file_that_stops_halfway_says_so() -> None:
    whole = calendar(event(uid="a"), event("RRULE:FREQ=WEEKLY;COUNT=10", uid="b"))
    parts = split(whole[: whole.index(b"COUNT") + 7])
    assert not parts.is_complete
    assert [Component.of(group.texts[0]).is_whole for group in parts.groups] == [True, False]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \r\n", "empty"),
        (b"<html>Log in</html>", "VCALENDAR"),
        (b"END:VCALENDAR", "VCALENDAR"),
        (b"x BEGIN:VCALENDAR", "VCALENDAR"),
        (random.Random(1).randbytes(100_000), "VCALENDAR"),
    ],
    ids=["empty", "blank", "html", "only an end", "not at the start of a line", "rubbish"],
)
def test_what_is_no_calendar_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableCalendar, match=says):
        split(data)


def test_rubbish_between_events_is_passed_over() -> None:
    rubbish = random.Random(2).randbytes(5000).replace(b"BEGIN", b"")
    parts = split(
        calendar(event(uid="a")).replace(
            b"END:VCALENDAR", rubbish + b"\r\n" + event(uid="b").encode()
        )
    )
    assert uids(parts) == ["a", "b"]


def test_nul_bytes_are_left_out() -> None:
    assert uids(split(calendar(event(uid="a\0b")))) == ["ab"]


def test_a_line_of_a_megabyte_is_only_long() -> None:
    (group,) = split(calendar(event("DESCRIPTION:" + '"' * 1_000_000, uid="a"))).groups
    assert Component.of(group.texts[0]).text("DESCRIPTION", 10) == '"' * 10


def test_an_over_long_name_is_shortened_and_stays_itself() -> None:
    parts = split(calendar(event(uid="x" * 3000), event(uid="x" * 3001), event(uid="x" * 3000)))
    assert [len(uid) for uid in uids(parts)] == [255, 255]


def test_more_events_than_anyone_plans_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(splitting, "MOST_EVENTS", 2)
    with pytest.raises(UnreadableCalendar, match="more than 2"):
        split(calendar(event(), event(), event()))
