"""Sends mail, shows it instead while trying out, and keeps to at most one of a kind per address in a number of days."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.console import EmailBackend as ConsoleBackend
from django.template.loader import render_to_string
from django.utils import timezone

from knooppunt.core.models import MailSent

KEPT = 50


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
    """While trying out: mail goes to the console and to the local mailbox page, never to a person."""

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


def send(
    template: str,
    address: str,
    context: dict[str, Any],
    kind: str = "",
    headers: Mapping[str, str] | None = None,
) -> None:
    """Send one mail in plain text from ``<template>.txt``, whose first line is the subject.

    Raises OSError when the mail server does not answer.
    """
    text = render_to_string(f"{template}.txt", {**context, "coalition": settings.COALITION}).strip()
    subject, body = text.split("\n", 1)
    message = EmailMultiAlternatives(" ".join(subject.split()), body.strip() + "\n", to=[address])
    message.extra_headers = {"Auto-Submitted": "auto-generated", **(headers or {})}
    message.send()
    if kind:
        MailSent.objects.create(
            address_hash=address_hash(address), kind=kind, sent_on=timezone.localdate()
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
