"""Who may do what in the agenda: organisers change theirs, places may object, weavers keep
their wijk.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from knooppunt.agenda.models import Activity, Organiser, Venue
from knooppunt.agenda.queries.activities import ActivityQuerySet
from knooppunt.core.database.valid_time import valid_on
from knooppunt.core.models import ImportRun, ImportSource
from knooppunt.directory import rules
from knooppunt.directory.models import Organisation, Place


def changeable_activities(user: Any) -> ActivityQuerySet:
    """The activities that a person may change today.

    Those organised by what she may change; those in her areas; and, when no known organisation
    organises it, those at a place that she keeps.
    """
    if not user.is_authenticated:
        return Activity.objects.none()
    if user.is_coordinator:
        return Activity.objects.all()
    own = Organiser.objects.filter(valid_on(timezone.localdate()), activity=OuterRef("pk"))
    mine = Q(Exists(own.filter(organisation__in=rules.changeable_organisations(user).values("pk"))))
    at_mine = Venue.objects.filter(
        activity=OuterRef("pk"), place__in=rules.changeable_places(user).values("pk")
    )
    unowned = ~Exists(own.filter(organisation__isnull=False))
    areas = rules.woven_areas(user)
    woven = Q(pk__in=Activity.objects.ever_in_areas(areas).values("pk")) if areas else Q(pk__in=())
    return Activity.objects.filter(mine | Q(unowned, Exists(at_mine)) | woven)


def may_change(user: Any, activity: Activity) -> bool:
    """May she change this activity?"""
    return changeable_activities(user).filter(pk=activity.pk).exists()


def may_erase(user: Any, activity: Activity) -> bool:
    """May she erase it for good? Coordinators, its organisers, and weavers when all of it is in
    their wijken.
    """
    if rules.may_coordinate(user):
        return True
    own = Organiser.objects.filter(valid_on(timezone.localdate()), activity=activity)
    organisers = [row.organisation for row in own.select_related("organisation")]
    if any(row and rules.represents(user, row) for row in organisers):
        return True
    if not rules.is_weaver(user):
        return may_change(user, activity) and not any(organisers)
    places = Place.objects.filter(pk__in=activity.venues.values("place"))
    known = set(activity.areas.values_list("pk", flat=True))
    known |= {pk for pk in places.values_list("area", flat=True) if pk}
    known |= set(places.filter(area__isnull=True).values_list("areas", flat=True)) - {None}
    in_hers = bool(known) and known <= rules.woven_areas(user)
    others = [row for row in organisers if row and not rules.may_change(user, row)]
    return in_hers or (bool(any(organisers)) and not others)


def may_see(user: Any, activity: Activity) -> bool:
    """May she see it at all?"""
    return activity.is_open_to_all or may_change(user, activity) or _keeps_venue(user, activity)


def may_object(user: Any, venue: Venue) -> bool:
    """May she say that an activity is not welcome at a place?"""
    return rules.may_change(user, venue.place)


def may_enter(user: Any, organisation: Organisation | None, place: Place | None) -> bool:
    """May she put an activity of this organisation, or at this place, in the agenda without
    somebody looking first?
    """
    if organisation is not None:
        return rules.may_change(user, organisation)
    return place is not None and rules.may_change(user, place)


def _keeps_venue(user: Any, activity: Activity) -> bool:
    return any(may_object(user, venue) for venue in activity.venues.select_related("place"))


# Lists that are read in: the owner of one is the number of the organisation whose activities it
# tells.


def may_read_in_for(user: Any, organisation: Organisation | None) -> bool:
    """May she put activities of a list in the agenda without somebody looking first?"""
    return rules.may_coordinate(user) or may_enter(user, organisation, None)


def list_organisation(owner: str) -> Organisation | None:
    """The organisation whose list it is, or the one that it was merged into."""
    organisation = Organisation.objects.filter(pk=owner).first() if owner else None
    passed: set[int] = set()
    while organisation and organisation.merged_into and organisation.pk not in passed:
        passed.add(organisation.pk)
        organisation = organisation.merged_into
    return organisation


def list_owners(owner: str) -> list[str]:
    """The owner of a list, and those that were merged into that organisation."""
    owners = [owner]
    for known in owners if owner else ():
        merged = Organisation.objects.filter(merged_into__pk=known).values_list("pk", flat=True)
        owners += [str(number) for number in merged if str(number) not in owners]
    return owners


def visible_runs(user: Any, runs: QuerySet[ImportRun]) -> QuerySet[ImportRun]:
    """The lists that a person sees: coordinators all, others what they sent in for what they
    may change.
    """
    if rules.may_coordinate(user):
        return runs
    own = runs.filter(started_by=user)
    return own.filter(owner__in=_own_owners(user, own))


def visible_sources(user: Any, sources: QuerySet[ImportSource]) -> QuerySet[ImportSource]:
    """The sources of lists that a person sees: coordinators all, others those of what they may
    change.
    """
    if rules.may_coordinate(user):
        return sources
    return sources.filter(owner__in=_own_owners(user, sources))


def _own_owners(user: Any, rows: QuerySet[Any]) -> list[str]:
    """The owners of some rows for whom a person may speak."""
    owners = set(rows.order_by().values_list("owner", flat=True).distinct()) - {""}
    organisations = {owner: list_organisation(owner) for owner in owners}
    return [
        owner
        for owner, organisation in organisations.items()
        if organisation and rules.may_change(user, organisation)
    ]
