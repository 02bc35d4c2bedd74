"""One sheet of paper each: the facts of a wijk for a councillor, and the brief for the guests
of a meeting; no log-in, one A4.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Case, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from knooppunt.core.registry import figure_registry
from knooppunt.core.web.query_params import query_params
from knooppunt.decisions.models import Meeting
from knooppunt.decisions.views.meetings import get_visible_meeting as seen_meeting
from knooppunt.directory.models import Area
from knooppunt.kit.qr import qr_svg
from knooppunt.voice.models import Landing, Point
from knooppunt.voice.models.points import Stage
from knooppunt.voice.scoreboard import commitments, score
from knooppunt.voice.views.agreements import state_of

FIGURES = ("initiatives", "places", "volunteers", "networks", "points_asked", "commitments")
MOST_POINTS, MOST_PROMISES, MOST_CLAUSES = 6, 4, 4


def area_sheet(request: HttpRequest, key: str) -> HttpResponse:
    """What a councillor should know of a wijk: its numbers, what it asks, what was promised."""
    area, today = get_object_or_404(Area.objects.doors(), slug=key), timezone.localdate()
    numbers = [
        (figure, figure.value(today, area))
        for key in FIGURES
        if (figure := figure_registry.get_figure(key, today, area))
    ]
    rows = (
        Point.objects.visible_on(today)
        .in_areas(Area.objects.below(area))
        .select_related("body")
        .waiting_first()
    )
    context: dict[str, Any] = {
        "area": area,
        "today": today,
        "numbers": numbers,
        "score": score(today, area),
        "points": _told(rows[:MOST_POINTS]),
        "more": max(0, rows.count() - MOST_POINTS),
        "late": commitments(today, area)
        .overdue(today)
        .select_related("term__post__body", "body")[:MOST_PROMISES],
        "clauses": _clauses(area),
        "qr": qr_svg(request.build_absolute_uri(f"/punten/?wijk={area.slug}")),
    }
    return render(request, "voice/area_sheet.html", context)


def _told(rows: Any) -> list[tuple[Any, str]]:
    return [(one, str(Stage(one.stage).label) if one.stage else "") for one in rows]


def _clauses(area: Area) -> list[tuple[Any, Any]]:
    """The clauses of signed agreements about a wijk in which a point of ours landed, with how
    far they are.
    """
    found = []
    for agreement in area.agreements.filter(is_public=True, signed_on__isnull=False):
        for clause in (
            agreement.clauses.filter(pk__in=Landing.objects.values("clause"))
            .prefetch_related("states")
            .select_related("agreement")
        ):
            found.append((clause, state_of(clause)))
    return found[:MOST_CLAUSES]


@query_params("gast")
def brief(request: HttpRequest, key: int) -> HttpResponse:
    """The brief for the guests of a meeting, or for one of them: what it is about, what we ask,
    what was promised before.
    """
    meeting: Meeting = seen_meeting(request, key)
    today = timezone.localdate()
    numbers = [row.point_id for row in meeting.hearings.all()]
    points = list(Point.objects.visible_on(today).filter(pk__in=numbers).select_related("body"))
    guests = list(meeting.guests.select_related("term__post__body"))
    asked = request.GET.get("gast", "")
    guest = next((one for one in guests if str(one.pk) == asked), None)
    bodies = {one.term.post.body_id for one in ([guest] if guest else guests)} | (
        {meeting.body_id} if meeting.body_id else set()
    )
    open_ones = commitments(today).unsettled().filter(body__in=bodies)
    if guest:  # her own first
        open_ones = open_ones.order_by(Case(When(term=guest.term_id, then=0), default=1), "due_on")
    context: dict[str, Any] = {
        "one": meeting,
        "guests": guests,
        "guest": guest,
        "points": [
            (
                point,
                point.evidence.filter(kind="figure").select_related("area")[:3],
                point.signatures.as_of(today).count(),
            )
            for point in points
        ],
        "stories": [
            story
            for point in points
            for story in point.evidence.filter(kind="story")
            if story.is_told
        ][:2],
        "promises": open_ones.select_related("term__post__body", "body")[:MOST_PROMISES],
        "today": today,
        "qr": qr_svg(request.build_absolute_uri(meeting.get_absolute_url())),
    }
    return render(request, "voice/brief.html", context)
