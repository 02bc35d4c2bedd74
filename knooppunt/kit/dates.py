"""Reads and compares days as people write them; a day is a datetime.date, and an open end is
None.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

_MONTHS = (
    "jan feb mrt apr mei jun jul aug sep okt nov dec".split(),
    "jan feb mar apr may jun jul aug sep oct nov dec".split(),
)
_WEEKDAY = re.compile(
    r"^(?:(?:maan|dins|woens|donder|vrij|zater|zon)dag|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|ma|di|wo|do|vr|za|zo|mon|tue|wed|thu|fri|sat|sun)\.?,?\s+"
)
_TIME = re.compile(
    r"(?:t|,?\s+(?:om\s+)?)\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?\s*(?:uur|u|am|pm|z|"
    r"[+-]\d{2}:?\d{2})?$"
)
# Each form with the groups that hold year, month and day; 0 is the first.
_NUMBERED = tuple(
    (re.compile(pattern), order)
    for pattern, order in (
        (r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:t.*)?", (1, 2, 3)),
        (r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})", (3, 2, 1)),
        (r"(\d{1,2})[-/](\d{4})", (2, 1, 0)),
        (r"(\d{4})", (1, 0, 0)),
    )
)
_NAMED = re.compile(
    r"(?:(\d{1,2})[-\s]+)?([a-z]{3})[a-z]*\.?[-\s]+(\d{4}|(?<=\s)\d{2}|(?<=-)\d{2})"
)


def parse_day(text: str) -> date | None:
    """The day meant by ``2024-07-01``, ``1-7-2024``, ``1-7-24``, ``zaterdag 1 juli 2024``,
    ``07/2024`` or ``2024``.

    A time behind it does not matter; None if no day is meant. Two digits are a year from 1970 to
    2069.
    """
    plain = _TIME.sub("", _WEEKDAY.sub("", text.strip().lower())).strip()
    for pattern, order in _NUMBERED:
        found = pattern.fullmatch(plain)
        if found:
            year, month, day = (int(found[group]) if group else 1 for group in order)
            return _day(_year(year) if len(found[order[0]]) == 2 else year, month, day)
    named = _NAMED.fullmatch(plain)
    if named:
        year = int(named[3])
        return _day(
            _year(year) if len(named[3]) == 2 else year, _month(named[2]), int(named[1] or 1)
        )
    return None


def parse_cell(text: str) -> date | None:
    """The day meant by a cell: as ``parse_day``, or the number by which a spreadsheet keeps a
    day (45962).
    """
    serial = re.fullmatch(r"([2-6]\d{4})(?:\.\d+)?", text.strip())
    if serial:
        return date(1899, 12, 30) + timedelta(days=int(serial[1]))
    return parse_day(text)


def number_from_date(text: str) -> str:
    """The house number that a spreadsheet turned into a date: ``10-2`` from ``10-feb`` or
    ``2026-02-10``; else empty.
    """
    plain = _TIME.sub("", text.strip().lower()).strip()
    if found := re.fullmatch(r"(\d{1,2})[-/. ]([a-z]{3,9})\.?(?:[-/. ]'?\d{2,4})?", plain):
        return f"{int(found[1])}-{_month(found[2])}" if _month(found[2]) else ""
    if found := re.fullmatch(r"([a-z]{3,9})\.?[-/. ]'?(\d{1,4})", plain):
        return f"{_month(found[1])}-{int(found[2]) % 100}" if _month(found[1]) else ""
    is_date = re.fullmatch(r"\d{4}-\d{2}-\d{2}|\d{1,2}[-/]\d{1,2}[-/]\d{2,4}|[3-6]\d{4}", plain)
    day = parse_cell(plain) if is_date else None
    if day is None:
        return ""
    return f"{day.day}-{day.month}" if day.day > 1 else f"1-{day.month} of {day.month}-{day:%y}"


def _month(name: str) -> int:
    key = "mrt" if name.startswith("maa") else name[:3]
    return next((names.index(key) + 1 for names in _MONTHS if key in names), 0)


def _year(number: int) -> int:
    return number + (2000 if number < 70 else 1900)


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
