"""Questions about who dreams along."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Self

from django.db import models

from knooppunt.directory.queries.records import visible_on

# An address that nobody confirmed is erased after so many days.
UNCONFIRMED_DAYS = 14


class ParticipantQuerySet(models.QuerySet[Any]):
    """Questions about people and organisations that dream along."""

    def standing(self) -> Self:
        """Those that count now: confirmed, and not gone."""
        return self.filter(confirmed_on__isnull=False, left_on__isnull=True)

    def as_of(self, day: date) -> Self:
        """Those that counted on a day."""
        gone = models.Q(left_on__isnull=True) | models.Q(left_on__gt=day)
        return self.filter(gone, confirmed_on__lte=day)

    def visible_on(self, day: date) -> Self:
        """Those that counted on a day and, where they are an organisation, were to be seen then."""
        return self.as_of(day).filter(
            models.Q(organisation__isnull=True) | visible_on(day, "organisation__")
        )

    def people(self) -> Self:
        """Those that are no organisation."""
        return self.filter(organisation__isnull=True)

    def organisations(self) -> Self:
        """Those that are an organisation."""
        return self.filter(organisation__isnull=False)

    def helping(self) -> Self:
        """Those that help with something, and do not only dream along."""
        return self.exclude(kinds=[])

    def unconfirmed_since(self, day: date) -> Self:
        """Addresses that nobody confirmed in time."""
        limit = day - timedelta(days=UNCONFIRMED_DAYS)
        return self.filter(confirmed_on__isnull=True, asked_on__lt=limit)
