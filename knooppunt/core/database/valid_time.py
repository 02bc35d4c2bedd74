"""Valid time: links that hold from a day until a day, and the question which of them held on a
given day.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knooppunt.kit.dates import overlap


def valid_on(day: date, prefix: str = "") -> Q:
    """The condition that a dated row holds on ``day``; both its days belong to it and an open
    end is always.
    """
    started = Q(**{f"{prefix}since__isnull": True}) | Q(**{f"{prefix}since__lte": day})
    return started & not_over(day, prefix)


def not_over(day: date, prefix: str = "") -> Q:
    """The condition that a dated row did not end before ``day``; its last day belongs to it,
    and an open end is always.
    """
    return Q(**{f"{prefix}until__isnull": True}) | Q(**{f"{prefix}until__gte": day})


class DatedQuerySet(models.QuerySet[Any]):
    """Questions to rows with a since and an until."""

    def as_of(self, day: date) -> Self:
        """The rows that held on ``day``."""
        return self.filter(valid_on(day))

    def overlapping(self, since: date | None, until: date | None) -> list[Any]:
        """The rows that share at least one day with a period."""
        return [row for row in self if overlap(row.since, row.until, since, until)]


class Dated(models.Model):
    """A fact that holds from ``since`` until and including ``until``; either may be open."""

    since = models.DateField(_("sinds"), null=True, blank=True)
    until = models.DateField(_("tot en met"), null=True, blank=True)

    class Meta:
        abstract = True


def refuse_backwards(since: date | None, until: date | None) -> None:
    """Raise ValidationError, in words, for a period that ends before it starts."""
    if since and until and until < since:
        raise ValidationError(_("De einddatum ligt voor de begindatum."))


def refuse_future(day: date | None, field: str) -> None:
    """Raise ValidationError, in words and beside its field, for a day that is still to come."""
    if day and day > timezone.localdate():
        raise ValidationError({field: _("Deze dag komt nog.")})


def period_is_forward(name: str) -> models.CheckConstraint:
    """The constraint that a period does not end before it starts."""
    holds = Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=F("since"))
    return models.CheckConstraint(condition=holds, name=name)
