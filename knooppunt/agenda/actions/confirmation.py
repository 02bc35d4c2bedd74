"""Keeps the agenda honest: series are confirmed or lapse, and a place may say that it does not
host something.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from knooppunt.agenda.actions.activities import change
from knooppunt.agenda.actions.materialise import materialise
from knooppunt.agenda.models import Activity, Occurrence, Venue
from knooppunt.agenda.models.activities import LAPSE_AFTER
from knooppunt.agenda.occurrence_generator import shown
from knooppunt.agenda.queries.activities import ActivityQuerySet
from knooppunt.core.audit import trail
from knooppunt.core.audit.trail import SYSTEM, Actor
from knooppunt.core.background.rounds import RoundResult, for_each
from knooppunt.core.web.signed_links import make_token, read_token
from knooppunt.directory.models import Organisation
from knooppunt.kit.text import clean

SALT = "agenda.confirm"


def confirm(actor: Actor, activity: Activity, via: str, on: date | None = None) -> None:
    """Write down that a series still goes on; one that had lapsed is shown again."""
    values = {"confirmed_on": on or timezone.localdate(), "confirmed_via": via, "lapsed_on": None}
    if activity.lapsed_on:
        change(actor, activity, values, "confirm")
        return
    with transaction.atomic():
        before = activity.confirmed_on
        Activity.objects.filter(pk=activity.pk).update(**values)
        activity.confirmed_on, activity.confirmed_via = values["confirmed_on"], via  # type: ignore[assignment]
        trail.record(
            actor, "confirm", activity, {"confirmed_on": (before, values["confirmed_on"])}, via=via
        )


def end(actor: Actor, activity: Activity, last_day: date) -> None:
    """Say that a series has stopped, with its last day."""
    change(actor, activity, {"until": last_day}, "end")


def lapse(today: date) -> RoundResult:
    """End the series of which nobody said for long that they go on; they stop appearing.

    Three months after a series became due, and only when it has stood in the agenda that long too.
    """
    silent = today - timedelta(days=settings.FRESH_DAYS) - LAPSE_AFTER
    rows = (
        Activity.objects.open_to_all()
        .kept_here()
        .unconfirmed_since(silent)
        .filter(listed_on__lte=today - LAPSE_AFTER)
    )

    def lapse_activity(activity: Activity) -> None:
        change(SYSTEM, activity, {"lapsed_on": today}, "lapse")

    return for_each(gettext_noop("Een reeks laten aflopen"), list(rows), lapse_activity, due=rows)


def make_link(organisation: Organisation) -> str:
    """A signed token that opens the series of one organisation for confirming and ending, for
    45 days.
    """
    return make_token(organisation.pk, SALT)


def open_link(token: str) -> Organisation | None:
    """The organisation whose series a token opens; None for a forged or expired one."""
    return Organisation.objects.public().filter(pk=read_token(token, SALT)).first()


def series_of(organisation: Organisation, today: date) -> ActivityQuerySet:
    """The series that an organisation keeps up: shown or lapsed, not ended, and not read from a
    calendar elsewhere.
    """
    own = (
        Activity.objects.open_to_all().kept_here().coming_back().of_organisations([organisation.pk])
    )
    return own.exclude(until__lt=today).order_by("name_key")


def object_to(actor: Actor, venue: Venue, reason: str) -> None:
    """A place says that an activity is not welcome there; it is no longer shown at that place."""
    _set_objection(actor, venue, timezone.localdate(), reason, "object")


def welcome(actor: Actor, venue: Venue) -> None:
    """A place takes its objection back."""
    _set_objection(actor, venue, None, "", "welcome")


def _set_objection(actor: Actor, venue: Venue, day: date | None, reason: str, verb: str) -> None:
    with transaction.atomic():
        venue.objected_on, venue.objection = day, clean(reason)[:300]
        venue.save(update_fields=["objected_on", "objection"])
        activity = Activity.objects.get(pk=venue.activity_id)
        materialise(activity)
        Occurrence.objects.filter(activity=activity).update(is_shown=shown(activity))
        trail.record(actor, verb, activity, place=venue.place.name, reason=venue.objection)
