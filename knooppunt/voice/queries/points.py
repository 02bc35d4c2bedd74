"""Questions about points: how far they are on a day, which wait too long, and which a reader
may see.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When

# The stages among ourselves, by their values: the stage itself is defined above this room.
OWN_STAGES = ("collected", "shared")
# The step that says how far a point is comes first: the last one, but what is only among ourselves
# sets no point back.
LAST_FIRST: tuple[Any, ...] = (
    Case(When(stage__in=OWN_STAGES, then=Value(1)), default=Value(0)),
    "-on",
    "-pk",
)


class PointQuerySet(models.QuerySet[Any]):
    """Questions about points."""

    def public(self) -> Self:
        """Those that everybody may see."""
        return self.filter(is_public=True)

    def as_of(self, day: date) -> Self:
        """Those of which a step was set by a day, each with ``stage`` and ``stage_on`` of its last
        one, and ``due_on``.

        The day of the step counts, not that on which it was typed in. A point that was brought in
        is not set back by being collected or shared later.
        """
        steps = self._rows("steps").filter(point=OuterRef("pk"), on__lte=day).order_by(*LAST_FIRST)
        rows = self.filter(Q(listed_on__lte=day) | Exists(steps))
        return rows.annotate(
            stage=Subquery(steps.values("stage")[:1]),
            stage_on=Subquery(steps.values("on")[:1]),
            due_on=Subquery(steps.values("due_on")[:1]),
        )

    def visible_on(self, day: date) -> Self:
        """What pages, lists, sheets and figures of a day show to everybody: public, and there
        on that day.
        """
        return self.public().as_of(day)

    def at(self, stages: Collection[str]) -> Self:
        """Those whose last step is one of these; ask ``as_of`` before."""
        return self.filter(stage__in=stages)

    def living(self) -> Self:
        """Those that were neither carried out nor turned down; ask ``as_of`` before."""
        return self.exclude(stage__in=("done", "rejected"))

    def reached(self, stages: Collection[str], day: date) -> Self:
        """Those that took one of these steps by a day, whatever came after."""
        return self.filter(
            Exists(self._rows("steps").filter(point=OuterRef("pk"), stage__in=stages, on__lte=day))
        )

    def overdue(self, day: date) -> Self:
        """Those of which the last step expected an answer before a day, and none came."""
        return self.as_of(day).filter(due_on__lt=day).order_by("due_on")

    def in_areas(self, areas: Collection[int]) -> Self:
        """Those about one of the areas."""
        there = self.model.areas.through.objects.filter(point=OuterRef("pk"), area__in=areas)
        return self.filter(Exists(there))

    def waiting_first(self) -> Self:
        """The ones that wait longest first; ask ``as_of`` before."""
        return self.order_by(F("stage_on").asc(nulls_first=True), "pk")

    def _rows(self, name: str) -> Any:
        return self.model._meta.get_field(name).related_model.objects
