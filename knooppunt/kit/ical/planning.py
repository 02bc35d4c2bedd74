"""Makes a series out of what an event says about its times: begin, length, rules, extra times
and exceptions.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from knooppunt.kit.ical.lines import Component, Property
from knooppunt.kit.ical.times import (
    DAY,
    BadEvent,
    Said,
    duration,
    elapsed,
    minutes_of,
    on_the_clock,
    said,
    said_by,
)
from knooppunt.kit.ical.zones import HOME, Zones
from knooppunt.kit.recurrence import BadRule, Series, TooOften, moment, turns, understood

MOST_RULES = 50
MOST_DATES = 20_000
# More times than any calendar shows is how some programs say that it goes on for ever.
# What RFC 7529 adds and is what every rule means already.
_USUAL = re.compile(r"(?:^|;)(?:RSCALE=GREGORIAN|SKIP=OMIT)(?=;|$)")
_ENDLESS = re.compile(r";?COUNT=0*[1-9][0-9]{6,}(?![0-9])")
_SEVERAL_A_DAY = re.compile(r"HOURLY|BYHOUR|BYMINUTE|BYSECOND", re.I)


def series_of(component: Component, zones: Zones) -> Series:
    """The series of an event with all its rules. Raises BadEvent."""
    found = component.first("DTSTART")
    if not found:
        raise BadEvent("no_start")
    start = said_by(found, zones)
    zone = zone_of(start, zones)
    minutes = length(component, start, zone, zones)
    bare = Series(
        starts=start.within(zone),
        minutes=(1440 if start.is_day else 0) if minutes is None else minutes,
        zone=zone,
        is_all_day=start.is_day,
    )
    bare = replace(
        bare, rules=_rules(component, bare), additions=_additions(component, bare, zones)
    )
    whole = replace(bare, exceptions=_exceptions(component, bare, zones))
    is_marked = component.value("X-MICROSOFT-CDO-ALLDAYEVENT").upper() == "TRUE"
    return in_whole_days(whole, is_marked)


def zone_of(start: Said, zones: Zones) -> str:
    """The zone on whose clock a series runs."""
    return start.zone.key if isinstance(start.zone, ZoneInfo) else zones.default


def length(component: Component, start: Said, zone: str, zones: Zones) -> int | None:
    """How many minutes one time lasts; None when it is not said. Raises BadEvent."""
    end, lasts = component.first("DTEND"), component.value("DURATION")
    if end:
        last = _end_of(start, said_by(end, zones), zone)
        return None if last is None else minutes_of(elapsed(start, last, zone), start.is_day)
    if not lasts:
        return None
    # Of what comes back the usual length counts, not that of a first night on which the clock
    # changes.
    comes_back = component.first("RRULE") or component.first("RDATE")
    long = duration(lasts) if comes_back or start.is_day else on_the_clock(start, lasts, zone)
    return minutes_of(long, start.is_day)


def _end_of(start: Said, end: Said, zone: str) -> Said | None:
    """The end that is meant: midnight of the day on which it begins is the one after; its day
    alone says no hour.
    """
    first, last = start.within(zone), end.within(zone)
    if start.is_day or last > first or last != _midnight(first) or last == first:
        return end
    return None if end.is_day else replace(end, local=end.local + DAY)


def in_whole_days(series: Series, is_marked: bool = False) -> Series:
    """The series as one of whole days when it runs from midnight to midnight, else as it is.

    A minute before midnight stands for midnight. What is in UTC and does not come back is looked at
    on the clock of the neighbourhood. ``is_marked`` says that its maker calls it a whole day,
    whatever the hours are.
    """
    minutes = series.minutes + (1 if series.minutes % 1440 == 1439 else 0)
    comes_back = bool(series.rules or series.additions or series.exceptions)
    starts, zone = series.starts, series.zone
    if zone == "UTC" and starts.time() != time() and not comes_back:
        starts, zone = _on_clock_of(HOME, starts, zone), HOME
    if is_marked and not comes_back:
        starts = _midnight(starts)
    begins = [starts, *(start for start, _minutes in series.additions)]
    is_whole = bool(minutes) and minutes % 1440 == 0
    if (
        series.is_all_day
        or not (is_whole or is_marked)
        or any(begin.time() != time() for begin in begins)
        or any(_SEVERAL_A_DAY.search(rule) for rule in series.rules)
    ):
        return series
    days = max(1, -(-minutes // 1440))
    return replace(series, starts=starts, zone=zone, minutes=days * 1440, is_all_day=True)


def _on_clock_of(zone: str, local: datetime, other: str) -> datetime:
    return moment(local, other).astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def named_turn(found: Property, series: Series, zones: Zones) -> datetime:
    """Which begin of a series a RECURRENCE-ID means. Raises BadEvent."""
    one = said_by(found, zones)
    if series.is_all_day:
        return _midnight(one.within(series.zone))
    if one.is_day:
        return datetime.combine(one.local.date(), series.starts.time())
    choices = one.all_within(series.zone)
    return next((local for local in choices if local.time() == series.starts.time()), choices[0])


def _midnight(local: datetime) -> datetime:
    return local.replace(hour=0, minute=0, second=0)


def _rules(component: Component, bare: Series) -> tuple[str, ...]:
    """The rules, each tried. A semicolon too many and spaces are forgiven."""
    rules = [
        prefix + _plain_rule(one.value)
        for name, prefix in (("RRULE", ""), ("EXRULE", "EXRULE:"))
        for one in component.every(name)
    ]
    if len(rules) > MOST_RULES:
        raise BadEvent("bad_rule", f"{len(rules)} rules")
    for rule in rules:
        try:
            understood(rule.removeprefix("EXRULE:"), bare)
        except TooOften as problem:
            raise BadEvent("too_often", str(problem)) from None
        except BadRule as problem:
            raise BadEvent("bad_rule", str(problem)) from None
    return tuple(rules)


def _plain_rule(value: str) -> str:
    """A rule in capitals, without what is forgiven and what says nothing."""
    rule = re.sub(r"\s+", "", value).strip(";").upper()
    return _ENDLESS.sub("", _USUAL.sub("", rule).strip(";"))


def _additions(
    component: Component, bare: Series, zones: Zones
) -> tuple[tuple[datetime, int | None], ...]:
    found = {_addition(value, one, bare, zones): None for one, value in _values(component, "RDATE")}
    return tuple(found)


def _addition(
    value: str, found: Property, bare: Series, zones: Zones
) -> tuple[datetime, int | None]:
    """An extra time; a period has a length of its own."""
    begin, slash, end = value.partition("/")
    start = said(begin, found.parameters, zones)
    local = start.within(bare.zone)
    if bare.is_all_day:
        local = _midnight(local)
    elif start.is_day:
        local = datetime.combine(local.date(), bare.starts.time())
    if not slash:
        return local, None
    if end.strip().upper().startswith(("P", "+P", "-P")):
        return local, minutes_of(duration(end), bare.is_all_day)
    return local, minutes_of(
        elapsed(start, said(end, found.parameters, zones), bare.zone), bare.is_all_day
    )


def _exceptions(component: Component, bare: Series, zones: Zones) -> frozenset[datetime]:
    out: set[datetime] = set()
    days: set[datetime] = set()
    for found, value in _values(component, "EXDATE"):
        one = said(value, found.parameters, zones)
        if bare.is_all_day:
            out.add(_midnight(one.within(bare.zone)))
        elif one.is_day or (one.local.time() == time() and not _runs_at_midnight(bare)):
            days.add(_midnight(one.local))  # midnight is how some programs write a day
        else:
            out.update(one.all_within(bare.zone))
    return frozenset(out | (_begins_on(bare, days) if days else set()))


def _runs_at_midnight(bare: Series) -> bool:
    """True if it may begin at midnight, on its own clock or on that of the world."""
    begins = [bare.starts, *(start for start, _minutes in bare.additions)]
    clocks = {begin.time() for begin in begins} | {_utc_time(begin, bare.zone) for begin in begins}
    return time() in clocks or any(_SEVERAL_A_DAY.search(rule) for rule in bare.rules)


def _utc_time(local: datetime, zone: str) -> time:
    return moment(local, zone).astimezone(UTC).time()


def _begins_on(bare: Series, days: set[datetime]) -> set[datetime]:
    """Every begin on one of these days."""
    if any(_SEVERAL_A_DAY.search(rule) for rule in bare.rules):
        return {
            turn.starts for turn in turns(bare, max(days) + DAY) if _midnight(turn.starts) in days
        }
    clock = timedelta(
        hours=bare.starts.hour, minutes=bare.starts.minute, seconds=bare.starts.second
    )
    return {day + clock for day in days} | {
        start for start, _minutes in bare.additions if _midnight(start) in days
    }


def _values(component: Component, name: str) -> list[tuple[Property, str]]:
    values = [(one, value) for one in component.every(name) for value in one.dates()]
    if len(values) > MOST_DATES:
        raise BadEvent("too_often", f"{len(values)} times {name}")
    return values
