"""Makes a series out of what an event says about its times: begin, length, rules, extra times and exceptions."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from knooppunt.kit.ical.lines import Component, Property
from knooppunt.kit.ical.times import (
    DAY,
    BadEvent,
    Said,
    duration,
    elapsed,
    minutes_of,
    said,
    said_by,
)
from knooppunt.kit.ical.zones import Zones
from knooppunt.kit.recurrence import BadRule, Series, TooOften, turns, understood

MOST_RULES = 50
MOST_DATES = 20_000
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
        starts=start.within(zone), minutes=(1440 if start.is_day else 0) if minutes is None else minutes,
        zone=zone, is_all_day=start.is_day,
    )  # fmt: skip
    bare = replace(
        bare, rules=_rules(component, bare), additions=_additions(component, bare, zones)
    )
    return replace(bare, exceptions=_exceptions(component, bare, zones))


def zone_of(start: Said, zones: Zones) -> str:
    """The zone on whose clock a series runs."""
    return start.zone.key if isinstance(start.zone, ZoneInfo) else zones.default


def length(component: Component, start: Said, zone: str, zones: Zones) -> int | None:
    """How many minutes one time lasts; None when it is not said. Raises BadEvent."""
    end, lasts = component.first("DTEND"), component.value("DURATION")
    if end:
        return minutes_of(elapsed(start, said_by(end, zones), zone), start.is_day)
    return minutes_of(duration(lasts), start.is_day) if lasts else None


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
        prefix + re.sub(r"\s+", "", one.value).strip(";").upper()
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
        elif one.is_day:
            days.add(one.local)
        else:
            out.update(one.all_within(bare.zone))
    return frozenset(out | (_begins_on(bare, days) if days else set()))


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
    values = [(one, value) for one in component.every(name) for value in one.items()]
    if len(values) > MOST_DATES:
        raise BadEvent("too_often", f"{len(values)} times {name}")
    return values
