"""Reads how people say when something takes place (``elke 2e dinsdag van 10 tot 12``) and writes it
as a calendar rule.

Every word becomes a sign (``D1`` a Tuesday, ``#2`` second, ``M3`` March, ``NOT`` niet or behalve),
so that Dutch, English and abbreviations look alike. Patterns then take what they know from that
line of signs, the surest first; what stays behind is told to the reader instead of guessed.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from knooppunt.kit import recurrence_patterns as patterns
from knooppunt.kit import recurrence_vocabulary as vocabulary
from knooppunt.kit.clock_words import clocks
from knooppunt.kit.recurrence_tokens import Holidays, Reading, Span, signs
from knooppunt.kit.recurrence_vocabulary import CODES, UNITS

LONGEST_STAY = 100
DOUBTS = ("hour", "last_month", "second_time")


@dataclass(frozen=True)
class Said:
    """What a sentence says about when.

    ``rule`` is an RRULE without DTSTART and UNTIL, empty for something on the listed ``days`` only.
    ``until`` belongs to the period. ``except_each_year`` holds months with a day. ``except_within``
    are periods in which the rule does not hold and ``within`` the only ones in which it does;
    ``known_until`` is the last day of which the holidays that were named are known. ``unknown``
    holds, in order, the words that were not understood. ``doubt`` says what they are about when the
    reader knows that: an ``hour`` that may be of the morning or the afternoon, a ``last_month``
    that may or may not belong to the period, or a ``second_time``.
    """

    rule: str = ""
    days: tuple[date, ...] = ()
    since: date | None = None
    until: date | None = None
    opens: time | None = None
    closes: time | None = None
    skips_school_holidays: bool = False
    skips_public_holidays: bool = False
    except_days: tuple[date, ...] = ()
    unknown: tuple[str, ...] = ()
    except_each_year: tuple[tuple[int, int], ...] = ()
    except_within: tuple[Span, ...] = ()
    within: tuple[Span, ...] = ()
    known_until: date | None = None
    doubt: str = field(default="", compare=False)


def parse_when(text: str, today: date, holidays: Holidays | None = None) -> Said | None:
    """What a sentence says about when; None when neither a rule nor a day is understood.

    Days without a year are the next such day on or after ``today``. ``holidays`` gives for each
    folded name of a holiday, and for SCHOOL and PUBLIC, the periods that are known.
    """
    reading = signs(text, today, holidays or {})
    opens, closes = _times(reading)
    off = _exceptions(reading)
    reading.take(patterns.ALSO)
    within = reading.take(patterns.WITHIN)
    seasons = reading.take(patterns.SEASON)
    since, until = _period(reading)
    months = {month for found in seasons for month in _ranged(found[0], "M", 12, 1)} or set(
        range(1, 13)
    )
    rule, days = _rule_or_days(reading, months - off.months)
    if not (rule or days) and since and until and (days := _stay(since, until)):
        since = until = None
        for found in reading.same_weekday:
            reading.refuse(found)
    if not (rule or days):
        return None
    for found in () if rule else seasons:
        reading.refuse(found)
    spans = _only_in(reading, within, rule)
    return Said(
        rule=rule,
        days=tuple(sorted(set(days))),
        since=since,
        until=until,
        opens=opens,
        closes=closes,
        skips_school_holidays="SCHOOL" in off.kinds,
        skips_public_holidays="PUBLIC" in off.kinds,
        except_days=tuple(sorted(off.days)),
        unknown=reading.unknown(),
        except_each_year=tuple(sorted(off.feasts)),
        except_within=tuple(sorted(off.spans)),
        within=spans,
        known_until=reading.known_until,
        doubt=next((doubt for doubt in DOUBTS if doubt in reading.doubts), ""),
    )


def _only_in(reading: Reading, within: list[re.Match[str]], rule: str) -> tuple[Span, ...]:
    """The periods in which alone a rule holds: the holidays that are named, as far as they are
    known.
    """
    spans: set[Span] = set()
    for found in within:
        known = [reading.spans(sign) for sign in found[0].split(" ") if sign != ","]
        # Every second week of a holiday that begins anew each year could mean two things.
        if not rule or "INTERVAL" in rule or not all(known):
            reading.refuse(found)
        else:
            spans.update(span for some in known for span in some)
    return tuple(sorted(spans))


def _times(reading: Reading) -> tuple[time | None, time | None]:
    """Begin and end. Of several times the first counts; the others are not understood."""
    found = [*reading.take(patterns.STRETCH), *reading.take(patterns.BEGIN)]
    parts = set(re.findall(r"(?<!\S)(?:D\d+|P)([mae])(?!\S)", reading.line))
    said = clocks(found[0], f"P{parts.pop()}" if len(parts) == 1 else "") if found else None
    for other in found[1 if said else 0 :]:
        reading.refuse(other)
        reading.doubts.add("second_time" if said else "hour")
    return said or (None, None)


@dataclass
class _Off:
    """When a rule does not hold: kinds of holidays, days, feasts (month and day), periods and
    months.
    """

    kinds: set[str] = field(default_factory=set)
    days: set[date] = field(default_factory=set)
    feasts: set[tuple[int, int]] = field(default_factory=set)
    spans: set[Span] = field(default_factory=set)
    months: set[int] = field(default_factory=set)


def _exceptions(reading: Reading) -> _Off:
    """Takes ``niet in de schoolvakantie``, ``behalve met kerst`` and ``niet in juli``."""
    off = _Off()
    items = re.compile(rf"(?<!\S){patterns.ITEM}(?!\S)")
    for item in (
        one
        for found in reading.take(patterns.SKIP)
        for one in items.finditer(found.string, *found.span())
    ):
        span = _span(reading, item) if re.fullmatch(patterns.SPAN, item[0]) else None
        if item[0] in ("SCHOOL", "PUBLIC"):
            off.kinds.add(item[0])
        elif item[0][0] == "H" and (spans := reading.spans(item[0])):
            off.spans.update(spans)
        elif re.fullmatch(patterns.MONTHS, item[0]):
            off.months |= _ranged(item[0], "M", 12, 1)
        elif days := _stay(*span) if span else _dates(reading, item, reading.today):
            marks = {(day.month, day.day) for day in days}
            is_feast = marks <= vocabulary.FEASTS or (marks & vocabulary.FEASTS and len(marks) < 4)
            is_yearly = bool(is_feast) and not re.search(r"@| Y\d", item[0])
            off.feasts.update(marks if is_yearly else ())
            off.days.update(() if is_yearly else days)
        else:
            reading.refuse(item)
    return off


def _period(reading: Reading) -> tuple[date | None, date | None]:
    """The first and the last day of a period, as far as they are said."""
    since: date | None = None
    until: date | None = None
    period = rf"(?:(?:SINCE|FROM) )?{patterns.SPAN}"
    edge = rf"(?:SINCE|FROM|TO) (?:{patterns.ONE}|M\d+{patterns.Y})"
    for found in reading.take(rf"{period}|{edge}"):
        span = re.fullmatch(period, found[0])
        days = _span(reading, found) if span else _dates(reading, found, since or reading.today)
        weekdays = re.findall(r"(?<!\S)D(\d)", found[0])
        if span and len(weekdays) == 2 and weekdays[0] == weekdays[1]:
            reading.same_weekday.append(found)
        is_end = found[0].startswith("TO ")
        first = since if is_end or not days else days[0]
        last = days[-1] if days and (span or is_end) else until
        if not days or (first and last and first > last):
            reading.refuse(found)
        else:
            since, until = first, last
    return since, until


def _span(reading: Reading, found: re.Match[str]) -> tuple[date, date] | None:
    """Both ends of ``3 februari t/m 30 juni``; a month or year that only the second has holds
    for the first too.
    """
    edges = re.compile(rf"(?<!\S)(?:{patterns.ONE}|{patterns.WD}{patterns.N})(?!\S)")
    first, last = edges.finditer(found.string, *found.span())
    since = _dates(reading, first, reading.today, f" {last[0]}")
    until = _dates(reading, last, since[0]) if since else ()
    if (
        until and since[0] > until[0] and "Y" not in first[0]
    ):  # "1 september t/m 30 juni 2027" began a year before
        year_before = since[0].replace(year=since[0].year - 1, day=1)
        since = _dates(reading, first, year_before, re.sub(r" Y\d+", "", f" {last[0]}"))
    return (since[0], until[0]) if until and since[0] <= until[0] else None


def _stay(since: date, until: date) -> tuple[date, ...]:
    """Every day of a short period; nothing for one that is too long to be meant day by day."""
    length = (until - since).days
    return (
        tuple(since + timedelta(number) for number in range(length + 1))
        if length < LONGEST_STAY
        else ()
    )


def _dates(reading: Reading, found: re.Match[str], base: date, like: str = "") -> tuple[date, ...]:
    """The days in a stretch of signs, from ``base`` on; empty when one does not exist.

    ``like`` lends a month and year. A month without a day is its first and its last day.
    """
    number, year = (
        int((re.findall(rf" {sign}(\d+)", f" {found[0]}{like}") or [0])[0]) for sign in "MY"
    )
    days: list[date] = []
    named = re.compile(
        r"(?<!\S)(?:(?P<word>D(\d)[a-z]?)(?: P[a-z]+)?(?: ,)? )?(?:#?(\d{1,2})|@(\S+))(?!\S)"
    )
    for part in named.finditer(found.string, *found.span()):
        if part[3]:
            day = _next(int(part[3]), number, year, base)
        else:
            day = (
                reading.today + timedelta(int(part[4]))
                if part[4][0] == "+"
                else date.fromisoformat(part[4])
            )
        if day is None:
            return ()
        if part["word"] and int(part[2]) != day.weekday():
            reading.refuse(part, "word")
        days.append(day)
    if number and not days:
        year = year or base.year + (number < base.month)
        days = [date(year, number, day) for day in (1, calendar.monthrange(year, number)[1])]
    return tuple(days)


def _next(number: int, month: int, year: int, base: date) -> date | None:
    """The next such day on or after ``base``, or the one of that year; None when there is none."""
    for chosen in (year,) if year else range(base.year, base.year + 9):
        if 1 <= month <= 12 and 1 <= number <= calendar.monthrange(chosen, month)[1]:
            day = date(chosen, month, number)
            if year or day >= base:
                return day
    return None


def _ranged(signs: str, letter: str, size: int, first: int = 0) -> set[int]:
    """The weekdays or months in a list of signs; ``TO`` and ``-`` fill what lies between, past
    the end if need be.
    """
    found: list[int] = []
    for is_range, digits in re.findall(rf"(?:(TO|-) )?{letter}(\d+)", signs):
        values = [int(digits)] if letter == "M" else [int(digit) for digit in digits]
        if is_range and found:
            between = range((values[0] - found[-1]) % size)
            found += [(found[-1] - first + step) % size + first for step in between]
        found += values
    return set(found)


def _rule_or_days(reading: Reading, months: set[int]) -> tuple[str, tuple[date, ...]]:
    """The rule, or else the days named one by one; with a rule such days are not understood."""
    fixed = _ordinals(reading)
    freq, interval = _frequency(reading, bool(fixed))
    fixed = fixed or _day_numbers(reading, freq)
    listed = _listed(reading)
    if fixed:
        freq = freq or ("YEARLY" if len(months) == 1 else "MONTHLY")
    elif freq in ("", "WEEKLY") or (freq, interval) == ("DAILY", 1):
        week = _weekdays(reading, freq == "DAILY")
        fixed = {"BYDAY": ",".join(CODES[day] for day in sorted(week))} if week else {}
        freq = "WEEKLY" if week else freq
    if not freq:
        return "", tuple(day for days in listed.values() for day in days)
    for found in listed:
        reading.refuse(found)
    parts = {"FREQ": freq, "INTERVAL": str(interval) if interval > 1 else ""}
    parts |= {"BYMONTH": ",".join(map(str, sorted(months))) if len(months) < 12 else ""} | fixed
    order = ("FREQ", "INTERVAL", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS")
    return ";".join(f"{key}={parts[key]}" for key in order if parts.get(key)), ()


def _ordinals(reading: Reading) -> dict[str, str]:
    """The parts of a rule for ``2e dinsdag``, ``1e en 3e zondag`` and ``laatste werkdag``."""
    named: set[tuple[int, str]] = set()
    for found in reading.take(
        rf"#-?\d+(?:(?: ,)++ (?:EVERY )?#-?\d+)*+ {patterns.DAY}(?:(?: ,)++ {patterns.DAY})*"
    ):
        ranks, days = ({*re.findall(rf"{sign}(-?\d+)", found[0])} for sign in "#D")
        pairs = named | {(int(rank), day) for rank in ranks for day in days}
        is_alone = len(pairs) == 1 and "56" not in days
        if ranks <= set("12345") | {"-1", "-2"} and (
            is_alone or all(len(day) == 1 for _rank, day in pairs)
        ):
            named = pairs
        else:
            reading.refuse(found)
    if named and all(len(day) > 1 for _rank, day in named):
        return {"BYDAY": ",".join(CODES[:5]), "BYSETPOS": str(min(named)[0])}
    in_order = sorted(
        named, key=lambda pair: (pair[0] % 10, pair[1])
    )  # the last ones stand behind the first ones
    return (
        {"BYDAY": ",".join(f"{rank}{CODES[int(day)]}" for rank, day in in_order)} if named else {}
    )


def _frequency(reading: Reading, is_fixed: bool) -> tuple[str, int]:
    """How often, from ``om de week`` or ``elk kwartaal``; ``van de maand`` adds nothing to what
    is there.
    """
    freq, interval = "", 1
    unit = r"(?:DAY|WEEK)(?! EVERY MONTH)|MONTH|QUARTER|HALFYEAR|YEAR|P[mae]"
    for found in reading.take(rf"(EVERY|ALT)(?: #?(\d{{1,2}}))? ({unit})|ALT(?= D\d)"):
        name, length = UNITS.get(found[3] or "WEEK", ("DAILY", 1))
        count = int(found[2] or (2 if found[0].startswith("ALT") else 1)) * length
        if name == "DAILY" and count and count % 7 == 0:
            name, count = "WEEKLY", count // 7
        if not count or (is_fixed and name in ("DAILY", "WEEKLY")):
            reading.refuse(found)
        elif (freq or "MONTHLY", interval) == ("MONTHLY", 1):
            freq, interval = name, count
        elif (name, count) != ("MONTHLY", 1):
            reading.refuse(found)
    return freq, interval


def _day_numbers(reading: Reading, freq: str) -> dict[str, str]:
    """The parts of a rule for ``maandelijks op de 1e en 15e``, ``elke 15e`` and ``jaarlijks op
    5 mei``.
    """
    ranks = r"#-?\d++(?:(?: ,)++ #\d++)*+(?! (?:[DM]\d|DAY|WEEK|MONTH))"
    ordinals = {"": rf"EVERY {ranks}", "MONTHLY": rf"(?:EVERY )?{ranks}", "YEARLY": patterns.DATES}
    parts: dict[str, str] = {}
    for found in reading.take(ordinals[freq]) if freq in ordinals else ():
        numbers = sorted(
            {int(number) for number in re.findall(r"(?<![\S])#?(-?\d+)(?!\S)", found[0])}
        )
        month = re.findall(r"M(\d+)", found[0])
        exist = all(
            number == -1 or _next(number, int((month or [1])[0]), 2024, reading.today)
            for number in numbers
        )
        if (
            parts or not exist or re.search(r"@| Y\d", found[0])
        ):  # a day with a year does not come back
            reading.refuse(found)
        else:
            parts = {"BYMONTHDAY": ",".join(map(str, numbers))} | (
                {"BYMONTH": month[0]} if month else {}
            )
    return parts


def _listed(reading: Reading) -> dict[re.Match[str], tuple[date, ...]]:
    """The days named one by one, each with its place in the sentence."""
    listed: dict[re.Match[str], tuple[date, ...]] = {}
    for found in reading.take(rf"(?:COMING|NEXT) (?:WEEK )?D(\d)[a-z]?|{patterns.DATES}"):
        if found[0].startswith("COMING D"):
            listed[found] = (
                reading.today + timedelta((int(found[1]) - reading.today.weekday() - 1) % 7 + 1),
            )
        elif days := _dates(reading, found, reading.today):
            listed[found] = days
        else:  # "volgende dinsdag" means another day to different people
            reading.refuse(found)
    return listed


def _weekdays(reading: Reading, is_daily: bool) -> set[int]:
    """The weekdays of a weekly rule, less those that are excepted; ``elke dag behalve zondag``
    is six of them.
    """
    without = reading.take(rf"NOT {patterns.DAYS}|{patterns.DAYS} NOT(?=$| ,)")
    off = {day for found in without for day in _ranged(found[0], "D", 7)}
    days = {day for found in reading.take(patterns.DAYS) for day in _ranged(found[0], "D", 7)}
    left = (days or (set(range(7)) if is_daily and off else set())) - off
    for found in () if left else without:
        reading.refuse(found)
    return left
