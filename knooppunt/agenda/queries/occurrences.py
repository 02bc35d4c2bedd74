"""Questions about single times: what is shown to all, between which days, and for which
activities.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

# So many activities are named by number; of more the database looks each time up in a subquery.
FEW = 500
# What lasts shorter than a day has one day, also when it ends after midnight or in another time
# zone.
SHORT = timedelta(days=2)


class OccurrenceQuerySet(models.QuerySet[Any]):
    """Questions about occurrences."""

    def shown(self) -> Self:
        """What strangers see, cancelled ones included."""
        return self.filter(is_shown=True)

    def between(self, first: date, last: date) -> Self:
        """Those on the days from ``first`` until and including ``last``, also what began before
        and still goes on.
        """
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
        """Those at a place: of its own activities, but for times that are elsewhere, and times
        that moved to it.
        """
        return self.filter(
            Q(activity__in=_numbers(activities.at_place(place)), place__isnull=True)
            | Q(place=place)
        )

    def in_areas(self, areas: set[int], activities: Any) -> Self:
        """Those in some areas, each time where it really is."""
        places = self.model._meta.get_field("place").related_model.objects
        moved = places.filter(Q(area__in=areas) | Q(area__isnull=True, areas__in=areas))
        own = Q(activity__in=_numbers(activities.in_areas(areas)), place__isnull=True)
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

    def coming(self, number: int, moment: datetime, today: date) -> list[int]:
        """The numbers of the first that have not ended at a moment of ``today``, in the order of
        the clock.

        The index on days gives them in order. What lasts for days and began long ago is asked
        apart; few do.
        """
        rows = self.filter(ends__gte=moment)
        begun = today - SHORT
        ahead = rows.filter(day__gte=begun).order_by("day", "starts", "pk")
        first = list(ahead.values_list("starts", "pk")[:number])
        lasting = self.lasting(today, today)
        if lasting:
            still = rows.filter(pk__in=lasting, day__lt=begun).in_order()
            first = sorted([*first, *still.values_list("starts", "pk")[:number]])[:number]
        return [pk for _starts, pk in first]


def _numbers(activities: Any) -> Any:
    """What activities are compared with: their numbers when they are few, else the question for
    them.

    PostgreSQL and SQLite find the times of a few numbers by index; of a subquery they try every
    time there is.
    """
    numbers = list(activities.values_list("pk", flat=True)[: FEW + 1])
    return numbers if len(numbers) <= FEW else activities.values("pk")
