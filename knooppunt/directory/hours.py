"""Says in words when a door is open: today, this week, and what is different for a while."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.dates import WEEKDAYS


@dataclass(frozen=True)
class Day:
    """One day of the coming week: its stretches, or none when closed, and why it differs from
    usual.
    """

    date: date
    name: Any
    spans: tuple[tuple[time, time, str], ...]
    reason: str = ""
    is_special: bool = False


def week(place: Any, start: date, days: int = 7) -> list[Day]:
    """The days from ``start`` on, exceptions taken into account; empty when no hours are known
    at all.
    """
    usual, special = list(place.hours.all()), list(place.exceptions.all())
    if not usual and not special:
        return []
    return [_day(start + timedelta(days=number), usual, special) for number in range(days)]


def _day(day: date, usual: Iterable[Any], special: Iterable[Any]) -> Day:
    name = WEEKDAYS[day.weekday()]
    today = [row for row in special if row.since <= day <= row.until]
    if today:
        spans = tuple((row.opens, row.closes, "") for row in today if row.opens)
        return Day(
            day, name, spans, "; ".join(row.reason for row in today if row.reason), is_special=True
        )
    return Day(
        day,
        name,
        tuple((row.opens, row.closes, row.note) for row in usual if row.weekday == day.weekday()),
    )


def is_open(place: Any, moment: datetime) -> bool | None:
    """True or False at a local moment; None when no hours are known."""
    days = week(place, moment.date() - timedelta(days=1), 2)
    if not days:
        return None
    yesterday, today = days
    now = moment.time()
    late = any(closes <= opens and now < closes for opens, closes, _note in yesterday.spans)
    return late or any(
        opens <= now and (now < closes or closes <= opens) for opens, closes, _note in today.spans
    )
