"""Reads what an event says about single times of it: moved, cancelled, or told in other words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from knooppunt.kit.ical.events import (
    Change,
    Event,
    changed,
    described,
    is_cancelled,
    modified,
    sequence,
)
from knooppunt.kit.ical.lines import Component
from knooppunt.kit.ical.planning import MOST_DATES, length, named_turn, series_of, zone_of
from knooppunt.kit.ical.times import BadEvent, Said, said_by
from knooppunt.kit.ical.zones import Zones
from knooppunt.kit.recurrence import Series, moment, turns

_NEVER = datetime.min.replace(tzinfo=UTC)
_OF_A_SERIES = ("RRULE", "EXRULE", "RDATE", "EXDATE")


def rank(part: Component, zones: Zones) -> tuple[int, datetime]:
    """How new a version of an event is; the highest counts."""
    return sequence(part), modified(part, zones) or _NEVER


def changes_of(event: Event, others: Sequence[Component], zones: Zones) -> tuple[Change, ...]:
    """The changed times by their original begin, of each the newest. Raises BadEvent."""
    newest: dict[datetime, Component] = {}
    for part in sorted(others, key=lambda part: rank(part, zones)):
        newest[named_turn(part.every("RECURRENCE-ID")[0], event.series, zones)] = part
    if len(newest) > MOST_DATES:
        raise BadEvent("too_often", f"{len(newest)} changed times")
    # A change older than the event counts only while the series still gives the time that it changes.
    outdated = {original for original, part in newest.items() if sequence(part) < event.sequence}
    gone = outdated - _given(event.series, outdated) if outdated else set()
    return tuple(
        _change(original, newest[original], event, zones)
        for original in sorted(newest.keys() - gone)
    )


def _given(series: Series, begins: set[datetime]) -> set[datetime]:
    """Those of the begins that the series gives."""
    return {
        turn.starts
        for turn in turns(series, max(begins) + timedelta(seconds=1))
        if turn.starts in begins
    }


def _change(original: datetime, part: Component, event: Event, zones: Zones) -> Change:
    own = described(part, event.series, zones)
    if is_cancelled(part):
        return changed(original, None, None, own, event)
    found, zone = part.first("DTSTART"), event.series.zone
    start = said_by(found, zones) if found else Said(original, event.series.is_all_day, None)
    minutes = length(part, start, zone, zones)
    if minutes is None and start.is_day and not event.series.is_all_day:
        minutes = 1440
    return changed(original, start.within(zone), minutes, own, event)


def orphans(others: Sequence[Component], zones: Zones) -> Event:
    """Changed times of a series that the file does not give: a series of just these times. Raises BadEvent."""
    newest: dict[tuple[datetime, str], Component] = {}
    for part in sorted(others, key=lambda part: rank(part, zones)):
        one = said_by(part.every("RECURRENCE-ID")[0], zones)
        newest[one.local, zone_of(one, zones)] = part
    going = [part for part in newest.values() if not is_cancelled(part)]
    if not going:
        return _single(next(iter(newest.values())), zones)
    if len(going) > MOST_DATES:
        raise BadEvent("too_often", f"{len(going)} changed times")
    first, *rest = sorted(
        (_single(part, zones) for part in going),
        key=lambda one: moment(one.series.starts, one.series.zone),
    )
    begins = [_on_clock(one.series, first.series.zone) for one in rest]
    additions = tuple((begin, one.series.minutes) for begin, one in zip(begins, rest, strict=True))
    own_texts = [
        changed(begin, begin, None, one, first) for begin, one in zip(begins, rest, strict=True)
    ]
    told = tuple(one for one in own_texts if one.summary or one.location or one.description)
    return replace(first, series=replace(first.series, additions=additions), changes=told)


def _single(part: Component, zones: Zones) -> Event:
    """One changed time as an event of its own, without the rule that some programs repeat in it."""
    properties = {
        name: lines for name, lines in part.properties.items() if name not in _OF_A_SERIES
    }
    alone = Component({"DTSTART": properties["RECURRENCE-ID"], **properties}, part.is_whole)
    return described(alone, series_of(alone, zones), zones)


def _on_clock(series: Series, zone: str) -> datetime:
    """The begin of a series on the clock of another zone."""
    if series.zone == zone:
        return series.starts
    return moment(series.starts, series.zone).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
