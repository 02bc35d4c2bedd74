"""The rows of the worklist of the agenda as tasks: proposals, objections, calendars that fail."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knooppunt.agenda.models import Activity, Feed, Venue
from knooppunt.directory.today import Task, TaskAction, TaskKind

PROPOSAL = TaskKind(gettext_lazy("Voorstel"), "calendar", "activity")
ORPHAN = TaskKind(gettext_lazy("Activiteit"), "people", "activity")
OBJECTION = TaskKind(gettext_lazy("Kan niet op deze plek"), "warn", "late")
FEED = TaskKind(gettext_lazy("Kalender"), "feed", "activity")


def _change(activity: Activity) -> str:
    return reverse("agenda:change", args=[activity.slug])


def of_proposal(activity: Activity) -> Task:
    """A visitor sent something for the agenda; the day it begins is the last day to decide."""
    show = reverse("agenda:show", args=[activity.slug])
    begins, today = activity.starts_on, timezone.localdate()
    when = activity.said or date_format(begins, "l j F")
    reply = (
        _("Te bereiken: %(address)s") % {"address": activity.reply_address}
        if activity.reply_address
        else ""
    )
    return Task(
        kind=PROPOSAL,
        label=activity.name,
        url=activity.get_absolute_url(),
        why=" · ".join(part for part in (when, activity.location, reply) if part),
        action=TaskAction(_("Zet in de agenda"), show, {"state": "public"}),
        waiting_since=timezone.localdate(activity.modified_at),
        deadline=begins if begins >= today else None,
        people_waiting=1,
        more=(
            TaskAction(_("Wijzigen"), _change(activity)),
            TaskAction(_("Niet overnemen"), show, {"state": "archived"}),
        ),
    )


def of_orphan(activity: Activity) -> Task:
    """The organisation that did this ended."""
    return Task(
        kind=ORPHAN,
        label=activity.name,
        url=activity.get_absolute_url(),
        why=_("De organisatie die dit deed is gestopt. Wie doet het nu, of stopt het ook?"),
        action=TaskAction(_("Zeg wie het doet"), _change(activity)),
        people_waiting=1,
        more=(TaskAction(_("Het is gestopt"), reverse("agenda:end", args=[activity.slug])),),
    )


def of_objection(venue: Venue) -> Task:
    """Who keeps a place said that something cannot be there."""
    return Task(
        kind=OBJECTION,
        label=venue.activity.name,
        url=venue.activity.get_absolute_url(),
        why=f"{venue.place.name}: {venue.objection}",
        action=TaskAction(_("Kies een andere plek"), _change(venue.activity)),
        waiting_since=venue.objected_on,
        people_waiting=1,
    )


def of_feed(feed: Feed) -> Task:
    """A calendar elsewhere that could not be read."""
    return Task(
        kind=FEED,
        label=str(feed),
        url=reverse("agenda:feeds"),
        why=feed.problem,
        action=TaskAction(_("Bekijk het adres"), reverse("agenda:feeds")),
    )
