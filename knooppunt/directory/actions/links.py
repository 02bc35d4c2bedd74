"""Join organisations to networks and to places, and end such links; overlapping periods and
circles are refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from knooppunt.core.audit import trail
from knooppunt.core.audit.trail import Actor
from knooppunt.core.database import bulk
from knooppunt.core.database.valid_time import refuse_backwards
from knooppunt.directory import rules
from knooppunt.directory.models import Membership, Organisation, Place, PlaceRole


def join_network(
    actor: Actor,
    organisation: Organisation,
    network: Organisation,
    *,
    role: str = "member",
    since: date | None = None,
    until: date | None = None,
) -> Membership:
    """Make an organisation a member of a network for a period.

    Raises ValidationError when the periods overlap, when it would be a member of itself by a
    detour, or run backwards.
    """
    with transaction.atomic():
        trail.lock()
        refuse_backwards(since, until)
        if organisation.pk == network.pk or organisation.pk in above(network):
            raise ValidationError(
                _(
                    "“%(network)s” is zelf al lid van “%(name)s”; een kring van lidmaatschappen "
                    "kan niet."
                )
                % {"network": network, "name": organisation}
            )
        _free(Membership.objects.filter(organisation=organisation, network=network), since, until)
        membership = Membership.objects.create(
            organisation=organisation, network=network, role=role, since=since, until=until
        )
        trail.record(
            actor,
            "join",
            organisation,
            {"networks": ([], [network.name])},
            membership=membership.pk,
            network=network.pk,
        )
    return membership


def above(network: Organisation) -> set[int]:
    """The numbers of all networks that a network belongs to, ever, near and far."""
    found: set[int] = set()
    todo = {network.pk}
    while todo:
        todo = (
            set(
                Membership.objects.filter(organisation__in=todo).values_list(
                    "network_id", flat=True
                )
            )
            - found
        )
        found |= todo
    return found


def join_many(
    actor: Actor, pairs: Sequence[tuple[Organisation, Organisation]]
) -> list[tuple[Organisation, Organisation]]:
    """Open-ended memberships for an import; gives the pairs that would make a circle, which are
    left out.
    """
    with transaction.atomic():
        trail.lock()
        wanted = {(one.pk, network.pk): (one, network) for one, network in pairs}
        known = set(
            Membership.objects.filter(
                organisation__in={one for one, _network in wanted}
            ).values_list("organisation_id", "network_id")
        )
        nested = _Nesting({network for _one, network in wanted})
        joined, circles = [], []
        for (one, network), (organisation, its) in wanted.items():
            if (one, network) in known:
                continue
            if nested.would_circle(one, network):
                circles.append((organisation, its))
                continue
            nested.add(one, network)
            joined.append((organisation, its))
        bulk.insert(
            Membership,
            ("organisation", "network", "role", "listed_as"),
            ((one.pk, its.pk, "member", "") for one, its in joined),
        )
        lines = ((one, {"networks": [[], [its.name]]}, {"network": its.pk}) for one, its in joined)
        trail.record_lines(actor, "join", lines)
    return circles


class _Nesting:
    """Which network lies in which, for checking a whole batch without a query each."""

    def __init__(self, networks: set[int]) -> None:
        self.up: dict[int, set[int]] = {}
        # A circle runs only over organisations that have members, or get them now.
        rows = Membership.objects.filter(
            Q(organisation__members__isnull=False) | Q(organisation__in=networks)
        ).distinct()
        for one, network in rows.values_list("organisation_id", "network_id"):
            self.add(one, network)

    def add(self, one: int, network: int) -> None:
        self.up.setdefault(one, set()).add(network)

    def would_circle(self, one: int, network: int) -> bool:
        found, todo = set(), {network}
        while todo:
            found |= todo
            todo = {above for pk in todo for above in self.up.get(pk, ())} - found
        return one in found


def assign_place(
    actor: Actor,
    organisation: Organisation,
    place: Place,
    *,
    role: str = "hosts",
    since: date | None = None,
    until: date | None = None,
) -> PlaceRole:
    """Say that an organisation hosts, uses or manages a place for a period.

    Raises ValidationError on overlap.
    """
    with transaction.atomic():
        trail.lock()
        refuse_backwards(since, until)
        _free(
            PlaceRole.objects.filter(organisation=organisation, place=place, role=role),
            since,
            until,
        )
        link = PlaceRole.objects.create(
            organisation=organisation, place=place, role=role, since=since, until=until
        )
        trail.record(
            actor, "assign", place, {"roles": ([], [f"{organisation.name} ({role})"])}, role=link.pk
        )
    return link


def assign_many(pairs: Sequence[tuple[Organisation, Place]]) -> None:
    """Let each organisation host its new place, open-ended; the place's own first line in the
    trail stands for it.
    """
    bulk.insert(
        PlaceRole,
        ("organisation", "place", "role"),
        ((one.pk, place.pk, "hosts") for one, place in pairs),
    )


def end_link(actor: Actor, link: Any, until: date) -> None:
    """End a membership, a role at a place, a representation or a weaving on a day.

    Raises ValidationError when backwards.
    """
    with transaction.atomic():
        refuse_backwards(link.since, until)
        old, link.until = link.until, until
        link.save(update_fields=["until"])
        subject = (
            link.place
            if isinstance(link, PlaceRole)
            else link.organisation
            if hasattr(link, "organisation")
            else link.user
        )
        trail.record(
            actor, "end", subject, {"until": (old, until)}, link=f"{trail.label_of(link)} {link.pk}"
        )


def change_link(
    actor: Actor,
    link: Membership | PlaceRole,
    *,
    since: date | None,
    until: date | None,
    role: str,
    verb: str = "change_link",
) -> bool:
    """Correct the role and the days of a membership or of a role at a place; True if anything
    differed.

    Raises ValidationError when the period runs backwards or overlaps another, and when somebody who
    does not keep the network corrects a membership.
    """
    with transaction.atomic():
        trail.lock()
        if isinstance(link, Membership):
            _refuse_dating(actor, link)
        refuse_backwards(since, until)
        values = {"since": since, "until": until, "role": role}
        changes = {
            name: (getattr(link, name), value)
            for name, value in values.items()
            if getattr(link, name) != value
        }
        if not changes:
            return False
        _free(_same_links(link, role).exclude(pk=link.pk), since, until)
        for name, value in values.items():
            setattr(link, name, value)
        link.save(update_fields=list(values))
        trail.record(actor, verb, _subject(link), changes, link=f"{trail.label_of(link)} {link.pk}")
    return True


def remove_link(actor: Actor, link: Membership | PlaceRole) -> None:
    """Take a membership or a role at a place back as if it never was; only its line in the
    trail stays.
    """
    with transaction.atomic():
        name = link.network.name if isinstance(link, Membership) else link.organisation.name
        field = "networks" if isinstance(link, Membership) else "roles"
        trail.record(actor, "revert", _subject(link), {field: ([name], [])})
        link.delete()


def _refuse_dating(actor: Actor, membership: Membership) -> None:
    if actor.account is not None and not rules.may_date_membership(actor.account, membership):
        raise ValidationError(
            _("Datums van een lidmaatschap wijzigt het netwerk of een coördinator.")
        )


def _same_links(link: Membership | PlaceRole, role: str) -> models.QuerySet[Any]:
    """The links of which the periods may not overlap with this one."""
    if isinstance(link, Membership):
        return Membership.objects.filter(organisation=link.organisation, network=link.network)
    return PlaceRole.objects.filter(organisation=link.organisation, place=link.place, role=role)


def _subject(link: Membership | PlaceRole) -> Organisation | Place:
    """The record in whose history a link stands."""
    return link.place if isinstance(link, PlaceRole) else link.organisation


def _free(links: models.QuerySet[Any], since: date | None, until: date | None) -> None:
    """Refuse a period that shares a day with one that is there already."""
    if links.overlapping(since, until):  # type: ignore[attr-defined]
        raise ValidationError(_("Dit is voor (een deel van) deze periode al vastgelegd."))
