"""Finds in which part of the city a point lies, with our own point-in-polygon, and which part a
name means.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.conf import settings

from knooppunt.directory.models import Area
from knooppunt.kit import geo
from knooppunt.kit.text import nearest, normalise, several

MOST_POINTS = 2000
# What parts the areas of a cell, what parts one name further, and words before a name.
_BETWEEN = r"[;\n|,]+|\s*[/&+]\s*|\s+(?:en|and)\s+"
_PARTED = re.compile(r"\s+[-–]\s+|[()]+")
_BEFORE = re.compile(
    r"^\s*(?:de\s+)?(?:wijk|buurt|stadsdeel|gebied|deelgemeente)\b\s*:?\s*", re.IGNORECASE
)
DEPTH = {"city": 0, "area": 1, "wijk": 2, "buurt": 3}


@dataclass
class Stated:
    """What a cell with area names means: the areas, and each name that is not known with the
    nearest known one.
    """

    areas: list[Area] = field(default_factory=list)
    unknown: list[tuple[str, str | None]] = field(default_factory=list)


class AreaMap:
    """All areas held in memory for as long as one job lasts."""

    def __init__(self, other_names: Mapping[str, str] | None = None) -> None:
        """``other_names`` gives further folded names, each with the slug of its area."""
        self._other_names = dict(other_names or {})
        self.areas = {area.pk: area for area in Area.objects.all()}
        self._stated: dict[str, Stated] = {}
        self._found: dict[geo.Point, Area | None] = {}

    @cached_property
    def _shapes(self) -> list[tuple[geo.Box, Area]]:
        """Official areas with an outline, the deepest first, so that the first hit is the
        answer.
        """
        drawn = [area for area in self.areas.values() if area.outline and area.level != "felt"]
        drawn.sort(key=lambda area: -DEPTH[area.level])
        return [(geo.box(area.outline), area) for area in drawn if area.outline]

    @cached_property
    def bounds(self) -> geo.Box | None:
        """The box around all outlines, or None when nothing is drawn."""
        return geo.around(bounds for bounds, _area in self._shapes)

    def at(self, point: geo.Point) -> Area | None:
        """The smallest official area in which the point lies."""
        if point not in self._found:
            self._found[point] = self._look_up(point)
            if len(self._found) > MOST_POINTS:
                self._found.pop(next(iter(self._found)))
        return self._found[point]

    def _look_up(self, point: geo.Point) -> Area | None:
        for bounds, area in self._shapes:
            if area.outline and geo.in_box(point, bounds) and geo.contains(area.outline, point):
                return area
        return None

    def felt_at(self, point: geo.Point) -> list[Area]:
        """The felt neighbourhoods in which the point lies."""
        felt = (area for area in self.areas.values() if area.level == "felt")
        return [area for area in felt if area.outline and geo.contains(area.outline, point)]

    def line(self, area: Area) -> list[int]:
        """The numbers of an area and of all it lies in, from small to large."""
        found = [area.pk]
        while (area.parent_id in self.areas) and area.parent_id not in found:
            area = self.areas[area.parent_id]
            found.append(area.pk)
        return found

    def conflicts(self, derived: Area | None, stated: list[Area]) -> bool:
        """True if the area of a point and the areas that were said neither hold nor lie in one
        another.
        """
        if derived is None or not stated:
            return False
        around = set(self.line(derived))
        return not any(area.pk in around or derived.pk in self.line(area) for area in stated)

    @cached_property
    def _names(self) -> dict[str, Area]:
        """Every name and alias; where two areas share one, the wijk wins from the area around
        it.
        """
        order = {"wijk": 0, "buurt": 1, "felt": 2, "area": 3, "city": 4}
        names: dict[str, Area] = {}
        for area in sorted(self.areas.values(), key=lambda one: order[one.level], reverse=True):
            for name in [area.slug.replace("-", " "), *area.aliases, area.name]:
                names[normalise(name)] = area
        slugs = {area.slug: area for area in self.areas.values()}
        names.update({key: slugs[slug] for key, slug in self._other_names.items() if slug in slugs})
        return names

    @cached_property
    def _groups(self) -> dict[str, list[Area]]:
        slugs = {area.slug: area for area in self.areas.values()}
        groups = settings.COALITION.groups
        return {
            name: [slugs[slug] for slug in members if slug in slugs]
            for name, members in groups.items()
        }

    @cached_property
    def _by_code(self) -> dict[str, Area]:
        return {area.code.upper(): area for area in self.areas.values() if area.code}

    def stated(self, cell: str) -> Stated:
        """The areas that a cell names, one or several, by name, alias, group name, slug or
        official code.
        """
        if cell not in self._stated:
            self._stated[cell] = self._read(cell)
        return self._stated[cell]

    def _read(self, cell: str) -> Stated:
        found = Stated()
        whole = self._meant(cell)
        for name in [cell] if whole else several(cell, _BETWEEN):
            meant = self._meant(name) or self._meant_in_parts(name)
            if meant:
                found.areas += [area for area in meant if area not in found.areas]
            else:
                known = {area.name for area in self.areas.values()} | {
                    a for area in self.areas.values() for a in area.aliases
                }
                close = nearest(name, known)
                found.unknown.append((name, self._names[normalise(close)].name if close else None))
        return found

    def _meant_in_parts(self, name: str) -> list[Area]:
        """The areas of "wijk Noord", "Noord (Pleinbuurt)" or "Noord - Zuid"; none unless every
        part is known.
        """
        parts = [_BEFORE.sub("", part).strip(" :") for part in _PARTED.split(name)]
        areas = [self._meant(part) for part in parts if part]
        return list(dict.fromkeys(area for part in areas for area in part)) if all(areas) else []

    def _meant(self, name: str) -> list[Area]:
        key = normalise(name)
        if key in self._groups:
            return self._groups[key]
        if name.strip().upper() in self._by_code:
            return [self._by_code[name.strip().upper()]]
        return [self._names[key]] if key in self._names else []
