"""From how people say when something is to the rule by which the agenda reckons."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings

from knooppunt.agenda.holidays import holiday_spans, known_until
from knooppunt.kit.recurrence import BadRule, Series, turns
from knooppunt.kit.recurrence_parser import Said, parse_when
from knooppunt.kit.recurrence_tokens import Span
from knooppunt.kit.recurrence_vocabulary import WORDS
from knooppunt.kit.text import fold

FURTHEST = 30  # years ahead; further is a slip of the finger
LONGEST_LOOK = timedelta(days=366 * 8)
_INTERVAL = re.compile(r";INTERVAL=\d+")


@dataclass(frozen=True)
class Schedule:
    """When something is: the values for an activity, whether a time was said, and the words that
    were not understood.

    ``lacks`` says what the sentence leaves open and nobody may guess: ``weekday``,
    ``day_of_month``, ``day_of_year``, or ``which`` of the weekdays in ``weekdays`` (0 to 6) it is.
    ``known_until`` is the last day of which the holidays that it speaks of are known. ``doubt``
    says what the unknown words are about, as ``rule_words.Said`` does. A schedule that lacks
    something or has unknown words is not to be kept.
    """

    values: dict[str, Any]
    has_time: bool
    unknown: tuple[str, ...]
    lacks: str = ""
    weekdays: tuple[int, ...] = ()
    known_until: date | None = None
    doubt: str = ""

    @property
    def is_clear(self) -> bool:
        """True when every word was understood and nothing is left open."""
        return not (self.unknown or self.lacks)


def understand(text: str, today: date) -> Schedule | None:
    """The schedule that a sentence means; None when it names neither a rule nor a day, or a day
    that never comes.
    """
    said = parse_when(text, today, holiday_spans())
    return scheduled(said, text, today) if said else None


def scheduled(said: Said, text: str, today: date) -> Schedule | None:
    """The schedule of what was said; the first day is the first on which the rule holds."""
    opens, closes = said.opens or time(0), said.closes
    if said.within:
        said = replace(said, rule="", days=_days_within(said, opens, today))
    first = _first_day(said, opens, today)
    if (
        first is None
        or (said.until and said.until < first)
        or not today.year - 60 <= first.year <= today.year + FURTHEST
    ):
        return None
    minutes = 1440 if said.opens is None else _minutes(opens, closes) if closes else 0
    days = [day for day in said.days if day != first] if not said.rule else list(said.days)
    values = {
        "starts_on": first,
        "starts_at": opens,
        "minutes": minutes,
        "is_all_day": said.opens is None,
        "zone": settings.TIME_ZONE,
        "rules": [said.rule] if said.rule else [],
        "additions": [
            [datetime.combine(day, opens).isoformat(timespec="minutes"), None]
            for day in sorted(set(days))
        ],
        "exceptions": [
            datetime.combine(day, opens).isoformat(timespec="minutes")
            for day in _days_off(said, first, opens)
        ],
        "until": said.until,
        "since": said.since,
        "skips_school_holidays": said.skips_school_holidays,
        "skips_public_holidays": said.skips_public_holidays,
        "said": " ".join(text.split())[:300],
    }
    lacks, weekdays = _open_end(said)
    unknown = () if lacks == "which" else said.unknown
    return Schedule(
        values,
        said.opens is not None,
        unknown,
        lacks,
        weekdays,
        _holidays_known_until(said),
        said.doubt,
    )


def _days_within(said: Said, opens: time, today: date) -> tuple[date, ...]:
    """Every day from today on which a rule holds in the only periods in which it does."""
    days: set[date] = set()
    for since, until in said.within:
        series = Series(datetime.combine(since, opens), rules=(said.rule,))
        end = datetime.combine(until + timedelta(days=1), time(0))
        days.update(turn.starts.date() for turn in turns(series, end))
    first, last = max(said.since or today, today), said.until or date.max
    return tuple(sorted(day for day in days if first <= day <= last))


def _days_off(said: Said, first: date, opens: time) -> list[date]:
    """The days that fall out: those that were named, and of holidays and feasts those on which
    there would be a turn.

    The first of each feast is always among them, so that a reader sees that it was understood.
    """
    days, feasts = set(said.except_days), set(said.except_each_year)
    last = max((until for _since, until in said.except_within), default=first)
    if feasts:
        last = max(last, date(first.year + FURTHEST, 12, 31))
        days |= {_first_feast(month, day, first) for month, day in feasts}
    held: Iterable[date] = said.days
    if said.rule and last > first:
        series = Series(datetime.combine(first, opens), rules=(said.rule,))
        end = datetime.combine(last + timedelta(days=1), time(0))
        held = (turn.starts.date() for turn in turns(series, end))
    return sorted(
        days
        | {
            day
            for day in held
            if (day.month, day.day) in feasts or _lies_in(day, said.except_within)
        }
    )


def _lies_in(day: date, spans: Iterable[Span]) -> bool:
    return any(since <= day <= until for since, until in spans)


def _first_feast(month: int, day: int, first: date) -> date:
    """The first such day on or after another day."""
    return date(first.year + ((month, day) < (first.month, first.day)), month, day)


def _holidays_known_until(said: Said) -> date | None:
    """The last day of which all holidays that a sentence speaks of are known; None when it
    speaks of none.
    """
    days = [said.known_until] if said.known_until else []
    kinds = (("school", said.skips_school_holidays), ("public", said.skips_public_holidays))
    days += [day for kind, is_skipped in kinds if is_skipped and (day := known_until(kind))]
    return min(days, default=None)


def _open_end(said: Said) -> tuple[str, tuple[int, ...]]:
    """What a rule leaves open, which a calendar would fill in with the day of today."""
    if not said.rule or any(part in said.rule for part in ("BYDAY", "BYMONTHDAY")):
        return "", ()
    signs = [WORDS.get(fold(word).strip("."), "") for word in said.unknown]
    if signs and all(re.fullmatch("D[0-6]+", sign) for sign in signs) and "MONTHLY" in said.rule:
        return "which", tuple(int(day) for sign in signs for day in sign[1:])
    if said.since or said.unknown:
        return "", ()
    frequency = said.rule.split(";")[0].removeprefix("FREQ=")
    kinds = {"WEEKLY": "weekday", "MONTHLY": "day_of_month", "YEARLY": "day_of_year"}
    return kinds.get(frequency, ""), ()


def _first_day(said: Said, opens: time, today: date) -> date | None:
    if not said.rule:
        return min(said.days, default=None)
    since = said.since or today
    if since.year > today.year + FURTHEST:
        return None
    begin = datetime.combine(since, opens)
    # «Om de week woensdag» begins this coming Wednesday; only from there on every second week
    # counts.
    every = _INTERVAL.sub("", said.rule)
    try:
        found = next(turns(Series(begin, rules=(every,)), begin + LONGEST_LOOK), None)
    except BadRule:
        return None
    return found.starts.date() if found else None


def _minutes(opens: time, closes: time) -> int:
    """How long it lasts; one minute before midnight stands for midnight, and an end before the
    begin is the next day.
    """
    begin, end = opens.hour * 60 + opens.minute, closes.hour * 60 + closes.minute
    end += 1 if (closes.hour, closes.minute) == (23, 59) else 0
    return end - begin if end > begin else end + 1440 - begin
