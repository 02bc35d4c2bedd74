"""The figures as results that the worker can count: all numbers of a day, and one number with
its list.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from django.utils import timezone

from knooppunt.core.registry import figure_registry
from knooppunt.core.registry.computations import Computation
from knooppunt.core.registry.figures import Figure, Item, example_part, total
from knooppunt.core.web.context_processors import is_example
from knooppunt.directory.models import Area

NUMBERS, LIST = "figures", "figure"
MOST = 100


def numbers(day: str, area: str) -> dict[str, list[int | None]]:
    """The number of every figure by its key, on a day and in a wijk (empty is everywhere), with
    how much of it the example invented.
    """
    on, where = date.fromisoformat(day), area_of(area)
    has_examples = is_example()
    return {
        figure.key: [
            figure.value(on, where),
            figure.example_value(on, where) if has_examples else 0,
        ]
        for figure in figure_registry.published_figures()
    }


def listed(key: str, day: str, area: str) -> dict[str, Any]:
    """One figure with everything its page shows: number, list, per wijk, per group, and what could
    not be counted.

    An item is a list of the values of an ``Item``. None for a figure that is not there on that day.
    """
    on, where = date.fromisoformat(day), area_of(area)
    figure = figure_registry.get_figure(key, on, where)
    if figure is None:
        return {}
    items = figure.items(on, where)
    gaps = figure.gaps(on, where) if figure.gaps else None
    return {
        "value": total(figure.form, items),
        "example_value": example_part(figure.form, items),
        "items": [
            [
                item.id,
                item.name,
                item.address,
                item.amount,
                item.note,
                item.group,
                item.whole,
                item.is_example,
            ]
            for item in items
        ],
        "per_area": [
            [wijk.slug, wijk.name, figure.value(on, wijk)]
            for wijk in Area.objects.doors().defer("outline")
        ],
        "groups": _groups(figure, items),
        "gaps": [[row.name, row.get_absolute_url()] for row in gaps[:MOST]]
        if gaps is not None
        else [],
        "gap_count": gaps.count() if gaps is not None else 0,
    }


def _groups(figure: Figure, items: list[Item]) -> list[list[Any]]:
    """For a figure with a family: key, name and number of each, the largest first, at most a
    hundred.
    """
    if not figure.family:
        return []
    counted = Counter((item.group, item.note) for item in items)
    return [[key, name, number] for (key, name), number in counted.most_common(MOST)]


def area_of(slug: str) -> Area | None:
    """The area of a slug; None for everywhere."""
    return Area.objects.filter(slug=slug).first() if slug else None


def kind_of(key: str) -> str:
    """The kind of the list of one figure; each figure is measured apart."""
    return f"{LIST}:{key}"


def _always_numbers() -> list[tuple[str, tuple[str, ...]]]:
    today = timezone.localdate().isoformat()
    doors = Area.objects.doors().values_list("slug", flat=True)
    return [(NUMBERS, (today, area)) for area in ("", *doors)]


def _always_lists() -> list[tuple[str, tuple[str, ...]]]:
    today = timezone.localdate().isoformat()
    return [
        (kind_of(figure.key), (figure.key, today, ""))
        for figure in figure_registry.published_figures()
    ]


COMPUTATIONS = (
    Computation(NUMBERS, numbers, _always_numbers, form=2),
    Computation(LIST, listed, _always_lists, form=2),
)
