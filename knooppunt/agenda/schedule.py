"""From how people say when something is to the rule by which the agenda reckons."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings

from knooppunt.kit.recurrence import BadRule, Series, turns
from knooppunt.kit.recurrence_vocabulary import WORDS
from knooppunt.kit.rule_words import Said, parse_when
from knooppunt.kit.text import fold

FURTHEST = 30  # years ahead; further is a slip of the finger
LONGEST_LOOK = timedelta(days=366 * 8)
_INTERVAL = re.compile(r";INTERVAL=\d+")


@dataclass(frozen=True)
class Schedule:
    """When something is: the values for an activity, whether a time was said, and the words that were not understood.

    ``lacks`` says what the sentence leaves open and nobody may guess: ``weekday``, ``day_of_month``, ``day_of_year``, or
    ``which`` of the weekdays in ``weekdays`` (0 to 6) it is. A schedule that lacks something or has unknown words is not
    to be kept.
    """

    values: dict[str, Any]
    has_time: bool
    unknown: tuple[str, ...]
    lacks: str = ""
    weekdays: tuple[int, ...] = ()

    @property
    def is_clear(self) -> bool:
        """True when every word was understood and nothing is left open."""
        return not (self.unknown or self.lacks)


def understand(text: str, today: date) -> Schedule | None:
    """The schedule that a sentence means; None when it names neither a rule nor a day, or a day that never comes."""
    said = parse_when(text, today)
    return scheduled(said, text, today) if said else None


def scheduled(said: Said, text: str, today: date) -> Schedule | None:
    """The schedule of what was said; the first day is the first on which the rule holds."""
    opens, closes = said.opens or time(0), said.closes
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
        "starts_on": first, "starts_at": opens, "minutes": minutes, "is_all_day": said.opens is None, "zone": settings.TIME_ZONE,
        "rules": [said.rule] if said.rule else [],
        "additions": [[datetime.combine(day, opens).isoformat(timespec="minutes"), None] for day in sorted(set(days))],
        "exceptions": [datetime.combine(day, opens).isoformat(timespec="minutes") for day in said.except_days],
        "until": said.until, "since": said.since,
        "skips_school_holidays": said.skips_school_holidays, "skips_public_holidays": said.skips_public_holidays,
        "said": " ".join(text.split())[:300],
    }  # fmt: skip
    lacks, weekdays = _open_end(said)
    unknown = () if lacks == "which" else said.unknown
    return Schedule(values, said.opens is not None, unknown, lacks, weekdays)


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
    # «Om de week woensdag» begins this coming Wednesday; only from there on every second week counts.
    every = _INTERVAL.sub("", said.rule)
    try:
        found = next(turns(Series(begin, rules=(every,)), begin + LONGEST_LOOK), None)
    except BadRule:
        return None
    return found.starts.date() if found else None


def _minutes(opens: time, closes: time) -> int:
    """How long it lasts; one minute before midnight stands for midnight, and an end before the begin is the next day."""
    begin, end = opens.hour * 60 + opens.minute, closes.hour * 60 + closes.minute
    end += 1 if (closes.hour, closes.minute) == (23, 59) else 0
    return end - begin if end > begin else end + 1440 - begin
