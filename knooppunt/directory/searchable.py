"""How organisations and places of the register are found: their names, words, kind, themes and
where they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knooppunt.core.registry.searchables import Entry, Searchable
from knooppunt.directory.models import Area, Organisation, Place, PlaceRole
from knooppunt.directory.models.organisations import Term


def _rows(
    model: Any, numbers: Iterable[int], *prefetched: Any, related: tuple[str, ...] = ()
) -> Iterator[Any]:
    rows = model.objects.visible_on(timezone.localdate()).filter(pk__in=list(numbers))
    if model is Place:
        rows = rows.filter(~Exists(_hosts_of_its_name()))
    rows = (
        rows.select_related(*related)
        .prefetch_related(*prefetched)
        .defer("kept", "imported", "note", "search_text")
    )
    yield from rows.order_by("pk")


def _hosts_of_its_name() -> Any:
    """The hosts by whose name a place goes; it is found with them."""
    roles = PlaceRole.objects.visible_on(timezone.localdate()).filter(place=OuterRef("pk"))
    return roles.filter(organisation__name_key=OuterRef("name_key"))


def words_of(terms: Iterable[Term]) -> tuple[str, ...]:
    """What kinds and themes are called, in every language, and what people also call them."""
    return tuple(word for term in terms for word in (*term.names.values(), *term.synonyms))


def around(areas: Iterable[Area], parents: dict[int, int | None]) -> tuple[int, ...]:
    """The numbers of areas and of what they lie in, so that a wijk is found with all that is in
    it.
    """
    found: set[int] = set()
    for area in areas:
        number: int | None = area.pk
        while number and number not in found:
            found.add(number)
            number = parents.get(number)
    return tuple(sorted(found))


def address_words(place: Place) -> tuple[str, ...]:
    """How people name where a place is: street and number, postcode whole and its digits only,
    and the city.
    """
    code = "".join(place.postcode.split())
    return tuple(
        part for part in (place.street, code, code[:4] if len(code) > 4 else "", place.city) if part
    )


def parents() -> dict[int, int | None]:
    """In which area every area lies."""
    return dict(Area.objects.order_by().values_list("pk", "parent_id"))


def organisations(numbers: Iterable[int]) -> Iterator[Entry]:
    """Initiatives, networks and institutions; the place that an initiative hosts is found with
    it.
    """
    areas = Prefetch("areas", Area.objects.defer("outline"))
    roles = PlaceRole.objects.visible_on(timezone.localdate()).select_related("place__area")
    hosting = Prefetch(
        "place_roles", roles.defer("place__kept", "place__imported", "place__area__outline")
    )
    tree = parents()
    for one in _rows(
        Organisation,
        numbers,
        areas,
        "themes",
        hosting,
        "place_roles__place__hours",
        related=("kind",),
    ):
        places = [role.place for role in one.place_roles.all()]
        stated, themes = list(one.areas.all()), list(one.themes.all())
        spots = [place.area for place in places if place.area]
        yield Entry(
            one.pk,
            one.name,
            " ".join(one.descriptions.values()),
            one.get_absolute_url(),
            labels=(
                *(words_of([one.kind]) if one.kind else ()),
                *words_of(themes),
                *one.target_groups,
                str(one.get_role_display()),
            ),
            where=(
                *(area.name for area in stated),
                *(word for place in places for word in address_words(place)),
                *(place.name for place in places if place.name != one.name),
            ),
            areas=around([*stated, *spots], tree),
            kind=one.kind.slug if one.kind else "",
            themes=tuple(theme.slug for theme in themes),
            languages=tuple(one.languages),
            days=tuple(sorted({hours.weekday for place in places for hours in place.hours.all()})),
            point=next((place.point for place in places if place.point), None),
            summary=one.descriptions,
            is_public=one.is_public,
            is_example=one.is_example,
            confirmed_on=one.confirmed_on,
        )


def places(numbers: Iterable[int]) -> Iterator[Entry]:
    """Places with a name of their own; one that goes by its host's name is found with its host."""
    roles = PlaceRole.objects.visible_on(timezone.localdate()).select_related("organisation__kind")
    areas = Prefetch("areas", Area.objects.defer("outline"))
    tree = parents()
    for one in _rows(Place, numbers, areas, Prefetch("roles", roles), "hours", related=("area",)):
        hosts = [role.organisation for role in one.roles.all()]
        stated = [one.area] if one.area else list(one.areas.all())
        yield Entry(
            one.pk,
            one.name,
            " ".join([*one.descriptions.values(), *(host.name for host in hosts)]),
            one.get_absolute_url(),
            labels=words_of(host.kind for host in hosts if host.kind),
            where=(*(area.name for area in stated), *address_words(one)),
            areas=around(stated, tree),
            kind=next((host.kind.slug for host in hosts if host.kind), ""),
            languages=tuple(one.languages),
            days=tuple(sorted({hours.weekday for hours in one.hours.all()})),
            point=one.point,
            summary=one.descriptions,
            confirmed_on=one.confirmed_on,
            is_public=one.is_public,
            is_example=one.is_example,
        )


def hosts_beside(target: str, numbers: set[int]) -> set[int]:
    """The organisations that read along with places that changed."""
    roles = (
        PlaceRole.objects.filter(place__in=numbers)
        if target == "place"
        else PlaceRole.objects.none()
    )
    return set(roles.values_list("organisation_id", flat=True))


def places_beside(target: str, numbers: set[int]) -> set[int]:
    """The places that read along with organisations that changed."""
    roles = (
        PlaceRole.objects.filter(organisation__in=numbers)
        if target == "organisation"
        else PlaceRole.objects.none()
    )
    return set(roles.values_list("place_id", flat=True))


SEARCHABLE = (
    Searchable(
        "organisation",
        _("Initiatieven en netwerken"),
        Organisation,
        organisations,
        hosts_beside,
        icon="people",
    ),
    Searchable("place", _("Plekken"), Place, places, places_beside, icon="where"),
)
