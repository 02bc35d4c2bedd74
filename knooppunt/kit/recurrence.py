"""Works out on which days and at which hours something that comes back takes place, by the rules of
RFC 5545.

Times are local clock times without a zone (naive datetimes) next to the name of a zone, because
that is how people plan: ten o'clock stays ten o'clock when the clock changes. ``moment`` turns one
into a moment of the world.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from heapq import merge
from itertools import groupby, takewhile
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rrulestr

TOO_OFTEN = ("SECONDLY", "MINUTELY")
_UNTIL = re.compile(r"UNTIL=(\d{8})(?:T(\d{6})(Z?))?", re.I)
_FREQ = re.compile(r"(?:^|;)FREQ=([A-Z]+)", re.I)
_WEEKDAY_NUMBER = re.compile(r"\d+")
_RANGES = {
    "INTERVAL": (1, 10**6),
    "COUNT": (1, 10**6),
    "BYMONTH": (1, 12),
    "BYMONTHDAY": (-31, 31),
    "BYYEARDAY": (-366, 366),
    "BYWEEKNO": (-53, 53),
    "BYSETPOS": (-366, 366),
    "BYHOUR": (0, 23),
    "BYMINUTE": (0, 59),
    "BYSECOND": (0, 59),
}


class BadRule(ValueError):
    """A rule that cannot be understood, or that would come back too often; the text says which."""


class TooOften(BadRule):
    """A rule that is well written but comes back every minute or second."""


@dataclass(frozen=True)
class Series:
    """Something that takes place once or comes back.

    ``starts`` is the local begin of the first; ``minutes`` how long one lasts; ``rules`` are RRULE
    values of RFC 5545 (``FREQ=WEEKLY;BYDAY=TU``), one that begins with ``EXRULE:`` takes away.
    ``additions`` are further local begins, each with minutes of its own or None; ``exceptions`` are
    local begins that fall out. ``is_all_day`` counts in whole days.
    """

    starts: datetime
    minutes: int = 60
    zone: str = "Europe/Amsterdam"
    rules: tuple[str, ...] = ()
    additions: tuple[tuple[datetime, int | None], ...] = ()
    exceptions: frozenset[datetime] = frozenset()
    is_all_day: bool = False


@dataclass(frozen=True, order=True)
class Turn:
    """One time that something takes place: its local begin, and how many minutes it lasts."""

    starts: datetime
    minutes: int


def turns(series: Series, until: datetime, since: datetime | None = None) -> Iterator[Turn]:
    """All turns that begin from ``since`` (else the first) and before ``until``, in order, each
    begin once.

    Raises BadRule for a rule that is no rule.
    """
    wanted = [rule for rule in series.rules if not rule.upper().startswith("EXRULE:")]
    unwanted = [rule[7:] for rule in series.rules if rule.upper().startswith("EXRULE:")]
    out = set(series.exceptions)
    for rule in unwanted:
        out |= set(_bounded(understood(rule, series), until))
    # A rule says which begins there are; a first day that it does not name is not one of them, as
    # two of three libraries do.
    alone = not wanted and series.starts < until
    streams: list[Iterator[Turn]] = [iter([Turn(series.starts, series.minutes)] if alone else [])]
    for rule in wanted:
        streams.append(
            Turn(start, series.minutes) for start in _bounded(understood(rule, series), until)
        )
    own = sorted(
        Turn(start, series.minutes if minutes is None else minutes)
        for start, minutes in series.additions
    )
    streams.append(iter([turn for turn in own if turn.starts < until]))
    # An addition with a length of its own goes before the rule's; of two additions at one time the
    # shorter counts.
    lengths = {turn.starts: turn.minutes for turn in reversed(own)}
    for start, _same in groupby(merge(*streams), key=lambda turn: turn.starts):
        if start not in out and (since is None or start >= since):
            yield Turn(start, lengths.get(start, series.minutes))


def understood(rule: str, series: Series) -> rrule:
    """A rule as dateutil reads it, its UNTIL turned into the series' own clock. Raises BadRule."""
    found = _FREQ.findall(rule)
    if len(found) != 1:
        raise BadRule(f"{len(found) or 'no'} FREQ in {rule[:100]!r}")
    if found[0].upper() in TOO_OFTEN:
        raise TooOften(f"{found[0]} comes back too often")
    _check_numbers(rule)
    plain = _UNTIL.sub(lambda end: _local_until(end, series), rule)
    try:
        read = rrulestr(plain, dtstart=series.starts, cache=False)
    except (ValueError, TypeError, LookupError, AttributeError, OverflowError) as problem:
        raise BadRule(f"{rule[:100]!r}: {problem}") from None
    if not isinstance(read, rrule):
        raise BadRule(f"{rule[:100]!r} is more than one rule")
    return read


def _check_numbers(rule: str) -> None:
    """Raises BadRule for a number that no calendar has; dateutil would look for it until the
    year 9999, or for ever.
    """
    for part in rule.upper().split(";"):
        name, _, value = part.partition("=")
        low, high = _RANGES.get(name, (0, 0))
        try:
            numbers = [int(number) for number in value.split(",")] if high else []
        except ValueError:
            raise BadRule(f"no number: {part[:100]!r}") from None
        if name == "BYDAY" and any(
            not 1 <= int(number[:9]) <= 53 for number in _WEEKDAY_NUMBER.findall(value)
        ):
            raise BadRule(f"no such day: {part[:100]!r}")
        if any(not low <= number <= high or (low and not number) for number in numbers):
            raise BadRule(f"out of range: {part[:100]!r}")


def _local_until(found: re.Match[str], series: Series) -> str:
    """The end of a rule on the series' own clock; a bare day holds to its end."""
    day, clock, utc = found[1], found[2], found[3]
    try:
        if clock is None:
            return f"UNTIL={day}T235959"
        end = datetime.strptime(day + clock, "%Y%m%d%H%M%S")
    except ValueError:
        raise BadRule(f"no such day: {day}") from None
    if utc and 1 < end.year < 9999:  # outside these years another zone may fall off the calendar
        end = end.replace(tzinfo=UTC).astimezone(ZoneInfo(series.zone)).replace(tzinfo=None)
    if series.is_all_day:
        end = end.replace(hour=23, minute=59, second=59)
    return f"UNTIL={end:%Y%m%dT%H%M%S}"


def _bounded(rule: rrule, until: datetime) -> Iterator[datetime]:
    try:
        yield from takewhile(lambda start: start < until, rule)
    except (
        ValueError,
        TypeError,
        OverflowError,
    ) as problem:  # dateutil finds some contradictions only on the way
        raise BadRule(str(problem)) from None


def last_start(series: Series, horizon: datetime) -> datetime | None:
    """The begin of the last turn; None when the series still runs at ``horizon``."""
    if is_endless(series.rules):
        return None
    last = None
    for turn in turns(series, horizon + timedelta(days=1)):
        last = turn.starts
    return None if last is None or last >= horizon else last


def is_endless(rules: tuple[str, ...]) -> bool:
    """True if one of the rules says no end."""
    return any(not _has_end(rule) for rule in rules if not rule.upper().startswith("EXRULE:"))


def _has_end(rule: str) -> bool:
    return "UNTIL=" in rule.upper() or "COUNT=" in rule.upper()


def moment(local: datetime, zone: str) -> datetime:
    """The moment in UTC of a local clock time, stable on the two nights when the clock changes.

    A time that the clock skips in March counts from the offset before it (02:30 is shown as 03:30);
    one that comes twice in October is the first, as RFC 5545 section 3.3.5 says.
    """
    return local.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)


def clock_trouble(local: datetime, zone: str) -> str:
    """``skipped`` for a clock time that does not exist on that day, ``twice`` for one that
    comes twice, else nothing.
    """
    there = ZoneInfo(zone)
    early, late = (local.replace(tzinfo=there, fold=fold).utcoffset() for fold in (0, 1))
    if early == late or early is None or late is None:
        return ""
    return "skipped" if early < late else "twice"


def all_day_series(day: date, days: int = 1) -> Series:
    """A series of one turn that takes whole days."""
    return Series(datetime(day.year, day.month, day.day), days * 1440, is_all_day=True)
