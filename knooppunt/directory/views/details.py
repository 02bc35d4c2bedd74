"""The page of one organisation, one place or one wijk, on screen and on paper."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from knooppunt.core.coalition.languages import language_name
from knooppunt.core.web.query_params import day_param, query_params
from knooppunt.directory import hours, rules
from knooppunt.directory.models import Area, Membership, Organisation, Place, PlaceRole, Record
from knooppunt.directory.queries.records import visible_on
from knooppunt.directory.views.cards import organisations_with_cards
from knooppunt.kit.qr import qr_svg

SHOWN = 60  # of each kind on the page of a wijk; all of them are one tap away


def the_day(request: HttpRequest) -> date:
    """The reference day that a visitor asked for; today when she asked for none, or for no day."""
    return day_param(request, "op") or timezone.localdate()


def get_visible(request: HttpRequest, rows: Any, slug: str) -> Any:
    """The record with this slug, if the visitor may see it; else 404."""
    record = get_object_or_404(rows, slug=slug)
    if record.state != Record.State.MERGED and not rules.may_see(request.user, record):
        raise Http404
    return record


@query_params(days=("op",))
def organisation(
    request: HttpRequest, slug: str, role: str, template: str = "directory/organisation.html"
) -> HttpResponse:
    """One initiative, network or institution; an old address leads on to the record it was
    merged into.
    """
    one = get_visible(request, Organisation.objects.select_related("kind", "merged_into"), slug)
    if one.merged_into:
        return redirect(one.merged_into)
    if one.role != role:
        return redirect(one, permanent=True)
    context = organisation_context(request, one, the_day(request))
    return render(request, template, context | _paper(request, one, template))


def organisation_context(request: HttpRequest, one: Organisation, day: date) -> dict[str, Any]:
    """Everything the page of an organisation tells on a day: its places, networks, members and
    numbers.
    """
    roles = PlaceRole.objects.as_of(day).filter(visible_on(day, "place__"), organisation=one)
    listed = _members(one, day)
    can_change = rules.may_change(request.user, one)
    return {
        "record": one,
        "day": day,
        "today": timezone.localdate(),
        "is_today": day == timezone.localdate(),
        "has_ended": one.has_ended(timezone.localdate()),
        "areas": one.areas.defer("outline"),
        "themes": one.themes.all(),
        "places": [
            (role, hours.is_open(role.place, timezone.localtime()))
            for role in roles.select_related("place__area").prefetch_related(
                "place__hours", "place__exceptions", "place__areas"
            )
        ],
        "networks": Membership.objects.as_of(day)
        .filter(visible_on(day, "network__"), organisation=one)
        .select_related("network"),
        "members": [row for row in listed if row.organisation.role != "network"],
        "subnetworks": [row for row in listed if row.organisation.role == "network"],
        "shared": shared_members(one, [row.organisation_id for row in listed], day)
        if one.role == "network"
        else [],
        "volunteers": one.volunteer_statements.latest_on(day).filter(organisation=one).first(),
        "contacts": [
            point
            for point in one.contact_points.all()
            if rules.may_see_contact(request.user, point.visibility, can_change)
        ],
        "languages": [language_name(code) for code in one.languages],
        "can_change": can_change,
        "requests": _requests(request.user, one),
        "is_due": Organisation.objects.filter(pk=one.pk).due(timezone.localdate()).exists(),
    }


def _members(network: Organisation, day: date) -> list[Membership]:
    """The memberships of a network on a day, by the name of the member."""
    members = Membership.objects.as_of(day).filter(
        visible_on(day, "organisation__"), network=network
    )
    return sorted(
        members.select_related("organisation__kind"), key=lambda row: row.organisation.name_key
    )


def _requests(user: Any, network: Organisation) -> list[Any]:
    """Who asks to become a member, for whoever may answer for the network."""
    if network.role != Organisation.Role.NETWORK or not rules.may_admit(user, network):
        return []
    return list(
        network.member_requests.filter(state="open").select_related("organisation", "asked_by")
    )


def shared_members(
    network: Organisation, members: list[int], day: date
) -> list[tuple[Organisation, int]]:
    """The other networks to which members of this one belong on a day, with how many they share."""
    rows = Membership.objects.visible_on(day).filter(
        organisation__in=members, network__role="network"
    )
    counts: dict[Organisation, set[int]] = {}
    for row in rows.exclude(network=network).select_related("network"):
        counts.setdefault(row.network, set()).add(row.organisation_id)
    shared = [(other, len(found)) for other, found in counts.items()]
    return sorted(shared, key=lambda pair: (-pair[1], pair[0].name_key))


@query_params(days=("op",))
def place(request: HttpRequest, slug: str, template: str = "directory/place.html") -> HttpResponse:
    """One place, with who is there."""
    one = get_visible(request, Place.objects.select_related("area__parent", "merged_into"), slug)
    if one.merged_into:
        return redirect(one.merged_into)
    return render(
        request,
        template,
        place_context(request, one, the_day(request)) | _paper(request, one, template),
    )


def place_context(request: HttpRequest, one: Place, day: date) -> dict[str, Any]:
    """Everything the page of a place tells; who is there as of a day, the door hours as of
    today.
    """
    today = timezone.localdate()
    roles = (
        one.roles.as_of(day)
        .filter(visible_on(day, "organisation__"))
        .select_related("organisation__kind")
        .prefetch_related("organisation__themes")
    )
    can_change = rules.may_change(request.user, one)
    hosts = sorted(roles, key=lambda role: (role.role != "hosts", role.organisation.name_key))
    languages = dict.fromkeys(
        [*one.languages, *(code for role in hosts for code in role.organisation.languages)]
    )
    return {
        "record": one,
        "roles": hosts,
        "host": hosts[0].organisation if hosts else None,
        "areas": one.areas.defer("outline"),
        "week": hours.week(one, today),
        "is_open": hours.is_open(one, timezone.localtime()),
        "contacts": [
            point
            for point in one.contact_points.all()
            if rules.may_see_contact(request.user, point.visibility, can_change)
        ],
        "languages": [language_name(code) for code in languages],
        "can_change": can_change,
        "is_due": Place.objects.filter(pk=one.pk).due(today).exists(),
        "today": today,
        "day": day,
        "is_today": day == today,
        "has_ended": one.has_ended(today),
    }


@query_params(days=("op",))
def area(request: HttpRequest, slug: str) -> HttpResponse:
    """One part of the city: its figures, networks, initiatives and places."""
    one = get_object_or_404(Area.objects.select_related("parent"), slug=slug)
    below = Area.objects.below(one)
    day = the_day(request)
    organisations = Organisation.objects.visible_on(day).in_areas(below, day)
    places = Place.objects.visible_on(day).in_areas(below)
    context = {
        "area": one,
        "children": one.children.all(),
        "networks": organisations_with_cards(organisations.networks())[:SHOWN],
        "network_count": organisations.networks().count(),
        "initiatives": organisations_with_cards(organisations.initiatives())[:SHOWN],
        "initiative_count": organisations.initiatives().count(),
        "places": places.only("slug", "name")[:SHOWN],
        "place_count": places.count(),
        "most": SHOWN,
        "day": day,
        "is_today": day == timezone.localdate(),
    }
    return render(request, "directory/area.html", context)


def _paper(request: HttpRequest, one: Any, template: str) -> dict[str, Any]:
    """What the paper version needs besides: the full address and its QR code."""
    if "paper" not in template:
        return {}
    address = request.build_absolute_uri(one.get_absolute_url())
    return {"address": address, "qr": qr_svg(address)}
