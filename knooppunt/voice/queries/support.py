"""Questions about signatures of organisations."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q

from knooppunt.directory.queries.records import not_ended


class CoSignatureQuerySet(models.QuerySet[Any]):
    """Questions about signatures."""

    def as_of(self, day: date) -> Self:
        """Those that stood on a day, of public organisations that had not ended; on the day it
        is taken back a signature stands no more.
        """
        return self.filter(
            Q(signed_on__lte=day),
            not_ended(day, "organisation__"),
            Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=day),
        )
