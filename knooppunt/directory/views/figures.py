"""The figures: each number with its definition, its date, its wijk and the list behind it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from knooppunt.core.background.stored_results import read, reads_results
from knooppunt.core.registry import figure_registry
from knooppunt.core.registry.figures import Figure, Item
from knooppunt.core.web.csv_response import csv_answer
from knooppunt.core.web.query_params import query_params
from knooppunt.directory.figure_results import NUMBERS, kind_of
from knooppunt.directory.models import Area
from knooppunt.directory.views.details import the_day

PER_PAGE = 100


def _area(request: HttpRequest) -> Area | None:
    slug = request.GET.get("wijk", "")
    return Area.objects.filter(slug=slug).first() if slug else None


def _slug(area: Area | None) -> str:
    return area.slug if area else ""


@query_params("wijk", days=("op",))
@reads_results
def figures(request: HttpRequest) -> HttpResponse:
    """All figures on a day, for everything or one wijk."""
    day, area = the_day(request), _area(request)
    numbers = read(request, NUMBERS, day.isoformat(), _slug(area))
    context = {
        "figures": [
            (figure, *numbers.get(figure.key, (None, 0)))
            for figure in figure_registry.published_figures()
        ],
        "day": day,
        "area": area,
        "areas": Area.objects.doors().defer("outline"),
        "today": timezone.localdate(),
    }
    return render(request, "directory/figures.html", context)


def _counted(request: HttpRequest, key: str) -> tuple[Figure, date, Area | None, dict[str, Any]]:
    """A figure with its day, its wijk and its result. Raises Http404 and NotReady."""
    day, area = the_day(request), _area(request)
    figure = figure_registry.get_figure(key, day, area)
    if figure is None:
        raise Http404
    result = read(request, kind_of(key), key, day.isoformat(), _slug(area))
    return figure, day, area, result


def _items(rows: Iterable[list[Any]]) -> list[Item]:
    """Lines of a list as a page shows them; of a long list only those that are shown are made."""
    prefix = _prefix()
    return [
        Item(pk, name, _in_language(address, prefix), *rest) for pk, name, address, *rest in rows
    ]


def _prefix() -> str:
    """What an address of a list, which is counted in Dutch, gets before it in the language of
    the reader.
    """
    language = get_language() or settings.LANGUAGE_CODE
    return "" if language == settings.LANGUAGE_CODE else f"/{language}"


def _in_language(address: str, prefix: str) -> str:
    return f"{prefix}{address}" if address.startswith("/") else address


@query_params("wijk", "pagina", days=("op",))
@reads_results
def figure(request: HttpRequest, key: str) -> HttpResponse:
    """One figure: the number, what it means, per wijk, and the list."""
    one, day, area, result = _counted(request, key)
    page = Paginator(result.get("items", []), PER_PAGE).get_page(request.GET.get("pagina"))
    prefix = _prefix()
    context = {
        "figure": one,
        "value": result.get("value"),
        "example_value": result.get("example_value", 0),
        "page": page,
        "items": _items(page),
        "day": day,
        "area": area,
        "areas": Area.objects.doors().defer("outline"),
        "per_area": result.get("per_area", []),
        "groups": result.get("groups", []),
        "gaps": [(name, _in_language(address, prefix)) for name, address in result.get("gaps", ())],
        "gap_count": result.get("gap_count", 0),
    }
    return render(request, "directory/figure.html", context)


@query_params("wijk", days=("op",))
@reads_results
def figure_csv(request: HttpRequest, key: str) -> HttpResponse:
    """The list behind a figure as CSV, with the definition and the day on every line."""
    one, day, area, result = _counted(request, key)
    header = [
        "figure",
        "on",
        "area",
        "id",
        "name",
        "address",
        "amount",
        "note",
        "definition",
        "is_example",
    ]
    title, definition = str(one.title), str(one.definition)
    rows = [
        [
            title,
            day,
            _slug(area),
            item.id,
            item.name,
            request.build_absolute_uri(item.address),
            item.amount,
            item.note,
            definition,
            item.is_example,
        ]
        for item in _items(result.get("items", ()))
    ]
    return csv_answer(f"{key.replace(':', '-')}-{day}.csv", header, rows)
