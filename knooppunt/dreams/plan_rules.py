"""Who may do what with plans: everybody reads them; who keeps one, and weavers of its wijk, change
it.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from knooppunt.decisions.rules import represented
from knooppunt.directory import rules
from knooppunt.dreams.models.plan_ties import PlanDate
from knooppunt.dreams.models.plans import Plan, PlanPartner
from knooppunt.dreams.queries.plans import PlanQuerySet

__all__ = ["represented"]


def may_start(user: Any) -> bool:
    """May she write down a plan? Whoever keeps anything in the register."""
    return rules.is_keeper(user)


def changeable_plans(user: Any) -> PlanQuerySet:
    """The plans that a person may change today: those that an organisation of hers keeps, those of
    her wijk, and those that she wrote down herself.
    """
    if rules.may_coordinate(user):
        return Plan.objects.all()
    if not rules.is_keeper(user):
        return Plan.objects.none()
    kept = PlanPartner.objects.keepers().filter(
        organisation__in=rules.changeable_organisations(user).values("pk")
    )
    mine = Q(pk__in=kept.values("plan")) | Q(entered_by=user)
    areas = rules.woven_areas(user)
    return Plan.objects.filter(mine | Q(area__in=areas) if areas else mine)


def may_change(user: Any, plan: Plan) -> bool:
    """May she change this plan?"""
    return changeable_plans(user).filter(pk=plan.pk).exists()


def may_answer(user: Any, partner: PlanPartner) -> bool:
    """May she say for this organisation whether it takes part? Who may change the organisation."""
    return rules.may_change(user, partner.organisation)


def answerable_partners(user: Any) -> Any:
    """The organisations that were asked to take part and did not answer, for which she speaks."""
    mine = rules.changeable_organisations(user).values("pk")
    return PlanPartner.objects.asked().filter(organisation__in=mine, plan__state__in=Plan.ONGOING)


def silent_keepers(user: Any, day: date) -> Any:
    """The keepers of open plans of whom nothing was heard for a month and for which she speaks."""
    mine = rules.changeable_organisations(user).values("pk")
    return PlanPartner.objects.silent(day).filter(organisation__in=mine)


def may_work_on(user: Any, plan: Plan) -> bool:
    """May she tick off steps and say who brings what? Who may change the plan, and whoever speaks
    for an organisation that takes part.
    """
    if may_change(user, plan):
        return True
    mine = rules.changeable_organisations(user).values("pk")
    return plan.partners.agreed().filter(organisation__in=mine).exists()


def may_host(user: Any, planned: PlanDate) -> bool:
    """May she say, for the place where something of a plan is to be, whether that can be there?"""
    places = [row.place for row in planned.activity.venues.select_related("place")]
    return any(rules.may_change(user, place) for place in places)


def dates_to_answer(user: Any) -> QuerySet[PlanDate]:
    """The dates of plans that wait for a yes of a place that she keeps."""
    mine = rules.changeable_places(user).values("pk")
    rows = PlanDate.objects.filter(
        activity__state="draft", activity__places__in=mine, plan__state__in=Plan.ONGOING
    )
    return rows.select_related("activity", "plan").distinct()
