"""The figures: each number with its definition, its date, its wijk and the list behind it."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from knooppunt.core import memo, published
from knooppunt.core.csv_answers import csv_answer
from knooppunt.core.figures import Figure
from knooppunt.core.query_params import query_params
from knooppunt.directory.models import Area
from knooppunt.directory.views.details import the_day

PER_PAGE = 100


def value_of(figure: Figure, day: date, area: Area | None) -> int | None:
    """The number, worked out once for as long as nothing changes."""
    return memo.remember(
        ("figure", figure.key, day, area and area.pk), lambda: figure.value(day, area)
    )


def _area(request: HttpRequest) -> Area | None:
    slug = request.GET.get("wijk", "")
    return Area.objects.filter(slug=slug).first() if slug else None


@query_params("wijk", days=("op",))
def figures(request: HttpRequest) -> HttpResponse:
    """All figures on a day, for everything or one wijk."""
    day, area = the_day(request), _area(request)
    listed = [(figure, value_of(figure, day, area)) for figure in published.every()]
    context = {
        "figures": listed,
        "day": day,
        "area": area,
        "areas": Area.objects.doors().defer("outline"),
        "today": timezone.localdate(),
    }
    return render(request, "directory/figures.html", context)


def _figure(key: str, request: HttpRequest) -> Figure:
    found = published.find(key, the_day(request), _area(request))
    if found is None:
        raise Http404
    return found


@query_params("wijk", "pagina", days=("op",))
def figure(request: HttpRequest, key: str) -> HttpResponse:
    """One figure: the number, what it means, per wijk, and the list."""
    one, day, area = _figure(key, request), the_day(request), _area(request)
    page = Paginator(one.counted(day, area), PER_PAGE).get_page(request.GET.get("pagina"))
    context = {
        "figure": one,
        "value": value_of(one, day, area),
        "page": page,
        "items": [one.item(row) for row in page],
        "day": day,
        "area": area,
        "areas": Area.objects.doors().defer("outline"),
        "per_area": [
            (wijk, value_of(one, day, wijk)) for wijk in Area.objects.doors().defer("outline")
        ],
        "groups": groups(one, day, area),
        "gaps": one.gaps(day, area)[:PER_PAGE] if one.gaps else [],
        "gap_count": one.gaps(day, area).count() if one.gaps else 0,
    }
    return render(request, "directory/figure.html", context)


def groups(figure: Figure, day: date, area: Area | None) -> list[tuple[str, str, int]]:
    """For a figure with a family: key, name and number of each, the largest first, at most a hundred."""
    if not figure.family:
        return []
    counted = Counter((item.group, item.note) for item in figure.items(day, area))
    return [(key, name, number) for (key, name), number in counted.most_common(PER_PAGE)]


@query_params("wijk", days=("op",))
def figure_csv(request: HttpRequest, key: str) -> HttpResponse:
    """The list behind a figure as CSV, with the definition and the day on every line."""
    one, day, area = _figure(key, request), the_day(request), _area(request)
    header = ["figure", "on", "area", "id", "name", "address", "amount", "note", "definition"]
    rows = [
        [one.title, day, area.slug if area else "", item.id, item.name, request.build_absolute_uri(item.address), item.amount, item.note, one.definition]
        for item in one.items(day, area)
    ]  # fmt: skip
    return csv_answer(f"{key.replace(':', '-')}-{day}.csv", header, rows)
