"""Works out every single time of an activity from its rule, its holidays and what was changed
about some of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from knooppunt.agenda.holidays import is_skipped
from knooppunt.agenda.models import Activity, Change, Occurrence
from knooppunt.kit.recurrence import Turn, turns

AHEAD = timedelta(days=400)
MOST = 20_000
COLUMNS = (
    "starts",
    "ends",
    "day",
    "last_day",
    "status",
    "is_moved",
    "is_shown",
    "place_id",
    "reason",
    "title",
    "location",
)


@dataclass(frozen=True)
class Planned:
    """One time as it should be in the table; the fields are those of Occurrence."""

    original: str
    starts: datetime
    ends: datetime
    day: date
    last_day: date
    status: str
    is_moved: bool
    is_shown: bool
    place_id: int | None
    reason: str
    title: str
    location: str


def mark(local: datetime) -> str:
    """The clock time of a turn as text, by which a single time is recognised."""
    return local.isoformat(timespec="seconds" if local.second else "minutes")


def horizon(today: date) -> date:
    """The day until which single times are worked out ahead."""
    return today + AHEAD


def horizon_of(activity: Activity, today: date) -> date:
    """The day until which an activity is worked out: days that were named one by one are kept
    however far they are.
    """
    if activity.rules:
        return horizon(today)
    named = [
        activity.starts_on,
        *(date.fromisoformat(start[:10]) for start, _minutes in activity.additions),
    ]
    return max(horizon(today), max(named) + timedelta(days=1))


def planned_turns(activity: Activity, until: date, since: date | None = None) -> Iterator[Turn]:
    """The turns of an activity before ``until``: on its own days, and without holidays that it
    skips.
    """
    if activity.is_unclear:
        return
    end = min(until, activity.last_day + timedelta(days=1)) if activity.last_day else until
    first = max((day for day in (since, activity.since) if day), default=None)
    begin = datetime.combine(first, time(0)) if first else None
    school, public = activity.skips_school_holidays, activity.skips_public_holidays
    for turn in turns(activity.series, datetime.combine(end, time(0)), begin):
        if not is_skipped(turn.starts.date(), school, public):
            yield turn


def planned(
    activity: Activity, until: date, since: date | None = None, changes: Any = None
) -> Iterator[Planned]:
    """Every single time before ``until``, changes applied.

    ``since`` leaves out turns that the rule gives before it. A moved time whose turn lies before
    ``since`` but that comes after it is not left out.
    """
    rows: list[Change] = list(activity.changes.all()) if changes is None else changes
    changed = {change.original: change for change in rows}
    is_shown = shown(activity)
    for turn in planned_turns(activity, until, since):
        change = changed.pop(mark(turn.starts), None)
        yield _one(activity, turn, change, is_shown)
    for original, change in changed.items():
        # A calendar may change a time that its rule does not name: then it is one more.
        if change.starts and (since is None or change.starts >= since.isoformat()):
            turn = Turn(datetime.fromisoformat(original), change.minutes or activity.minutes)
            yield _one(activity, turn, change, is_shown)


def shown(activity: Activity) -> bool:
    """True if strangers see its single times: open to all, and not refused by the only place it
    has.
    """
    if not activity.is_open_to_all:
        return False
    venues = list(activity.venues.all())
    return not venues or any(venue.objected_on is None for venue in venues)


def _one(activity: Activity, turn: Turn, change: Change | None, is_shown: bool) -> Planned:
    local, minutes, status = turn.starts, turn.minutes, activity.status
    if change and change.starts:
        local = datetime.fromisoformat(change.starts)
        # A whole day that moves to an hour of the day is no longer a whole day.
        lasts = 0 if activity.is_all_day and local.time() != time(0) else turn.minutes
        minutes = lasts if change.minutes is None else change.minutes
    if change and change.is_cancelled:
        status = Occurrence.Status.CANCELLED
    starts = activity.moment(local)
    ends = _end(activity, local, starts, minutes)
    here = ZoneInfo(settings.TIME_ZONE)
    day = local.date() if activity.is_all_day else starts.astimezone(here).date()
    last_day = day + timedelta(days=max(minutes - 1, 0) // 1440) if minutes >= 1440 else day
    is_moved = bool(change and change.starts and change.starts != mark(turn.starts))
    return Planned(
        mark(turn.starts),
        starts,
        ends,
        day,
        last_day,
        status,
        is_moved,
        is_shown,
        change.place_id if change else None,
        change.reason if change else "",
        change.title if change else "",
        change.location if change else "",
    )


def _end(activity: Activity, local: datetime, starts: datetime, minutes: int) -> datetime:
    """The end on the clock: «van 1 tot 5» ends at five, also in the night when the clock
    changes.
    """
    return max(activity.moment(local + timedelta(minutes=minutes)), starts)


def next_days(activity: Activity, today: date, number: int = 6) -> list[Turn]:
    """The next turns of an activity that need not be saved yet; for the form that shows what
    was understood.
    """
    found = []
    for turn in planned_turns(
        activity, today + timedelta(days=366 * 6), min(today, activity.starts_on)
    ):
        if turn.starts.date() >= today:
            found.append(turn)
        if len(found) == number:
            break
    return found
