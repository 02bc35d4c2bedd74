"""Questions about dreams: which hang on the wall on a day, which wait, and which are late."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.utils import timezone

from knooppunt.dreams.queries.participants import ParticipantQuerySet


class DreamQuerySet(models.QuerySet[Any]):
    """Questions about dreams."""

    def public(self) -> Self:
        """Those that everybody may read."""
        return self.filter(state="public")

    def on_wall(self) -> Self:
        """Those with a card of their own: public, and no part of another."""
        return self.public().filter(joined_to__isnull=True)

    def unread(self) -> Self:
        """Those that nobody looked at yet."""
        return self.filter(state="new")

    def visible_on(self, day: date) -> Self:
        """What hung on the wall on a day."""
        return self.public().filter(said_on__lte=day, published_on__lte=day)

    def said_by(self, day: date) -> Self:
        """Those said up to and including a day that were not laid aside; read or not."""
        return self.exclude(state="aside").filter(said_on__lte=day)

    def in_areas(self, areas: Collection[int]) -> Self:
        """Those in some areas."""
        return self.filter(area__in=areas)

    def late(self, day: date) -> Self:
        """Those on the wall whose answer should have come before a day."""
        return self.on_wall().filter(answer_by__lt=day)

    def with_state(self) -> Self:
        """Each with ``last_kind``, the kind of its newest answer; None without one."""
        answers = self._rows("answers").filter(dream=OuterRef("pk")).order_by("-on", "-pk")
        return self.annotate(last_kind=Subquery(answers.values("kind")[:1]))

    def with_numbers(self) -> Self:
        """Each with how many neighbours (``people``) and ``organisations`` dream along with it
        or with a dream that joined it.
        """
        participants = self._participants()
        own = participants.filter(Q(dream=OuterRef("pk")) | Q(dream__joined_to=OuterRef("pk")))
        return self.annotate(
            people=_number_of(own.filter(organisation__isnull=True)),
            organisations=_number_of(own.filter(organisation__isnull=False), "organisation"),
        )

    def waiting_for_people(self) -> Self:
        """Those with fewer than two who help, and no final answer yet."""
        participants = self._participants()
        has_two = participants.filter(dream=OuterRef("pk")).exclude(kinds=[]).order_by("pk")[1:2]
        return self.filter(~Exists(has_two), answer_by__isnull=False)

    def _participants(self) -> Any:
        """All who dream along today with any dream."""
        rows = ParticipantQuerySet(self.model._meta.get_field("participants").related_model)
        return rows.visible_on(timezone.localdate())

    def _rows(self, name: str) -> Any:
        """All rows of a table below a dream."""
        related: Any = self.model._meta.get_field(name).related_model
        return related._base_manager.all()


def _number_of(rows: Any, distinct: str = "pk") -> Any:
    """How many of some rows of a subquery there are, as a column."""
    grouped = rows.order_by().annotate(group=models.Value(1)).values("group")
    counted = grouped.annotate(number=Count(distinct, distinct=True)).values("number")
    return models.functions.Coalesce(Subquery(counted), 0)
