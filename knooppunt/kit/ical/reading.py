"""Reads the events of a calendar file: what it is, when it takes place, and which single times were changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from knooppunt.kit.ical.changes import changes_of, orphans, rank
from knooppunt.kit.ical.events import Change, Event, Refused, described
from knooppunt.kit.ical.lines import Component
from knooppunt.kit.ical.planning import series_of
from knooppunt.kit.ical.splitting import Group, split
from knooppunt.kit.ical.times import BadEvent
from knooppunt.kit.ical.zones import Zones, default_zone
from knooppunt.kit.recurrence import BadRule

__all__ = ["BadEvent", "Change", "Event", "Refused", "events_of", "read_event", "read_group"]
_UNFORESEEN = (ValueError, TypeError, LookupError, ArithmeticError, AttributeError, RecursionError)


def events_of(data: bytes) -> Iterator[Event | Refused]:
    """Every event of a file that is trusted; read a stranger's with ``guarded``. Raises UnreadableCalendar."""
    parts = split(data)
    zone = default_zone(parts.properties)
    for group in parts.groups:
        yield read_group(group, parts.zones, zone)


def read_group(group: Group, zones: Mapping[str, str], zone: str) -> Event | Refused:
    """The event with one name, or why it was refused."""
    try:
        return replace(read_event(group.texts, zones, zone), uid=group.uid)
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
        master = max(reversed(own), key=lambda part: rank(part, known))
        event = described(master, series_of(master, known), known)
        return replace(event, changes=changes_of(event, others, known))
    except BadRule as problem:  # some rules show only on the way that they contradict themselves
        raise BadEvent("bad_rule", str(problem)) from None


def _check(part: Component) -> None:
    if not part.is_whole:
        raise BadEvent("unreadable", "the file stops halfway this event")
    changes = part.every("RECURRENCE-ID")
    if len(changes) > 1:
        raise BadEvent("unreadable", "more than one RECURRENCE-ID")
    if changes and changes[0].parameters.get("RANGE"):
        raise BadEvent("unreadable", "changes all later times at once (RANGE)")
