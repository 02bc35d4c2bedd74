"""Reads and compares days as people write them; a day is a datetime.date, and an open end is None."""

from __future__ import annotations

import re
from datetime import date, timedelta

_MONTHS = (
    "jan feb mrt apr mei jun jul aug sep okt nov dec".split(),
    "jan feb mar apr may jun jul aug sep oct nov dec".split(),
)


def parse_day(text: str) -> date | None:
    """The day meant by ``2024-07-01``, ``1-7-2024``, ``1 juli 2024``, ``07/2024`` or ``2024``; None if no day is meant."""
    plain = text.strip().lower()
    for pattern, order in (
        (r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[t ].*)?", (1, 2, 3)),
        (r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})", (3, 2, 1)),
        (r"(\d{1,2})[-/](\d{4})", (2, 1, 0)),
        (r"(\d{4})", (1, 0, 0)),
    ):
        found = re.fullmatch(pattern, plain)
        if found:
            year, month, day = (int(found[group]) if group else 1 for group in order)
            return _day(year, month, day)
    named = re.fullmatch(r"(?:(\d{1,2})\s+)?([a-z]{3})[a-z]*\.?\s+(\d{4})", plain)
    if named:
        month = next(
            (names.index(named[2]) + 1 for names in _MONTHS if named[2] in names),
            3 if named[2] == "maa" else 0,
        )
        return _day(int(named[3]), month, int(named[1] or 1))
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def overlap(
    since: date | None, until: date | None, other_since: date | None, other_until: date | None
) -> bool:
    """True if two periods share at least one day; both ends belong to a period and None is open."""
    starts_in_time = since is None or other_until is None or since <= other_until
    ends_late_enough = until is None or other_since is None or until >= other_since
    return starts_in_time and ends_late_enough


def days_before(day: date, number: int) -> date:
    """The day that lies ``number`` days before ``day``."""
    return day - timedelta(days=number)
