"""Reads the events of a calendar file: what it is, when it takes place, and which single times
were changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from knooppunt.kit.ical.cancellation import is_cancel_message
from knooppunt.kit.ical.changes import changes_of, orphans, rank
from knooppunt.kit.ical.events import Change, Event, Refused, described, sequence
from knooppunt.kit.ical.lines import Component
from knooppunt.kit.ical.planning import series_of
from knooppunt.kit.ical.splitting import Group, split
from knooppunt.kit.ical.times import BadEvent
from knooppunt.kit.ical.zones import Zones, default_zone
from knooppunt.kit.recurrence import BadRule, Series

__all__ = ["BadEvent", "Change", "Event", "Refused", "events_of", "read_event", "read_group"]
# When something takes place that is only said to be cancelled; never kept.
_UNKNOWN = Series(datetime(1970, 1, 1))
_UNFORESEEN = (ValueError, TypeError, LookupError, ArithmeticError, AttributeError, RecursionError)


def events_of(data: bytes) -> Iterator[Event | Refused]:
    """Every event of a file that is trusted; read a stranger's with ``guarded``.

    Raises UnreadableCalendar.
    """
    parts = split(data)
    zone = default_zone(parts.properties)
    for group in parts.groups:
        yield read_group(group, parts.zones, zone)


def read_group(group: Group, zones: Mapping[str, str], zone: str) -> Event | Refused:
    """The event with one name, or why it was refused."""
    try:
        return replace(
            read_event(group.texts, zones, zone),
            uid=group.uid,
            is_one_of_several=group.is_one_of_several,
        )
    except BadEvent as problem:
        return Refused(group.uid, problem.code, problem.detail[:200])
    except _UNFORESEEN as problem:
        return Refused(group.uid, "unreadable", type(problem).__name__)


def read_event(texts: Sequence[str], zones: Mapping[str, str], default_zone: str) -> Event:
    """The event in the VEVENT texts with one name. Raises BadEvent."""
    known = Zones(zones, default_zone)
    parts = [Component.of(text) for text in texts]
    for part in parts:
        _check(part)
    own = [part for part in parts if not part.first("RECURRENCE-ID")]
    others = [part for part in parts if part.first("RECURRENCE-ID")]
    try:
        if not own:
            return orphans(others, known)
        # Of several the newest counts, and of equally new ones the last in the file.
        newest_last = sorted(own, key=lambda part: rank(part, known))
        event = _master(newest_last, known)
        changes = changes_of(event, others, known)
        ranges = tuple(change for change in changes if change.is_range)
        return replace(
            event, ranges=ranges, changes=tuple(one for one in changes if not one.is_range)
        )
    except BadRule as problem:  # some rules show only on the way that they contradict themselves
        raise BadEvent("bad_rule", str(problem)) from None


def _master(newest_last: Sequence[Component], zones: Zones) -> Event:
    """The event itself.

    A cancelling message may tell nothing else, so the version before it says the rest.
    """
    newest = newest_last[-1]
    if not is_cancel_message(newest):
        return described(newest, series_of(newest, zones), zones)
    whole = next((part for part in reversed(newest_last) if not is_cancel_message(part)), None)
    if whole:
        event = described(whole, series_of(whole, zones), zones)
        return replace(event, status="cancelled", sequence=sequence(newest))
    if newest.first("DTSTART"):
        return described(newest, series_of(newest, zones), zones)
    return described(newest, _UNKNOWN, zones)


def _check(part: Component) -> None:
    if not part.is_whole:
        raise BadEvent("unreadable", "the file stops halfway this event")
    changes = part.every("RECURRENCE-ID")
    if len({change.value.strip() for change in changes}) > 1:
        raise BadEvent("unreadable", "more than one RECURRENCE-ID")
    if changes and changes[0].parameters.get("RANGE", "THISANDFUTURE").upper() != "THISANDFUTURE":
        raise BadEvent("unreadable", "changes all earlier times at once (RANGE)")
