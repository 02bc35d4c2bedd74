"""Signed links in mail: yes, this address is mine; and: let me hear nothing any more."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from knooppunt.core.audit import trail
from knooppunt.core.audit.trail import BY_LINK, Actor
from knooppunt.core.mail import outbox
from knooppunt.core.web.context_processors import site_address
from knooppunt.core.web.signed_links import make_token, read_token
from knooppunt.dreams.models import Dream, Participant

YES, STOP, KIND = "dreams.yes", "dreams.stop", "dream"
Addressee = Dream | Participant
_MODELS: dict[str, Any] = {"dream": Dream, "participant": Participant}


def _token(addressee: Addressee, salt: str) -> str:
    kind = "dream" if isinstance(addressee, Dream) else "participant"
    return make_token([kind, addressee.pk], salt)


def _addressee(token: str, salt: str, valid: bool) -> Addressee | None:
    """Whom a token is about; None for a forged or old one, or when she is erased."""
    value = read_token(token, salt) if valid else read_token(token, salt, valid=None)
    if not (isinstance(value, list) and len(value) == 2 and value[0] in _MODELS):
        return None
    row: Addressee | None = _MODELS[value[0]].objects.filter(pk=value[1]).first()
    return row


def yes_path(addressee: Addressee) -> str:
    """The signed address on which somebody says that a mail address is hers; for 45 days."""
    return reverse("dreams:confirm", args=[_token(addressee, YES)])


def stop_path(addressee: Addressee) -> str:
    """The signed address on which she says that she need not hear any more; for ever."""
    return reverse("dreams:stop", args=[_token(addressee, STOP)])


def open_yes(token: str) -> Addressee | None:
    """Who says yes with this token; None when there is nothing to say yes to."""
    return _addressee(token, YES, valid=True)


def open_stop(token: str) -> Addressee | None:
    """Who stops with this token; None when there is nothing to stop."""
    return _addressee(token, STOP, valid=False)


def ask_to_confirm(addressee: Addressee, address: str) -> None:
    """Ask once by mail whether an address belongs to who gave it; call it in the transaction in
    which it was given.
    """
    is_dream = isinstance(addressee, Dream)
    dream = addressee if isinstance(addressee, Dream) else addressee.dream
    context = {
        "dream": dream,
        "is_own": is_dream,
        "yes": site_address() + yes_path(addressee),
        "stop": site_address() + stop_path(addressee),
    }
    key = f"dream yes:{'dream' if is_dream else 'participant'}:{addressee.pk}"
    outbox.enqueue("dreams/mail/confirm", address, context, kind=KIND, key=key, about=addressee)


def confirm(addressee: Addressee) -> None:
    """Write down that an address is hers; a second time changes nothing."""
    today = timezone.localdate()
    with transaction.atomic():
        if isinstance(addressee, Dream):
            rows = Dream.objects.filter(pk=addressee.pk, reply_confirmed_on__isnull=True)
            rows.exclude(reply_email="").update(reply_confirmed_on=today)
            return
        unconfirmed = Participant.objects.filter(pk=addressee.pk, confirmed_on__isnull=True)
        if unconfirmed.exclude(email="").update(confirmed_on=today):
            trail.record(BY_LINK, "join_in", addressee.dream, participant=addressee.pk)


def stop(addressee: Addressee) -> None:
    """She need not hear any more: erase her address and what was still to be sent.

    Who helped stops helping too.
    """
    with transaction.atomic():
        outbox.withdraw(addressee)
        if isinstance(addressee, Dream):
            forget_reply(addressee)
            return
        leave(BY_LINK, addressee)


def leave(actor: Actor, participant: Participant) -> None:
    """Let somebody stop dreaming along; of a person nothing but the count of before stays."""
    with transaction.atomic():
        if participant.confirmed_on is None:
            participant.delete()
            return
        if participant.left_on is not None:
            return
        participant.left_on, participant.email, participant.first_name, participant.text = (
            timezone.localdate(),
            "",
            "",
            "",
        )
        participant.save(update_fields=["left_on", "email", "first_name", "text"])
        trail.record(actor, "leave_dream", participant.dream, participant=participant.pk)


def forget_reply(dream: Dream) -> None:
    """Erase the way to reach who said a dream; the dream itself stays."""
    Dream.objects.filter(pk=dream.pk).update(
        reply_email="", reply_confirmed_on=None, reply_place=None
    )
