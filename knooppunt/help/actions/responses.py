"""Takes in what somebody says to a need or offer, and remembers when a keeper dealt with it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from knooppunt.core.audit import trail
from knooppunt.core.audit.trail import Actor
from knooppunt.core.models import TrailEntry
from knooppunt.help.models import Notice, NoticeResponse


def receive(actor: Actor, notice: Notice, text: str, reply_address: str) -> NoticeResponse:
    """Take in a response; it waits for whoever keeps the need or offer."""
    with transaction.atomic():
        response = NoticeResponse.objects.create(
            notice=notice, text=text, reply_address=reply_address
        )
        trail.entry(actor, "respond", notice, response=response.pk).save()
    return response


def settle(actor: Actor, response: NoticeResponse) -> TrailEntry:
    """Say that somebody answered; words and address stay for a day, so that a slip can be
    undone.
    """
    with transaction.atomic():
        response.settled_at = timezone.now()
        response.save(update_fields=["settled_at"])
        return trail.record(actor, "settle_response", response.notice, {}, response=response.pk)


def reopen(actor: Actor, response: NoticeResponse) -> TrailEntry:
    """Let a response wait again."""
    with transaction.atomic():
        response.settled_at = None
        response.save(update_fields=["settled_at"])
        return trail.record(actor, "reopen_response", response.notice, {}, response=response.pk)


def forget_old() -> int:
    """Erase responses that were dealt with, and those that nobody dealt with in time; gives how
    many.
    """
    return NoticeResponse.objects.due_for_erasing(timezone.now()).delete()[0]
