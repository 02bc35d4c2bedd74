"""Where somebody who finds nothing can ask a person: a confirmed place with hours or a number,
open ones first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch
from django.utils import timezone

from knooppunt.core.database.valid_time import valid_on
from knooppunt.directory.hours import is_open
from knooppunt.directory.models import Organisation, Place, PlaceRole
from knooppunt.find.searching import Found, having, with_documents

# The nearest kind of door first.
CONCEPTS = ("spreekuur", "buurthuiskamer", "wijkhuis", "inloop")
MOST_DOORS, MOST_LOOKED_AT = 3, 60


@dataclass(frozen=True)
class Door:
    """An answer with how to reach it: the public phone number or empty, and whether it is open
    (None when not known).
    """

    found: Found
    phone: str
    is_open: bool | None


def doors(areas: Iterable[object]) -> list[Door]:
    """The doors in some areas (numbers), else anywhere; none when nobody confirmed any lately."""
    near = list(areas)
    in_areas = _doors({"wat": ["organisation", "place"], "wijk": near}) if near else []
    return in_areas or _doors({"wat": ["organisation", "place"]})


def _doors(where: dict[str, list[object]]) -> list[Door]:
    candidates = with_documents(having(CONCEPTS, where)[:MOST_LOOKED_AT])
    now = timezone.localtime()
    known: dict[tuple[str, int], tuple[str, bool | None]] = {
        **_organisations(_numbers(candidates, "organisation"), now),
        **_places(_numbers(candidates, "place"), now),
    }
    reachable = [
        Door(found, *known[(found.document.type, found.document.number)])
        for found in candidates
        if (found.document.type, found.document.number) in known
    ]
    return sorted(reachable, key=lambda door: not door.is_open)[:MOST_DOORS]


def _numbers(candidates: list[Found], type_: str) -> list[int]:
    return [found.document.number for found in candidates if found.document.type == type_]


def _organisations(
    numbers: list[int], now: datetime
) -> dict[tuple[str, int], tuple[str, bool | None]]:
    today = now.date()
    roles = PlaceRole.objects.filter(valid_on(today), role="hosts", place__state="public")
    rows = Organisation.objects.public().as_of(today).filter(pk__in=numbers)
    reachable = {}
    for organisation in rows.exclude(pk__in=rows.due(today)).prefetch_related(
        "contact_points",
        Prefetch("place_roles", roles.select_related("place")),
        "place_roles__place__hours",
        "place_roles__place__exceptions",
    ):
        states = [is_open(role.place, now) for role in organisation.place_roles.all()]
        opened = next((state for state in (True, False) if state in states), None)
        number = _phone(organisation)
        if number or opened is not None:
            reachable[("organisation", organisation.pk)] = (number, opened)
    return reachable


def _places(numbers: list[int], now: datetime) -> dict[tuple[str, int], tuple[str, bool | None]]:
    today = now.date()
    rows = Place.objects.public().as_of(today).filter(pk__in=numbers)
    reachable = {}
    for place in rows.exclude(pk__in=rows.due(today)).prefetch_related(
        "contact_points", "hours", "exceptions"
    ):
        opened, number = is_open(place, now), _phone(place)
        if number or opened is not None:
            reachable[("place", place.pk)] = (number, opened)
    return reachable


def _phone(record: Organisation | Place) -> str:
    """The first phone number that everybody may see; empty without one."""
    return next(
        (
            point.value
            for point in record.contact_points.all()
            if point.type == "phone" and point.visibility == "public"
        ),
        "",
    )
