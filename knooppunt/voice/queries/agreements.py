"""Questions about agreements."""

from __future__ import annotations

from datetime import date
from typing import Self

from knooppunt.core.database.valid_time import DatedQuerySet


class AgreementQuerySet(DatedQuerySet):
    """Questions about agreements."""

    def to_review(self, day: date) -> Self:
        """The signed ones that hold on a day and were to be looked at again by then."""
        rows = self.as_of(day).filter(signed_on__isnull=False, review_on__lte=day)
        return rows.order_by("review_on", "pk")
