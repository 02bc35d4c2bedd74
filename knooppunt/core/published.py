"""Finds the figures that this coalition publishes, over all modules that are on."""

from __future__ import annotations

from datetime import date
from typing import Any

from knooppunt.core import modules
from knooppunt.core.figures import Figure


def every() -> list[Figure]:
    """All figures of the modules that are on."""
    return list(modules.gathered("figures"))


def find(key: str, day: date, area: Any = None) -> Figure | None:
    """The figure with a key; ``members:huize-middelland`` is one of a family."""
    for figure in every():
        if figure.key == key:
            return figure
        if figure.family and key.startswith(f"{figure.key}:"):
            return next((one for one in figure.family(day, area) if one.key == key), None)
    return None


def expanded(day: date, area: Any = None) -> list[Figure]:
    """All figures, each followed by its family, such as the members of every network."""
    return [one for figure in every() for one in (figure, *(figure.family(day, area) if figure.family else ()))]
