"""The front door: what this is, one box, the kinds and the wijken as doors, and four figures with their date."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from knooppunt.directory.figures import FIGURES
from knooppunt.directory.models import Area, Kind

SHOWN = ("networks", "organisations", "places", "volunteers")


def home(request: HttpRequest) -> HttpResponse:
    """The front door."""
    day = timezone.localdate()
    figures = [figure for figure in FIGURES if figure.key in SHOWN]
    context = {
        "kinds": Kind.objects.filter(is_base=True),
        "areas": Area.objects.doors(),
        "figures": [(figure, figure.value(day)) for figure in figures],
        "day": day,
    }
    return render(request, "directory/home.html", context)
