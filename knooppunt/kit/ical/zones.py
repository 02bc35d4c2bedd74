"""Finds which time zone of the world a calendar means: by its name, or by the way its clock
runs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from io import StringIO
from zoneinfo import ZoneInfo, available_timezones

from dateutil.tz import tzical

HOME = "Europe/Amsterdam"
_OFFSET = re.compile(r"\(?(?:UTC|GMT)?\s*([+-])(\d{1,2})(?::?(\d\d))?(?:\)|$)", re.I)
_DAYS_COMPARED = 730
_RULE = re.compile(r"^RRULE[^:\n]*:(.*)$", re.M | re.I)
_YEARLY = re.compile(
    r"(?:(?:FREQ=YEARLY|INTERVAL=[0-9]+|BYMONTH=[0-9]+|BYDAY=[+-]?[0-9]*[A-Z]{2}|WKST=[A-Z]{2}|"
    r"UNTIL=[0-9TZ]+|"
    r"COUNT=[0-9]{1,4}|BYSETPOS=-?[0-9]+|BYMONTHDAY=[0-9,-]+)\s*;?\s*)+",
    re.I,
)


@dataclass(frozen=True)
class Zones:
    """The time zones that a file describes, by their name, and the one that holds when nothing
    is said.
    """

    texts: Mapping[str, str]
    default: str = HOME

    def find(self, name: str, near: datetime) -> tzinfo | None:
        """The zone that a file means by a name around a day; None when nothing says which.

        What the file describes goes before the name. A zone of the world where one fits, otherwise
        a clock of its own.
        """
        plain = name.strip().strip('":').strip()
        text = self.texts.get(plain, "")
        location = re.search(r"^X-LIC-LOCATION:(.+)$", text, re.M)
        known = named(plain) or (location and named(location[1]))
        clock = _described(text) if text else None
        if known and not (clock and _is_otherwise(text, known, near)):
            return ZoneInfo(known)
        if clock:
            same = _same_clock(text, self.default, near.year)
            return ZoneInfo(same) if same else clock
        return _by_offset(plain, self.default)


def default_zone(properties: Mapping[str, str]) -> str:
    """The zone of a calendar that holds for times without one."""
    return named(properties.get("X-WR-TIMEZONE", "")) or HOME


def _of_windows() -> dict[str, str]:
    """The zones that Windows names, by the names of the world."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON  # noqa: PLC0415 - the site need not wait for it at its start

    return dict(WINDOWS_TO_OLSON)


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    """Names in small letters to zones of the world; those of Windows too."""
    windows = {name.casefold(): zone for name, zone in _of_windows().items()}
    return windows | {name.casefold(): name for name in available_timezones()}


def named(name: str) -> str | None:
    """The zone of the world by any of its names; also at the end of a path, as older programs
    write it.
    """
    plain = name.strip().strip('":').strip().casefold()[:200]
    parts = plain.replace(" ", "_").split("/")
    ends = ["/".join(parts[-number:]) for number in (3, 2, 1) if number <= len(parts)]
    return next((_known()[one] for one in (plain, *ends) if one in _known()), None)


@lru_cache(maxsize=100)
def _described(text: str) -> tzinfo | None:
    """The clock that a VTIMEZONE describes; None when it is damaged, or changes more often than
    any clock does.
    """
    if any(not _YEARLY.fullmatch(rule) for rule in _RULE.findall(text)):
        return None
    lines = [line for line in text.split("\n") if not line.upper().startswith(("X-", "TZID"))]
    try:
        found = tzical(StringIO("\n".join([lines[0], "TZID:described", *lines[1:]]))).get(
            "described"
        )
        if found:
            found.utcoffset(datetime(2024, 1, 1))
    except Exception:  # dateutil raises whatever the damaged part makes it raise
        return None
    return found


def _is_otherwise(text: str, name: str, near: datetime) -> bool:
    """True if the described clock is another than that of the zone with its name.

    A description that lists single changes of the clock may stop halfway, so only the day itself
    counts then.
    """
    parts = len(re.findall(r"^BEGIN:(?:STANDARD|DAYLIGHT)", text, re.M | re.I))
    if parts == 1 or re.search(r"^RRULE(?!.*UNTIL)", text, re.M | re.I):
        return not _runs_alike(text, name, near.year, 730)
    return not _runs_alike(text, name, near.year, 1, near.timetuple().tm_yday)


@lru_cache(maxsize=1000)
def _runs_alike(text: str, name: str, year: int, days: int, first: int = 1) -> bool:
    """True if the described clock shows the same as a zone of the world on these days, every
    fifth of many.
    """
    clock, zone = _described(text), ZoneInfo(name)
    noon = datetime(year, 1, 1, 12) + timedelta(days=first - 1)
    moments = (noon + timedelta(days=number) for number in range(0, days, 5))
    return clock is not None and all(clock.utcoffset(day) == zone.utcoffset(day) for day in moments)


@lru_cache(maxsize=1000)
def _same_clock(text: str, default: str, year: int) -> str | None:
    """The zone of the world whose clock shows the same as the described one, every day of two
    years.
    """
    clock = _described(text)
    days = [datetime(year, 1, 1, 12) + timedelta(days=number) for number in range(_DAYS_COMPARED)]
    wanted = [clock.utcoffset(day) for day in days] if clock else []
    hours = (f"Etc/GMT{hour:+d}" for hour in range(-14, 13))
    for name in (default, HOME, *sorted(set(_of_windows().values())), *hours):
        zone = ZoneInfo(name)
        if all(zone.utcoffset(day) == offset for day, offset in zip(days, wanted, strict=False)):
            return name
    return None


def _by_offset(name: str, default: str) -> tzinfo | None:
    """The zone in a name such as ``UTC+01:00``; ``(UTC+01:00) Amsterdam`` has summer time, as
    the default may.
    """
    found = _OFFSET.match(name)
    if not found:
        return None
    offset = timedelta(hours=int(found[2]), minutes=int(found[3] or 0)) * (
        -1 if found[1] == "-" else 1
    )
    home = ZoneInfo(default)
    winter = min(home.utcoffset(datetime(2024, month, 1)) or timedelta() for month in (1, 7))
    if name.startswith("(") and offset == winter:
        return home
    return timezone(offset) if abs(offset) < timedelta(days=1) else None
