"""Turns an event of a calendar file into what is to be entered: the series, its changed times,
and where and who.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

from django.conf import settings

from knooppunt.agenda.actions.activities import Organising
from knooppunt.agenda.importing.words import Lookup
from knooppunt.agenda.models import Change
from knooppunt.agenda.occurrence_generator import mark
from knooppunt.kit import web
from knooppunt.kit.ical.events import Change as Single
from knooppunt.kit.ical.events import Event, address_in
from knooppunt.kit.ical.wire import plain, to_json
from knooppunt.kit.text import clean, without_markup


def fingerprint(event: Event) -> str:
    """A mark of everything an event says but its UID, which some calendars make anew; the same
    event has the same mark.
    """
    said = replace(event, uid="", is_one_of_several=False)
    return hashlib.sha256(to_json(plain(said))).hexdigest()[:32]


def uid_of(event: Event, origin: str) -> str:
    """The name of an event in the world; one without a name gets one from what it is and where
    it came from.
    """
    if event.uid:
        return event.uid
    return (
        hashlib.sha256(f"{origin}|{event.summary}|{event.series.starts}".encode()).hexdigest()[:32]
        + "@knooppunt"
    )


def readable(event: Event) -> Event:
    """The event with name and place as a reader reads them: without HTML, and its references as
    the signs they mean.
    """
    summary, location = (clean(without_markup(text)) for text in (event.summary, event.location))
    return replace(event, summary=summary, location=location)


def values_of(
    event: Event, lookup: Lookup, organiser: Any = None, place: Any = None
) -> dict[str, Any]:
    """The values of the activity that an event describes."""
    event = readable(event)
    series = event.series
    first = min([series.starts, *(start for start, _minutes in series.additions)])
    description = clean(web.without_personal(without_markup(event.description), "[…]")[0])
    kind, themes, words = _categories(event, lookup)
    return {
        "name": web.without_personal(event.summary, "[…]")[0].strip() or "…",
        "descriptions": {settings.LANGUAGE_CODE[:2]: description} if description else {},
        "website": event.url,
        "kind": kind,
        "themes": themes,
        "categories": words,
        **_where(event, lookup, place),
        "organisers": _who(event, lookup, organiser),
        "starts_on": series.starts.date(),
        "starts_at": series.starts.time(),
        "minutes": series.minutes,
        "is_all_day": series.is_all_day,
        "zone": series.zone,
        "rules": list(series.rules),
        "additions": [[mark(start), minutes] for start, minutes in series.additions],
        "exceptions": sorted(mark(start) for start in series.exceptions),
        "status": event.status,
        "visibility": event.visibility,
        "since": first.date(),
    }


def _categories(event: Event, lookup: Lookup) -> tuple[Any, list[Any], list[str]]:
    kind, themes, words = None, [], []
    for word in event.categories:
        theme = lookup.theme(word)
        if kind is None and (found := lookup.kind(word)):
            kind = found
        elif theme and theme not in themes:
            themes.append(theme)
        elif not theme:
            words.append(word)
    return kind, themes, words


def _where(event: Event, lookup: Lookup, place: Any) -> dict[str, Any]:
    """The place of the register with this name; else the words and the point, with the area in
    which that lies.

    A web address among the words is where to join online.
    """
    words, address = address_in(event.location)
    online = {"online_url": web.repair(event.online or address) or ""}
    if event.online and address != event.online:
        words = event.location
    named = lookup.place(words) if words else None
    if found := place or named:
        # Words such as «zaal 2» say more than the place that was given beside the file.
        return {"places": [found], "location": "" if named == found else words, **online}
    where: dict[str, Any] = {"places": [], "location": words, **online}
    if event.point:
        where |= {"longitude": event.point[0], "latitude": event.point[1]}
        area = lookup.areas.at(event.point)
        where["areas"] = [area] if area else []
    return where


def _who(event: Event, lookup: Lookup, organiser: Any) -> list[Organising]:
    if organiser:
        return [Organising(organiser)]
    if not event.organizer:
        return []
    found = []
    for name in web.without_personal(event.organizer, "")[0].split("; "):
        if not name.strip():
            continue
        one = lookup.organisation(name)
        found.append(Organising(one, "" if one else name[:200]))
    return found


def change_row(change: Single, lookup: Lookup) -> Change:
    """A time that goes differently, not saved yet."""
    title, location, reason = (
        clean(without_markup(text)) for text in (change.summary, change.location, change.comment)
    )
    place = lookup.place(location) if location else None
    return Change(
        original=mark(change.original),
        is_cancelled=change.is_cancelled,
        starts=mark(change.starts) if change.starts else "",
        minutes=change.minutes,
        place=place,
        title=title[:200],
        location="" if place else location[:300],
        reason=reason[:200],
        sequence=change.sequence,
        from_calendar=True,
        written_at=change.modified,
    )
