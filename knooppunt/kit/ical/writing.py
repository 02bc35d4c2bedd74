"""Writes calendars as RFC 5545 text: properties escaped, lines folded, always in the same order."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

PRODUCT = "-//Knooppunt//Agenda//NL"
_SPECIAL = re.compile(r"([\\;,])")
_UNSAFE = re.compile(r'["\x00-\x1f\x7f]')


def text(value: str) -> str:
    """A text value, escaped."""
    return _SPECIAL.sub(r"\\\1", value.replace("\r\n", "\n").replace("\r", "\n")).replace(
        "\n", "\\n"
    )


def parameter(value: str) -> str:
    """A parameter value between quotes; signs that may not stand there are left out."""
    return f'"{_UNSAFE.sub("", value)}"'


def utc(moment: datetime) -> str:
    """A moment in UTC, to the second."""
    return f"{moment:%Y%m%dT%H%M%SZ}"


def local(property_name: str, begin: datetime, zone: str, is_all_day: bool) -> str:
    """A begin or end on the clock of a zone, or a whole day."""
    if is_all_day:
        return f"{property_name};VALUE=DATE:{begin:%Y%m%d}"
    if zone == "UTC":
        return f"{property_name}:{begin:%Y%m%dT%H%M%SZ}"
    return f"{property_name};TZID={zone}:{begin:%Y%m%dT%H%M%S}"


def locals_(
    property_name: str, begins: Iterable[datetime], zone: str, is_all_day: bool
) -> list[str]:
    """One property for several begins; nothing when there are none."""
    listed = sorted(begins)
    if not listed:
        return []
    head = local(property_name, listed[0], zone, is_all_day).split(":", 1)[0]
    form = "%Y%m%d" if is_all_day else "%Y%m%dT%H%M%SZ" if zone == "UTC" else "%Y%m%dT%H%M%S"
    return [f"{head}:{','.join(begin.strftime(form) for begin in listed)}"]


def fold(line: str) -> str:
    """A line of at most 75 octets, continued on lines that begin with a space; no sign is cut
    in two.
    """
    octets = line.encode()
    if len(octets) <= 75:
        return line
    parts, start, room = [], 0, 75
    while start < len(octets):
        end = min(start + room, len(octets))
        while end < len(octets) and octets[end] & 0xC0 == 0x80:
            end -= 1
        parts.append(octets[start:end].decode())
        start, room = end, 74
    return "\r\n ".join(parts)


def component(name: str, lines: Iterable[str]) -> list[str]:
    """Lines between BEGIN and END."""
    return [f"BEGIN:{name}", *lines, f"END:{name}"]


@lru_cache(maxsize=20)
def zone_lines(zone: str) -> tuple[str, ...]:
    """The VTIMEZONE of an IANA zone, as unfolded lines; nothing for UTC."""
    if zone == "UTC":
        return ()
    if eu := _eu_zone(zone):
        return eu
    from icalendar import Timezone  # noqa: PLC0415 - the site need not wait for it at its start

    written = (
        Timezone.from_tzid(zone, first_date=date(1970, 1, 1), last_date=date(2038, 1, 1))
        .to_ical()
        .decode()
    )
    return tuple(written.replace("\r\n ", "").strip().split("\r\n"))


def _eu_zone(zone: str) -> tuple[str, ...]:
    """The short VTIMEZONE of a zone that changes its clock as the European Union does since
    1996; nothing for others.
    """
    there = ZoneInfo(zone)
    winter, summer = (
        datetime(2026, month, 1, tzinfo=there).utcoffset() or timedelta(0) for month in (1, 7)
    )
    if summer - winter != timedelta(hours=1) or any(
        not _eu_year(there, year, winter, summer) for year in (1997, 2010, 2026)
    ):
        return ()
    parts = []
    for name, month, before, after in (
        ("DAYLIGHT", 3, winter, summer),
        ("STANDARD", 10, summer, winter),
    ):
        first = datetime(1996, month, 31 if month == 3 else 27, 1, tzinfo=UTC) + before
        label = datetime(2026, 7 if name == "DAYLIGHT" else 1, 1, tzinfo=there).tzname() or zone
        parts += component(
            name,
            (
                f"DTSTART:{first:%Y%m%dT%H%M%S}",
                f"RRULE:FREQ=YEARLY;BYMONTH={month};BYDAY=-1SU",
                f"TZNAME:{label}",
                f"TZOFFSETFROM:{_offset(before)}",
                f"TZOFFSETTO:{_offset(after)}",
            ),
        )
    return tuple(component("VTIMEZONE", [f"TZID:{zone}", *parts]))


def _eu_year(there: ZoneInfo, year: int, winter: timedelta, summer: timedelta) -> bool:
    """True if the clock goes forward on the last Sunday of March and back on that of October,
    at one o'clock UTC.
    """
    for month, before, after in ((3, winter, summer), (10, summer, winter)):
        last = datetime(year, month, 31, 1, tzinfo=UTC)
        change = last - timedelta(days=(last.weekday() + 1) % 7)
        around = [
            (change + timedelta(seconds=step)).astimezone(there).utcoffset() for step in (-1, 0)
        ]
        if around != [before, after]:
            return False
    return True


def _offset(offset: timedelta) -> str:
    minutes = int(offset.total_seconds()) // 60
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}{abs(minutes) % 60:02d}"


def calendar(
    name: str, zones: Iterable[str], events: Iterable[str], refresh: str = "PT6H", address: str = ""
) -> str:
    """A whole calendar; ``events`` are folded VEVENT texts.

    RFC 7986 names it and says how often to look again.
    """
    head = [
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{text(name)}",
        f"X-WR-CALNAME:{text(name)}",
        f"REFRESH-INTERVAL;VALUE=DURATION:{refresh}",
        f"X-PUBLISHED-TTL:{refresh}",
    ]
    if address:
        head.append(f"URL:{address}")
    lines = [*head, *(line for zone in sorted(set(zones)) for line in zone_lines(zone))]
    body = "\r\n".join(fold(line) for line in ["BEGIN:VCALENDAR", *lines])
    return "\r\n".join([body, *events, "END:VCALENDAR", ""])
