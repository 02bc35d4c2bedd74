"""How meetings, decisions and proposals are found by the search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from knooppunt.core.registry.searchables import Entry, Searchable
from knooppunt.decisions.models import Decision, Meeting, Proposal
from knooppunt.directory.models import Area
from knooppunt.directory.searchable import around, parents


def _rows(model: Any, numbers: Iterable[int], *related: str) -> Any:
    rows = model.objects.filter(pk__in=list(numbers))
    return rows.select_related(*related).order_by("pk")


def meetings(numbers: Iterable[int]) -> Iterator[Entry]:
    """Meetings with their agenda and minutes."""
    tree = parents()
    for one in _rows(Meeting, numbers, "body", "place").prefetch_related("items", "body__areas"):
        items = " ".join(f"{item.title} {item.text} {item.outcome}" for item in one.items.all())
        areas: list[Area] = list(one.body.areas.all()) if one.body else []
        place = one.public_place
        yield Entry(
            one.pk,
            str(one),
            f"{one.brief} {items} {one.minutes}",
            one.get_absolute_url(),
            labels=(str(one.get_kind_display()),),
            where=((place.name,) if place else ()),
            areas=around(areas, tree),
            point=place.point if place else None,
            summary={"nl": one.brief or items[:200]},
            is_public=one.is_public and not one.is_cancelled,
            is_example=one.is_example,
        )


def decisions(numbers: Iterable[int]) -> Iterator[Entry]:
    """Decisions that everybody may read."""
    for one in _rows(Decision, numbers):
        yield Entry(
            one.pk,
            one.title,
            one.text,
            one.get_absolute_url(),
            summary={"nl": one.text},
            is_public=one.is_public,
            is_example=one.is_example,
        )


def proposals(numbers: Iterable[int]) -> Iterator[Entry]:
    """Proposals that everybody may read."""
    for one in _rows(Proposal, numbers):
        is_shown = one.is_public and one.state in ("open", "closed")
        yield Entry(
            one.pk,
            one.title,
            one.text,
            one.get_absolute_url(),
            summary={"nl": one.text},
            is_public=is_shown,
            is_example=one.is_example,
        )


def meetings_beside(target: str, numbers: set[int]) -> set[int]:
    """The meetings that read along with agenda items, bodies and places that changed."""
    if target == "agendaitem":
        return set(Meeting.objects.filter(items__in=numbers).values_list("pk", flat=True))
    field = {"body": "body__in", "place": "place__in"}.get(target)
    return (
        set(Meeting.objects.filter(**{field: numbers}).values_list("pk", flat=True))
        if field
        else set()
    )


SEARCHABLE = (
    Searchable(
        "meeting",
        _("Overleg"),
        Meeting,
        meetings,
        meetings_beside,
        icon="calendar",
        is_apart=True,
    ),
    Searchable("decision", _("Besluiten"), Decision, decisions, icon="check", is_apart=True),
    Searchable("proposal", _("Voorstellen"), Proposal, proposals, icon="hand", is_apart=True),
)
