"""The agenda by day, week and month, one activity, and the same on a screen in the hall."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from knooppunt.agenda import describe, lists, rules
from knooppunt.agenda.jsonld import event_json
from knooppunt.agenda.lists import AgendaFilters
from knooppunt.agenda.models import Activity
from knooppunt.agenda.share_text import activity_text, list_text
from knooppunt.core import scenes
from knooppunt.core.coalition.languages import language_name
from knooppunt.core.web.query_params import query_params

ON_SCREEN = 14


@query_params(*AgendaFilters.PARAMS, days=AgendaFilters.DAYS)
def agenda(request: HttpRequest) -> HttpResponse:
    """What there is to do: today first, or a week, or a month."""
    filters = AgendaFilters(request)
    context: dict[str, Any] = {"filters": filters, "facets": filters.facets, "today": filters.today}
    if filters.view == "week":
        context["days"] = lists.days(filters)
    elif filters.view == "maand":
        context["weeks"] = lists.month(filters)
    else:
        context["page"] = lists.one_day(filters)
        if not context["page"].object_list:
            context["next"] = filters.occurrences().going_on().filter(day__gt=filters.day).first()
    return render(request, "agenda/agenda.html", context)


def activity(request: HttpRequest, slug: str) -> HttpResponse:
    """One activity: what, where, when, for whom and who, and its coming times."""
    one = get_visible_activity(request, slug)
    today = timezone.localdate()
    can_change = rules.may_change(request.user, one)
    rows = lists.filled(one.occurrences.filter(ends__gte=timezone.now()).in_order()[:8])
    context = {
        "record": one,
        "scene": _scene(one),
        "when": describe.when(one),
        "rows": rows,
        "coming": [row.occurrence.pk for row in rows],
        "next_row": next((row for row in rows if not row.occurrence.is_cancelled), None),
        "venues": [
            venue
            for venue in one.venues.select_related("place__area")
            if venue.place.is_public or can_change
        ],
        "areas": one.areas.defer("outline"),
        "organisers": lists.organisers_of(one),
        "is_left": Activity.objects.filter(pk=one.pk).left_by_organisers(today).exists(),
        "themes": one.themes.all(),
        "languages": [language_name(code) for code in one.languages],
        "can_change": can_change,
        "can_erase": can_change and rules.may_erase(request.user, one),
        "is_due": one.is_due(today),
        **(_for_keepers(one) if can_change else {}),
        "trouble": _trouble(one, rows),
        "text": activity_text(one, rows, request.build_absolute_uri(one.get_absolute_url())),
        "structured": event_json(one, rows, request.build_absolute_uri("/")),
        "may_object": [
            venue.pk for venue in one.venues.all() if rules.may_object(request.user, venue)
        ],
    }
    return render(request, "agenda/activity.html", context)


def _trouble(activity: Activity, rows: list[lists.Row]) -> list[tuple[lists.Row, str]]:
    """The coming times of which the clock says something odd, each with what."""
    return [
        (row, words)
        for row in rows
        if (
            words := describe.trouble(
                datetime.fromisoformat(row.occurrence.original), activity.zone
            )
        )
    ]


def _scene(activity: Activity) -> str:
    """The drawing of what kind of activity it is; of one without a kind people around a table."""
    return scenes.scene_of(activity.kind) if activity.kind else "meeting"


def _for_keepers(one: Activity) -> dict[str, Any]:
    """The last times, to say how many came, and the last numbers."""
    now = timezone.now()
    recent = one.occurrences.filter(starts__lte=now, starts__gte=now - timedelta(days=15))
    return {
        "past": recent.order_by("-starts")[:3],
        "counted": one.occurrences.filter(people__isnull=False).order_by("-starts")[:5],
    }


def get_visible_activity(request: HttpRequest, slug: str) -> Activity:
    """The activity with this slug, if the visitor may see it; else 404."""
    one: Activity = get_object_or_404(Activity.objects.select_related("kind", "feed"), slug=slug)
    if not rules.may_see(request.user, one):
        raise Http404
    return one


@query_params(*AgendaFilters.PARAMS, days=AgendaFilters.DAYS)
def text(request: HttpRequest) -> HttpResponse:
    """The list that is on the page, as a text to send in a group chat."""
    filters = AgendaFilters(request)
    rows = lists.filled(filters.occurrences().going_on().between(filters.first, filters.last)[:100])
    address = request.build_absolute_uri("/agenda/")
    return render(
        request, "agenda/text.html", {"filters": filters, "text": list_text(filters, rows, address)}
    )


@query_params(*AgendaFilters.PARAMS, days=AgendaFilters.DAYS)
def screen(request: HttpRequest) -> HttpResponse:
    """The agenda for a screen in the hall: what comes first in large type; it renews itself."""
    filters = AgendaFilters(request)
    context = {
        "filters": filters,
        "coming": lists.coming(filters.occurrences(), ON_SCREEN),
        "now": timezone.localtime(),
    }
    response = render(request, "agenda/screen.html", context)
    response.headers["Refresh"] = "300"
    return response
