"""The front door: who we are, one box, what people come for, the wijken on a small map, and three
figures with their date.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from knooppunt.core.web import page_cache
from knooppunt.core.web.context_processors import is_example
from knooppunt.core.web.query_params import query_params
from knooppunt.directory.figures import FIGURES
from knooppunt.directory.models import Area
from knooppunt.kit import geo
from knooppunt.kit.frames import Frame

SHOWN = ("networks", "places", "volunteers")
MAP_WIDTH, MARGIN, LINE = 360, 0.03, 11


@dataclass(frozen=True)
class Patch:
    """A wijk on the small map: its path, and each word of its name with where it stands."""

    path: str
    words: tuple[tuple[float, float, str], ...]


@query_params("wijk")
def home(request: HttpRequest) -> HttpResponse:
    """The front door."""
    return render(request, "directory/home.html", page_cache.remember("home", _home))


def _home() -> dict[str, Any]:
    day = timezone.localdate()
    figures = [figure for figure in FIGURES if figure.key in SHOWN]
    has_examples = is_example()
    numbers = [
        (figure, figure.value(day), figure.example_value(day) if has_examples else 0)
        for figure in figures
    ]
    areas = list(Area.objects.doors())
    return {
        "needs": settings.COALITION.needs,
        "areas": [(area.name, area.get_absolute_url()) for area in areas],
        "map": _small_map(area for area in areas if area.level == "wijk"),
        "figures": numbers,
        "is_empty": not any(number for _figure, number, _invented in numbers),
        "day": day,
    }


def _small_map(areas: Iterable[Area]) -> dict[str, Any] | None:
    """The wijken as a picture; None when fewer than two are drawn."""
    drawn = [(area, area.outline) for area in areas if area.outline]
    box = geo.around(geo.box(outline) for _area, outline in drawn)
    if box is None or len(drawn) < 2:
        return None
    west, south, east, north = box
    across, up = (east - west) * MARGIN, (north - south) * MARGIN
    frame = Frame((west - across, south - up, east + across, north + up), MAP_WIDTH, digits=0)
    patches = []
    for area, outline in drawn:
        x, y = frame.at(geo.middle(outline))
        words = area.name.split()
        top = y + 4 - LINE * (len(words) - 1) / 2
        lines = tuple((x, top + LINE * number, word) for number, word in enumerate(words))
        patches.append(Patch(frame.path(outline), lines))
    sources = sorted({area.outline_source for area, _outline in drawn if area.outline_source})
    return {
        "width": MAP_WIDTH,
        "height": round(frame.height),
        "patches": patches,
        "sources": sources,
    }
