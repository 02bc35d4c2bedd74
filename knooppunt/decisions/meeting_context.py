"""What a meeting shows beside its agenda: what earlier ones left open, and which networks and
wijken were missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from knooppunt.decisions.models import ActionItem, Decision, Meeting
from knooppunt.directory.models import Area, Membership, Organisation, PlaceRole


@dataclass(frozen=True)
class Presence:
    """Who was at a meeting: the rows, how many people, and the networks and wijken of which
    nobody was there.
    """

    rows: list[Any]
    heads: int
    networks: list[Any]
    wijken: list[Any]


def left_open(meeting: Meeting, is_inside: bool) -> list[ActionItem]:
    """The action items of earlier meetings of the same body that were not closed when this one
    began.
    """
    earlier = Meeting.objects.of_the_same(meeting).filter(starts__lt=meeting.starts)
    earlier = earlier if is_inside else earlier.public()
    day = min(timezone.localtime(meeting.starts).date(), timezone.localdate())
    rows = ActionItem.objects.filter(meeting__in=earlier.values("pk")).open_on(day)
    return list(rows.select_related("organisation", "meeting__body"))


def to_review(meeting: Meeting, is_inside: bool) -> list[Decision]:
    """The decisions of the same body, or of no meeting, that are to be looked at again by the
    day of one to come.
    """
    if meeting.is_past:
        return []
    same = Q(meeting__in=Meeting.objects.of_the_same(meeting).values("pk"))
    same |= Q() if meeting.is_outside else Q(meeting__isnull=True)
    rows = Decision.objects.to_review(meeting.on).filter(same)
    return list((rows if is_inside else rows.public()).order_by("review_on", "pk"))


def presence(meeting: Meeting) -> Presence:
    """Who was there, and who was not: a network counts as present when it or a member of it was."""
    rows = list(meeting.attendances.select_related("organisation"))
    there = {row.organisation_id for row in rows}
    day = timezone.localtime(meeting.starts).date()
    memberships = Membership.objects.visible_on(day).filter(organisation__in=there)
    networks = Organisation.objects.visible_on(day).networks().exclude(pk__in=there)
    missing = networks.exclude(pk__in=memberships.values("network")).only(
        "pk", "name", "slug", "role"
    )
    doors = Area.objects.filter(level="wijk").defer("outline")
    reached = _reached(there, day)
    return Presence(
        rows,
        sum(row.heads for row in rows),
        list(missing),
        [area for area in doors if area.pk not in reached],
    )


def _reached(organisations: set[int], day: date) -> set[int]:
    """The wijken in which these organisations work or had a place on a day."""
    stated = Organisation.areas.through.objects.filter(organisation__in=organisations).values_list(
        "area", flat=True
    )
    roles = PlaceRole.objects.visible_on(day).filter(organisation__in=organisations)
    return set(stated) | {pk for pk in roles.values_list("place__area", flat=True) if pk}
