"""The register of figures: a published number is the count of a list, with a definition and a reference date.

A figure is never typed in. ``counted`` gives the things counted on a day within an area (None is everywhere); the number
is how many there are, or for a sum the sum of one column of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils.functional import Promise

Label = str | Promise


@dataclass(frozen=True)
class Item:
    """One thing on the list behind a number. ``address`` is its page on this site; ``amount`` counts in a sum.

    ``group`` is the key of the family figure to which the line belongs, if any.
    """

    id: int
    name: str
    address: str
    amount: int = 1
    note: str = ""
    group: str = ""


@dataclass(frozen=True)
class Figure:
    """A number the site publishes. ``item`` turns a counted row into a line of the list behind it."""

    key: str
    title: Label
    definition: Label
    unit: Label
    counted: Callable[[date, Any], QuerySet[Any]]
    item: Callable[[Any], Item]
    sums: str = ""
    family: Callable[[date, Any], Iterable[Figure]] | None = None
    gaps: Callable[[date, Any], QuerySet[Any]] | None = None
    gaps_title: Label = ""

    def value(self, day: date, area: Any = None) -> int:
        """The number on ``day``, whole units."""
        rows = self.counted(day, area)
        return (rows.aggregate(total=Sum(self.sums))["total"] or 0) if self.sums else rows.count()

    def items(self, day: date, area: Any = None) -> list[Item]:
        """The list behind the number, in the order in which it is shown."""
        return [self.item(row) for row in self.counted(day, area)]


def as_json(figure: Figure, items: list[Item], day: date, area: Any = None, base: str = "") -> dict[str, Any]:
    """A figure as open data: key, title, definition, unit, on, area, value and the items behind it."""
    return {
        "key": figure.key, "title": str(figure.title), "definition": str(figure.definition), "unit": str(figure.unit),
        "on": day.isoformat(), "area": area.slug if area else None, "value": sum(item.amount for item in items),
        "items": [
            {"id": item.id, "name": item.name, "address": base + item.address, "amount": item.amount, "note": item.note}
            for item in items
        ],
    }  # fmt: skip
