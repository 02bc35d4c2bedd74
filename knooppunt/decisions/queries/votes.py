"""Questions about votes: which count, now that an organisation may have ended while the vote
ran.
"""

from __future__ import annotations

from typing import Any, Self

from django.db import models


class VoterManager(models.Manager[Any]):
    """The lines that stand on the lists; what left a list because it ended is found with
    ``everybody``.
    """

    def get_queryset(self) -> models.QuerySet[Any]:
        """Those that did not leave."""
        return super().get_queryset().filter(left_on__isnull=True)


class BallotQuerySet(models.QuerySet[Any]):
    """Questions to what hangs below a line on a list of voters."""

    def of(self, proposal: Any) -> Self:
        """Those on a proposal that count: of organisations that still stand on its list."""
        return self.filter(voter__proposal=proposal, voter__left_on__isnull=True)


class ObjectionQuerySet(models.QuerySet[Any]):
    """Questions about objections."""

    def of(self, proposal: Any) -> Self:
        """Those on a proposal of organisations that still stand on its list."""
        return self.filter(ballot__voter__proposal=proposal, ballot__voter__left_on__isnull=True)
