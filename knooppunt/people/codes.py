"""Codes that go by mail: asked for, sent by the worker, and judged at most three times, however
many try at once.
"""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from knooppunt.people.addresses import account_with, is_free
from knooppunt.people.models import OneTimeCode, User

Purpose = OneTimeCode.Purpose
HOLDS = timedelta(minutes=15)
SALT = "people.one_time_code"


def create(purpose: str, address: str, user: User | None = None) -> OneTimeCode:
    """Note that a code is asked for; the digits are made when it is sent.

    Nothing here depends on who has an account.
    """
    return OneTimeCode.objects.create(
        handle=secrets.token_urlsafe(32),
        purpose=purpose,
        address=address,
        user=user,
        expires_at=timezone.now() + HOLDS,
    )


def draw(code: OneTimeCode) -> str:
    """The six digits to be mailed, or nothing for an address that gets none; the quarter of an
    hour begins now.
    """
    if code.purpose == Purpose.LOG_IN:
        user = account_with(code.address)
        if user is None or not user.is_active:
            return ""
        code.user = user
    elif not is_free(code.address):
        return ""
    digits = f"{secrets.randbelow(10**6):06d}"
    code.code_hash = _hash(code, digits)
    code.expires_at = timezone.now() + HOLDS
    code.save(update_fields=["user", "code_hash", "expires_at"])
    return digits


def judge(purpose: str, handle: str, typed: str) -> OneTimeCode | None:
    """The code that was asked for when the right digits were typed, or None; a code opens once and
    is then gone.

    The database counts the tries before the digits are compared, so that of many at once three are
    judged.
    """
    with transaction.atomic():
        waiting = OneTimeCode.objects.filter(
            handle=handle,
            purpose=purpose,
            tries__lt=OneTimeCode.TRIES,
            expires_at__gt=timezone.now(),
        )
        if not waiting.update(tries=F("tries") + 1):
            return None
        code = OneTimeCode.objects.select_related("user").get(handle=handle)
        digits = "".join(sign for sign in typed if sign.isdecimal())
        if not constant_time_compare(code.code_hash, _hash(code, digits)):
            return None
        if not OneTimeCode.objects.filter(pk=code.pk).delete()[0]:
            return None
    return code


def may_try(handle: str) -> bool:
    """True while a code that was asked for can still be tried."""
    return OneTimeCode.objects.filter(
        handle=handle, tries__lt=OneTimeCode.TRIES, expires_at__gt=timezone.now()
    ).exists()


def forget() -> int:
    """Erase the codes whose time is over, with the addresses they were for; gives how many."""
    return OneTimeCode.objects.filter(expires_at__lte=timezone.now()).delete()[0]


def _hash(code: OneTimeCode, digits: str) -> str:
    return salted_hmac(SALT, f"{code.handle}:{digits}", algorithm="sha256").hexdigest()
