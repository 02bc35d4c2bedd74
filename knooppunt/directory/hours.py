"""Says in words when a door is open: today, this week, and what is different for a while."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _


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


@dataclass(frozen=True)
class Door:
    """Whether a door is open at a moment, until when, and else when it opens again.

    Times are of the neighbourhood's clock, without a zone. ``until`` and ``opens`` are None when
    they are unknown or further away than a week.
    """

    is_open: bool
    until: datetime | None = None
    opens: datetime | None = None

    @property
    def words(self) -> str:
        """Whether it is open: «Nu open, tot 17.00 uur», «Nu open» or «Nu dicht»."""
        if self.is_open:
            until = self.until
            return (
                _("Nu open, tot %(time)s uur") % {"time": f"{until:%H.%M}"}
                if until
                else _("Nu open")
            )
        return _("Nu dicht")

    def next_words(self, today: date) -> str:
        """When it opens again; empty when that is not within a week, or when it is open."""
        if self.opens is None:
            return ""
        values = {
            "day": WEEKDAYS[self.opens.weekday()].lower(),
            "time": f"{self.opens:%H.%M}",
        }
        days = (self.opens.date() - today).days
        if days == 0:
            return _("Vandaag open om %(time)s uur") % values
        if days == 1:
            return _("Morgen open om %(time)s uur") % values
        return _("Open op %(day)s om %(time)s uur") % values


def door(place: Any, moment: datetime) -> Door | None:
    """How the door is at a local moment; None when no hours are known."""
    now = moment.replace(tzinfo=None)
    days = week(place, now.date() - timedelta(days=1), 9)
    if not days:
        return None
    stretches = sorted(
        _stretch(day.date, opens, closes) for day in days for opens, closes, _note in day.spans
    )
    until = None
    for begins, ends in stretches:
        if begins <= (until or now) < ends or (until is not None and begins == until):
            until = ends
    if until is not None:
        is_always = until - now > timedelta(days=7)
        return Door(True, until=None if is_always else until)
    return Door(False, opens=next((begins for begins, _ends in stretches if begins > now), None))


def _stretch(day: date, opens: time, closes: time) -> tuple[datetime, datetime]:
    """A stretch of a day as two moments; what closes before it opens ends on the next day."""
    begins, ends = datetime.combine(day, opens), datetime.combine(day, closes)
    return begins, ends if ends > begins else ends + timedelta(days=1)


def is_open(place: Any, moment: datetime) -> bool | None:
    """True or False at a local moment; None when no hours are known."""
    at_door = door(place, moment)
    return None if at_door is None else at_door.is_open


@dataclass(frozen=True)
class Bar:
    """A day of the week as a drawing: each stretch as its begin and length in percents."""

    day: Day
    parts: tuple[tuple[float, float], ...]
    words: str
    note: str = ""


def bars(days: list[Day]) -> list[Bar]:
    """The days of a week on one scale, from the first hour that a door opens to the last."""
    stretches = [_hours(opens, closes) for day in days for opens, closes, _note in day.spans]
    first = min((begins for begins, _ends in stretches), default=8.0)
    last = max((ends for _begins, ends in stretches), default=22.0)
    first, last = min(first, 8.0), max(last, 22.0)
    return [
        Bar(
            day,
            tuple(
                (
                    round((begins - first) / (last - first) * 100, 1),
                    round((ends - begins) / (last - first) * 100, 1),
                )
                for begins, ends in (_hours(opens, closes) for opens, closes, _note in day.spans)
            ),
            " ".join(_short(opens, closes) for opens, closes, _note in day.spans) or _("dicht"),
            ", ".join(dict.fromkeys(note for _opens, _closes, note in day.spans if note)),
        )
        for day in days
    ]


def _hours(opens: time, closes: time) -> tuple[float, float]:
    """A stretch in hours from midnight; after midnight goes on above 24."""
    begins, ends = opens.hour + opens.minute / 60, closes.hour + closes.minute / 60
    return begins, ends if ends > begins else ends + 24


def _short(opens: time, closes: time) -> str:
    """A stretch in little room: 10–17 or 9.30–12."""
    if opens == closes:
        return _("hele dag")
    return "–".join(
        f"{value.hour}.{value:%M}" if value.minute else f"{value.hour}" for value in (opens, closes)
    )
