"""Knows where things are: points, outlines, and whether one lies in the other.

Degrees, WGS84, longitude first.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Point = tuple[float, float]
Box = tuple[float, float, float, float]
Ring = list[list[float]]
# A GeoJSON geometry as it came from a file; ``polygons`` looks whether it is one.
Outline = Mapping[str, Any]

RADIUS = 6_371_009  # of the earth, in metres
_NUMBER = r"[-+]?\d{1,3}(?:[.,]\d+)?"


class BadOutline(ValueError):
    """The outline is no GeoJSON Polygon or MultiPolygon in degrees."""


def polygons(outline: Outline) -> Iterator[list[Ring]]:
    """The polygons of a GeoJSON geometry, each a list of rings, the outer first.

    Raises BadOutline for another geometry or for numbers that are no degrees.
    """
    kind, coordinates = outline.get("type"), outline.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon") or not isinstance(coordinates, list):
        raise BadOutline(f"Polygon or MultiPolygon expected, not {kind}")
    for polygon in [coordinates] if kind == "Polygon" else coordinates:
        for ring in polygon:
            for position in ring:
                if not all(isinstance(number, (int, float)) for number in position[:2]):
                    raise BadOutline(f"no numbers: {position[:2]}")
                if not (-180 <= position[0] <= 180 and -90 <= position[1] <= 90):
                    raise BadOutline(f"no degrees: {position[:2]}")
        yield polygon


def in_ring(point: Point, ring: Ring) -> bool:
    """True if a line from the point to the east crosses the ring an odd number of times."""
    x, y = point
    inside = False
    x1, y1 = ring[-1][0], ring[-1][1]
    for position in ring:
        x2, y2 = position[0], position[1]
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
        x1, y1 = x2, y2
    return inside


def contains(outline: Outline, point: Point) -> bool:
    """True if the point lies in the outline and not in one of its holes."""
    return any(
        in_ring(point, rings[0]) and not any(in_ring(point, hole) for hole in rings[1:])
        for rings in polygons(outline)
    )


def box(outline: Outline) -> Box:
    """West, south, east, north of an outline."""
    positions = [position for rings in polygons(outline) for position in rings[0]]
    xs, ys = [p[0] for p in positions], [p[1] for p in positions]
    return min(xs), min(ys), max(xs), max(ys)


def around(boxes: Iterable[Box]) -> Box | None:
    """The smallest box that holds all boxes; None when there are none."""
    known = list(boxes)
    if not known:
        return None
    west, south, east, north = zip(*known, strict=True)
    return min(west), min(south), max(east), max(north)


def middle(outline: Outline) -> Point:
    """The centre of gravity of the largest ring of an outline; of one without surface the
    middle of its box.
    """
    weighed = [_weighed(rings[0]) for rings in polygons(outline)]
    surface, x, y = max(weighed, key=lambda one: abs(one[0]))
    west, south, east, north = box(outline)
    return (x, y) if surface else ((west + east) / 2, (south + north) / 2)


def _weighed(ring: Ring) -> tuple[float, float, float]:
    """Twice the surface of a ring and its centre of gravity, reckoned from its first point to
    keep the numbers small.
    """
    x0, y0 = ring[0][0], ring[0][1]
    surface = x = y = 0.0
    for one, other in zip(ring, [*ring[1:], ring[0]], strict=True):
        x1, y1, x2, y2 = one[0] - x0, one[1] - y0, other[0] - x0, other[1] - y0
        part = x1 * y2 - x2 * y1
        surface, x, y = surface + part, x + (x1 + x2) * part, y + (y1 + y2) * part
    return (surface, x0 + x / (3 * surface), y0 + y / (3 * surface)) if surface else (0.0, x0, y0)


def in_box(point: Point, bounds: Box, margin: float = 0.0) -> bool:
    """True if the point lies in the box, widened by ``margin`` degrees."""
    west, south, east, north = bounds
    return (
        west - margin <= point[0] <= east + margin and south - margin <= point[1] <= north + margin
    )


def metres(one: Point, other: Point) -> float:
    """Distance over the earth in metres; good to a part in a thousand within a city."""
    middle = math.radians((one[1] + other[1]) / 2)
    east = math.radians(other[0] - one[0]) * math.cos(middle)
    north = math.radians(other[1] - one[1])
    return math.hypot(east, north) * RADIUS


def parse_degree(text: str) -> float | None:
    """A number of degrees from ``51.9`` or ``51,9``; None if there is none."""
    plain = text.strip().rstrip("°NEOS ")
    return float(plain.replace(",", ".")) if re.fullmatch(_NUMBER, plain) else None


def parse_pair(text: str) -> tuple[float, float] | None:
    """Two numbers of degrees from one cell such as ``51.9, 4.4``, ``51,9; 4,4`` or ``POINT(4.4
    51.9)``, in the order written.
    """
    plain = re.sub(r"(?i)^\s*point\s*\(|\)\s*$|[()\[\]]", "", text).strip()
    found = re.fullmatch(rf"({_NUMBER})\s*(?:[;,/|\s])\s*({_NUMBER})", plain)
    if not found:
        return None
    return float(found[1].replace(",", ".")), float(found[2].replace(",", "."))


def ordered(first: float, second: float, known: Box | None) -> Point | None:
    """Longitude and latitude from two numbers in unknown order.

    The order that falls in or near the ``known`` box wins (half a degree around it); else latitude
    first, as most people write it. None if neither order can lie on earth.
    """
    orders = [(second, first), (first, second)]
    if known:
        for order in orders:
            if in_box(order, known, 0.5):
                return order
    return next(((x, y) for x, y in orders if -180 <= x <= 180 and -90 <= y <= 90), None)
