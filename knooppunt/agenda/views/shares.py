"""Who organises it: the share of residents, per wijk and on any day, with the list behind each
bar.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _

from knooppunt.agenda.models import Organiser
from knooppunt.agenda.pictures import bars_svg
from knooppunt.agenda.shares import (
    DEFINITION,
    GROUPS,
    REASONS,
    SHARES,
    Count,
    Line,
    Subject,
    unpacked,
)
from knooppunt.core.background.stored_results import read, reads_results
from knooppunt.core.web.csv_response import csv_answer
from knooppunt.core.web.query_params import day_param, query_params
from knooppunt.directory.models import Area
from knooppunt.directory.views.details import the_day

PER_PAGE = 100


def counted(request: HttpRequest, day: date) -> list[Count]:
    """The count of a day, as the worker left it or worked out at once. Raises NotReady."""
    counts: list[Count] = read(request, SHARES, day.isoformat(), unpack=unpacked)
    return counts


def group_names() -> dict[str, str]:
    """The classes by name."""
    return {str(group): str(Organiser.Group(group).label) for group in GROUPS}


@query_params("wijk", "klasse", "pagina", days=("op", "met"))
@reads_results
def shares(request: HttpRequest) -> HttpResponse:
    """The bars, the table, and the list behind one bar; beside them what is not counted, and
    another day to compare.
    """
    day, names = the_day(request), group_names()
    counts = counted(request, day)
    other = day_param(request, "met")
    chosen = _chosen(request, counts)
    group = request.GET.get("klasse", "")
    shown = [one for one in counts if one.total or one.beside]
    lines = chosen.of(group) if group in names else chosen.lines
    context: dict[str, Any] = {
        "day": day,
        "other": other,
        "counts": shown,
        "area": chosen.area,
        "chosen": chosen,
        "names": names,
        "areas": Area.objects.doors().defer("outline"),
        "definition": DEFINITION,
        "group": group if group in names else "",
        "table": [_table_row(one) for one in shown],
        "bars": bars_svg([(label(one), one) for one in shown], names),
        "page": Paginator(lines, PER_PAGE).get_page(request.GET.get("pagina")),
        "beside": [(activity, REASONS[why]) for activity, why in chosen.beside],
    }
    if other:
        before = next(one for one in counted(request, other) if one.area == chosen.area)
        pair = (
            [(_on(other), before), (_on(day), chosen)]
            if other < day
            else [(_on(day), chosen), (_on(other), before)]
        )
        context |= {
            "compared": bars_svg(pair, names),
            "compared_table": [(title, _table_row(one)) for title, one in pair],
        }
    return render(request, "agenda/shares.html", context)


def _on(day: date) -> str:
    return date_format(day, "j F Y")


def label(one: Count) -> str:
    """The name of a wijk, or of the whole."""
    return one.area.name if one.area else _("Alles bij elkaar")


def _chosen(request: HttpRequest, counts: list[Count]) -> Count:
    slug = request.GET.get("wijk", "")
    return next((one for one in counts if one.area and one.area.slug == slug), counts[0])


def _table_row(one: Count) -> dict[str, Any]:
    return {
        "label": label(one),
        "area": one.area,
        "total": float(one.total),
        "number": len(one.lines),
        "beside": len(one.beside),
        "cells": [
            (group, float(one.weekly[group]), float(one.share(group) or 0), one.number_of(group))
            for group in GROUPS
        ],
    }


def _addresses(request: HttpRequest) -> Callable[[Subject], str]:
    """Gives the full address of an activity; asked once, for a list of twenty thousand."""
    address = request.build_absolute_uri(reverse("agenda:activity", args=["-"]))
    before, _slug, after = address.rpartition("-")
    return lambda activity: f"{before}{activity.slug}{after}"


def _numbers(line: Line) -> list[str]:
    """How often a week, and of that the part of each class, with four decimals."""
    parts = [line.parts.get(group, 0) for group in GROUPS]
    return [f"{float(number):.4f}" for number in (line.weekly, *parts)]


@query_params("wijk", days=("op",))
@reads_results
def shares_csv(request: HttpRequest) -> HttpResponse:
    """The list behind the bars as CSV: each activity with its weekly equivalents per class, and
    what is not counted.
    """
    day, names = the_day(request), group_names()
    chosen = _chosen(request, counted(request, day))
    header = [
        "peildatum",
        "wijk",
        "activiteit",
        "pagina",
        "keer per week",
        *names.values(),
        "telt niet mee omdat",
        "voorbeeld",
    ]
    first, address_of = (day.isoformat(), label(chosen)), _addresses(request)
    numbers: dict[int, list[str]] = {}  # thousands of lines share a few splits
    rows = []
    for line in chosen.lines:
        split = id(line.parts)
        if split not in numbers:
            numbers[split] = _numbers(line)
        activity = line.activity
        named = (activity.name, address_of(activity))
        rows.append([*first, *named, *numbers[split], "", activity.is_example])
    for activity, why in chosen.beside:
        named = (activity.name, address_of(activity))
        rows.append([*first, *named, "", "", "", "", str(REASONS[why]), activity.is_example])
    return csv_answer(f"aandeel-{day.isoformat()}.csv", header, rows)


@query_params(days=("op",))
@reads_results
def shares_picture(request: HttpRequest) -> HttpResponse:
    """The bars as a picture to use elsewhere, with the day in it."""
    day = the_day(request)
    shown = [(label(one), one) for one in counted(request, day) if one.total]
    drawing = bars_svg(shown, group_names(), caption=_on(day)).replace("currentColor", "#1C1B22")
    return HttpResponse(drawing, content_type="image/svg+xml; charset=utf-8")
