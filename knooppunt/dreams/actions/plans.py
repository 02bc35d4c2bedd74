"""Starts plans and changes them, asks organisations to take part, and moves a plan from one state
to the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.core.audit import trail
from knooppunt.core.audit.saving import delete_with_audit, save_with_audit
from knooppunt.core.audit.trail import Actor
from knooppunt.directory import rules as register_rules
from knooppunt.directory.models import Organisation
from knooppunt.dreams import plan_rules
from knooppunt.dreams.models.plans import (
    KEEPERS_NEEDED,
    Plan,
    PlanMoment,
    PlanPartner,
    PlanPerson,
)

Values = dict[str, Any]
# From each state to which others it can go.
NEXT = {
    Plan.State.PLAN: (Plan.State.BUSY, Plan.State.STOPPED),
    Plan.State.BUSY: (Plan.State.DONE, Plan.State.PLAN, Plan.State.STOPPED),
    Plan.State.DONE: (Plan.State.CELEBRATED, Plan.State.BUSY),
    Plan.State.CELEBRATED: (Plan.State.DONE,),
    Plan.State.STOPPED: (Plan.State.PLAN,),
}


def start_plan(
    actor: Actor,
    values: Values,
    keepers: Sequence[Organisation] = (),
    *,
    dream: Any = None,
    need: Any = None,
    point: Any = None,
) -> Plan:
    """Write down a plan with the organisations that will keep it, and from what it came: a dream, a
    need, a point, or nothing.

    An organisation for which the actor does not speak is asked first.
    """
    plan = Plan(entered_by=actor.account, dream=dream, need=need, point=point)
    with transaction.atomic():
        saved: Plan = save_with_audit(actor, plan, values)
        PlanMoment.objects.create(plan=saved, state=saved.state, on=saved.listed_on)
        for organisation in dict.fromkeys(keepers):
            add_partner(actor, saved, organisation, PlanPartner.Role.KEEPER)
    return saved


def change_plan(actor: Actor, plan: Plan, values: Values) -> Plan:
    """Change what stands about a plan."""
    with transaction.atomic():
        saved: Plan = save_with_audit(actor, plan, values)
        note_sign(actor, plan)
    return saved


def add_partner(
    actor: Actor,
    plan: Plan,
    organisation: Organisation,
    role: str = PlanPartner.Role.PARTNER,
    part: str = "",
    has_agreed: bool = False,
) -> PlanPartner:
    """Let an organisation take part, as keeper or with a part of its own.

    Who speaks for it says yes with that; ``has_agreed`` is the yes that was heard by somebody who
    may change the organisation. Any other is asked. Raises ValidationError for one that is there.
    """
    if plan.partners.filter(organisation=organisation).exists():
        raise ValidationError(_("%(name)s staat er al bij.") % {"name": organisation.name})
    today = timezone.localdate()
    is_yes = _speaks(actor, organisation) or (has_agreed and _may_answer(actor, organisation))
    partner = PlanPartner(plan=plan, organisation=organisation)
    values: Values = {"role": role, "part": part, "listed_on": today}
    if is_yes:
        values |= {"agreed_on": today, "last_sign_on": today}
    saved: PlanPartner = save_with_audit(actor, partner, values)
    return saved


def _speaks(actor: Actor, organisation: Organisation) -> bool:
    """True when the actor represents the organisation, or is no person (an import, a command)."""
    return actor.user is None or register_rules.represents(actor.user, organisation)


def _may_answer(actor: Actor, organisation: Organisation) -> bool:
    return actor.user is None or register_rules.may_change(actor.user, organisation)


def agree(actor: Actor, partner: PlanPartner) -> None:
    """Say yes for an organisation that was asked to take part."""
    if partner.agreed_on is None:
        today = timezone.localdate()
        save_with_audit(actor, partner, {"agreed_on": today, "last_sign_on": today}, "agree")


def leave(actor: Actor, partner: PlanPartner) -> None:
    """Let an organisation go: it was asked and says no, or it stops taking part.

    Raises ValidationError for a keeper whom a running plan cannot miss.
    """
    with transaction.atomic():
        _refuse_too_few(partner)
        delete_with_audit(actor, partner, "leave")


def make_keeper(actor: Actor, partner: PlanPartner) -> None:
    """Let an organisation that takes part keep the plan too."""
    save_with_audit(actor, partner, {"role": PlanPartner.Role.KEEPER}, "make_keeper")


def end_keeping(actor: Actor, partner: PlanPartner) -> None:
    """Let a keeper take part without keeping the plan.

    Raises ValidationError for a keeper whom a running plan cannot miss.
    """
    with transaction.atomic():
        _refuse_too_few(partner)
        save_with_audit(actor, partner, {"role": PlanPartner.Role.PARTNER}, "end_keeping")


def hand_over(actor: Actor, keeper: PlanPartner, successor: PlanPartner) -> None:
    """Let another organisation keep the plan in the place of a keeper, which goes on taking part.

    Raises ValidationError for a successor that did not say yes yet.
    """
    if successor.agreed_on is None or successor.plan_id != keeper.plan_id:
        raise ValidationError(_("Deze organisatie heeft nog geen ja gezegd."))
    with transaction.atomic():
        Plan.objects.select_for_update().get(pk=keeper.plan_id)
        save_with_audit(actor, successor, {"role": PlanPartner.Role.KEEPER}, "make_keeper")
        save_with_audit(actor, keeper, {"role": PlanPartner.Role.PARTNER}, "hand_over")


def _refuse_too_few(partner: PlanPartner) -> None:
    """Lock the plan, and raise ValidationError when it would be left with too few keepers."""
    plan = Plan.objects.select_for_update().get(pk=partner.plan_id)
    if plan.state == Plan.State.BUSY and partner.is_keeper:
        others = plan.partners.keepers().exclude(pk=partner.pk).count()
        if others < KEEPERS_NEEDED:
            raise ValidationError(
                _(
                    "Een plan dat bezig is heeft twee trekkers. Geef het eerst over aan een "
                    "andere organisatie."
                )
            )


def sign_of_life(actor: Actor, partner: PlanPartner) -> Any:
    """Say for a keeper that the plan goes on; gives the line of the trail."""
    with transaction.atomic():
        before, partner.last_sign_on = partner.last_sign_on, timezone.localdate()
        partner.save(update_fields=["last_sign_on"])
        return trail.record(
            actor, "sign_of_life", partner, {"last_sign_on": (before, partner.last_sign_on)}
        )


def note_sign(actor: Actor, plan: Plan) -> None:
    """Remember that the keepers for whom the actor speaks did something for the plan today."""
    if actor.account is None:
        return
    mine = plan_rules.represented(actor.account)
    plan.partners.keepers().filter(organisation__in=mine.values("pk")).update(
        last_sign_on=timezone.localdate()
    )


def add_person(actor: Actor, plan: Plan, first_name: str, part: str = "") -> PlanPerson:
    """Write down the first name of somebody who takes part and said yes to that; the trail does not
    keep the name.
    """
    person = PlanPerson(plan=plan, first_name=first_name, part=part)
    with transaction.atomic():
        person.save()
        trail.record(actor, "add_person", plan)
    return person


def forget_person(actor: Actor, person: PlanPerson) -> None:
    """Take a first name away; what she does becomes free again."""
    with transaction.atomic():
        plan = person.plan
        person.delete()
        trail.record(actor, "forget_person", plan)


def move_on(
    actor: Actor, plan: Plan, state: str, values: Values | None = None, on: date | None = None
) -> Plan:
    """Bring a plan in its next state, dated.

    ``values`` go with it: what was learned when it stops, the day and the story when it was
    celebrated. Raises ValidationError for a state that cannot follow, and for a plan without two
    keepers that begins.
    """
    with transaction.atomic():
        locked = Plan.objects.select_for_update().get(pk=plan.pk)
        if state not in NEXT[Plan.State(locked.state)]:
            raise ValidationError(
                _("Dit plan is al verder, of het kan dit nu niet. Ververs de bladzijde.")
            )
        needs_keepers = state == Plan.State.BUSY
        if needs_keepers and locked.partners.keepers().count() < KEEPERS_NEEDED:
            raise ValidationError(
                _(
                    "Een plan begint met twee trekkers: twee organisaties die ja hebben gezegd. "
                    "Vraag er nog een."
                )
            )
        more = dict(values or {})
        if locked.state == Plan.State.CELEBRATED:
            more |= {"celebrated_on": None}
        saved: Plan = save_with_audit(actor, locked, {"state": state, **more}, state)
        last = saved.moments.order_by("-on").values_list("on", flat=True).first()
        day = max(on or timezone.localdate(), last or saved.listed_on)
        PlanMoment.objects.create(plan=saved, state=state, on=day)
        note_sign(actor, saved)
    return saved
