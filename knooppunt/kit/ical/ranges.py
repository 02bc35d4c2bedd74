"""Splits a series at one of its times: what comes from then on, at another hour, on another day
or of another length.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice

from knooppunt.kit.recurrence import Series, turns

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MOST_LISTED, LISTED_AHEAD = 1000, timedelta(days=800)
_COUNT = re.compile(r"COUNT=(\d+)", re.I)
_UNTIL = re.compile(r"UNTIL=(\d{8})", re.I)
_PARTS = re.compile(r"([A-Z]+)=([^;]*)", re.I)
_CLOCK = re.compile(r"BY(?:HOUR|MINUTE|SECOND)=", re.I)


def following(series: Series, original: datetime, starts: datetime, minutes: int | None) -> Series:
    """The series from ``original`` on, when that time moves to ``starts`` and lasts ``minutes``
    (None: as before).

    A rule that cannot be said on other weekdays becomes a list of days, of at most a thousand
    within 800 days.
    """
    shift = starts - original
    days = starts.date() - original.date()
    rules = [_shifted(rule, series, original, days.days) for rule in series.rules]
    later = [(begin + shift, own) for begin, own in series.additions if begin >= original]
    out = frozenset(begin + shift for begin in series.exceptions if begin >= original)
    lasts = series.minutes if minutes is None else minutes
    if None not in rules:
        kept = tuple(rule for rule in rules if rule)
        return replace(
            series, starts=starts, minutes=lasts, rules=kept, additions=tuple(later), exceptions=out
        )
    ahead = turns(series, original + LISTED_AHEAD, original)
    begins = [turn.starts + shift for turn in islice(ahead, MOST_LISTED)]
    listed = tuple((begin, None) for begin in begins if begin != starts)
    return replace(
        series, starts=starts, minutes=lasts, rules=(), additions=listed, exceptions=frozenset()
    )


def _shifted(rule: str, series: Series, original: datetime, days: int) -> str | None:
    """A rule from a time on, so many days later; None when that cannot be said, empty when
    nothing is left of it.
    """
    parts = {name.upper(): value for name, value in _PARTS.findall(rule)}
    is_weekly = parts.get("FREQ", "").upper() == "WEEKLY"
    if _CLOCK.search(rule) or (rule.upper().startswith("EXRULE") and days):
        return None
    if days and (
        (not is_weekly and parts.get("FREQ", "").upper() != "DAILY") or "BYMONTH" in parts
    ):
        return None
    if days and "BYDAY" in parts:
        if not is_weekly or any(day.upper() not in CODES for day in parts["BYDAY"].split(",")):
            return None
        rule = re.sub(r"BYDAY=[^;]*", f"BYDAY={_later(parts['BYDAY'], days)}", rule, flags=re.I)
    if "COUNT" in parts:
        alone = replace(series, rules=(rule,) if not days else series.rules, additions=())
        passed = sum(1 for _turn in turns(replace(alone, exceptions=frozenset()), original))
        left = int(parts["COUNT"]) - passed
        return _COUNT.sub(f"COUNT={left}", rule) if left > 0 else ""
    if days > 0:
        return _UNTIL.sub(lambda end: f"UNTIL={_day_later(end[1], days)}", rule)
    return rule


def _later(codes: str, days: int) -> str:
    numbers = sorted((CODES.index(day.upper()) + days) % 7 for day in codes.split(","))
    return ",".join(CODES[number] for number in numbers)


def _day_later(day: str, days: int) -> str:
    return f"{datetime.strptime(day, '%Y%m%d') + timedelta(days=days):%Y%m%d}"
