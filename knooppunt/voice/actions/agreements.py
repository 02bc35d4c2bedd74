"""Writes down agreements and their clauses, how far they are carried out, which points landed
in them, and drafts them together.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.core.audit import trail
from knooppunt.core.audit.saving import free_slug, save_with_audit
from knooppunt.core.audit.trail import Actor
from knooppunt.core.database.valid_time import refuse_future
from knooppunt.voice.actions.following import follow_agreement, follow_landing, follow_state
from knooppunt.voice.models import (
    Agreement,
    Amendment,
    Clause,
    ClauseState,
    ClauseVersion,
    Landing,
    YearAction,
)


def save_agreement(actor: Actor, one: Agreement, values: dict[str, Any]) -> Agreement:
    """Write down or change an agreement."""
    if one._state.adding:
        one.slug, one.entered_by = free_slug(Agreement, values["title"]), actor.account
    with transaction.atomic():
        saved: Agreement = save_with_audit(actor, one, values)
        follow_agreement(actor, saved)
    return saved


def save_clause(
    actor: Actor, clause: Clause, values: dict[str, Any], amendment: Amendment | None = None
) -> Clause:
    """Write down a clause or change it; every text it ever had is kept as a version."""
    is_new = clause._state.adding
    before = None if is_new else (clause.title, clause.text)
    with transaction.atomic():
        if is_new:
            clause.position = (
                clause.agreement.clauses.aggregate(last=Max("position"))["last"] or 0
            ) + 1
        save_with_audit(actor, clause, values)
        if before != (clause.title, clause.text):
            number = (clause.versions.aggregate(last=Max("number"))["last"] or 0) + 1
            ClauseVersion.objects.create(
                clause=clause,
                number=number,
                title=clause.title,
                text=clause.text,
                amendment=amendment,
            )
        trail.record(actor, "clause", clause.agreement, {"clause": (None, str(clause))})
    return clause


def free_number(agreement: Agreement) -> str:
    """The first whole number that no clause has."""
    taken = set(agreement.clauses.values_list("number", flat=True))
    return next(str(number) for number in range(1, len(taken) + 2) if str(number) not in taken)


def say_state(actor: Actor, clause: Clause, values: dict[str, Any]) -> ClauseState:
    """Say how far a clause is carried out on a day, and by what one sees that."""
    refuse_future(values["on"], "on")
    with transaction.atomic():
        made: ClauseState = save_with_audit(
            actor, ClauseState(clause=clause, entered_by=actor.account), values
        )
        trail.record(actor, "clause_state", clause.agreement, {str(clause): (None, made.state)})
        follow_state(actor, made)
    return made


def change_state(actor: Actor, state: ClauseState, values: dict[str, Any]) -> None:
    """Correct how far a clause was on a day; the points that landed in it follow."""
    refuse_future(values["on"], "on")
    save_with_audit(actor, state, values, "correct")
    follow_state(actor, state)


def change_landing(actor: Actor, landing: Landing, values: dict[str, Any]) -> None:
    """Correct how far a point landed in a clause and in which words; its steps follow."""
    save_with_audit(actor, landing, values, "correct")
    follow_landing(actor, landing)


def land(actor: Actor, clause: Clause, values: dict[str, Any]) -> Landing:
    """Write down that a point landed in a clause, how far, and in which words."""
    known = Landing.objects.filter(clause=clause, point=values["point"]).first()
    with transaction.atomic():
        made: Landing = save_with_audit(actor, known or Landing(clause=clause), values)
        trail.record(actor, "land", values["point"], {"clause": (None, str(clause))})
        follow_landing(actor, made)
    return made


def plan(actor: Actor, agreement: Agreement, values: dict[str, Any]) -> YearAction:
    """Put a line in the yearly action plan."""
    made: YearAction = save_with_audit(actor, YearAction(agreement=agreement), values)
    trail.record(actor, "plan", agreement, {"action": (None, made.text)})
    return made


def note_plan(actor: Actor, one: YearAction, state: str, result: str) -> None:
    """Say what came of a line of the plan."""
    if state != YearAction.State.OPEN and not result:
        raise ValidationError({"result": _("Schrijf in een paar woorden op wat ervan kwam.")})
    save_with_audit(actor, one, {"state": state, "result": result})
    trail.record(actor, "note_plan", one.agreement, {one.text: (None, state)})


def propose(
    actor: Actor, agreement: Agreement, values: dict[str, Any], clause: Clause | None = None
) -> Amendment:
    """Propose another text for a clause, or a new clause.

    Raises ValidationError when it is signed or nothing would change.
    """
    if agreement.signed_on:
        raise ValidationError(_("Dit akkoord is getekend; de tekst staat vast."))
    if clause and (clause.title, clause.text) == (values["title"], values["text"]):
        raise ValidationError({"text": _("Dit is dezelfde tekst.")})
    made: Amendment = save_with_audit(
        actor, Amendment(agreement=agreement, clause=clause, entered_by=actor.account), values
    )
    return made


def change_amendment(actor: Actor, amendment: Amendment, values: dict[str, Any]) -> None:
    """Correct what was proposed or decided. Raises ValidationError for a day that cannot be."""
    for name in ("on", "decided_on"):
        refuse_future(values.get(name), name)
    decided_on = values.get("decided_on", amendment.decided_on)
    if decided_on and decided_on < values["on"]:
        raise ValidationError({"on": _("Deze dag ligt na het besluit erover.")})
    save_with_audit(actor, amendment, values, "correct")


def refusal_of_amendment(amendment: Amendment) -> str:
    """Why a proposed text is not corrected here: once it was taken over, the clause says what
    holds.
    """
    if amendment.state != Amendment.State.ACCEPTED:
        return ""
    return _("Deze tekst is overgenomen. Wijzig de bepaling zelf; hoe het ging, blijft staan.")


def decide(actor: Actor, one: Amendment, is_accepted: bool, answer: str) -> Amendment:
    """Take a proposal over or not, and say why; taking it over makes the next version of the
    clause.
    """
    if not answer:
        raise ValidationError({"answer": _("Schrijf op waarom wel of niet.")})
    with transaction.atomic():
        found: Amendment = (
            Amendment.objects.select_for_update(of=("self",))
            .select_related("agreement", "clause")
            .get(pk=one.pk)
        )
        if found.state != Amendment.State.OPEN:
            raise ValidationError(_("Hierover is al besloten."))
        if is_accepted:
            clause = found.clause or Clause(
                agreement=found.agreement, number=free_number(found.agreement)
            )
            save_clause(actor, clause, {"title": found.title, "text": found.text}, found)
            found.clause = clause
        state = Amendment.State.ACCEPTED if is_accepted else Amendment.State.DECLINED
        save_with_audit(
            actor,
            found,
            {"state": state, "answer": answer, "decided_on": timezone.localdate()},
            "decide",
        )
    return found
