"""The lists: initiatives, networks, institutions, places and wijken, narrowed by links."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from knooppunt.core.web.query_params import query_params
from knooppunt.directory.filters import Filters
from knooppunt.directory.models import Area, Membership, Organisation, Place, PlaceRole
from knooppunt.directory.views.cards import (
    organisations_with_cards,
    places_with_cards,
    with_next_up,
)


def _roles_on(day: date) -> Prefetch[Any]:
    """Who is at the places of a list on a day."""
    roles = PlaceRole.objects.visible_on(day).select_related("organisation__kind")
    return Prefetch(
        "roles",
        roles.only(
            "role", "place", "organisation__name", "organisation__role", "organisation__kind"
        ),
    )


def _list(
    request: HttpRequest, template: str, what: str, filters: Filters, rows: Any
) -> HttpResponse:
    page = filters.page(rows)
    if filters.is_today:
        page.object_list = with_next_up(page.object_list)
    context = {
        "filters": filters,
        "page": page,
        "facets": filters.facets,
        "what": what,
    }
    return render(request, template, context)


@query_params(*Filters.PARAMS, days=("op",))
def initiatives(request: HttpRequest) -> HttpResponse:
    """The initiatives; with words in the box also how many places, networks and institutions
    have them.
    """
    filters = Filters(request)
    rows = filters.organisations(
        organisations_with_cards(Organisation.objects.visible_on(filters.day).initiatives())
    )
    page = filters.page(rows)
    if filters.is_today:
        page.object_list = with_next_up(page.object_list)
    context = {
        "filters": filters,
        "page": page,
        "facets": filters.facets,
        "elsewhere": _elsewhere(filters),
        "what": "initiatieven",
    }
    return render(request, "directory/initiatives.html", context)


def _elsewhere(filters: Filters) -> list[tuple[str, int]]:
    """Where else the words in the box were found, and how often."""
    if not filters.words:
        return []
    others = Organisation.objects.visible_on(filters.day).with_words(filters.words)
    found = [
        ("directory:places", filters.places(Place.objects.visible_on(filters.day)).count()),
        ("directory:networks", others.networks().count()),
        ("directory:institutions", others.institutions().count()),
    ]
    return [(url, number) for url, number in found if number]


@query_params(*Filters.PARAMS, days=("op",))
def institutions(request: HttpRequest) -> HttpResponse:
    """The institutions that the networks deal with."""
    filters = Filters(request)
    rows = filters.organisations(
        organisations_with_cards(Organisation.objects.visible_on(filters.day).institutions())
    )
    return _list(request, "directory/institutions.html", "instellingen", filters, rows)


@query_params(*Filters.PARAMS, days=("op",))
def networks(request: HttpRequest) -> HttpResponse:
    """The networks, each with the number of its members today."""
    filters = Filters(request)
    members = Membership.objects.visible_on(filters.day).filter(network=OuterRef("pk"))
    number = (
        members.order_by()
        .values("network")
        .annotate(number=Count("organisation", distinct=True))
        .values("number")
    )
    rows = (
        Organisation.objects.visible_on(filters.day)
        .networks()
        .annotate(member_count=Coalesce(Subquery(number), 0))
    )
    return _list(
        request,
        "directory/networks.html",
        "netwerken",
        filters,
        filters.organisations(organisations_with_cards(rows)),
    )


@query_params(*Filters.PARAMS, days=("op",))
def places(request: HttpRequest) -> HttpResponse:
    """The places where one can go."""
    filters = Filters(request)
    rows = places_with_cards(Place.objects.visible_on(filters.day))
    rows = rows.prefetch_related(_roles_on(filters.day))
    return _list(request, "directory/places.html", "plekken", filters, filters.places(rows))


def areas(request: HttpRequest) -> HttpResponse:
    """The parts of the city, by the area they lie in."""
    rows = (
        Area.objects.select_related("parent").defer("outline", "parent__outline").order_by("name")
    )
    return render(
        request,
        "directory/areas.html",
        {"areas": [area for area in rows if area.level in ("wijk", "felt")]},
    )
