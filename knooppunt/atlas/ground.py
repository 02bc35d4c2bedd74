"""The ground of the map: the outlines of the wijken, which box they fill, and which box is
asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings

from knooppunt.core.coalition.configuration import Surrounding
from knooppunt.core.web import page_cache
from knooppunt.directory.models import Area
from knooppunt.kit import geo

MARGIN = 0.06


@dataclass(frozen=True)
class Wijk:
    """A part of the city as it is drawn: its number, name, outline and middle."""

    number: int
    slug: str
    name: str
    outline: dict[str, Any]
    middle: geo.Point


def wijken() -> list[Wijk]:
    """Every wijk with an outline, kept for as long as nothing changes."""
    return page_cache.remember(
        "atlas wijken",
        lambda: [_drawn(area) for area in Area.objects.filter(level="wijk") if area.outline],
    )


def around() -> tuple[Surrounding, ...]:
    """What the coalition's file draws around its own areas."""
    surroundings: tuple[Surrounding, ...] = settings.COALITION.surroundings
    return surroundings


def _drawn(area: Area) -> Wijk:
    outline = area.outline or {}
    return Wijk(area.pk, area.slug, area.name, outline, geo.middle(outline))


def bounds() -> geo.Box | None:
    """The box around all wijken; None when none is drawn."""
    return geo.around(geo.box(one.outline) for one in wijken())


def read_box(text: str) -> geo.Box | None:
    """A box from ``west,south,east,north``; None for anything else."""
    try:
        west, south, east, north = (float(part) for part in text[:80].split(","))
    except ValueError:
        return None
    is_whole = -180 <= west < east <= 180 and -85 <= south < north <= 85
    return (west, south, east, north) if is_whole else None


def widened(box: geo.Box) -> geo.Box:
    """A box with some room around it; of at least some fifty metres."""
    west, south, east, north = box
    across, up = max(east - west, 0.0008), max(north - south, 0.0005)
    x, y = (west + east) / 2, (south + north) / 2
    half_x, half_y = across * (0.5 + MARGIN), up * (0.5 + MARGIN)
    return x - half_x, y - half_y, x + half_x, y + half_y
