"""What the worker does about accounts: mail a code that was asked for, and forget old codes."""

from __future__ import annotations

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django_tasks import task

from knooppunt.core.mail import outbox
from knooppunt.people import codes
from knooppunt.people.models import OneTimeCode

TEMPLATES = {
    OneTimeCode.Purpose.LOG_IN: "people/mail/log_in_code",
    OneTimeCode.Purpose.NEW_ADDRESS: "people/mail/new_address_code",
}


@task()
def send_code(pk: int, language: str) -> None:
    """Mail the digits of a code, in the language in which it was asked for; an unknown address
    gets nothing.
    """
    code = OneTimeCode.objects.filter(pk=pk).first()
    digits = codes.draw(code) if code else ""
    if code and digits:
        with translation.override(language):
            shown = f"{digits[:3]}-{digits[3:]}"
            _enqueue(TEMPLATES[OneTimeCode.Purpose(code.purpose)], code.address, {"code": shown})


@task()
def tell_old_address(address: str, language: str) -> None:
    """Tell the address that an account had before that it was changed, so that a thief is
    noticed.
    """
    with translation.override(language):
        _enqueue("people/mail/address_changed", address, {})


def _enqueue(template: str, address: str, context: dict[str, str]) -> None:
    """Put a mail before all others in the queue; one with a code that came too late is thrown
    away unsent.
    """
    text = render_to_string(f"{template}.txt", {**context, "coalition": settings.COALITION})
    subject, body = text.strip().split("\n", 1)
    valid_for = codes.HOLDS if "code" in context else None
    outbox.enqueue_text(
        address, subject, body.strip() + "\n", kind="account", is_urgent=True, valid_for=valid_for
    )


def daily() -> str:
    """The round; says what it did."""
    return f"{codes.forget()} codes forgotten"
