"""Which columns and relations a card shows, read at once for a whole list."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch

from knooppunt.directory.models import Area

AREA_NAMES = Prefetch("areas", Area.objects.defer("outline"))
HEAVY = ("kept", "imported", "search_text", "note")


def organisations_with_cards(rows: Any) -> Any:
    """Organisations with what their cards show, and no more."""
    return rows.select_related("kind").prefetch_related(AREA_NAMES).defer(*HEAVY)


def places_with_cards(rows: Any) -> Any:
    """Places with where they are, and no more."""
    rows = rows.select_related("area").prefetch_related(AREA_NAMES)
    return rows.defer("area__outline", *HEAVY)
