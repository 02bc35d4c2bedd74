"""Which columns and relations a card shows, read at once for a whole list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import Model, Prefetch

from knooppunt.core.registry import modules
from knooppunt.directory.models import Area

T = TypeVar("T", bound=Model)
AREA_NAMES = Prefetch("areas", Area.objects.defer("outline"))
HEAVY = ("kept", "imported", "search_text", "note")


def organisations_with_cards(rows: Any) -> Any:
    """Organisations with what their cards show, and no more."""
    return rows.select_related("kind").prefetch_related(AREA_NAMES).defer(*HEAVY)


def places_with_cards(rows: Any) -> Any:
    """Places with where they are, and no more."""
    rows = rows.select_related("area").prefetch_related(AREA_NAMES, "hours", "exceptions")
    return rows.defer("area__outline", *HEAVY)


def with_next_up(rows: Iterable[T]) -> list[T]:
    """Rows of one model, each with the words of what is next there, if a part knows of any."""
    shown = list(rows)
    if shown:
        numbers = [row.pk for row in shown]
        words: dict[int, str] = {}
        for ask in modules.gathered("next_up"):
            words = ask(type(shown[0]), numbers) | words
        for row in shown:
            row.next_up = words.get(row.pk, "")  # type: ignore[attr-defined]
    return shown
