"""Questions about single times: what is shown to all, between which days, and for which activities."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q


class OccurrenceQuerySet(models.QuerySet[Any]):
    """Questions about occurrences."""

    def shown(self) -> Self:
        """What strangers see, cancelled ones included."""
        return self.filter(is_shown=True)

    def between(self, first: date, last: date) -> Self:
        """Those on the days from ``first`` until and including ``last``, also what began before and still goes on."""
        still = self.lasting(first, last)
        then = Q(day__gte=first, day__lte=last)
        return self.filter(then | Q(pk__in=still) if still else then)

    def lasting(self, first: date, last: date) -> list[int]:
        """The numbers of those that last for days, some of them in this period.

        Few do; asked apart, the others are found by the index on their day.
        """
        rows = self.model.objects.filter(last_day__gt=F("day"), last_day__gte=first, day__lte=last)
        return list(rows.values_list("pk", flat=True)[:500])

    def at_place(self, place: Any, activities: Any) -> Self:
        """Those at a place: of its own activities, but for times that are elsewhere, and times that moved to it."""
        return self.filter(
            Q(activity__in=activities.at_place(place).values("pk"), place__isnull=True)
            | Q(place=place)
        )

    def in_areas(self, areas: set[int], activities: Any) -> Self:
        """Those in some areas, each time where it really is."""
        places = self.model._meta.get_field("place").related_model.objects
        moved = places.filter(Q(area__in=areas) | Q(area__isnull=True, areas__in=areas))
        own = Q(activity__in=activities.in_areas(areas).values("pk"), place__isnull=True)
        return self.filter(own | Q(place__in=moved.values("pk")))

    def going_on(self) -> Self:
        """Those that are not cancelled."""
        return self.exclude(status="cancelled")

    def of(self, activities: Any) -> Self:
        """Those of some activities (a queryset)."""
        return self.filter(activity__in=activities.values("pk"))

    def in_order(self) -> Self:
        """In the order of the clock."""
        return self.order_by("starts", "pk")
