"""Who may change what in the register: coordinators all, weavers their networks and areas,
hosts what they represent.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from knooppunt.core.database.valid_time import valid_on
from knooppunt.directory.models import (
    Area,
    Membership,
    MembershipRequest,
    Organisation,
    Place,
    PlaceRole,
    Record,
    RecordProposal,
    Representation,
    Weaving,
)
from knooppunt.directory.queries.organisations import OrganisationQuerySet
from knooppunt.directory.queries.places import PlaceQuerySet


def is_keeper(user: Any) -> bool:
    """True for somebody who keeps any part of the register today."""
    if not user.is_authenticated:
        return False
    day = timezone.localdate()
    return bool(
        user.is_coordinator
        or Representation.objects.as_of(day).filter(user=user).exists()
        or Weaving.objects.as_of(day).filter(user=user).exists()
    )


def is_weaver(user: Any) -> bool:
    """True for somebody who weaves a network or an area today."""
    return (
        user.is_authenticated
        and Weaving.objects.as_of(timezone.localdate()).filter(user=user).exists()
    )


def represents(user: Any, organisation: Organisation) -> bool:
    """True for somebody who speaks for this organisation today."""
    rows = Representation.objects.as_of(timezone.localdate())
    return user.is_authenticated and rows.filter(user=user, organisation=organisation).exists()


def changeable_organisations(user: Any) -> OrganisationQuerySet:
    """The organisations that a person may change today."""
    if not user.is_authenticated:
        return Organisation.objects.none()
    if user.is_coordinator:
        return Organisation.objects.all()
    day = timezone.localdate()
    represented = Representation.objects.filter(valid_on(day), user=user).values("organisation")
    networks = Weaving.objects.filter(valid_on(day), user=user, network__isnull=False).values(
        "network"
    )
    woven = Membership.objects.filter(
        valid_on(day), organisation=OuterRef("pk"), network__in=networks
    )
    mine = Organisation.objects.filter(Q(pk__in=represented) | Q(pk__in=networks) | Exists(woven))
    areas = woven_areas(user)
    return mine | Organisation.objects.ever_in_areas(areas) if areas else mine


def changeable_places(user: Any) -> PlaceQuerySet:
    """The places that a person may change today: in her areas, or hosted or managed by what she
    may change.
    """
    if not user.is_authenticated:
        return Place.objects.none()
    if user.is_coordinator:
        return Place.objects.all()
    day = timezone.localdate()
    roles = PlaceRole.objects.filter(
        valid_on(day), role__in=("hosts", "manages"), place=OuterRef("pk")
    )
    mine = Place.objects.filter(
        Exists(roles.filter(organisation__in=changeable_organisations(user).values("pk")))
    )
    areas = woven_areas(user)
    return mine | Place.objects.in_areas(areas) if areas else mine


def woven_areas(user: Any) -> set[int]:
    """The areas, and all within them, for which a person is weaver today."""
    rows = Weaving.objects.filter(
        valid_on(timezone.localdate()), user=user, area__isnull=False
    ).select_related("area")
    return {pk for row in rows for pk in Area.objects.below(row.area)}


def may_change(user: Any, record: Record) -> bool:
    """May she change this organisation or place?"""
    mine: Any = (
        changeable_places(user) if isinstance(record, Place) else changeable_organisations(user)
    )
    return mine.filter(pk=record.pk).exists()


def may_see(user: Any, record: Record) -> bool:
    """May she see this record at all? What is public everybody; the rest only who may change it."""
    return record.is_public or may_change(user, record)


def may_see_contact(user: Any, visibility: str, can_change: bool) -> bool:
    """May she see a contact point with this visibility?"""
    return visibility == "public" or can_change or (visibility == "members" and is_keeper(user))


def may_coordinate(user: Any) -> bool:
    """May she import lists, manage people and change what belongs to no one in particular?"""
    return user.is_authenticated and user.is_coordinator


def may_add(user: Any) -> bool:
    """May she add records by hand? Coordinators anywhere, weavers what then lies in their areas
    or networks.
    """
    return may_coordinate(user) or is_weaver(user)


def moderated_proposals(user: Any) -> QuerySet[RecordProposal]:
    """The proposals for the register that a person may decide about: coordinators all, weavers
    those in their areas.
    """
    if may_coordinate(user):
        return RecordProposal.objects.all()
    if not user.is_authenticated:
        return RecordProposal.objects.none()
    return RecordProposal.objects.filter(area__in=woven_areas(user))


def woven_networks(user: Any) -> QuerySet[Organisation]:
    """The networks of which a person is weaver today."""
    rows = Weaving.objects.as_of(timezone.localdate()).filter(user=user, network__isnull=False)
    return Organisation.objects.filter(pk__in=rows.values("network"))


def may_date_membership(user: Any, membership: Membership) -> bool:
    """May she correct since when and until when an organisation is a member? It is the network
    that says so.
    """
    return may_coordinate(user) or may_change(user, membership.network)


def may_admit(user: Any, network: Organisation) -> bool:
    """May she say yes for this network to a new member? Its hosts, its weavers and the
    coordinator.
    """
    if may_coordinate(user) or represents(user, network):
        return True
    if not user.is_authenticated:
        return False
    weavings = Weaving.objects.filter(valid_on(timezone.localdate()), user=user)
    if weavings.filter(network=network).exists():
        return True
    areas = woven_areas(user)
    return bool(areas) and Organisation.objects.in_areas(areas).filter(pk=network.pk).exists()


def requests_to_answer(user: Any) -> QuerySet[MembershipRequest]:
    """The open requests to join a network that a person may answer."""
    rows = MembershipRequest.objects.filter(state="open").select_related("organisation", "network")
    networks = [row.network for row in rows if may_admit(user, row.network)]
    return rows.filter(network__in=networks)


def may_change_role(user: Any) -> bool:
    """May she say that something is a network? A network has members who vote, so not its host
    alone.
    """
    return may_coordinate(user) or is_weaver(user)


def may_merge(user: Any, first: Organisation, second: Organisation) -> bool:
    """May she merge two organisations? Weavers and coordinators who may change both."""
    can_weave = may_coordinate(user) or is_weaver(user)
    return can_weave and may_change(user, first) and may_change(user, second)


def may_answer_lists(user: Any, organisation: Organisation) -> bool:
    """May she decide what a list left open about an organisation? Weavers and coordinators who
    may change it.
    """
    return (may_coordinate(user) or is_weaver(user)) and may_change(user, organisation)


def may_appoint_host(user: Any, organisation: Organisation) -> bool:
    """May she say who represents this organisation?"""
    return may_coordinate(user) or (is_weaver(user) and may_change(user, organisation))
