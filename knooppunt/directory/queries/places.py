"""Questions about places: in an area, open at a moment, with facilities."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, Self

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from knooppunt.core.database.valid_time import valid_on
from knooppunt.directory.queries.records import LinkQuerySet, RecordQuerySet, visible_on
from knooppunt.kit.text import normalise


class PlaceQuerySet(RecordQuerySet):
    """Questions about places."""

    def with_words(self, text: str) -> Self:
        """What has every typed word in its own text, or in that of an organisation which is
        there.
        """
        found = self
        today = timezone.localdate()
        roles = self._rows("roles").filter(
            valid_on(today), visible_on(today, "organisation__"), place=OuterRef("pk")
        )
        for word in normalise(text[:200]).split()[:8]:
            theirs = roles.filter(organisation__search_text__contains=word)
            found = found.filter(Q(search_text__contains=word) | Exists(theirs))
        return found

    def in_areas(self, areas: Collection[int]) -> Self:
        """Those whose point lies in one of the areas; without a point, those said to lie there."""
        stated = self.model.areas.through.objects.filter(place=OuterRef("pk"), area__in=areas)
        felt = self.model.felt_areas.through.objects.filter(place=OuterRef("pk"), area__in=areas)
        return self.filter(
            Q(area__in=areas) | Q(Q(area__isnull=True), Exists(stated)) | Exists(felt)
        )

    def open_at(self, moment: datetime) -> Self:
        """Those whose door is open at a local moment; exceptions go before the usual hours."""
        day, time = moment.date(), moment.time()
        hours = self._rows("hours").filter(place=OuterRef("pk"))
        exceptions = self._rows("exceptions").filter(place=OuterRef("pk"))
        today = Q(opens__lte=time) & (Q(closes__gt=time) | Q(closes__lte=F("opens")))
        from_yesterday = Q(closes__lte=F("opens"), closes__gt=time)
        usual = hours.filter(
            Q(today, weekday=day.weekday()) | Q(from_yesterday, weekday=(day.weekday() - 1) % 7)
        )
        special = exceptions.filter(since__lte=day, until__gte=day)
        late = exceptions.filter(
            from_yesterday, since__lte=day - timedelta(days=1), until__gte=day - timedelta(days=1)
        )
        return self.filter(
            Exists(special.filter(today)) | Exists(late) | (Exists(usual) & ~Exists(special))
        )

    def _rows(self, name: str) -> Any:
        return self.model._meta.get_field(name).related_model.objects


class PlaceRoleQuerySet(LinkQuerySet):
    """Questions about who hosts, uses or manages which place."""

    ends = ("organisation", "place")
