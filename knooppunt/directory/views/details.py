"""The page of one organisation, one place or one wijk, on screen and on paper."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from knooppunt.core import scenes
from knooppunt.core.coalition.languages import language_name
from knooppunt.core.web.query_params import day_param, query_params
from knooppunt.directory import hours, missing_facts, rules
from knooppunt.directory.models import (
    Area,
    ContactPoint,
    Membership,
    Organisation,
    Place,
    PlaceRole,
    Record,
)
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
    moment = timezone.localtime()
    context = {
        "record": one,
        "scene": _scene(one),
        "day": day,
        "today": timezone.localdate(),
        "is_today": day == timezone.localdate(),
        "has_ended": one.has_ended(timezone.localdate()),
        "areas": one.areas.defer("outline"),
        "themes": one.themes.all(),
        "places": [
            (role, hours.door(role.place, moment))
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
        "contacts": (contacts := _contacts(request, one, can_change)),
        "phone": _phone(contacts),
        "languages": [language_name(code) for code in one.languages],
        "can_change": can_change,
        "requests": _requests(request.user, one),
        "is_due": Organisation.objects.filter(pk=one.pk).due(timezone.localdate()).exists(),
    }
    return context | {"unknown": missing_facts.of_organisation(one, context)}


def _scene(organisation: Organisation | None) -> str:
    """The drawing of what an organisation is; of a place without a host the usual one."""
    if organisation is None:
        return scenes.UNKNOWN
    return scenes.scene_of(organisation.kind, organisation.role)


def _contacts(request: HttpRequest, record: Record, can_change: bool) -> list[ContactPoint]:
    """The ways to reach a record that this visitor may see."""
    points: list[ContactPoint] = list(record.contact_points.all())  # type: ignore[attr-defined]
    return [
        point
        for point in points
        if rules.may_see_contact(request.user, point.visibility, can_change)
    ]


def _contact_facts(contacts: list[ContactPoint]) -> dict[str, Any]:
    """The ways to reach a place, and apart from them the people who open its door."""
    return {
        "contacts": contacts,
        "phone": _phone(contacts),
        "ways": [point for point in contacts if point.type != ContactPoint.Type.PERSON],
        "people": [point for point in contacts if point.type == ContactPoint.Type.PERSON],
    }


def _phone(contacts: list[ContactPoint]) -> ContactPoint | None:
    """The first number that one can call."""
    return next((point for point in contacts if point.type == ContactPoint.Type.PHONE), None)


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
    host = hosts[0].organisation if hosts else None
    context = {
        "record": one,
        "scene": _scene(host),
        "roles": hosts,
        "host": host,
        "areas": one.areas.defer("outline"),
        **_door_facts(one, today),
        **_contact_facts(_contacts(request, one, can_change)),
        "languages": [language_name(code) for code in languages],
        "can_change": can_change,
        "is_due": Place.objects.filter(pk=one.pk).due(today).exists(),
        "today": today,
        "day": day,
        "is_today": day == today,
        "has_ended": one.has_ended(today),
    }
    return context | {
        "unknown": missing_facts.of_place(one, context),
        "has_facts": _has_facts(one, context),
        "has_facilities": bool(one.access_note or languages)
        or {one.has_wheelchair_access, one.has_toilet, one.has_kitchen} != {None},
    }


def _door_facts(place: Place, today: date) -> dict[str, Any]:
    """The hours of the coming week, as rows and as bars, and how the door is now."""
    week = hours.week(place, today)
    return {
        "week": week,
        "bars": hours.bars(week),
        "has_notes": any(note for day in week for _opens, _closes, note in day.spans),
        "door": hours.door(place, timezone.localtime()),
    }


def _has_facts(place: Place, known: dict[str, Any]) -> bool:
    """Whether anything is known of what, where, for whom and who."""
    host = known["host"]
    own = place.description or place.address or place.area or place.website
    return bool(own or host or known["areas"] or known["contacts"])


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
        "places": places.only("slug", "name", "is_example")[:SHOWN],
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
