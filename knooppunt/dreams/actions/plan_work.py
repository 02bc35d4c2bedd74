"""Writes down and ticks off the steps of a plan, and who brings what; nothing is done or brought
twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knooppunt.core.audit import trail
from knooppunt.core.audit.saving import delete_with_audit, save_with_audit
from knooppunt.core.audit.trail import Actor
from knooppunt.dreams.actions.plans import note_sign
from knooppunt.dreams.models.plan_ties import PlanPermit
from knooppunt.dreams.models.plan_work import PlanItem, PlanPledge, PlanStep
from knooppunt.dreams.models.plans import Plan, PlanPartner, PlanPerson

Values = dict[str, Any]


class AlreadyDone(ValidationError):
    """Somebody else did it a moment before."""


@dataclass(frozen=True)
class Bringer:
    """Who brings something: an organisation or person that takes part, a first name with leave,
    or somebody.
    """

    partner: PlanPartner | None = None
    person: PlanPerson | None = None
    first_name: str = ""


def add_step(actor: Actor, plan: Plan, values: Values) -> PlanStep:
    """Write down a step of a plan."""
    with transaction.atomic():
        step: PlanStep = save_with_audit(actor, PlanStep(plan=plan), values)
        note_sign(actor, plan)
    return step


def change_step(actor: Actor, step: PlanStep, values: Values) -> PlanStep:
    """Change what a step is, who does it and before which day."""
    saved: PlanStep = save_with_audit(actor, step, values)
    return saved


def tick_off(actor: Actor, step: PlanStep, via: str = PlanStep.Via.SITE) -> None:
    """Say that a step is done. Raises AlreadyDone when somebody did so before."""
    with transaction.atomic():
        locked = PlanStep.objects.select_for_update().get(pk=step.pk)
        if locked.done_on:
            raise AlreadyDone(_("Iemand was je net voor: dit is al afgevinkt. Dank je wel."))
        save_with_audit(
            actor, locked, {"done_on": timezone.localdate(), "done_via": via}, "tick_off"
        )
        note_sign(actor, step.plan)


def take_back_tick(actor: Actor, step: PlanStep) -> None:
    """Say that a step is not done after all."""
    save_with_audit(actor, step, {"done_on": None, "done_via": ""}, "take_back_tick")


def remove_step(actor: Actor, step: PlanStep) -> None:
    """Take a step away that is not needed."""
    delete_with_audit(actor, step)


def add_item(actor: Actor, plan: Plan, values: Values) -> PlanItem:
    """Write down what has to be brought, and how many of it."""
    with transaction.atomic():
        item: PlanItem = save_with_audit(actor, PlanItem(plan=plan), values)
        note_sign(actor, plan)
    return item


def remove_item(actor: Actor, item: PlanItem) -> None:
    """Take a line of the list away, with what was promised for it."""
    delete_with_audit(actor, item)


def pledge(
    actor: Actor, item: PlanItem, number: int, bringer: Bringer, form_key: str
) -> PlanPledge:
    """Write down that somebody brings so many of an item; the same form sent twice is one pledge.

    Raises ValidationError when fewer are left than that, because others were first.
    """
    with transaction.atomic():
        locked = PlanItem.objects.select_for_update().get(pk=item.pk)
        sent_before = locked.pledges.filter(form_key=form_key).first()
        if sent_before:
            return sent_before
        left = locked.left
        if number > left:
            raise ValidationError(_describe_left(left))
        made = PlanPledge(
            item=locked,
            number=number,
            partner=bringer.partner,
            person=bringer.person,
            first_name=bringer.first_name,
            form_key=form_key,
        )
        made.save()
        trail.record(actor, "pledge", locked, number=number)
        note_sign(actor, item.plan)
    return made


def _describe_left(left: int) -> str:
    """Why a pledge was not taken: how many are still needed."""
    if left == 0:
        return _("Iemand was je net voor: hier is al genoeg van. Kies iets anders van de lijst.")
    return ngettext(
        "Er is er nog %(number)s nodig. Vul een kleiner aantal in.",
        "Er zijn er nog %(number)s nodig. Vul een kleiner aantal in.",
        left,
    ) % {"number": left}


def take_back_pledge(actor: Actor, promise: PlanPledge) -> None:
    """Let somebody not bring it after all."""
    with transaction.atomic():
        item = promise.item
        promise.delete()
        trail.record(actor, "take_back_pledge", item)


def settle_permit(actor: Actor, plan: Plan, key: str) -> None:
    """Say that one thing to look after is settled."""
    with transaction.atomic():
        _row, is_new = PlanPermit.objects.get_or_create(plan=plan, key=key)
        if is_new:
            trail.record(actor, "settle_permit", plan, permit=key)
            note_sign(actor, plan)


def reopen_permit(actor: Actor, plan: Plan, key: str) -> None:
    """Say that one thing to look after is not settled after all."""
    with transaction.atomic():
        if plan.permits.filter(key=key).delete()[0]:
            trail.record(actor, "reopen_permit", plan, permit=key)
