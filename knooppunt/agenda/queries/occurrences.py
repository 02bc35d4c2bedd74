"""Questions about single times: what is shown to all, between which days, and for which activities."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db import models


class OccurrenceQuerySet(models.QuerySet[Any]):
    """Questions about occurrences."""

    def shown(self) -> Self:
        """What strangers see, cancelled ones included."""
        return self.filter(is_shown=True)

    def between(self, first: date, last: date) -> Self:
        """Those on the days from ``first`` until and including ``last``."""
        return self.filter(day__gte=first, day__lte=last)

    def going_on(self) -> Self:
        """Those that are not cancelled."""
        return self.exclude(status="cancelled")

    def of(self, activities: Any) -> Self:
        """Those of some activities (a queryset)."""
        return self.filter(activity__in=activities.values("pk"))

    def in_order(self) -> Self:
        """In the order of the clock."""
        return self.order_by("starts", "pk")
