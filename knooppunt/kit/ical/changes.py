"""Reads what an event says about single times of it: moved, cancelled, or told in other words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from knooppunt.kit.ical.cancellation import is_cancelled
from knooppunt.kit.ical.events import (
    Change,
    Event,
    changed,
    described,
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
    """The changed times by their original begin, of each the newest. Raises BadEvent.

    Those that change all later times too are marked ``is_range``.
    """
    newest: dict[tuple[datetime, bool], Component] = {}
    for part in sorted(others, key=lambda part: rank(part, zones)):
        name = named_turn(part.every("RECURRENCE-ID")[0], event.series, zones)
        newest[name, _is_range(part)] = part
    if len(newest) > MOST_DATES:
        raise BadEvent("too_often", f"{len(newest)} changed times")
    # A change older than the event counts only while the series still gives the time that it
    # changes.
    outdated = {key[0] for key, part in newest.items() if sequence(part) < event.sequence}
    gone = outdated - _given(event.series, outdated) if outdated else set()
    return tuple(
        replace(_change(original, newest[original, is_range], event, zones), is_range=is_range)
        for original, is_range in sorted(newest)
        if original not in gone
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
    """Changed times of a series that the file does not give: a series of just these, and the times
    themselves.

    Raises BadEvent.
    """
    newest: dict[tuple[datetime, str, bool], Component] = {}
    for part in sorted(others, key=lambda part: rank(part, zones)):
        one = said_by(part.every("RECURRENCE-ID")[0], zones)
        newest[one.local, zone_of(one, zones), one.is_day] = part
    if len(newest) > MOST_DATES:
        raise BadEvent("too_often", f"{len(newest)} changed times")
    going = [part for part in newest.values() if not is_cancelled(part)]
    parts = going or [next(iter(newest.values()))]
    first, *rest = sorted(
        (_single(part, zones) for part in parts),
        key=lambda one: moment(one.series.starts, one.series.zone),
    )
    begins = [_on_clock(one.series, first.series.zone) for one in rest]
    additions = tuple((begin, one.series.minutes) for begin, one in zip(begins, rest, strict=True))
    own_texts = [
        changed(begin, begin, None, one, first) for begin, one in zip(begins, rest, strict=True)
    ]
    told = tuple(one for one in own_texts if one.summary or one.location or one.description)
    singles = tuple(_orphan(part, first.series.zone, zones) for part in newest.values())
    series = replace(first.series, additions=additions)
    return replace(first, series=series, changes=told, singles=singles, is_cancel_message=False)


def _orphan(part: Component, zone: str, zones: Zones) -> Change:
    """A changed time by itself: which time it was and what became of it, on the clock of a
    zone, with all its texts.
    """
    name = part.every("RECURRENCE-ID")[0]
    which, own = said_by(name, zones), _single(part, zones)
    is_range = _is_range(part)
    starts = None if is_cancelled(part) else _on_clock(own.series, zone)
    return Change(
        original=which.local if which.is_day else which.within(zone),
        starts=starts,
        minutes=own.series.minutes if has_length(part) or own.series.is_all_day else None,
        is_cancelled=starts is None,
        summary=own.summary,
        location=own.location,
        description=own.description,
        comment=own.comment,
        sequence=own.sequence,
        modified=own.modified,
        names_a_day=which.is_day,
        is_range=is_range,
    )


def has_length(part: Component) -> bool:
    """True when it says itself how long it lasts."""
    return bool(part.first("DTEND") or part.value("DURATION"))


def _is_range(part: Component) -> bool:
    return bool(part.every("RECURRENCE-ID")[0].parameters.get("RANGE"))


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
