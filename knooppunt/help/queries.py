"""Questions about needs, offers and introductions."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Q


class NoticeQuerySet(models.QuerySet[Any]):
    """Questions about needs and offers."""

    def public(self) -> Self:
        """Those of organisations that everybody may see."""
        return self.filter(organisation__state="public")

    def open(self) -> Self:
        """Those that are still asked for or offered."""
        return self.filter(state="open")

    def as_of(self, day: date) -> Self:
        """Those that were open on a day."""
        return self.filter(Q(listed_on__lte=day), Q(closed_on__isnull=True) | Q(closed_on__gt=day))

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
