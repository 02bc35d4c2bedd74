"""What the page of a plan and its sheet of paper show: who takes part, how far it is, what is left
to do and to bring.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Prefetch
from django.utils import timezone

from knooppunt.core.registry import modules
from knooppunt.dreams import plan_rules
from knooppunt.dreams.models.plan_ties import PlanDate
from knooppunt.dreams.models.plan_work import PlanItem, PlanPledge, PlanStep
from knooppunt.dreams.models.plans import KEEPERS_NEEDED, Plan, PlanPartner
from knooppunt.dreams.permits import Permit, permits_for

MOST_LESSONS = 3
# The states through which a plan goes when all is well.
ROAD = (Plan.State.PLAN, Plan.State.BUSY, Plan.State.DONE, Plan.State.CELEBRATED)


@dataclass(frozen=True)
class Stop:
    """A state on the road of a plan: its name, the day it was reached, whether it is there now."""

    name: str
    on: date | None
    is_now: bool


@dataclass(frozen=True)
class PartnerRow:
    """An organisation that takes part, and what the visitor may do about it."""

    partner: PlanPartner
    may_answer: bool
    may_receive: bool

    @property
    def is_official(self) -> bool:
        """True for an institution, such as a municipality or a welfare organisation."""
        return self.partner.organisation.role == "institution"


def road(plan: Plan) -> list[Stop]:
    """The states of a plan with their days; one that stopped ends there."""
    reached = {moment.state: moment.on for moment in plan.moments.all()}
    states: list[Any] = list(ROAD)
    if plan.state == Plan.State.STOPPED:
        states = [state for state in ROAD if state in reached and state != Plan.State.CELEBRATED]
        states.append(Plan.State.STOPPED)
    here = states.index(plan.state)
    return [
        Stop(str(state.label), reached.get(state) if number <= here else None, number == here)
        for number, state in enumerate(states)
    ]


def partner_rows(user: Any, plan: Plan) -> list[PartnerRow]:
    """The organisations of a plan as the visitor may see them: who said yes everybody, who was
    asked only who may change the plan or answer.

    Of a plan that goes on those are shown that exist today, of another those of its last day.
    """
    partners = (
        plan.partners.shown_on(timezone.localdate())
        if plan.is_ongoing
        else plan.partners.standing_on(plan.state_since)
    )
    shown = set(partners.values_list("pk", flat=True))
    can_change = plan_rules.may_change(user, plan)
    mine = set(plan_rules.represented(user).values_list("pk", flat=True))
    rows = list(plan.partners.select_related("organisation"))
    has_own_keeper = any(row.is_keeper and row.organisation_id in mine for row in rows)
    visible = []
    for row in rows:
        may_answer = user.is_authenticated and plan_rules.may_answer(user, row)
        if row.pk in shown or can_change or may_answer:
            may_receive = (
                has_own_keeper
                and row.agreed_on is not None
                and row.role == PlanPartner.Role.PARTNER
            )
            visible.append(PartnerRow(row, may_answer, may_receive))
    return visible


def plan_context(user: Any, plan: Plan) -> dict[str, Any]:
    """What the page of a plan needs to know."""
    keepers = plan.partners.keepers().count()
    return {
        "plan": plan,
        "road": road(plan),
        "can_change": plan_rules.may_change(user, plan),
        "can_work": user.is_authenticated and plan_rules.may_work_on(user, plan),
        "partner_rows": partner_rows(user, plan),
        "people": plan.people.all(),
        "steps": steps_of(plan),
        "items": items_of(plan),
        "dates": dates_of(user, plan),
        "needs": plan.needs.select_related("notice__organisation") if modules.is_on("help") else (),
        "permits": permit_rows(plan),
        "lessons": Plan.objects.with_lessons_for(plan)[:MOST_LESSONS] if plan.is_ongoing else (),
        "has_agenda": modules.is_on("agenda"),
        "has_help": modules.is_on("help"),
        "keepers_missing": max(0, KEEPERS_NEEDED - keepers) if plan.is_ongoing else 0,
    }


@dataclass(frozen=True)
class DateRow:
    """A date of a plan, and whether the visitor answers for its place."""

    planned: PlanDate
    may_host: bool

    @property
    def is_waiting(self) -> bool:
        """True while the place did not answer."""
        return self.planned.answer == PlanDate.Answer.WAITING

    @property
    def is_refused(self) -> bool:
        """True when the place said no."""
        return self.planned.answer == PlanDate.Answer.NO


def dates_of(user: Any, plan: Plan) -> list[DateRow]:
    """The dates of a plan; none when the coalition keeps no agenda."""
    if not modules.is_on("agenda"):
        return []
    rows = plan.dates.select_related("activity").prefetch_related("activity__venues__place")
    is_known = user.is_authenticated
    return [DateRow(row, is_known and plan_rules.may_host(user, row)) for row in rows]


@dataclass(frozen=True)
class PermitRow:
    """One thing to look after, and whether it is settled."""

    permit: Permit
    is_settled: bool


def permit_rows(plan: Plan) -> list[PermitRow]:
    """What to look after for what belongs to a plan, as long as it goes on."""
    if not plan.is_ongoing:
        return []
    settled = set(plan.permits.values_list("key", flat=True))
    return [PermitRow(permit, permit.key in settled) for permit in permits_for(plan.features)]


def steps_of(plan: Plan) -> list[PlanStep]:
    """The steps: what is to be done first, by day; then what is done."""
    rows = plan.steps.select_related("partner__organisation", "person")
    return list(
        rows.order_by(F("done_on").asc(nulls_first=True), F("due_on").asc(nulls_last=True), "pk")
    )


def items_of(plan: Plan) -> list[PlanItem]:
    """What has to be brought, with who brings it."""
    pledges = PlanPledge.objects.select_related("partner__organisation", "person")
    return list(plan.items.prefetch_related(Prefetch("pledges", queryset=pledges)))
