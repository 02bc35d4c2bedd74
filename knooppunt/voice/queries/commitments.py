"""Questions about commitments: how they stood on a day, and which are past their date."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

# What was said of these; of the others we do not know yet what came of them.
SETTLED = ("kept", "partly", "broken")


class CommitmentQuerySet(models.QuerySet[Any]):
    """Questions about commitments."""

    def public(self) -> Self:
        """Those that everybody may see."""
        return self.filter(is_public=True)

    def as_of(self, day: date) -> Self:
        """Those that were made by a day, each with ``status`` and ``status_on`` as they stood;
        None when nobody looked yet.
        """
        statuses = self.model._meta.get_field("statuses").related_model.objects
        latest = statuses.filter(commitment=OuterRef("pk"), on__lte=day).order_by("-on", "-pk")
        rows = self.filter(said_on__lte=day)
        return rows.annotate(
            status=Subquery(latest.values("status")[:1]),
            status_on=Subquery(latest.values("on")[:1]),
        )

    def visible_on(self, day: date) -> Self:
        """What pages, lists, sheets and figures of a day show to everybody: public, and made by
        that day.
        """
        return self.public().as_of(day)

    def unsettled(self) -> Self:
        """Those of which nobody said that they were kept, partly kept or broken; ask ``as_of``
        before.
        """
        return self.filter(Q(status__isnull=True) | ~Q(status__in=SETTLED))

    def overdue(self, day: date) -> Self:
        """Those past their date of which nobody said that they were kept, partly kept or broken."""
        return self.as_of(day).unsettled().filter(due_on__lt=day)

    def in_areas(self, areas: Collection[int]) -> Self:
        """Those about one of the areas, by themselves or by their point."""
        there = self.model.areas.through.objects.filter(commitment=OuterRef("pk"), area__in=areas)
        return self.filter(Q(Exists(there)) | Q(point__areas__in=areas)).distinct()
