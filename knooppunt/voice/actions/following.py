"""Lets points follow what was written down elsewhere, so that one fact is entered once.

A promise about a point, a clause in which it landed once the agreement is signed, and how far that
clause is carried out, each make a step of the point on their own day; when they change, the step
changes along. When they turn out to be a mistake, the step does not stand either
(``Step.stands_with``).
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from knooppunt.core.audit.saving import delete_with_audit, save_with_audit
from knooppunt.core.audit.trail import Actor
from knooppunt.voice.actions.news import announce
from knooppunt.voice.models import Agreement, Clause, ClauseState, Commitment, Landing, Point, Step
from knooppunt.voice.models.points import Stage

STAGES = {
    ClauseState.State.DONE: Stage.DONE,
    ClauseState.State.PARTLY: Stage.PARTLY,
    ClauseState.State.DROPPED: Stage.NOT_DONE,
}
BY_HAND = {"landing": None, "clause_state": None, "commitment": None}


def follow_commitment(actor: Actor, commitment: Commitment) -> None:
    """Keep the step "promised" of the point of a public commitment, on the day on which it was
    said.
    """
    point = commitment.point if commitment.is_public else None
    values = {
        "stage": Stage.PROMISED,
        "on": commitment.said_on,
        "text": commitment.text,
        "by": commitment.who[:150],
        "source_url": commitment.source_url,
        "document": commitment.document,
        "meeting": commitment.meeting,
    }
    for step in commitment.steps.exclude(point=point):
        delete_with_audit(actor, step)
    if point:
        _keep(actor, point, {"commitment": commitment}, values)


def follow_agreement(actor: Actor, agreement: Agreement) -> None:
    """Let the points that landed in an agreement follow it, such as when it is signed."""
    for landing in Landing.objects.filter(clause__agreement=agreement).select_related("clause"):
        follow_landing(actor, landing)


def follow_clause(actor: Actor, clause: Clause) -> None:
    """Let the points that landed in a clause follow it."""
    for landing in clause.landings.select_related("clause__agreement", "point"):
        follow_landing(actor, landing)


def follow_landing(actor: Actor, landing: Landing) -> None:
    """Keep the step "in an agreement" of a point, on the day of signing, and what became of its
    clause since.
    """
    agreement = landing.clause.agreement
    values = None
    if agreement.signed_on and agreement.is_public:
        values = {
            "stage": Stage.AGREED,
            "on": agreement.signed_on,
            "text": landing.quote,
        } | _source(landing)
    _keep(actor, landing.point, {"landing": landing, "clause_state": None}, values)
    for state in landing.clause.states.all():
        _follow_state_of(actor, state, landing)


def follow_state(actor: Actor, state: ClauseState) -> None:
    """Keep the steps of the points that landed in a clause whose state was said."""
    for landing in state.clause.landings.select_related("clause__agreement", "point"):
        _follow_state_of(actor, state, landing)


def _follow_state_of(actor: Actor, state: ClauseState, landing: Landing) -> None:
    """A clause that is done carries a point out as far as the point landed in it."""
    agreement = landing.clause.agreement
    stage = STAGES.get(ClauseState.State(state.state))
    if stage == Stage.DONE and landing.extent == Landing.Extent.PARTLY:
        stage = Stage.PARTLY
    values = None
    if stage and agreement.signed_on and agreement.is_public:
        values = {"stage": stage, "on": state.on, "text": state.text} | _source(landing)
        values |= {"source_url": state.source_url or values["source_url"]}
        values |= {"document": state.document or values["document"]}
    _keep(actor, landing.point, {"landing": landing, "clause_state": state}, values)


def _source(landing: Landing) -> dict[str, Any]:
    """Where an agreement and its clause can be read."""
    agreement = landing.clause.agreement
    return {
        "source": f"{agreement}: {landing.clause}"[:300],
        "source_url": agreement.source_url,
        "document": agreement.document,
    }


def _keep(
    actor: Actor, point: Point, origin: dict[str, Any], values: dict[str, Any] | None
) -> None:
    """Make, change or (without values) take away the step that follows its origin; one set by
    hand that says the same is kept.
    """
    step = point.steps.filter(**origin).first()
    if values is None or values["on"] > timezone.localdate():
        if step:
            delete_with_audit(actor, step)
        return
    if step:
        save_with_audit(actor, step, values, "step")
        return
    same = point.steps.filter(stage=values["stage"], on=values["on"], **BY_HAND).first()
    if same:
        save_with_audit(actor, same, origin, "step")
        return
    made = Step(point=point, entered_by=actor.account, **origin)
    announce(save_with_audit(actor, made, values, "step"))
