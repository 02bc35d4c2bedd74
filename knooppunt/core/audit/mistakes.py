"""What can turn out to be a mistake: such a record is struck, stays readable for who keeps it,
and counts nowhere.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q


def standing(model: Any, prefix: str = "") -> Q:
    """The condition that a correctable record stands, and what it stands with; ``prefix`` leads
    to it from another table.
    """
    condition = Q(**{f"{prefix}mistake_on__isnull": True})
    for path in model.stands_with:
        condition &= Q(**{f"{prefix}{path}__mistake_on__isnull": True})
    return condition


class StandingManager(models.Manager[Any]):
    """Gives the records that stand."""

    def get_queryset(self) -> Any:
        """The records that are no mistake."""
        return super().get_queryset().filter(standing(self.model))


class Correctable(models.Model):
    """A dated record that can be marked as a mistake, with the day and the reason, and be put back.

    ``objects`` and every list that hangs below another record give those that stand;
    ``with_mistakes`` gives all. ``stands_with`` are paths to the records without which it does not
    stand either, such as the point of a step.
    """

    stands_with: ClassVar[tuple[str, ...]] = ()

    mistake_on = models.DateField(null=True, blank=True, editable=False)
    mistake_reason = models.CharField(max_length=300, blank=True, editable=False)

    objects: Any = StandingManager()
    with_mistakes: Any = models.Manager()

    class Meta:
        abstract = True

    @property
    def is_mistake(self) -> bool:
        """True for one that is struck."""
        return self.mistake_on is not None


NO_MISTAKE = Q(mistake_on__isnull=True)


def mistake_has_reason(name: str) -> models.CheckConstraint:
    """The constraint that what is struck has a reason, and what stands has none."""
    holds = Q(mistake_on__isnull=True, mistake_reason="")
    holds |= Q(mistake_on__isnull=False) & ~Q(mistake_reason="")
    return models.CheckConstraint(condition=holds, name=name)
