"""The front door: what this is, one box, the kinds and the wijken as doors, and four figures
with their date.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from knooppunt.core.web import page_cache
from knooppunt.core.web.query_params import query_params
from knooppunt.directory.figures import FIGURES
from knooppunt.directory.models import Area, Kind

SHOWN = ("networks", "organisations", "places", "volunteers")


@query_params("wijk")
def home(request: HttpRequest) -> HttpResponse:
    """The front door."""
    return render(request, "directory/home.html", page_cache.remember("home", _home))


def _home() -> dict[str, Any]:
    day = timezone.localdate()
    figures = [figure for figure in FIGURES if figure.key in SHOWN]
    numbers = [(figure, figure.value(day)) for figure in figures]
    return {
        "kinds": list(Kind.objects.filter(is_base=True)),
        "areas": list(Area.objects.doors().defer("outline")),
        "figures": numbers,
        "is_empty": not any(number for _figure, number in numbers),
        "day": day,
    }
