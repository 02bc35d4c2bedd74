"""Who may write a report, and who may publish it: never the person who offered it."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils import timezone

from knooppunt.directory.models import Area, Organisation, Weaving
from knooppunt.directory.rules import is_weaver, may_change, may_coordinate, woven_areas
from knooppunt.people.models import User
from knooppunt.report.models import Report, Story

Visitor = User | AnonymousUser


def may_write(user: Visitor) -> bool:
    """May she make a report at all? Coordinators; and weavers about what they weave."""
    return may_coordinate(user) or is_weaver(user)


def may_edit_scope(
    user: Visitor, area: Area | None = None, network: Organisation | None = None
) -> bool:
    """May she write about this wijk, this network, or (without either) about everything?"""
    if may_coordinate(user):
        return True
    if area is not None:
        return user.is_authenticated and area.pk in woven_areas(user)
    return network is not None and woven_networks(user).filter(network=network.pk).exists()


def may_edit(user: Visitor, report: Report) -> bool:
    """May she change this report, and read it before it is published?"""
    return may_edit_scope(user, report.area, report.network)


def woven_networks(user: Visitor) -> QuerySet[Weaving]:
    """The networks that she weaves today."""
    rows = Weaving.objects.as_of(timezone.localdate()).filter(network__isnull=False)
    return rows.filter(user=user) if user.is_authenticated else rows.none()


def may_publish(user: Visitor, report: Report) -> bool:
    """May she publish it? Whoever may edit it, but not who offered it."""
    return report.is_offered and may_edit(user, report) and report.offered_by_id != user.pk


def may_read_stories(user: Visitor) -> bool:
    """May she read what came in and take it up?"""
    return may_write(user)


def may_erase(user: Visitor, story: Story) -> bool:
    """May she erase this story for good? Coordinators; weavers when it is about what they weave."""
    if may_coordinate(user):
        return True
    is_hers = (story.area_id in woven_areas(user) if story.area_id else False) or (
        story.organisation is not None and may_change(user, story.organisation)
    )
    return is_hers and may_handle(user, story)


def may_handle(user: Visitor, story: Story) -> bool:
    """May she decide about this story, or erase it for who told it? Not when it stands in a
    report that she may not edit.
    """
    told_in = Report.objects.filter(
        Q(placements__story=story) | Q(editions__stories=story)
    ).distinct()
    return may_read_stories(user) and all(
        may_edit(user, report) for report in told_in.select_related("area", "network")
    )
