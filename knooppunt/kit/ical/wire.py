"""Writes an event as JSON and reads it back, so that one process can hand it to another without
trusting it.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from knooppunt.kit.ical.events import Change, Event
from knooppunt.kit.recurrence import Series

# A line of JSON between our own two processes; ``event_of`` refuses what is none of ours.
Message = dict[str, Any]
_CHANGES = ("changes", "ranges", "singles")


def to_json(answer: Message) -> bytes:
    """One line of JSON."""
    return json.dumps(answer, default=_plain, separators=(",", ":")).encode() + b"\n"


def plain(event: Event) -> Message:
    """An event as what JSON can hold; ``to_json`` does the rest."""
    return {
        **vars(event),
        "series": vars(event.series),
        **{name: [vars(change) for change in getattr(event, name)] for name in _CHANGES},
    }


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(type(value).__name__)


def event_of(said: Message) -> Event:
    """The event that ``to_json`` wrote."""
    point = said["point"]
    return Event(
        **{
            **said,
            "series": _series(said["series"]),
            **{name: tuple(change_of(change) for change in said[name]) for name in _CHANGES},
            "categories": tuple(said["categories"]),
            "point": (point[0], point[1]) if point else None,
            "created": _time(said["created"]),
            "modified": _time(said["modified"]),
        }
    )


def _series(said: Message) -> Series:
    return Series(
        **{
            **said,
            "starts": datetime.fromisoformat(said["starts"]),
            "rules": tuple(said["rules"]),
            "additions": tuple(
                (datetime.fromisoformat(begin), minutes) for begin, minutes in said["additions"]
            ),
            "exceptions": frozenset(datetime.fromisoformat(begin) for begin in said["exceptions"]),
        }
    )


def change_of(said: Message) -> Change:
    """The changed time that ``to_json`` wrote."""
    return Change(
        **{
            **said,
            "original": datetime.fromisoformat(said["original"]),
            "starts": _time(said["starts"]),
            "modified": _time(said["modified"]),
        }
    )


def _time(said: str | None) -> datetime | None:
    return datetime.fromisoformat(said) if said else None
