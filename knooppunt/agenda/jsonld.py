"""Activities as schema.org events, so that search engines and other sites understand them."""

from __future__ import annotations

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from knooppunt.agenda.lists import Row
from knooppunt.agenda.models import Activity

_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}

SCHEMA = "https://schema.org/"


def event(activity: Activity, row: Row, base: str) -> dict[str, Any]:
    """One single time as a schema.org Event; ``base`` is the address of the site."""
    state = (
        "EventCancelled"
        if row.occurrence.is_cancelled
        else "EventRescheduled"
        if row.occurrence.is_moved
        else "EventScheduled"
    )
    found: dict[str, Any] = {
        "@context": SCHEMA.rstrip("/"),
        "@type": "Event",
        "name": row.name,
        "startDate": row.occurrence.day.isoformat() if row.is_all_day else row.starts.isoformat(),
        "endDate": row.occurrence.last_day.isoformat() if row.is_all_day else row.ends.isoformat(),
        "eventStatus": SCHEMA + state,
        "eventAttendanceMode": SCHEMA + _attendance(activity, row) + "EventAttendanceMode",
        "url": base.rstrip("/") + activity.get_absolute_url(),
    }
    if activity.description:
        found["description"] = activity.description
    if activity.is_free is not None:
        found["isAccessibleForFree"] = activity.is_free
    if location := _location(activity, row):
        found["location"] = location
    return found


def _attendance(activity: Activity, row: Row) -> str:
    is_somewhere = bool(row.places or activity.location)
    if activity.online_url:
        return "Mixed" if is_somewhere else "Online"
    return "Offline"


def _location(activity: Activity, row: Row) -> Any:
    """Where it is: a place, an address to join online, or both in a list."""
    spots: list[dict[str, Any]] = []
    if row.places:
        place = row.places[0]
        spots.append({"@type": "Place", "name": place.name, "address": place.street or place.name})
    elif activity.location:
        words = activity.location
        spots.append({"@type": "Place", "name": words, "address": words})
    if activity.online_url:
        spots.append({"@type": "VirtualLocation", "url": activity.online_url})
    return spots if len(spots) > 1 else spots[0] if spots else None


def event_json(activity: Activity, rows: list[Row], base: str) -> SafeString:
    """The coming single times as JSON for a data block in a page; nothing in it can close the
    block.
    """
    events = [event(activity, row, base) for row in rows]
    return mark_safe(json.dumps(events, ensure_ascii=False).translate(_ESCAPES))  # noqa: S308 - escaped just here
