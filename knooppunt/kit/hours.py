"""Reads door hours as people write them: ``ma t/m vr 9.00-17.00, za 10-14 uur``. Monday is 0."""

from __future__ import annotations

import re
from datetime import time

Stretch = tuple[int, time, time]
_DAYS = {"ma": 0, "di": 1, "wo": 2, "do": 3, "vr": 4, "za": 5, "zo": 6,
         "mo": 0, "tu": 1, "we": 2, "th": 3, "fr": 4, "sa": 5, "su": 6}  # fmt: skip
_DAY = r"(?:maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|monday|tuesday|wednesday|thursday|friday|saturday|sunday|ma|di|wo|do|vr|za|zo|mon|tue|wed|thu|fri|sat|sun)(?:en)?\.?"
_TO = r"\s*(?:-|–|t/m|tot en met|tot|to|till)\s*"
_CLOCK = r"(\d{1,2})(?:[.:u](\d{2}))?(?:\s*u(?:ur)?)?"
_DAYS_PART = re.compile(
    rf"({_DAY})(?:(?:\s*(?:-|–|t/m|tot en met|to|till|through)\s*)({_DAY}))?", re.I
)
_TIMES_PART = re.compile(rf"{_CLOCK}{_TO}{_CLOCK}", re.I)


def parse_hours(text: str) -> list[Stretch] | None:
    """The stretches of the week that a text names; None when any part of it is not understood."""
    plain = re.sub(
        r"(?i)\b(open|van|uur|from|dagelijks)\b",
        lambda found: "ma-zo" if found[0].lower() == "dagelijks" else " ",
        text,
    )
    found: list[Stretch] = []
    days: list[int] = []
    fresh, at = True, 0
    for part in re.finditer(rf"{_TIMES_PART.pattern}|{_DAYS_PART.pattern}", plain, re.I):
        if re.sub(r"(?i)\b(en|and)\b|[\s,;:/&|.]+", "", plain[at : part.start()]):
            return None
        at = part.end()
        if part[1]:
            stretch = _times(part)
            if stretch is None or not days:
                return None
            found += [(day, *stretch) for day in days]
            fresh = True
        else:
            days = ([] if fresh else days) + _days(part[5], part[6])
            fresh = False
    rest = re.sub(r"(?i)\b(en|and)\b|[\s,;:/&|.]+", "", plain[at:])
    return sorted(set(found)) if found and not rest and fresh else None


def _days(first: str, last: str | None) -> list[int]:
    start = _DAYS[first[:2].lower()]
    end = _DAYS[last[:2].lower()] if last else start
    return [day % 7 for day in range(start, end + 1 if end >= start else end + 8)]


def _times(part: re.Match[str]) -> tuple[time, time] | None:
    opens, closes = _clock(part[1], part[2]), _clock(part[3], part[4])
    if opens is None or closes is None or opens == closes or runs_backwards(opens, closes):
        return None
    return opens, closes


def runs_backwards(opens: time, closes: time) -> bool:
    """True if a door would close before it opens; closing before six in the morning, after an evening, is past midnight."""
    return closes < opens and closes != time(0) and not (closes <= time(6) and opens >= time(15))


def ends_too_soon(text: str) -> bool:
    """True if a text names a stretch that ends before it begins."""
    for part in _TIMES_PART.finditer(text):
        opens, closes = _clock(part[1], part[2]), _clock(part[3], part[4])
        if opens and closes and runs_backwards(opens, closes):
            return True
    return False


def _clock(hour: str, minute: str | None) -> time | None:
    number = int(hour) % 24 if int(hour) <= 24 else 99
    return time(number, int(minute or 0)) if number < 24 and int(minute or 0) < 60 else None
