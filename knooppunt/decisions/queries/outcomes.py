"""Questions about decisions and action items."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q


class DecisionQuerySet(models.QuerySet[Any]):
    """Questions about decisions."""

    def public(self) -> Self:
        """Those that everybody may see."""
        return self.filter(is_public=True)

    def as_of(self, day: date) -> Self:
        """Those that held on a day."""
        return self.filter(Q(decided_on__lte=day), Q(ended_on__isnull=True) | Q(ended_on__gt=day))

    def visible_on(self, day: date) -> Self:
        """The public decisions that held on a day."""
        return self.public().as_of(day)

    def to_review(self, day: date) -> Self:
        """Those that were to be looked at again by a day, and were not."""
        return self.filter(ended_on__isnull=True, review_on__lte=day)


class ActionItemQuerySet(models.QuerySet[Any]):
    """Questions about action items."""

    def open_on(self, day: date) -> Self:
        """Those that were taken up by a day and not closed by then."""
        return self.filter(Q(listed_on__lte=day), Q(closed_on__isnull=True) | Q(closed_on__gt=day))

    def open(self) -> Self:
        """Those that are not closed."""
        return self.filter(closed_on__isnull=True)

    def overdue(self, day: date) -> Self:
        """Open ones whose day is past."""
        return self.open().filter(due_on__lt=day)
