"""Hands an activity to another organiser, or ends it, when an organisation that organises it
stops.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from knooppunt.agenda.actions.activities import change, hanging, words_of
from knooppunt.agenda.actions.materialise import materialise
from knooppunt.agenda.models import Activity, Occurrence, Organiser
from knooppunt.agenda.occurrence_generator import shown
from knooppunt.core.audit import trail
from knooppunt.core.audit.trail import Actor
from knooppunt.directory.models import Organisation


def settle(
    actor: Actor, organiser: Organiser, choice: str, last_day: date, successor: Organisation | None
) -> None:
    """Do what was decided about an activity of an organisation that ends.

    ``move`` lets ``successor`` organise it from the next day, ``others`` leaves it to the other
    organisers, ``end`` makes ``last_day`` its last day (a series that was to begin later is taken
    out), ``cancel`` says that it does not take place.
    """
    activity = Activity.objects.get(pk=organiser.activity_id)
    with transaction.atomic():
        if choice == "cancel":
            change(actor, activity, {"status": Activity.Status.CANCELLED}, "cancel")
        elif choice == "end" and activity.since and activity.since > last_day:
            change(actor, activity, {"state": Activity.State.ARCHIVED}, "take_out")
        elif choice == "end":
            change(actor, activity, {"until": last_day}, "end")
        else:
            hand_over(actor, organiser, last_day, successor)


def hand_over(
    actor: Actor, organiser: Organiser, last_day: date, successor: Organisation | None
) -> None:
    """End who organises an activity on a day, and let ``successor`` do it from the next, when there
    is one.

    Whether the successor works with volunteers or for pay is not known by that, so it is asked
    anew.
    """
    activity = Activity.objects.get(pk=organiser.activity_id)
    since = last_day + timedelta(days=1)
    with transaction.atomic():
        began_later = organiser.since is not None and organiser.since > last_day
        organiser.until = organiser.since if began_later else last_day
        organiser.save(update_fields=["until"])
        others = activity.organisers.filter(organisation=successor, until__isnull=True)
        if successor is not None and not others.exists():
            Organiser.objects.create(activity=activity, organisation=successor, since=since)
        names = [successor.name] if successor else []
        trail.record(
            actor, "hand_over", activity, {"organisers": ([str(organiser.organisation)], names)}
        )
        follow(activity)


def follow(activity: Activity) -> None:
    """Bring words and single times of an activity in line with what is known of it now."""
    activity = Activity.objects.get(pk=activity.pk)
    activity.search_text = words_of(activity, hanging(activity))
    activity.sequence, activity.modified_at = activity.sequence + 1, timezone.now()
    activity.save(update_fields=["search_text", "sequence", "modified_at"])
    materialise(activity)
    is_shown = shown(activity)
    Occurrence.objects.filter(activity=activity).exclude(is_shown=is_shown).update(
        is_shown=is_shown
    )
