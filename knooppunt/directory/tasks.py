"""What the register does at night: ask hosts whether their record is still right."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from knooppunt.core.background.rounds import RoundResult, for_each, run_steps
from knooppunt.core.mail import outbox
from knooppunt.core.registry import modules
from knooppunt.core.web.context_processors import site_address
from knooppunt.directory.actions.care import forget_reply_addresses
from knooppunt.directory.actions.confirm import make_link
from knooppunt.directory.actions.proposals import forget_proposals
from knooppunt.directory.addressees import by_address
from knooppunt.directory.models import Organisation

KIND = "confirm"
WEEK = 7
AHEAD = timedelta(days=14)


def due_by_address(day: date) -> dict[str, list[Organisation]]:
    """The organisations that are due (or will be within two weeks), by the mail address of whoever
    keeps them.

    A representative's own address goes before the organisation's contact address. Example people
    get no mail.
    """
    due = {
        one.pk: one
        for one in Organisation.objects.public().exclude(role="institution").due(day + AHEAD)
    }
    return by_address(due, day)


def other_questions(one: Organisation) -> list[tuple[str, str]]:
    """What other modules would like to know of an organisation, so that one mail asks
    everything.
    """
    return [
        question
        for module in modules.active()
        if module.questions
        for question in module.questions(one)
    ]


def ask_for_confirmation(day: date) -> RoundResult:
    """Ask what is due, one mail per address with a link for each organisation, at most one a
    week.
    """
    return for_each(
        gettext_noop("Vragen of het nog klopt"),
        due_by_address(day).items(),
        lambda row: _ask(row[0], row[1], day),
        record=lambda row: row[1][0],
    )


def _ask(address: str, organisations: list[Organisation], day: date) -> bool:
    with transaction.atomic():
        outbox.lock()
        if outbox.was_sent(address, KIND, day, WEEK):
            return False
        base = site_address()
        links = [
            (organisation.name, base + reverse("directory:confirm", args=[make_link(organisation)]))
            for organisation in organisations[:20]
        ]
        links += [
            (title, base + path)
            for organisation in organisations[:20]
            for title, path in other_questions(organisation)
        ]
        return outbox.enqueue(
            "directory/mail/confirm",
            address,
            {"links": links},
            kind=KIND,
            key=f"confirm:{day}",
            about=organisations[0],
            is_counted=True,
        )


def daily() -> str:
    """The round; says what it did."""
    today = timezone.localdate()
    return run_steps(
        ("reply addresses forgotten", forget_reply_addresses),
        ("proposals forgotten", forget_proposals),
        ("requests for confirmation written", lambda: ask_for_confirmation(today)),
    )
