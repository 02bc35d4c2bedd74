"""Periods about which one reports: half-years by name (2026-1), or from one day until another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from knooppunt.kit.dates import parse_day

HALF = re.compile(r"(\d{4})-([12])")
ENDS = {1: (6, 30), 2: (12, 31)}


class BadPeriod(ValueError):
    """This is no period; ``code`` is unknown or backwards."""


@dataclass(frozen=True)
class Period:
    """The days from ``since`` to ``until``; both belong to it."""

    since: date
    until: date

    @property
    def half(self) -> int:
        """1 or 2 for a half-year, else 0."""
        for half in (1, 2):
            if self == half_year(self.since.year, half):
                return half
        return 0

    @property
    def key(self) -> str:
        """How it is called in an address: 2026-1, or 2026-03-01--2026-05-31."""
        return f"{self.since.year}-{self.half}" if self.half else f"{self.since}--{self.until}"

    @property
    def before(self) -> date:
        """The last day of the period before it."""
        return self.since - timedelta(days=1)

    @property
    def previous(self) -> Period:
        """The one before it: the half-year before a half-year, else as many days."""
        if self.half:
            return half_year(self.since.year - (self.half == 1), 3 - self.half)
        return Period(self.since - (self.until - self.since) - timedelta(days=1), self.before)

    @property
    def months(self) -> list[tuple[date, date]]:
        """The first and last day of every whole calendar month that lies in it."""
        found: list[tuple[date, date]] = []
        day = self.since if self.since.day == 1 else _next_month(self.since)
        while (last := _next_month(day) - timedelta(days=1)) <= self.until:
            found.append((day, last))
            day = _next_month(day)
        return found


def _next_month(day: date) -> date:
    """The first day of the month after that of a day."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def half_year(year: int, half: int) -> Period:
    """The first or second half of a year."""
    month, day = ENDS[half]
    return Period(date(year, month - 5, 1), date(year, month, day))


def parse_period(text: str) -> Period:
    """A period from ``2026-1`` or ``2026-03-01--2026-05-31``. Raises BadPeriod."""
    found = HALF.fullmatch(text.strip())
    if found and 1900 <= int(found[1]) <= 2200:
        return half_year(int(found[1]), int(found[2]))
    first, sign, last = text.strip().partition("--")
    return days(parse_day(first) if sign else None, parse_day(last) if sign else None)


def days(since: date | None, until: date | None) -> Period:
    """The period of two days between 1900 and 2200. Raises BadPeriod."""
    if since is None or until is None or since.year < 1900 or until.year > 2200:
        raise BadPeriod("unknown")
    if until < since:
        raise BadPeriod("backwards")
    return Period(since, until)


def half_year_of(day: date) -> Period:
    """The half-year in which a day lies."""
    return half_year(day.year, 1 if day.month < 7 else 2)
