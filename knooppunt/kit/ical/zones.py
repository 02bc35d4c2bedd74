"""Finds which time zone of the world a calendar means: by its name, or by the way its clock runs."""

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


@dataclass(frozen=True)
class Zones:
    """The time zones that a file describes, by their name, and the one that holds when nothing is said."""

    texts: Mapping[str, str]
    default: str = HOME

    def find(self, name: str, near: datetime) -> tzinfo | None:
        """The zone that a file means by a name around a day; None when nothing says which.

        A zone of the world where one fits, otherwise a clock of its own.
        """
        plain = name.strip().strip('":').strip()
        text = self.texts.get(plain, "")
        location = re.search(r"^X-LIC-LOCATION:(.+)$", text, re.M)
        known = named(plain) or (location and named(location[1]))
        if known:
            return ZoneInfo(known)
        clock = _described(text) if text else None
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
    """The zone of the world by any of its names; also at the end of a path, as older programs write it."""
    plain = name.strip().strip('":').strip().casefold()[:200]
    parts = plain.replace(" ", "_").split("/")
    ends = ["/".join(parts[-number:]) for number in (3, 2, 1) if number <= len(parts)]
    return next((_known()[one] for one in (plain, *ends) if one in _known()), None)


@lru_cache(maxsize=100)
def _described(text: str) -> tzinfo | None:
    """The clock that a VTIMEZONE describes; None when it is damaged."""
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


@lru_cache(maxsize=1000)
def _same_clock(text: str, default: str, year: int) -> str | None:
    """The zone of the world whose clock shows the same as the described one, every day of two years."""
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
    """The zone in a name such as ``UTC+01:00``; ``(UTC+01:00) Amsterdam`` has summer time, as the default may."""
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
