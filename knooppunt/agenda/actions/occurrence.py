"""What happens to one time of an activity: it is cancelled, moved, put back, or its people are
counted.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from knooppunt.agenda.actions.materialise import materialise
from knooppunt.agenda.models import Activity, Change, Occurrence
from knooppunt.agenda.occurrence_generator import mark
from knooppunt.core.audit import trail
from knooppunt.core.audit.trail import Actor
from knooppunt.directory.models import Place


def cancel(actor: Actor, activity: Activity, original: str, reason: str = "") -> None:
    """Say that one time does not go on; it stays visible as cancelled."""
    _change(
        actor,
        activity,
        original,
        "cancel_once",
        {"is_cancelled": True, "reason": reason},
    )


def move(
    actor: Actor,
    activity: Activity,
    original: str,
    starts: datetime,
    minutes: int | None = None,
    *,
    place: Place | None = None,
    reason: str = "",
) -> None:
    """Move one time to another clock time (local), for other minutes or to another place."""
    values = {
        "is_cancelled": False,
        "starts": mark(starts),
        "minutes": minutes,
        "place": place,
        "reason": reason,
    }
    _change(actor, activity, original, "move_once", values)


def put_back(actor: Actor, activity: Activity, original: str) -> None:
    """Let one time go on as its rule says."""
    with transaction.atomic():
        if activity.changes.filter(original=original).delete()[0]:
            _touch(activity)
            materialise(activity, also=frozenset({original}))
            trail.record(actor, "put_back_once", activity, original=original)


def count(actor: Actor, occurrence: Occurrence, people: int) -> None:
    """Write down how many people came; a number, no names."""
    with transaction.atomic():
        before, occurrence.people = occurrence.people, people
        occurrence.save(update_fields=["people"])
        trail.record(
            actor,
            "count_people",
            occurrence.activity,
            {"people": (before, people)},
            original=occurrence.original,
        )


def _change(
    actor: Actor, activity: Activity, original: str, verb: str, values: dict[str, object]
) -> None:
    with transaction.atomic():
        row, _new = Change.objects.get_or_create(
            activity=activity,
            original=original,
            defaults={**values, "sequence": activity.sequence + 1},
        )
        for name, value in values.items():
            setattr(row, name, value)
        row.sequence = activity.sequence + 1
        row.save()
        _touch(activity)
        materialise(activity)
        trail.record(
            actor,
            verb,
            activity,
            original=original,
            reason=str(values.get("reason", "")),
            starts=row.starts,
        )


def _touch(activity: Activity) -> None:
    """Tell calendars that the series is another one now."""
    activity.sequence, activity.modified_at = activity.sequence + 1, timezone.now()
    activity.save(update_fields=["sequence", "modified_at", "changed_at"])
