"""The register of figures: a published number is the count of a list, with a definition and a
reference date.

A figure is never typed in. ``counted`` gives the things counted on a day within an area (None is
everywhere); the number is how many there are, or for a sum the sum of one column of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils.translation import get_language

from knooppunt.core.labels import Label


@dataclass(frozen=True)
class Item:
    """One thing on the list behind a number.

    ``address`` is its page on this site; ``amount`` counts in a sum. ``group`` is the key of the
    family figure to which the line belongs, if any. ``whole`` is of how much ``amount`` is a part,
    where the number is a share. ``is_example`` is true for what the example invented.
    """

    id: int
    name: str
    address: str
    amount: float = 1
    note: str = ""
    group: str = ""
    whole: float = 0
    is_example: bool = False


@dataclass(frozen=True)
class Figure:
    """A number the site publishes. ``item`` turns a counted row into a line of the list behind it.

    ``form`` is number, euro or share: of a share the number is how many percent the amounts are of
    their wholes. ``of_network`` keeps of the rows of a day what belongs to one network; a figure
    without it is not counted per network. ``begins`` gives the first day on which it could be
    counted; before it there is no number, which is not zero. ``reads`` names the columns that
    ``item`` uses, where reading whole rows would be slow. ``mark`` leads from a counted row to
    whether the example invented it, where reading all lines for that would be slow.
    """

    key: str
    title: Label
    definition: Label
    unit: Label
    counted: Callable[[date, Any], Any]
    item: Callable[[Any], Item]
    sums: str = ""
    family: Callable[[date, Any], Iterable[Figure]] | None = None
    gaps: Callable[[date, Any], QuerySet[Any]] | None = None
    gaps_title: Label = ""
    form: str = "number"
    of_network: Callable[[Any, date, Any], Any] | None = None
    begins: Callable[[], date | None] | None = None
    reads: tuple[str, ...] = ()
    mark: str = ""

    def value(self, day: date, area: Any = None) -> int | None:
        """The number on ``day``: whole units or whole percents; None for a share of nothing."""
        rows = self.counted(day, area)
        if not isinstance(rows, QuerySet):
            return total(self.form, self.items(day, area))
        return (rows.aggregate(total=Sum(self.sums))["total"] or 0) if self.sums else rows.count()

    def example_value(self, day: date, area: Any = None) -> int:
        """How much of the number the example invented; see ``example_part``."""
        rows = self.counted(day, area)
        if not self.mark or not isinstance(rows, QuerySet):
            return example_part(self.form, self.items(day, area))
        rows = rows.filter(**{self.mark: True})
        return (rows.aggregate(total=Sum(self.sums))["total"] or 0) if self.sums else rows.count()

    def items(self, day: date, area: Any = None, network: Any = None) -> list[Item]:
        """The list behind the number, in the order in which it is shown; of one network only if
        ``of_network`` is there.
        """
        rows = self.counted(day, area)
        if network is not None:
            assert self.of_network is not None, self.key
            rows = self.of_network(rows, day, network)
        rows = rows.only(*self.reads) if self.reads else rows
        return [self.item(row) for row in rows]


def total(form: str, items: Iterable[Item]) -> int | None:
    """The number that a list makes: the sum of its amounts, or for a share whole percents of
    the wholes.
    """
    rows = list(items)
    amount = sum(item.amount for item in rows)
    if form != "share":
        return round(amount)
    whole = sum(item.whole for item in rows)
    return round(100 * amount / whole) if whole else None


def example_part(form: str, items: Iterable[Item]) -> int:
    """How much of a number the example invented: the sum of those amounts, or of a share the
    number of lines.
    """
    invented = [item for item in items if item.is_example]
    return len(invented) if form == "share" else round(sum(item.amount for item in invented))


def shown(value: int | None, form: str = "number") -> str:
    """A number as people read it: 1.200, 63% or € 500.000; a stripe for none."""
    if value is None:
        return "–"
    plain = f"{value:,}"
    plain = plain.replace(",", ".") if (get_language() or "nl").startswith("nl") else plain
    return {"share": f"{plain}%", "euro": f"€\u00a0{plain}"}.get(form, plain)


def as_json(
    figure: Figure, items: list[Item], day: date, area: Any = None, base: str = ""
) -> dict[str, Any]:
    """A figure as open data: key, title, definition, unit, on, area, value and the items behind
    it.
    """
    return {
        "key": figure.key,
        "title": str(figure.title),
        "definition": str(figure.definition),
        "unit": str(figure.unit),
        "on": day.isoformat(),
        "area": area.slug if area else None,
        "value": total(figure.form, items),
        "example_value": example_part(figure.form, items),
        "items": [item_json(item, base) for item in items],
    }


def item_json(item: Item, base: str = "") -> dict[str, Any]:
    """A line of a list as open data; of how much it is a part is said where the number is a
    share.
    """
    line = {
        "id": item.id,
        "name": item.name,
        "address": base + item.address if item.address else "",
        "amount": item.amount,
        "note": item.note,
        "is_example": item.is_example,
    }
    return line | ({"whole": item.whole} if item.whole else {})
