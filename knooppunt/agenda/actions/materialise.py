"""Keeps the table of single times in line with the activities: the future is worked out anew,
the past stays.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Prefetch, Q
from django.utils import timezone

from knooppunt.agenda.models import Activity, Occurrence, Venue
from knooppunt.agenda.occurrence_generator import (
    COLUMNS,
    MOST,
    Planned,
    horizon,
    horizon_of,
    planned,
)
from knooppunt.core.audit import trail
from knooppunt.core.database import bulk

BATCH = 500
STEP = timedelta(days=30)


class TooMany(ValueError):
    """An activity takes place so often that its times cannot all be kept."""


def materialise(
    activity: Activity, today: date | None = None, also: frozenset[str] = frozenset()
) -> int:
    """Bring the single times of one activity in line with its rule; gives how many rows were
    touched.

    Times that have begun stay as they are, with their head count, but for those that were changed
    and those in ``also``. A new activity gets its whole past. Raises TooMany.
    """
    now, day = timezone.now(), today or timezone.localdate()
    until = horizon_of(activity, day)
    rows = {row.original: row for row in activity.occurrences.all()}
    changed = {change.original for change in activity.changes.all()} | also
    # A time of last week may still be moved or cancelled today, so look back as far as the first
    # that was changed.
    since = (
        min([day - timedelta(days=1), *(date.fromisoformat(original[:10]) for original in changed)])
        if rows
        else None
    )
    wanted = {one.original: one for one in _limited(planned(activity, until, since))}
    free = {
        original: row for original, row in rows.items() if row.starts >= now or original in changed
    }
    with transaction.atomic():
        gone = [
            row.pk for original, row in free.items() if original not in wanted and row.starts >= now
        ]
        Occurrence.objects.filter(pk__in=gone).delete()
        touched = len(gone) + _update(free, wanted)
        # What another rule would have given in the past was never there; only a new activity gets
        # its past.
        new = [
            one
            for original, one in wanted.items()
            if original not in rows and (not rows or one.starts >= now)
        ]
        _insert((activity.pk, one) for one in new)
        activity.expanded_until = horizon(day)
        Activity.objects.filter(pk=activity.pk).update(expanded_until=activity.expanded_until)
    return touched + len(new)


def _limited(rows: Iterable[Planned]) -> Iterable[Planned]:
    for number, one in enumerate(rows):
        if number >= MOST:
            raise TooMany
        yield one


def _update(kept: dict[str, Occurrence], wanted: dict[str, Planned]) -> int:
    """Write what differs; gives how many rows."""
    changed = []
    for original, row in kept.items():
        plan = wanted.get(original)
        if plan and any(getattr(row, name) != getattr(plan, name) for name in COLUMNS):
            for name in COLUMNS:
                setattr(row, name, getattr(plan, name))
            changed.append(row)
    Occurrence.objects.bulk_update(changed, COLUMNS, batch_size=200)
    return len(changed)


def _insert(rows: Iterable[tuple[int, Planned]]) -> None:
    columns = ("activity", "original", *(name.removesuffix("_id") for name in COLUMNS), "people")
    bulk.insert(
        Occurrence,
        columns,
        ((pk, one.original, *(getattr(one, name) for name in COLUMNS), None) for pk, one in rows),
    )


def materialise_new(activities: list[Activity], today: date | None = None) -> int:
    """The single times of activities that have none yet, in few statements; gives how many.

    Raises TooMany.
    """
    day = today or timezone.localdate()
    rows = [
        (one.pk, plan)
        for one in activities
        for plan in _limited(planned(one, horizon_of(one, day)))
    ]
    _insert(rows)
    Activity.objects.filter(pk__in=[one.pk for one in activities]).update(
        expanded_until=horizon(day)
    )
    return len(rows)


def materialise_ahead(today: date) -> int:
    """The daily expansion: give every running series its times up to the horizon; gives how many
    activities it touched.

    Work is done a month at a time, so that most nights touch few series; each batch is a
    transaction of its own.
    """
    until = horizon(today)
    due = Activity.objects.coming_back().filter(
        Q(expanded_until__lt=until - STEP) | Q(expanded_until__isnull=True), lapsed_on__isnull=True
    )
    numbers = list(due.exclude(until__lt=today).order_by("pk").values_list("pk", flat=True))
    venues = Prefetch("venues", Venue.objects.all())
    for start in range(0, len(numbers), BATCH):
        batch = Activity.objects.filter(pk__in=numbers[start : start + BATCH]).prefetch_related(
            venues, "changes"
        )
        _extend(list(batch), until)
    if numbers:
        trail.bump_generation()
    return len(numbers)


def _extend(activities: list[Any], until: date) -> None:
    """Add the times between what was worked out before and the horizon."""
    pairs: list[tuple[int, Planned]] = []
    for one in activities:
        since = one.expanded_until
        # Changes of days already worked out are in the table.
        changes = [
            row for row in one.changes.all() if since is None or row.original >= since.isoformat()
        ]
        pairs += [(one.pk, plan) for plan in _limited(planned(one, until, since, changes))]
    with transaction.atomic():
        _insert(pairs)
        Activity.objects.filter(pk__in=[one.pk for one in activities]).update(expanded_until=until)
