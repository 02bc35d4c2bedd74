"""Erases first names of plans when their time is over."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from knooppunt.core.audit import trail
from knooppunt.dreams.models.plan_work import PlanPledge
from knooppunt.dreams.models.plans import Plan, PlanPerson

# How long first names stay after a plan is done, celebrated or stopped.
PEOPLE_STAY, BRINGERS_STAY = timedelta(days=365), timedelta(days=30)


def forget_names(today: date) -> int:
    """Erase who took part a year after a plan was over, and who brought what after thirty days;
    gives how many names went.
    """
    with transaction.atomic():
        bringers = PlanPledge.objects.filter(item__plan__in=_over_since(today - BRINGERS_STAY))
        names = bringers.exclude(first_name="").update(first_name="")
        people = PlanPerson.objects.filter(plan__in=_over_since(today - PEOPLE_STAY))
        number = people.count()
        people.delete()
        if names + number:
            trail.bump_generation()
    return names + number


def _over_since(day: date) -> list[int]:
    """The plans that were over by a day and did not begin again."""
    over = Plan.objects.over_on(day)
    return list(over.exclude(state__in=Plan.ONGOING).values_list("pk", flat=True))
