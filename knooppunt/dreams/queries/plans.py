"""Questions about plans and who takes part in them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any, Self

from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, When

from knooppunt.directory.queries.records import not_ended, visible_on

# A keeper of whom nothing was heard for so long is asked whether the plan goes on.
SILENT_AFTER = timedelta(days=30)


class PlanQuerySet(models.QuerySet[Any]):
    """Questions about plans."""

    def open(self) -> Self:
        """Those that are still being made or done."""
        return self.filter(state__in=("plan", "busy"))

    def as_of(self, day: date) -> Self:
        """Those that were written down by a day, with ``state_then`` as it was at its end."""
        moments: Any = self.model._meta.get_field("moments").related_model
        until = moments._default_manager.filter(plan=OuterRef("pk"), on__lte=day)
        last = Subquery(until.order_by("-on", "-pk").values("state")[:1])
        return self.filter(listed_on__lte=day).annotate(state_then=last)

    def over_on(self, day: date) -> Self:
        """Those that were done, celebrated or stopped by the end of a day."""
        return self.as_of(day).filter(state_then__in=("done", "celebrated", "stopped"))

    def open_on(self, day: date) -> Self:
        """Those that were being made or done at the end of a day."""
        return self.as_of(day).filter(state_then__in=("plan", "busy"))

    def done_on(self, day: date) -> Self:
        """Those that were done by the end of a day, celebrated or not."""
        return self.as_of(day).filter(state_then__in=("done", "celebrated"))

    def celebrated_on(self, day: date) -> Self:
        """Those that were celebrated by the end of a day."""
        return self.as_of(day).filter(state_then="celebrated", celebrated_on__lte=day)

    def of_dream(self, dream: Any) -> Self:
        """Those that came from a dream."""
        return self.filter(dream=dream)

    def with_lessons_for(self, plan: Any) -> Self:
        """Plans of the same kind that are over and of which it was said what was learned, the
        newest first.
        """
        over = self.filter(kind=plan.kind, state__in=("done", "celebrated", "stopped"))
        told = over.exclude(pk=plan.pk).exclude(went_well="", went_badly="")
        return told.order_by("-listed_on", "-pk")

    def in_areas(self, areas: Collection[int]) -> Self:
        """Those in some areas."""
        return self.filter(area__in=areas)

    def ongoing_first(self) -> Self:
        """Those that go on first, then those that are over; of each the newest first."""
        is_over = Case(When(state__in=("plan", "busy"), then=0), default=1)
        return self.order_by(is_over, "-listed_on", "-pk")


class PartnerQuerySet(models.QuerySet[Any]):
    """Questions about the organisations that take part in plans."""

    def agreed(self) -> Self:
        """Those that said yes."""
        return self.filter(agreed_on__isnull=False)

    def asked(self) -> Self:
        """Those that were asked and did not answer yet."""
        return self.filter(agreed_on__isnull=True)

    def keepers(self) -> Self:
        """Those that keep the plan going, and said yes to that."""
        return self.agreed().filter(role="keeper")

    def shown_on(self, day: date) -> Self:
        """Those that said yes and that everybody could see on a day."""
        return self.agreed().filter(visible_on(day, "organisation__"))

    def standing_on(self, day: date) -> Self:
        """Those that said yes and that had not ended by a day: who took part had surely begun."""
        return self.agreed().filter(not_ended(day, "organisation__"))

    def silent(self, day: date) -> Self:
        """Keepers of open plans of whom nothing was heard for a month."""
        return self.keepers().filter(
            Q(last_sign_on__lt=day - SILENT_AFTER) | Q(last_sign_on__isnull=True),
            plan__state__in=("plan", "busy"),
        )


class StepQuerySet(models.QuerySet[Any]):
    """Questions about the steps of plans."""

    def to_do(self) -> Self:
        """Those that are not done, of plans that go on; the first to be done first."""
        rows = self.filter(done_on__isnull=True, plan__state__in=("plan", "busy"))
        return rows.order_by(F("due_on").asc(nulls_last=True), "pk")

    def late(self, day: date) -> Self:
        """Those that should have been done before a day."""
        return self.to_do().filter(due_on__lt=day)
