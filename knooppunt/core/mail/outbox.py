"""Puts mail in the queue, shows it while trying out, and counts how often an address was
written to.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.console import EmailBackend as ConsoleBackend
from django.db import models
from django.template.loader import render_to_string
from django.utils import timezone

from knooppunt.core.mail import delivery
from knooppunt.core.mail.delivery import PASSING
from knooppunt.core.models import MailSent, OutgoingMail, SiteFact

KEPT = 50
LOCK = "mail"


@dataclass(frozen=True)
class Shown:
    """A mail that was shown instead of sent."""

    at: str
    to: str
    subject: str
    body: str


def box() -> Path:
    """The folder of the local mailbox page."""
    return Path(settings.DATA) / "mailbox"


class ShownMail(ConsoleBackend):
    """While trying out: mail goes to the console and to the local mailbox page, never to a
    person.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep and print the messages; gives how many."""
        box().mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            moment = timezone.localtime()
            shown = {
                "at": moment.isoformat(timespec="seconds"),
                "to": ", ".join(message.to),
                "subject": message.subject,
                "body": str(message.body),
            }
            (box() / f"{moment.timestamp():.6f}.json").write_text(
                json.dumps(shown, ensure_ascii=False)
            )
        for old in sorted(box().glob("*.json"))[:-KEPT]:
            old.unlink(missing_ok=True)
        return super().send_messages(email_messages) or 0


def shown() -> list[Shown]:
    """The mails on the local mailbox page, newest first."""
    return [
        Shown(**json.loads(path.read_text())) for path in sorted(box().glob("*.json"), reverse=True)
    ]


def enqueue(
    template: str,
    address: str,
    context: dict[str, Any],
    *,
    kind: str,
    key: str,
    about: models.Model | None = None,
    headers: Mapping[str, str] | None = None,
    is_counted: bool = False,
) -> bool:
    """Put a mail in plain text from ``<template>.txt``, whose first line is the subject, in the
    queue.

    Call it inside the transaction of what it tells about. ``key`` names that fact; False when it
    was told to this address before, and then nothing is queued. ``about`` is the record whose
    address it is. A counted mail is found by `was_sent`.
    """
    text = render_to_string(f"{template}.txt", {**context, "coalition": settings.COALITION}).strip()
    subject, body = text.split("\n", 1)
    return enqueue_text(
        address,
        subject,
        body.strip() + "\n",
        kind=kind,
        key=key,
        about=about,
        headers=headers,
        is_counted=is_counted,
    )


def enqueue_text(
    address: str,
    subject: str,
    body: str,
    *,
    kind: str,
    key: str = "",
    about: models.Model | None = None,
    headers: Mapping[str, str] | None = None,
    is_counted: bool = False,
    is_urgent: bool = False,
    valid_for: timedelta | None = None,
) -> bool:
    """Put a mail in the queue; False when the fact ``key`` was told to this address before.

    Without ``key`` it may be sent any number of times and nothing is kept of it. An urgent mail
    goes before others; after ``valid_for`` it is thrown away unsent.
    """
    now, marked = timezone.now(), address_hash(address)
    _row, is_new = OutgoingMail.objects.get_or_create(
        key=f"{key}:{marked[:40]}" if key else f"{PASSING}{uuid.uuid4().hex}",
        defaults={
            "kind": kind,
            "address": address.strip()[:320],
            "subject": " ".join(subject.split())[:500],
            "body": body,
            "headers": {"Auto-Submitted": "auto-generated", **(headers or {})},
            "about_type": about._meta.label_lower if about else "",
            "about_id": about.pk if about else None,
            "about_name": str(about)[:300] if about else "",
            "is_urgent": is_urgent,
            "next_attempt_at": now,
            "expires_at": now + valid_for if valid_for else None,
        },
    )
    if not is_new:
        return False
    if is_counted:
        MailSent.objects.create(address_hash=marked, kind=kind, sent_on=timezone.localdate())
    if settings.MAIL_AT_ONCE:
        delivery.deliver_due()
    return True


def lock() -> None:
    """Let one round at a time decide who is written to, until the end of the transaction.

    Take it first in a transaction of its own: whoever waits for it holds nothing else.
    """
    SiteFact.objects.get_or_create(key=LOCK, defaults={"value": True})
    SiteFact.objects.select_for_update().get(key=LOCK)


def withdraw(about: models.Model) -> int:
    """Throw away what waits to be sent to the address of a record, for she stopped or was
    erased; gives how many.
    """
    rows = OutgoingMail.objects.filter(about_type=about._meta.label_lower, about_id=about.pk)
    return (
        rows.exclude(state=OutgoingMail.State.SENDING)
        .exclude(state__in=delivery.FINISHED)
        .delete()[0]
    )


def address_hash(address: str) -> str:
    """A keyed hash, so that the list of sent mail tells nobody's address."""
    return hmac.new(
        settings.SECRET_KEY.encode(), address.strip().lower().encode(), hashlib.sha256
    ).hexdigest()


def was_sent(address: str, kind: str, on: date, days: int) -> bool:
    """True if a mail of this kind went to the address in the ``days`` days up to ``on``."""
    return number_sent(address, kind, on, days) > 0


def number_sent(address: str, kind: str, on: date, days: int) -> int:
    """How many mails of this kind went to the address in the ``days`` days up to ``on``."""
    since = on - timedelta(days=days)
    return MailSent.objects.filter(
        address_hash=address_hash(address), kind=kind, sent_on__gt=since
    ).count()


def forget_old(on: date, days: int = 400) -> int:
    """Erase what is older than ``days`` days; gives how many lines went."""
    return MailSent.objects.filter(sent_on__lt=on - timedelta(days=days)).delete()[0]
