"""Writes down decisions and action items, reviews the first and closes the second."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.core.audit.saving import save_with_audit
from knooppunt.core.audit.trail import Actor
from knooppunt.core.database.valid_time import refuse_future
from knooppunt.decisions import rules
from knooppunt.decisions.models import ActionItem, Decision, Meeting, Proposal


def decide(
    actor: Actor,
    values: dict[str, Any],
    meeting: Meeting | None = None,
    proposal: Proposal | None = None,
) -> Decision:
    """Put a decision in the log, with the meeting or the proposal it came from.

    Raises ValidationError for days to come, or that run backwards, and for a meeting that the actor
    may not change.
    """
    decision = Decision(proposal=proposal, entered_by=actor.account)
    values = {**values, "meeting": meeting}
    _check_decision(actor, decision, values)
    made: Decision = save_with_audit(actor, decision, _as_hidden(decision, values))
    return made


def _as_hidden(decision: Decision, values: dict[str, Any]) -> dict[str, Any]:
    """The values of a decision that is not for everybody when its meeting or proposal is not."""
    origins = (values.get("meeting", decision.meeting), decision.proposal)
    is_hidden = any(origin is not None and not origin.is_public for origin in origins)
    return {**values, "is_public": False} if is_hidden else values


def _check_decision(actor: Actor, decision: Decision, values: dict[str, Any]) -> None:
    meeting: Meeting | None = values.get("meeting", decision.meeting)
    is_kept = meeting is None or meeting.pk == decision.meeting_id or not actor.user
    if meeting and not is_kept and not rules.may_change(actor.user, meeting):
        raise ValidationError({"meeting": _("Dit overleg houd jij niet bij.")})
    for name in ("decided_on", "ended_on"):
        refuse_future(values.get(name), name)
    if values.get("ended_on") and values["ended_on"] < values["decided_on"]:
        raise ValidationError({"ended_on": _("Deze dag ligt voor het besluit.")})


def change_decision(actor: Actor, decision: Decision, values: dict[str, Any]) -> None:
    """Correct a decision.

    Raises ValidationError as ``decide`` does. At another meeting it is on no agenda any more.
    """
    _check_decision(actor, decision, values)
    if values.get("meeting", decision.meeting) != decision.meeting:
        values = {**values, "item": None}
    save_with_audit(actor, decision, _as_hidden(decision, values), "correct")


def review(
    actor: Actor,
    decision: Decision,
    is_valid: bool,
    again_on: date | None,
    on: date | None = None,
) -> None:
    """Say whether a decision still held on a day (today when none is given), and when to look
    at it again.
    """
    today = timezone.localdate()
    on = on or today
    refuse_future(on, "on")
    if on < decision.decided_on:
        raise ValidationError({"on": _("Deze dag ligt voor het besluit.")})
    if again_on and again_on <= today:
        raise ValidationError({"review_on": _("Kies een dag die nog komt.")})
    save_with_audit(
        actor,
        decision,
        {
            "reviewed_on": on,
            "review_on": again_on if is_valid else None,
            "ended_on": None if is_valid else on,
        },
        "review",
    )


def take_up(actor: Actor, values: dict[str, Any], meeting: Meeting | None = None) -> ActionItem:
    """Write down what somebody took upon herself, on which day and by when.

    Raises ValidationError when nobody is named.
    """
    _check_action(values)
    made: ActionItem = save_with_audit(actor, ActionItem(meeting=meeting), values)
    return made


def _check_action(values: dict[str, Any]) -> None:
    if not values.get("owner") and not values.get("organisation"):
        raise ValidationError({"owner": _("Schrijf op wie dit doet.")})
    for name in ("listed_on", "closed_on"):
        refuse_future(values.get(name), name)


def close_action(actor: Actor, item: ActionItem, result: str, on: date | None = None) -> None:
    """Say that it was done or given up on a day (today when none is given), and what came of it."""
    if not result:
        raise ValidationError({"result": _("Schrijf in een paar woorden op wat ervan kwam.")})
    values = {"closed_on": on or timezone.localdate(), "result": result}
    _check_closing(item.listed_on, values["closed_on"])
    save_with_audit(actor, item, values, "close")


def _check_closing(listed_on: date, closed_on: Any) -> None:
    refuse_future(closed_on, "closed_on")
    if closed_on and closed_on < listed_on:
        raise ValidationError({"closed_on": _("Toen was het nog niet afgesproken.")})


def change_action(actor: Actor, item: ActionItem, values: dict[str, Any]) -> None:
    """Correct what was taken up, by whom, and the days; without a last day it is open again."""
    _check_action(values)
    _check_closing(values["listed_on"], values.get("closed_on"))
    if values.get("closed_on") and not values.get("result"):
        raise ValidationError({"result": _("Schrijf in een paar woorden op wat ervan kwam.")})
    save_with_audit(actor, item, values, "correct")
