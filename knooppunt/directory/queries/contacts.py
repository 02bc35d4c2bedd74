"""Questions about contact points: which of them a reader may see."""

from __future__ import annotations

from typing import Any, Self

from django.db import models


class ContactQuerySet(models.QuerySet[Any]):
    """Questions about contact points."""

    def public(self) -> Self:
        """What everybody may see."""
        return self.filter(visibility="public")
