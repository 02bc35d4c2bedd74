"""Puts what lies close together in one heap with its number, so that a map of a hundred
thousand places stays light.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy

from knooppunt.atlas.ground import Wijk
from knooppunt.find.analysis import facet
from knooppunt.find.filters import Filters
from knooppunt.find.models import Document
from knooppunt.find.searching import Hit, Left
from knooppunt.find.segments import Array, Segment
from knooppunt.kit import geo

CELLS = 4
DEEPEST = 19
COLUMNS = 7


@dataclass(frozen=True)
class Heap:
    """Things in one spot: how many, their middle and box, and the thing itself when it is one."""

    number: int
    middle: geo.Point
    box: geo.Box
    document: Any = None


def tile(filters: Filters, zoom: int, x: int, y: int) -> list[Heap]:
    """The heaps of one square of the map, in the usual division of the world (2 ** zoom squares
    across).
    """
    cells = 2**zoom * (CELLS if zoom < DEEPEST else 256)
    return _heaps(
        filters,
        lambda lon, lat: _square(lon, lat, zoom, x, y),
        lambda lon, lat: _cell(lon, lat, cells),
    )


def in_box(filters: Filters, box: geo.Box) -> list[Heap]:
    """The heaps of a picture of a box, a dozen across."""
    west, south, east, north = box
    size = (east - west) / COLUMNS

    def inside(lon: Array, lat: Array) -> Array:
        return (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)

    def cell(lon: Array, lat: Array) -> Array:
        return numpy.floor((lon - west) / size).astype("int64") * 100_000 + numpy.floor(
            (lat - south) / size * 1.6
        ).astype("int64")

    return _heaps(filters, inside, cell)


def _heaps(filters: Filters, inside: Any, cell: Any) -> list[Heap]:
    parts = []
    for segment, mask in filters.masks:
        lon, lat = segment.points[:, 0], segment.points[:, 1]
        with numpy.errstate(invalid="ignore"):
            places = numpy.flatnonzero(mask & inside(lon, lat))
        parts.append(
            (lon[places], lat[places], cell(lon[places], lat[places]), segment.numbers[places])
        )
    return _gathered(*(numpy.concatenate(column) for column in zip(*parts, strict=True)))


def _gathered(lon: Array, lat: Array, cell: Array, numbers: Array) -> list[Heap]:
    if not len(lon):
        return []
    order = numpy.argsort(cell, kind="stable")
    lon, lat, cell, numbers = lon[order], lat[order], cell[order], numbers[order]
    starts = numpy.flatnonzero(numpy.diff(cell, prepend=cell[0] - 1))
    counts = numpy.diff(numpy.append(starts, len(lon)))
    west, south = numpy.minimum.reduceat(lon, starts), numpy.minimum.reduceat(lat, starts)
    east, north = numpy.maximum.reduceat(lon, starts), numpy.maximum.reduceat(lat, starts)
    x, y = numpy.add.reduceat(lon, starts) / counts, numpy.add.reduceat(lat, starts) / counts
    alone = numbers[starts[counts == 1]].tolist()
    documents = Document.objects.only("title", "address", "type", "kind").in_bulk(alone)
    return [
        Heap(
            int(counts[n]),
            (float(x[n]), float(y[n])),
            (float(west[n]), float(south[n]), float(east[n]), float(north[n])),
            documents.get(int(numbers[starts[n]])) if counts[n] == 1 else None,
        )
        for n in range(len(starts))
    ]


def _mercator(lon: Array, lat: Array) -> tuple[Array, Array]:
    """Where points lie on the square map of the world, 0 to 1 from the north-west."""
    up = numpy.arcsinh(numpy.tan(numpy.radians(numpy.clip(lat, -85, 85)))) / numpy.pi
    return (lon + 180) / 360, (1 - up) / 2


def _square(lon: Array, lat: Array, zoom: int, x: int, y: int) -> Array:
    across, down = _mercator(lon, lat)
    return (numpy.floor(across * 2**zoom) == x) & (numpy.floor(down * 2**zoom) == y)


def _cell(lon: Array, lat: Array, cells: int) -> Array:
    across, down = _mercator(lon, lat)
    return numpy.floor(across * cells).astype("int64") * cells + numpy.floor(down * cells).astype(
        "int64"
    )


def without_point(filters: Filters, wijken: Iterable[Wijk]) -> list[tuple[Wijk, int]]:
    """How many things lie somewhere in each wijk of which the exact spot is not known; those in
    several count in each.
    """
    return [
        (wijk, number)
        for wijk in wijken
        if (number := sum(_loose(segment, mask, wijk, filters) for segment, mask in filters.masks))
    ]


def _loose(segment: Segment, mask: Array, wijk: Wijk, filters: Filters) -> int:
    places = segment.having(filters.index.terms.get(facet("wijk", wijk.number), 0))[0]
    return int((mask[places] & numpy.isnan(segment.points[places, 0])).sum())


def inside(filters: Filters, box: geo.Box, wijken: Iterable[Wijk]) -> Sequence[Hit]:
    """The hits that lie in a box, in the order of the list; what is known only by its wijk lies
    where its mark is drawn.
    """
    west, south, east, north = box
    drawn = [wijk for wijk in wijken if geo.in_box(wijk.middle, box)]
    terms = [filters.index.terms.get(facet("wijk", wijk.number), 0) for wijk in drawn]
    shown: list[tuple[Segment, Array]] = []
    for segment, mask in filters.masks:
        lon, lat = segment.points[:, 0], segment.points[:, 1]
        with numpy.errstate(invalid="ignore"):
            there = (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north)
        shown.append((segment, mask & (there | (numpy.isnan(lon) & segment.mask(terms)))))
    if filters.answer is None:
        return Left(shown)
    masks = {id(segment): mask for segment, mask in shown}
    return [one for one in filters.hits if masks[id(one.segment)][one.place]]


def around(filters: Filters) -> geo.Box | None:
    """The box around all points that are left; None without any."""
    points = numpy.concatenate([segment.points[mask] for segment, mask in filters.masks])
    points = points[~numpy.isnan(points[:, 0])]
    if not len(points):
        return None
    (west, south), (east, north) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    return west, south, east, north
