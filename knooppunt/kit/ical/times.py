"""Reads the dates, clock times and lengths of a calendar file, and puts them on the clock of a
series.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from knooppunt.kit.ical.lines import Property
from knooppunt.kit.ical.zones import Zones
from knooppunt.kit.recurrence import moment

DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
# The form of the standard; seconds may be left out, and signs between the numbers are passed over.
_VALUE = re.compile(
    r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})(?:[T "
    r"]([0-9]{2}):?([0-9]{2}):?([0-9]{2})?(Z|[+-][0-9]{2}:?[0-9]{2})?)?",
    re.I,
)
_YEARS = range(1000, 3000)
_LONGEST = timedelta(days=366)


class BadEvent(ValueError):
    """An event that cannot be read; ``code`` names why.

    One of no_start, bad_date, bad_rule, too_often, ends_before_start, no_name and unreadable.
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code} {detail}".strip())
        self.code, self.detail = code, detail


@dataclass(frozen=True)
class Said:
    """A day or a clock time as a file says it; without ``zone`` it means the clock of whatever
    it belongs to.
    """

    local: datetime
    is_day: bool
    zone: tzinfo | None

    def within(self, zone: str) -> datetime:
        """The local clock time in a zone."""
        if self.zone is None or (isinstance(self.zone, ZoneInfo) and self.zone.key == zone):
            return self.local
        return self.local.replace(tzinfo=self.zone).astimezone(ZoneInfo(zone)).replace(tzinfo=None)

    def all_within(self, zone: str) -> tuple[datetime, ...]:
        """The local clock times that mean this moment: two in the hour that the clock skips in
        March, else one.
        """
        local = self.within(zone)
        early = local - _HOUR
        return (local, early) if moment(early, zone) == moment(local, zone) else (local,)


def said(value: str, parameters: dict[str, str], zones: Zones) -> Said:
    """What one value says. Raises BadEvent."""
    found = _VALUE.fullmatch(value.strip())
    if not found:
        raise BadEvent("bad_date", value[:60])
    *day, hour, minute, second, offset = found.groups()
    local = _local(day, [hour or "0", minute or "0", second or "0"])
    if local is None or local.year not in _YEARS:
        raise BadEvent("bad_date", value[:60])
    if not hour or parameters.get("VALUE", "").upper() == "DATE":
        return Said(local.replace(hour=0, minute=0, second=0), True, None)
    if offset:
        return Said(local, False, _fixed(offset.upper()))
    name = parameters.get("TZID", "")
    return Said(local, False, zones.find(name, local) if name else None)


def _local(day: list[str], clock: list[str]) -> datetime | None:
    """The moment of numbers; None when no calendar has it. 24:00 is the midnight after, and a
    leap second the next one.
    """
    hour, minute, second = (int(number) for number in clock)
    if (hour, minute, second) > (24, 0, 0) or minute > 59 or second > 60:
        return None
    try:
        midnight = datetime(int(day[0]), int(day[1]), int(day[2]))
    except ValueError:
        return None
    return midnight + timedelta(hours=hour, minutes=minute, seconds=second)


def _fixed(offset: str) -> tzinfo:
    if offset == "Z":
        return ZoneInfo("UTC")
    hours, minutes = int(offset[1:3]), int(offset[-2:])
    if hours > 23 or minutes > 59:
        raise BadEvent("bad_date", offset)
    return timezone(timedelta(hours=hours, minutes=minutes) * (-1 if offset[0] == "-" else 1))


def said_by(found: Property, zones: Zones) -> Said:
    """What a line with a single value says. Raises BadEvent."""
    return said(found.value, found.parameters, zones)


def stamp(found: Property | None, zones: Zones) -> datetime | None:
    """The moment in UTC at which something was written; None when it is not there or cannot be
    read.
    """
    try:
        one = said_by(found, zones) if found else None
    except BadEvent:
        return None
    return one.within("UTC").replace(tzinfo=UTC) if one else None


def duration(value: str) -> timedelta:
    """A length such as PT1H30M. Raises BadEvent."""
    from icalendar.prop import vDuration  # noqa: PLC0415 - the site need not wait for it at its start

    try:
        return vDuration(value.strip().upper()).dt
    except ValueError:
        raise BadEvent("bad_date", value[:60]) from None


def elapsed(start: Said, end: Said, zone: str) -> timedelta:
    """How far the clock of a zone runs from begin to end, so that an end at six is at six in any
    night.

    Only of an end that the clock shows before its begin, in the hour that comes twice, counts what
    passes in the world.
    """
    first, last = start.within(zone), end.within(zone)
    passed = moment(last, zone) - moment(first, zone)
    return last - first if last >= first else passed


def on_the_clock(start: Said, lasts: str, zone: str) -> timedelta:
    """How far the clock of a zone runs while a length such as PT7H passes in the world; days are
    days of the calendar.

    Raises BadEvent.
    """
    length = duration(lasts)
    first = start.within(zone)
    if "T" not in lasts.upper() or length < timedelta() or length > _LONGEST:
        return length
    end = (moment(first, zone) + length).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return end - first if end >= first else length


def minutes_of(length: timedelta, in_days: bool) -> int:
    """A length in whole minutes; in days at least one. Raises BadEvent."""
    if length < timedelta():
        raise BadEvent("ends_before_start")
    if length > _LONGEST:
        raise BadEvent("bad_date", f"lasts {length.days} days")
    if in_days:
        return max(1, -(-length // DAY)) * 1440
    return (length + timedelta(seconds=30)) // timedelta(minutes=1)
