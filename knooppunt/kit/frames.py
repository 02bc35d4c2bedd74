"""Turns degrees into a picture: where a point lies in it, and an outline as a path."""

from __future__ import annotations

import math
from itertools import groupby

from knooppunt.kit import geo


class Frame:
    """A picture of a box: longitude is narrower than latitude by the cosine of where we are.

    ``digits`` is how many decimals a place in the picture has; 0 makes a small picture light.
    """

    def __init__(self, box: geo.Box, width: float = 1000.0, digits: int = 1) -> None:
        self._digits = digits
        self.box = west, south, east, north = box
        self._squeeze = math.cos(math.radians((south + north) / 2))
        self._scale = width / ((east - west) * self._squeeze)
        self.height = (north - south) * self._scale

    def at(self, point: geo.Point) -> tuple[float, float]:
        """Where a point lies in the picture."""
        west, _south, _east, north = self.box
        return (
            round((point[0] - west) * self._squeeze * self._scale, self._digits),
            round((north - point[1]) * self._scale, self._digits),
        )

    def path(self, outline: geo.Outline) -> str:
        """An outline as the path of a drawing."""
        parts = []
        for rings in geo.polygons(outline):
            for ring in rings:
                points = [self.at((position[0], position[1])) for position in ring]
                corners = [point for point, _repeated in groupby(points)]
                parts.append("M" + "L".join(f"{x:g} {y:g}" for x, y in corners) + "Z")
        return "".join(parts)
