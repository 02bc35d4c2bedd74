"""What an organisation that ends leaves in the agenda: activities it organises, and calendars
that are read for it.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knooppunt.agenda import describe
from knooppunt.agenda.actions import feeds, handover
from knooppunt.agenda.models import Activity, Feed, Occurrence, Organiser
from knooppunt.core.registry.closings import (
    DO_NOT_KNOW,
    ClosingChoice,
    ClosingDecision,
    ClosingGroup,
    goes_on_after,
)

MOVE = ClosingChoice("move", _("Een andere organisatie doet het"), takes_successor=True)


def _organised(organisations: Any, day: date) -> Any:
    """Who organises what still takes place after a day, and from today on."""
    first = max(day + timedelta(days=1), timezone.localdate())
    coming = Occurrence.objects.filter(activity=OuterRef("activity"), day__gte=first)
    rows = Organiser.objects.filter(
        goes_on_after(day),
        goes_on_after(day, "activity__"),
        Exists(coming) | Q(activity__is_unclear=True),
        organisation__in=organisations,
        activity__state__in=("public", "draft"),
        activity__lapsed_on__isnull=True,
    ).exclude(activity__status=Activity.Status.CANCELLED)
    return rows.select_related("activity", "organisation").order_by("activity__name_key", "pk")


def _choices(organiser: Organiser, _user: Any) -> list[ClosingChoice]:
    activity = organiser.activity
    others = activity.organisers.visible_on(timezone.localdate())
    ends = (
        ClosingChoice("end", _("Stopt op dezelfde dag"))
        if activity.comes_back
        else ClosingChoice("cancel", _("Gaat niet door"))
    )
    goes_on = (
        [ClosingChoice("others", _("De andere organisatoren gaan ermee door"))]
        if others.exclude(organisation=organiser.organisation).exists()
        else []
    )
    return [MOVE, *goes_on, ends, DO_NOT_KNOW]


def _settle(organiser: Organiser, decision: ClosingDecision) -> None:
    handover.settle(
        decision.actor, organiser, decision.choice, decision.last_day, decision.successor
    )


def _watch(organiser: Organiser) -> list[Any]:
    number = organiser.activity_id
    return [Activity.objects.filter(pk=number), Organiser.objects.filter(activity=number)]


def _feeds(organisations: Any, _day: date) -> Any:
    rows = Feed.objects.filter(state=Feed.State.ACTIVE, organisation__in=organisations)
    return rows.select_related("organisation")


def _choices_for_feed(_feed: Feed, _user: Any) -> list[ClosingChoice]:
    return [
        ClosingChoice("move", _("Hoort bij een andere organisatie"), takes_successor=True),
        ClosingChoice("stop", _("We lezen hem niet meer")),
        DO_NOT_KNOW,
    ]


def _settle_feed(feed: Feed, decision: ClosingDecision) -> None:
    if decision.choice == "stop":
        feeds.stop(decision.actor, feed)
    else:
        feeds.hand_over(decision.actor, feed, decision.successor)


CLOSING_GROUPS = (
    ClosingGroup(
        key="activities",
        title=_("Activiteiten"),
        organisation="organisation",
        rows=_organised,
        describe=lambda row: f"{row.activity.name}, {describe.when(row.activity)}",
        choices=_choices,
        settle=_settle,
        watched=_watch,
    ),
    ClosingGroup(
        key="feeds",
        title=_("Kalenders die we lezen"),
        organisation="organisation",
        rows=_feeds,
        choices=_choices_for_feed,
        settle=_settle_feed,
        watched=lambda feed: [
            Feed.objects.filter(pk=feed.pk),
            Activity.objects.filter(feed=feed),
        ],
    ),
)
