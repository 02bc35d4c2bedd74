"""Writes down commitments, how they stand, and what the other side says of them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.core.audit import trail
from knooppunt.core.audit.saving import save_with_audit
from knooppunt.core.audit.trail import Actor
from knooppunt.core.database.valid_time import refuse_future
from knooppunt.core.web.signed_links import make_token, read_token
from knooppunt.voice.actions.following import follow_commitment
from knooppunt.voice.models import Commitment, Response, StatusEntry

SALT = "voice.response"


def save_commitment(actor: Actor, one: Commitment, values: dict[str, Any]) -> Commitment:
    """Write down or change a commitment.

    Raises ValidationError without who gave it or where it stands.
    """
    if not values.get("term") and not values.get("office"):
        raise ValidationError({"office": _("Wie zei dit toe, in welk ambt?")})
    if not (values.get("source_url") or values.get("document") or values.get("meeting")):
        raise ValidationError(
            {
                "source_url": _(
                    "Waar staat dit? Geef een link, een stuk uit de bibliotheek of een overleg."
                )
            }
        )
    refuse_future(values["said_on"], "said_on")
    if values.get("due_on") and values["due_on"] < values["said_on"]:
        raise ValidationError({"due_on": _("Deze dag ligt voor de toezegging zelf.")})
    first = None if one._state.adding else one.statuses.order_by("on").first()
    if first and first.on < values["said_on"]:
        raise ValidationError(
            {"said_on": _("Wat ervan kwam, is van een eerdere dag. Verbeter dat eerst.")}
        )
    if values.get("term") and not values.get("body"):
        values = {**values, "body": values["term"].post.body}
    if one._state.adding:
        one.entered_by = actor.account
    with transaction.atomic():
        saved: Commitment = save_with_audit(actor, one, values)
        follow_commitment(actor, saved)
    return saved


def say_status(actor: Actor, one: Commitment, values: dict[str, Any]) -> StatusEntry:
    """Say how a commitment stands on a day and by what one sees that; nothing that was said
    before is changed.
    """
    _check_status(one, values)
    with transaction.atomic():
        made: StatusEntry = save_with_audit(
            actor, StatusEntry(commitment=one, entered_by=actor.account), values
        )
        trail.record(actor, "say_status", one, {"status": (None, made.status)})
    return made


def change_status(actor: Actor, entry: StatusEntry, values: dict[str, Any]) -> None:
    """Correct what was said of how a commitment stands.

    Raises ValidationError for a day that cannot be.
    """
    _check_status(entry.commitment, values)
    save_with_audit(actor, entry, values, "correct")


def _check_status(one: Commitment, values: dict[str, Any]) -> None:
    refuse_future(values["on"], "on")
    if values["on"] < one.said_on:
        raise ValidationError({"on": _("Deze dag ligt voor de toezegging zelf.")})


def change_response(actor: Actor, response: Response, values: dict[str, Any]) -> None:
    """Correct the day or the office of a reply. Raises ValidationError for a day that cannot be."""
    _check_status(response.commitment, values)
    save_with_audit(actor, response, values, "correct")


def make_link(one: Commitment) -> str:
    """A signed token with which the other side can answer without an account, for 45 days."""
    return make_token(one.pk, SALT)


def open_link(token: str) -> Commitment | None:
    """The commitment of a token; None for a forged or expired one."""
    found: Commitment | None = (
        Commitment.objects.select_related("term__post__body", "body")
        .filter(pk=read_token(token, SALT))
        .first()
    )
    return found


def respond(actor: Actor, one: Commitment, values: dict[str, Any]) -> Response:
    """Keep what the other side says; it stands beside the commitment from now on."""
    with transaction.atomic():
        made: Response = save_with_audit(
            actor, Response(commitment=one, on=timezone.localdate()), values
        )
        trail.record(actor, "respond", one, {"by": (None, made.by)})
    return made
