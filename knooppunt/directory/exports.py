"""The register as open data: every public table with its columns explained, as rows of plain
values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from knooppunt.core.coalition.configuration import LANGUAGES
from knooppunt.directory.models import (
    Area,
    Confirmation,
    ContactPoint,
    Identifier,
    Kind,
    Membership,
    OpeningException,
    OpeningHours,
    Organisation,
    Place,
    PlaceRole,
    Theme,
    VolunteerStatement,
)
from knooppunt.directory.queries.records import visible_on

Value = Any


@dataclass(frozen=True)
class Column:
    """A column of open data: its name, what it means, and how a row gives it."""

    name: str
    meaning: str | Promise
    value: Callable[[Any], Value]


@dataclass(frozen=True)
class Table:
    """A table of open data; ``rows`` gives what of it was visible to everybody on a day."""

    name: str
    meaning: str | Promise
    rows: Callable[[date], Any]
    columns: tuple[Column, ...]

    def dicts(self, day: date) -> Iterator[dict[str, Value]]:
        """The rows as of a day, each a dict of plain values."""
        for row in self.rows(day):
            yield {column.name: column.value(row) for column in self.columns}


def _plain(name: str, meaning: str | Promise) -> Column:
    """A column that is a field of the row itself; days become text."""

    def value(row: Any) -> Value:
        found = getattr(row, name)
        return found.isoformat() if hasattr(found, "isoformat") else found

    return Column(name, meaning, value)


def _slug_of(name: str, meaning: str | Promise) -> Column:
    return Column(
        name, meaning, lambda row: getattr(row, name).slug if getattr(row, f"{name}_id") else None
    )


def _slugs_of(name: str, meaning: str | Promise) -> Column:
    return Column(name, meaning, lambda row: sorted(one.slug for one in getattr(row, name).all()))


def _described(code: str) -> Column:
    return Column(
        f"description_{code}",
        _("omschrijving in deze taal"),
        lambda row: row.descriptions.get(code, ""),
    )


SINCE, UNTIL = (
    _plain("since", _("eerste dag, leeg is onbekend")),
    _plain("until", _("laatste dag, leeg is nog steeds")),
)
DESCRIPTIONS = tuple(_described(code) for code in LANGUAGES)
RECORD = (
    _plain("slug", _("laatste deel van het webadres; blijft hetzelfde")),
    _plain("name", _("naam")),
    *DESCRIPTIONS,
    _plain("website", _("eigen website")),
    _plain("languages", _("talen die er gesproken worden (ISO 639)")),
    _slugs_of("areas", _("wijken waarin het volgens opgave werkt of ligt")),
    SINCE,
    UNTIL,
    _plain("listed_on", _("in het register sinds")),
    _plain("confirmed_on", _("laatst bevestigd op")),
    _plain("confirmed_via", _("hoe het bevestigd is")),
    _plain("source", _("bron van de gegevens")),
    _plain("is_example", _("verzonnen voor het voorbeeld; op een echte site altijd nee")),
)


def _organisations(day: date) -> Any:
    rows = Organisation.objects.visible_on(day).select_related("kind")
    rows = rows.prefetch_related("areas", "themes")
    return rows.order_by("slug").iterator(chunk_size=500)


def _places(day: date) -> Any:
    return (
        Place.objects.visible_on(day)
        .select_related("area")
        .prefetch_related("areas")
        .order_by("slug")
        .iterator(chunk_size=500)
    )


def _visible(rows: Any, owner: str, day: date) -> Any:
    """The rows of which the owner was visible to everybody on a day."""
    return rows.filter(visible_on(day, f"{owner}__")).select_related(owner)


def _links(model: Any, day: date) -> Any:
    """The memberships or roles that held on a day."""
    rows = model.objects.visible_on(day)
    return rows.select_related(*rows.ends)


def _of_either(rows: Any, day: date) -> Any:
    """The rows of visible organisations, then those of visible places."""
    yield from _visible(rows, "organisation", day).order_by("organisation__slug", "pk")
    yield from _visible(rows, "place", day).order_by("place__slug", "pk")


OWNERS = (
    _slug_of("organisation", _("slug van de organisatie")),
    _slug_of("place", _("slug van de plek")),
)
TABLES = (
    Table(
        "areas",
        _("De wijken en gebieden"),
        lambda day: Area.objects.select_related("parent").order_by("pk"),
        (
            _plain("slug", _("laatste deel van het webadres")),
            _plain("name", _("naam")),
            _plain("level", _("soort gebied")),
            _slug_of("parent", _("ligt in")),
            _plain("code", _("officiële code")),
            _plain("aliases", _("andere namen")),
            _plain("population", _("inwoners; leeg is geen gegevens")),
            _plain("population_year", _("jaar van de telling")),
            _plain("population_source", _("bron van de telling")),
            _plain("outline", _("omtrek (GeoJSON, WGS84)")),
            _plain("outline_source", _("bron van de omtrek")),
        ),
    ),
    Table(
        "kinds",
        _("De soorten initiatieven"),
        lambda day: Kind.objects.filter(is_used=True),
        (
            _plain("slug", _("sleutel")),
            _plain("names", _("naam per taal")),
            _plain("plurals", _("meervoud per taal")),
            _plain("role", _("bijbehorende rol")),
            _plain("is_place", _("is meestal ook een plek")),
            _plain("is_base", _("hoort bij de acht van de missie")),
        ),
    ),
    Table(
        "themes",
        _("De thema’s"),
        lambda day: Theme.objects.filter(is_used=True),
        (
            _plain("slug", _("sleutel")),
            _plain("names", _("naam per taal")),
        ),
    ),
    Table(
        "organisations",
        _("Initiatieven, netwerken en instellingen"),
        _organisations,
        (
            *RECORD,
            _plain("role", _("initiative, network of institution")),
            _slug_of("kind", _("soort")),
            _slugs_of("themes", _("thema’s")),
            _plain("target_groups", _("voor wie")),
        ),
    ),
    Table(
        "places",
        _("De plekken"),
        _places,
        (
            *RECORD,
            _plain("street", _("straat en nummer")),
            _plain("postcode", _("postcode")),
            _plain("city", _("plaats")),
            _plain("latitude", _("breedtegraad, WGS84")),
            _plain("longitude", _("lengtegraad, WGS84")),
            _slug_of("area", _("wijk waarin het punt ligt")),
            _plain("has_area_conflict", _("punt en opgegeven wijk verschillen")),
            _plain("has_wheelchair_access", _("rolstoeltoegankelijk; leeg is onbekend")),
            _plain("has_toilet", _("toilet; leeg is onbekend")),
            _plain("has_kitchen", _("keuken; leeg is onbekend")),
            _plain("access_note", _("over de toegang")),
        ),
    ),
    Table(
        "memberships",
        _("Wie lid is van welk netwerk"),
        lambda day: _links(Membership, day).order_by("organisation__slug", "network__slug", "pk"),
        (
            _slug_of("organisation", _("lid")),
            _slug_of("network", _("netwerk")),
            _plain("role", _("rol")),
            SINCE,
            UNTIL,
        ),
    ),
    Table(
        "place_roles",
        _("Welke organisatie wat doet op welke plek"),
        lambda day: _links(PlaceRole, day).order_by(
            "organisation__slug", "place__slug", "role", "pk"
        ),
        (
            _slug_of("organisation", _("organisatie")),
            _slug_of("place", _("plek")),
            _plain("role", _("hosts, uses of manages")),
            SINCE,
            UNTIL,
        ),
    ),
    Table(
        "opening_hours",
        _("Openingstijden"),
        lambda day: _visible(OpeningHours.objects.all(), "place", day).order_by(
            "place__slug", "weekday", "opens"
        ),
        (
            OWNERS[1],
            _plain("weekday", _("0 is maandag")),
            _plain("opens", _("open om")),
            _plain("closes", _("dicht om")),
            _plain("note", _("toelichting")),
        ),
    ),
    Table(
        "opening_exceptions",
        _("Dagen met andere tijden"),
        lambda day: (
            _visible(OpeningException.objects.all(), "place", day)
            .filter(until__gte=day)
            .order_by("place__slug", "since", "pk")
        ),
        (
            OWNERS[1],
            SINCE,
            UNTIL,
            _plain("opens", _("open om; leeg is dicht")),
            _plain("closes", _("dicht om")),
            _plain("reason", _("reden")),
        ),
    ),
    Table(
        "contact_points",
        _("Openbare telefoonnummers en adressen"),
        lambda day: _of_either(ContactPoint.objects.public(), day),
        (
            *OWNERS,
            _plain("type", _("phone, email, website of person")),
            _plain("value", _("nummer of adres")),
            _plain("label", _("waarvoor")),
        ),
    ),
    Table(
        "identifiers",
        _("Nummers in andere systemen"),
        lambda day: _visible(Identifier.objects.all(), "organisation", day).order_by(
            "organisation__slug", "scheme", "value"
        ),
        (OWNERS[0], _plain("scheme", _("kvk of own (eigen lijst)")), _plain("value", _("nummer"))),
    ),
    Table(
        "volunteer_statements",
        _("Opgaven van aantallen vrijwilligers"),
        lambda day: _visible(
            VolunteerStatement.objects.filter(on__lte=day), "organisation", day
        ).order_by("organisation__slug", "on"),
        (
            OWNERS[0],
            _plain("number", _("aantal")),
            _plain("on", _("peildatum")),
            _plain("source", _("bron")),
        ),
    ),
    Table(
        "confirmations",
        _("Wanneer iemand zei dat het klopt"),
        lambda day: _of_either(Confirmation.objects.filter(on__lte=day), day),
        (*OWNERS, _plain("on", _("dag")), _plain("via", _("hoe"))),
    ),
)


def flat_organisations(day: date) -> Iterator[dict[str, Value]]:
    """One row per organisation as of a day with its networks, place and public contacts, ready
    to be opened and imported as a list.
    """
    table = next(table for table in TABLES if table.name == "organisations")
    networks: dict[str, list[str]] = {}
    for one, name in (
        Membership.objects.visible_on(day)
        .order_by("network__slug")
        .values_list("organisation__slug", "network__name")
    ):
        networks.setdefault(one, []).append(name)
    spots = (
        PlaceRole.objects.visible_on(day)
        .filter(role="hosts")
        .select_related("place")
        .order_by("-pk")
    )
    places = {role.organisation_id: role.place for role in spots}
    contacts: dict[int | None, dict[str, str]] = {}
    for point in ContactPoint.objects.public().filter(organisation__isnull=False):
        contacts.setdefault(point.organisation_id, {}).setdefault(point.type, point.value)
    keys = dict(Organisation.objects.visible_on(day).values_list("slug", "pk"))
    for row in table.dicts(day):
        pk = keys[row["slug"]]
        place = places.get(pk)
        yield {
            **row,
            "networks": networks.get(row["slug"], []),
            "is_place": place is not None,
            **{
                name: getattr(place, name, None)
                for name in ("street", "postcode", "city", "latitude", "longitude")
            },
            "email": contacts.get(pk, {}).get("email"),
            "phone": contacts.get(pk, {}).get("phone"),
        }
