"""Writes down decisions and action items, reviews the first and closes the second."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.core.time import refuse_future
from knooppunt.core.trail import Actor
from knooppunt.core.writing import write
from knooppunt.decisions.models import ActionItem, Decision, Meeting, Proposal


def decide(
    actor: Actor,
    values: dict[str, Any],
    meeting: Meeting | None = None,
    proposal: Proposal | None = None,
) -> Decision:
    """Put a decision in the log, with the meeting or the proposal it came from."""
    refuse_future(values.get("decided_on"), "decided_on")
    one = Decision(meeting=meeting, proposal=proposal, entered_by=actor.account)
    if meeting and not meeting.is_public:
        values = {**values, "is_public": False}
    if proposal and not proposal.is_public:
        values = {**values, "is_public": False}
    made: Decision = write(actor, one, values)
    return made


def review(actor: Actor, decision: Decision, is_valid: bool, again_on: date | None) -> None:
    """Say whether a decision still holds, and when to look at it again."""
    today = timezone.localdate()
    if again_on and again_on <= today:
        raise ValidationError({"review_on": _("Kies een dag die nog komt.")})
    write(
        actor,
        decision,
        {
            "reviewed_on": today,
            "review_on": again_on if is_valid else None,
            "ended_on": None if is_valid else today,
        },
        "review",
    )


def take_up(actor: Actor, values: dict[str, Any], meeting: Meeting | None = None) -> ActionItem:
    """Write down what somebody took upon herself, and by when. Raises ValidationError when nobody is named."""
    if not values.get("owner") and not values.get("organisation"):
        raise ValidationError({"owner": _("Schrijf op wie dit doet.")})
    made: ActionItem = write(actor, ActionItem(meeting=meeting), values)
    return made


def close_action(actor: Actor, item: ActionItem, result: str) -> None:
    """Say that it is done or given up, and what came of it."""
    if not result:
        raise ValidationError({"result": _("Schrijf in een paar woorden op wat ervan kwam.")})
    write(actor, item, {"closed_on": timezone.localdate(), "result": result}, "close")
