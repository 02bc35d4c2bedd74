"""What hangs below an organisation in the register when it ends: places it hosts, and links
that end with it.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knooppunt.core.registry.closings import (
    DO_NOT_KNOW,
    ClosingChoice,
    ClosingDecision,
    ClosingGroup,
    goes_on_after,
)
from knooppunt.directory.actions import joining
from knooppunt.directory.actions.links import assign_place, end_link
from knooppunt.directory.actions.records import change
from knooppunt.directory.models import Membership, MembershipRequest, Place, PlaceRole

STOPPED = gettext_lazy("De organisatie is gestopt.")


def _place_roles(organisations: Any, day: date) -> Any:
    rows = PlaceRole.objects.filter(goes_on_after(day), goes_on_after(day, "place__"))
    shown = rows.filter(organisation__in=organisations, place__state__in=("public", "draft"))
    return shown.select_related("place", "organisation").order_by("place__name_key", "pk")


def _hosted(organisations: Any, day: date) -> Any:
    """The places that it hosts or manages."""
    return _place_roles(organisations, day).exclude(role=PlaceRole.Role.USES)


def _used(organisations: Any, day: date) -> Any:
    """The places that it uses."""
    return _place_roles(organisations, day).filter(role=PlaceRole.Role.USES)


def _choices_for_place(role: PlaceRole, _user: Any) -> list[ClosingChoice]:
    others = role.place.roles.exclude(organisation=role.organisation).exclude(role="uses")
    hosts = others.filter(until__isnull=True).select_related("organisation")
    names = ", ".join(sorted({row.organisation.name for row in hosts}))
    stays = _("Blijft open, met %(names)s") if names else _("Blijft open, zonder organisatie")
    return [
        ClosingChoice("move", _("Gaat naar een andere organisatie"), takes_successor=True),
        ClosingChoice("close", _("Sluit op dezelfde dag")),
        ClosingChoice("stay", stays % {"names": names} if names else stays),
        DO_NOT_KNOW,
    ]


def _settle_place(role: PlaceRole, decision: ClosingDecision) -> None:
    """Give a place to another organisation, close it, or leave it without this one."""
    actor, day, successor = decision.actor, decision.last_day, decision.successor
    end_link(actor, role, day)
    if decision.choice == "close":
        change(actor, role.place, {"until": day}, verb="close")
    elif decision.choice == "move":
        own = PlaceRole.objects.filter(organisation=successor, place=role.place, role=role.role)
        if not own.filter(until__isnull=True).exists():
            since = day + timedelta(days=1)
            assign_place(actor, successor, role.place, role=role.role, since=since)


def _end(link: Any, decision: ClosingDecision) -> None:
    end_link(decision.actor, link, decision.last_day)


def _watch_place(role: PlaceRole) -> list[Any]:
    return [Place.objects.filter(pk=role.place_id), PlaceRole.objects.filter(place=role.place_id)]


def _memberships(organisations: Any, day: date) -> Any:
    rows = Membership.objects.filter(goes_on_after(day), organisation__in=organisations)
    return rows.select_related("network", "organisation").order_by("network__name_key", "pk")


def _members(organisations: Any, day: date) -> Any:
    rows = Membership.objects.filter(goes_on_after(day), network__in=organisations)
    return rows.select_related("organisation").order_by("organisation__name_key", "pk")


def _asked(organisations: Any, _day: date) -> Any:
    rows = MembershipRequest.objects.filter(state="open", organisation__in=organisations)
    return rows.select_related("organisation", "network")


def _asking(organisations: Any, _day: date) -> Any:
    rows = MembershipRequest.objects.filter(state="open", network__in=organisations)
    return rows.select_related("organisation", "network")


def _lapse(request: MembershipRequest, decision: ClosingDecision) -> None:
    joining.lapse(decision.actor, request, str(STOPPED))


ENDS = gettext_lazy("Dit stopt op dezelfde dag.")
LAPSES = gettext_lazy("Deze vragen vervallen.")

CLOSING_GROUPS = (
    ClosingGroup(
        key="places",
        title=gettext_lazy("Plekken"),
        organisation="organisation",
        rows=_hosted,
        describe=lambda role: f"{role.place.name} ({role.get_role_display()})",
        choices=_choices_for_place,
        settle=_settle_place,
        watched=_watch_place,
    ),
    ClosingGroup(
        key="used_places",
        title=gettext_lazy("Plekken die zij gebruikt"),
        organisation="organisation",
        rows=_used,
        describe=lambda role: str(role.place.name),
        consequence=ENDS,
        settle=_end,
    ),
    ClosingGroup(
        key="memberships",
        title=gettext_lazy("Lid van"),
        organisation="organisation",
        rows=_memberships,
        describe=lambda row: str(row.network.name),
        consequence=gettext_lazy("Deze lidmaatschappen stoppen op dezelfde dag."),
        settle=_end,
    ),
    ClosingGroup(
        key="members",
        title=gettext_lazy("Leden van dit netwerk"),
        organisation="network",
        rows=_members,
        describe=lambda row: str(row.organisation.name),
        consequence=gettext_lazy("Deze lidmaatschappen stoppen op dezelfde dag."),
        settle=_end,
    ),
    ClosingGroup(
        key="asked",
        title=gettext_lazy("Gevraagd om lid te worden van"),
        organisation="organisation",
        rows=_asked,
        describe=lambda row: str(row.network.name),
        consequence=LAPSES,
        settle=_lapse,
    ),
    ClosingGroup(
        key="asking",
        title=gettext_lazy("Vragen om lid te worden"),
        organisation="network",
        rows=_asking,
        describe=lambda row: str(row.organisation.name),
        consequence=LAPSES,
        settle=_lapse,
    ),
)
