"""Finds the figures that this coalition publishes, over all modules that are on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from knooppunt.core.registry import modules
from knooppunt.core.registry.figures import Figure, as_json


def published_figures() -> list[Figure]:
    """All figures of the modules that are on."""
    return list(modules.gathered("figures"))


def get_figure(key: str, day: date, area: Any = None) -> Figure | None:
    """The figure with a key; ``members:<slug>`` is one of a family."""
    for figure in published_figures():
        if figure.key == key:
            return figure
        if figure.family and key.startswith(f"{figure.key}:"):
            return next((one for one in figure.family(day, area) if one.key == key), None)
    return None


def figures_as_json(day: date, area: Any = None, base: str = "") -> Iterator[dict[str, Any]]:
    """All figures as open data, each followed by its family; the lists of a family are parts of
    the figure's own list.
    """
    for figure in published_figures():
        items = figure.items(day, area)
        yield as_json(figure, items, day, area, base)
        if figure.family:
            groups = defaultdict(list)
            for item in items:
                groups[item.group].append(item)
            for one in figure.family(day, area):
                yield as_json(one, groups[one.key], day, area, base)
