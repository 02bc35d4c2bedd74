"""Questions about needs, offers and introductions."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Q

from knooppunt.core.database.valid_time import not_over
from knooppunt.directory.queries.records import visible_on


class NoticeQuerySet(models.QuerySet[Any]):
    """Questions about needs and offers."""

    def open(self) -> Self:
        """Those that nobody closed yet; one whose last day is past is closed by the daily round."""
        return self.filter(state="open")

    def as_of(self, day: date) -> Self:
        """Those that were open on a day: listed by then, not closed, and their last day not
        past.
        """
        not_closed = Q(closed_on__isnull=True) | Q(closed_on__gt=day)
        not_past = not_over(day)
        return self.filter(not_closed, not_past, listed_on__lte=day)

    def visible_on(self, day: date) -> Self:
        """What board, search, matches, page and figures of a day show: open, of a visible
        organisation.
        """
        return self.as_of(day).filter(visible_on(day, "organisation__"))

    def in_areas(self, areas: Collection[int]) -> Self:
        """Those in some areas."""
        return self.filter(area__in=areas)

    def past(self, day: date) -> Self:
        """Open ones whose last day is over."""
        return self.open().filter(until__lt=day)


class IntroductionQuerySet(models.QuerySet[Any]):
    """Questions about introductions."""

    def unanswered(self, day: date) -> Self:
        """Those of two weeks ago and earlier of which nobody told how it went."""
        return self.filter(outcome="", introduced_on__lte=day - timedelta(days=14))


class ResponseQuerySet(models.QuerySet[Any]):
    """Questions about what people said to needs and offers."""

    def waiting(self) -> Self:
        """Those that nobody answered yet, the oldest first."""
        return self.filter(settled_at__isnull=True)

    def due_for_erasing(self, now: datetime) -> Self:
        """Those answered more than a day ago, and those that waited for three months."""
        is_answered = Q(settled_at__lt=now - timedelta(days=1))
        return self.filter(is_answered | Q(received_at__lt=now - timedelta(days=90)))
