"""Small calendars for the tests."""

from __future__ import annotations

from knooppunt.kit.ical.reading import Event, Refused, events_of

WEEKLY = (
    "DTSTART;TZID=Europe/Amsterdam:20250107T100000",
    "DTEND;TZID=Europe/Amsterdam:20250107T113000",
    "RRULE:FREQ=WEEKLY;COUNT=4",
)


def event(*lines: str, uid: str = "1") -> str:
    """The text of a VEVENT."""
    return "\r\n".join(["BEGIN:VEVENT", f"UID:{uid}", *lines, "END:VEVENT"])


def calendar(*parts: str) -> bytes:
    """A file with these parts."""
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *parts, "END:VCALENDAR", ""]).encode()


def the_event(*parts: str) -> Event:
    """The only event of a calendar with these parts."""
    (read,) = events_of(calendar(*parts))
    assert isinstance(read, Event), read
    return read


def refusal(*parts: str) -> str:
    """Why the only event of a calendar with these parts is refused."""
    (read,) = events_of(calendar(*parts))
    assert isinstance(read, Refused), read
    return read.code
