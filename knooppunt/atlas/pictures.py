"""Draws the map as a picture that works without a script: outlines, heaps with their number,
and names.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from knooppunt.atlas import clusters
from knooppunt.atlas.clusters import Heap
from knooppunt.atlas.ground import around, widened, wijken
from knooppunt.atlas.marks import icon_of
from knooppunt.find.filters import Filters
from knooppunt.kit import geo
from knooppunt.kit.frames import Frame


@dataclass(frozen=True)
class Dot:
    """A heap in the picture: where, how large, and where it leads."""

    x: float
    y: float
    radius: float
    heap: Heap
    address: str
    icon: str = ""

    @property
    def icon_at(self) -> str:
        """Where its icon is drawn, in the middle of the mark: an SVG transform."""
        size = self.radius * 1.25
        x, y = self.x - size / 2, self.y - size / 2
        return f"translate({x:.1f} {y:.1f}) scale({size / 24:.3f})"

    @property
    def y_text(self) -> float:
        """Where the foot of its number stands."""
        return self.y + 12


@dataclass(frozen=True)
class Patch:
    """A wijk in the picture: its path, where its name stands, how many things lie somewhere in
    it, and where it leads.
    """

    path: str
    x: float
    y: float
    wijk: Any
    number: int
    address: str
    is_on: bool

    @property
    def y_mark(self) -> float:
        """The middle of the mark below the name."""
        return self.y + 46

    @property
    def y_number(self) -> float:
        """The foot of the number in that mark."""
        return self.y + 58


@dataclass(frozen=True)
class Pale:
    """A part of the city around, in the picture: its path, and its name where there is room."""

    path: str
    x: float
    y: float
    name: str


def picture(filters: Filters, box: geo.Box, query: QueryDict) -> dict[str, Any]:
    """What the template draws."""
    frame = Frame(box)
    loose = {wijk.slug: number for wijk, number in clusters.without_point(filters, wijken())}
    patches = []
    for wijk in wijken():
        x, y = frame.at(wijk.middle)
        is_on = bool(filters.area and filters.area.slug == wijk.slug)
        patches.append(
            Patch(
                frame.path(wijk.outline),
                x,
                y,
                wijk,
                loose.get(wijk.slug, 0),
                _with(query, wijk="" if is_on else wijk.slug, gebied=""),
                is_on,
            )
        )
    dots = []
    for heap in clusters.in_box(filters, box):
        x, y = frame.at(heap.middle)
        address = (
            heap.document.address
            if heap.document
            else _with(query, gebied=as_text(widened(heap.box)))
        )
        dots.append(
            Dot(
                x,
                y,
                26.0 if heap.document else min(40 + heap.number**0.5, 62),
                heap,
                address,
                icon_of(heap.document) if heap.document else "",
            )
        )
    return {
        "width": 1000,
        "height": round(frame.height),
        "around": _around(frame),
        "patches": patches,
        "dots": dots,
    }


def _around(frame: Frame) -> list[Pale]:
    """The parts of the city around, as far as they lie in the picture; a name stands where its
    middle does.
    """
    west, south, east, north = frame.box
    pale = []
    for one in around():
        left, low, right, high = one.box
        if left < east and right > west and low < north and high > south:
            x, y = frame.at(one.middle)
            is_named = 60 < x < 940 and 30 < y < frame.height - 20
            pale.append(Pale(frame.path(one.outline), x, y, one.name if is_named else ""))
    return pale


def as_text(box: geo.Box) -> str:
    """A box as it stands in an address."""
    return ",".join(f"{number:.5f}" for number in box)


def _with(query: QueryDict, **values: str) -> str:
    changed = query.copy()
    changed.pop("pagina", None)
    for name, value in values.items():
        changed.pop(name, None)
        if value:
            changed[name] = value
    return f"?{changed.urlencode()}" if changed else "?"
