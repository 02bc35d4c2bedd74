"""Questions about mandates."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db.models import Q

from knooppunt.core.database.valid_time import DatedQuerySet
from knooppunt.directory.queries.records import not_ended


class MandateQuerySet(DatedQuerySet):
    """Questions about mandates."""

    def as_of(self, day: date) -> Self:
        """Those that held on a day: given by then, not ended, not withdrawn; on the day it is
        withdrawn it holds no more.
        """
        return super().as_of(day).filter(Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=day))

    def visible_on(self, day: date) -> Self:
        """Those that held on a day, of public organisations that had not ended."""
        return self.as_of(day).filter(not_ended(day, "organisation__"))
