"""Questions about meetings."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.db import models


class MeetingQuerySet(models.QuerySet[Any]):
    """Questions about meetings."""

    def public(self) -> Self:
        """Those that everybody may see."""
        return self.filter(is_public=True)

    def coming(self, moment: datetime) -> Self:
        """Those that have not begun, the first first."""
        return self.filter(starts__gt=moment).order_by("starts", "pk")

    def past(self, moment: datetime) -> Self:
        """Those that began, the latest first."""
        return self.filter(starts__lte=moment).order_by("-starts", "-pk")

    def of_the_same(self, meeting: Any) -> Self:
        """The meetings of the same body; without one, those of the same kind."""
        if meeting.body_id:
            return self.filter(body=meeting.body_id)
        return self.filter(kind=meeting.kind, body__isnull=True)
