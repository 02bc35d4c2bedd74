"""What can be done with accounts: invite somebody, make her coordinator, close an account and
erase it.
"""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from knooppunt.core.audit import trail
from knooppunt.core.audit.trail import Actor
from knooppunt.core.mail import outbox
from knooppunt.people import codes
from knooppunt.people.addresses import is_free, normalised, owner
from knooppunt.people.models import User


def invite(actor: Actor, email: str, name: str = "") -> User:
    """The account for an address, made when it is new.

    Raises ValidationError for what is no address, and when it is unclear whose the address is.
    """
    address = normalised(email)
    with transaction.atomic():
        user = owner(address)
        if user is None:
            user = User.objects.create_user(address, name=name.strip()[:100])
            trail.record(actor, "invite", user)
    return user


def make_coordinator(actor: Actor, email: str) -> User:
    """Give an address the coordinator's rights."""
    with transaction.atomic():
        user = invite(actor, email)
        if not user.is_coordinator:
            user.is_coordinator = True
            user.save(update_fields=["is_coordinator"])
            trail.record(actor, "make_coordinator", user, {"is_coordinator": (False, True)})
    return user


def end_coordinator(actor: Actor, user: User) -> None:
    """Take the coordinator's rights away; the last one keeps them. Raises ValidationError."""
    with transaction.atomic():
        trail.lock()
        if (
            not User.objects.filter(is_coordinator=True, is_active=True)
            .exclude(pk=user.pk)
            .exists()
        ):
            raise ValidationError(_("Er moet ten minste één coördinator blijven."))
        user.is_coordinator = False
        user.save(update_fields=["is_coordinator"])
        trail.record(actor, "end_coordinator", user, {"is_coordinator": (True, False)})


def change_address(actor: Actor, user: User, handle: str, typed: str) -> str:
    """Give an account the address to which a code went, when the right code was typed; gives the
    address it had.

    Raises ValidationError when the code is wrong, was tried three times, is too old, was used, or
    belongs to somebody else, and when the address was taken in the meantime.
    """
    code = codes.judge(codes.Purpose.NEW_ADDRESS, handle, typed)
    if code is None or code.user_id != user.pk:
        raise ValidationError(_("Deze code klopt niet, of geldt niet meer."))
    with transaction.atomic():
        trail.lock()
        if not is_free(code.address):
            raise ValidationError(_("Dit adres is intussen van een ander account."))
        old, user.email = user.email, code.address
        user.save(update_fields=["email"])
        EmailAddress.objects.filter(user=user).delete()
        trail.record(actor, "change_address", user, {"email": (old, user.email)})
    return old


def erase(actor: Actor, user: User) -> None:
    """Close an account and erase its name and address everywhere, the trail included."""
    with transaction.atomic():
        trail.lock()
        if user.is_coordinator:
            end_coordinator(actor, user)
        trail.record_redacted(actor, "erase", user)
        trail.bump_generation()
        outbox.withdraw(user)
        user.delete()
