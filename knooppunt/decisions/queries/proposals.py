"""Questions about proposals."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.db import models


class ProposalQuerySet(models.QuerySet[Any]):
    """Questions about proposals."""

    def shown(self) -> Self:
        """Those that are no draft any more."""
        return self.exclude(state="draft")

    def public(self) -> Self:
        """Those whose result everybody may see."""
        return self.shown().filter(is_public=True)

    def open(self) -> Self:
        """Those on which votes are taken."""
        return self.filter(state="open")

    def half_read(self) -> Self:
        """Open ones with a vote on paper that only one person has read, so that it does not
        count yet.
        """
        lines = self.open().filter(voters__paper__isnull=False, voters__left_on__isnull=True)
        return lines.distinct()

    def to_close(self, moment: datetime) -> Self:
        """Open ones whose time is over."""
        return self.open().filter(closes_at__lte=moment)
