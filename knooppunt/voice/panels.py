"""What the voice adds to pages below it: points of a wijk and an organisation, promises at a
meeting, points asked of a body.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from knooppunt.core.registry.modules import Panel
from knooppunt.core.web import page_cache
from knooppunt.decisions.models import Body, Meeting
from knooppunt.directory.models import Area
from knooppunt.voice import rules, status_text
from knooppunt.voice.models import Agreement, Commitment, CoSignature, Point
from knooppunt.voice.models.points import Stage
from knooppunt.voice.scoreboard import commitments, score

FEW = 5


def told(rows: Any) -> list[tuple[Any, str]]:
    """Points with the name of how far they are; they come from ``as_of``."""
    return [(one, str(Stage(one.stage).label) if one.stage else "") for one in rows]


def of_area(request: HttpRequest, area: Area) -> dict[str, Any] | None:
    """What a wijk asks, and how promises to it stand."""
    today = timezone.localdate()
    rows = (
        Point.objects.visible_on(today)
        .in_areas(Area.objects.below(area))
        .select_related("body")
        .waiting_first()
    )
    return {"points": told(rows[:FEW]), "score": score(today, area), "area": area}


def of_organisation(request: HttpRequest, organisation: Any) -> dict[str, Any] | None:
    """The points that an organisation signed."""
    today = timezone.localdate()
    rows = (
        Point.objects.visible_on(today)
        .filter(signatures__in=CoSignature.objects.as_of(today).filter(organisation=organisation))
        .select_related("body")
    )
    return {"points": told(rows[:20])} if rows.exists() else None


def of_home(request: HttpRequest, _record: Any) -> dict[str, Any] | None:
    """What waits longest and how far it is, and the door for a signal."""
    return page_cache.remember("voice home", _waiting_longest)


def _waiting_longest() -> dict[str, Any]:
    today = timezone.localdate()
    point = Point.objects.visible_on(today).living().waiting_first().first()
    return {
        "point": point,
        "road": status_text.short_road(list(point.steps.all())) if point else [],
    }


def of_meeting(request: HttpRequest, meeting: Meeting) -> dict[str, Any] | None:
    """What is brought in there, what was promised there, and for the klankbordgroep what is
    past its date.
    """
    today = timezone.localdate()
    inside = rules.is_inside(request.user)
    hearings = [
        row
        for row in meeting.hearings.select_related("point", "speaker")
        if rules.may_see_point(request.user, row.point)
    ]
    promised = (
        Commitment.objects.as_of(today)
        .filter(meeting=meeting)
        .select_related("term__post__body", "body")
    )
    promised = promised if inside else promised.public()
    late = _late(meeting) if meeting.kind == Meeting.Kind.SOUNDING else []
    agreements = _agreements(meeting, inside)
    has_any = hearings or promised or late or agreements or meeting.guests.exists()
    can_enter = rules.may_convene(request.user)
    if not has_any and not can_enter:
        return None
    return {
        "hearings": hearings,
        "promised": promised,
        "late": late,
        "agreements": agreements,
        "can_enter": can_enter,
        "has_brief": bool(hearings or meeting.guests.exists()),
    }


def _agreements(meeting: Meeting, inside: bool) -> list[Agreement]:
    """The agreements to look at again by a meeting to come: those with its body, and at
    meetings of our own all.
    """
    if meeting.is_past:
        return []
    rows = Agreement.objects.to_review(meeting.on)
    rows = rows if inside else rows.filter(is_public=True)
    return list(rows.filter(bodies=meeting.body_id) if meeting.is_outside else rows)


def _late(meeting: Meeting) -> list[Any]:
    """The promises that were past their date on the day of a meeting (or are today, when it is
    still to come).
    """
    day = min(meeting.on, timezone.localdate())
    return list(
        commitments(day).overdue(day).select_related("term__post__body", "body").order_by("due_on")
    )


def of_body(request: HttpRequest, body: Body) -> dict[str, Any] | None:
    """What we asked of a body, and how its promises stand."""
    today = timezone.localdate()
    rows = Point.objects.visible_on(today).filter(body=body).select_related("body").waiting_first()
    mine = score(today, body=body)
    return (
        {"points": told(rows[:20]), "score": mine, "body": body}
        if rows.exists() or mine.made
        else None
    )


PANELS = (
    Panel("home aside", "voice/panels/home.html", of_home),
    Panel("area", "voice/panels/area.html", of_area),
    Panel("organisation", "voice/panels/organisation.html", of_organisation),
    Panel("meeting", "voice/panels/meeting.html", of_meeting),
    Panel("body", "voice/panels/body.html", of_body),
)
