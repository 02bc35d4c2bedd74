"""Signed links of a plan: to tick off one step, and to say what one brings, without an account.

A link works for 45 days, or until it is withdrawn: it carries a number, and only the highest works.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from knooppunt.core.audit import trail
from knooppunt.core.audit.trail import BY_LINK, Actor
from knooppunt.core.web.signed_links import make_token, read_token
from knooppunt.dreams.actions import plan_work
from knooppunt.dreams.actions.plan_work import Bringer
from knooppunt.dreams.models.plan_work import PlanItem, PlanPledge, PlanStep
from knooppunt.dreams.models.plans import Plan

STEP, BRING, PLEDGE = "dreams.step", "dreams.bring", "dreams.pledge"


def step_link(step: PlanStep) -> str:
    """The token with which somebody ticks off a step."""
    return make_token([step.pk, step.link_number], STEP)


def bring_link(plan: Plan) -> str:
    """The token with which people say what they bring."""
    return make_token([plan.pk, plan.bring_link_number], BRING)


def pledge_link(promise: PlanPledge) -> str:
    """The token with which somebody takes back that she brings something."""
    return make_token(promise.pk, PLEDGE)


def open_step(token: str) -> PlanStep | None:
    """The step of a token; None for one that is forged, expired or withdrawn."""
    number, turn = _numbers(read_token(token, STEP))
    rows = PlanStep.objects.select_related("plan", "partner__organisation", "person")
    return rows.filter(pk=number, link_number=turn).first()


def open_bring_list(token: str) -> Plan | None:
    """The plan of a token whose list can be signed up for; None for one that does not work."""
    number, turn = _numbers(read_token(token, BRING))
    return Plan.objects.filter(pk=number, bring_link_number=turn, state__in=Plan.ONGOING).first()


def open_pledge(token: str) -> PlanPledge | None:
    """What somebody promised to bring; None when the link does not work or it was taken back."""
    rows = PlanPledge.objects.select_related("item__plan")
    return rows.filter(pk=read_token(token, PLEDGE)).first()


def _numbers(value: Any) -> tuple[int, int]:
    """The two numbers in a token; zeros, which no record has, for one that does not work."""
    return (value[0], value[1]) if isinstance(value, list) and len(value) == 2 else (0, 0)


def tick_off_by_link(token: str) -> PlanStep | None:
    """Tick off the step of a link; None when the link does not work any more.

    Raises AlreadyDone when somebody did so before.
    """
    with transaction.atomic():
        step = open_step(token)
        if step is None or not step.plan.is_ongoing:
            return None
        plan_work.tick_off(BY_LINK, step, PlanStep.Via.LINK)
    return step


def pledge_by_link(
    token: str, item: PlanItem, number: int, first_name: str, form_key: str
) -> PlanPledge:
    """Write down what somebody brings. Raises ValidationError when the link was withdrawn or not
    so many are needed any more.
    """
    with transaction.atomic():
        plan = open_bring_list(token)
        if plan is None or item.plan_id != plan.pk:
            raise ValidationError(_("Deze link werkt niet meer. Vraag een nieuwe."))
        return plan_work.pledge(BY_LINK, item, number, Bringer(first_name=first_name), form_key)


def withdraw_step_link(actor: Actor, step: PlanStep) -> None:
    """Let every link to a step that was given stop working."""
    with transaction.atomic():
        locked = PlanStep.objects.select_for_update().get(pk=step.pk)
        locked.link_number += 1
        locked.save(update_fields=["link_number"])
        trail.record(actor, "withdraw_link", locked)


def withdraw_bring_link(actor: Actor, plan: Plan) -> None:
    """Let every link to the list of a plan that was given stop working."""
    with transaction.atomic():
        locked = Plan.objects.select_for_update().get(pk=plan.pk)
        locked.bring_link_number += 1
        locked.save(update_fields=["bring_link_number"])
        trail.record(actor, "withdraw_link", locked)
