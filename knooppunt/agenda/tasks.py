"""What the agenda does at night: works out the coming times, asks whether series go on, lets
others lapse.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from knooppunt.agenda.actions import confirmation, feeds, materialise
from knooppunt.agenda.models import Activity, Organiser
from knooppunt.core.background.rounds import RoundResult, for_each, run_steps
from knooppunt.core.mail import outbox
from knooppunt.core.web.context_processors import site_address
from knooppunt.directory.addressees import by_address
from knooppunt.directory.models import Organisation

# The same kind as the register's own question, so that nobody gets more than one question a week.
KIND, WEEK = "confirm", 7


def due_by_address(day: date) -> dict[str, list[Organisation]]:
    """The organisations with series that are due, by the mail address of whoever keeps them;
    example people get none.
    """
    due = Activity.objects.open_to_all().kept_here().due(day)
    organisers = Organiser.objects.visible_on(day).filter(
        activity__in=due.values("pk"), organisation__isnull=False
    )
    numbers = set(organisers.values_list("organisation", flat=True))
    return by_address(Organisation.objects.in_bulk(numbers), day)


def questions(organisation: Organisation) -> list[tuple[str, str]]:
    """What the register's own round asks along: whether the series of an organisation go on,
    when they are due.
    """
    due = (
        Activity.objects.open_to_all()
        .kept_here()
        .due(timezone.localdate())
        .of_organisations([organisation.pk])
    )
    if not due.exists():
        return []
    title = _("%(name)s: gaat de agenda nog door?") % {"name": organisation.name}
    return [(title, reverse("agenda:confirm_link", args=[confirmation.make_link(organisation)]))]


def ask(day: date) -> RoundResult:
    """Ask hosts by mail whether their series go on, with a link for each organisation."""
    return for_each(
        gettext_noop("Vragen of de agenda doorgaat"),
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
            (
                organisation,
                base + reverse("agenda:confirm_link", args=[confirmation.make_link(organisation)]),
            )
            for organisation in organisations[:20]
        ]
        return outbox.enqueue(
            "agenda/mail/confirm",
            address,
            {"links": links},
            kind=KIND,
            key=f"agenda:{day}",
            about=organisations[0],
            is_counted=True,
        )


def daily() -> str:
    """The round; says what it did."""
    today = timezone.localdate()
    return run_steps(
        ("series lapsed", lambda: confirmation.lapse(today)),
        ("series worked out ahead", lambda: materialise.materialise_ahead(today)),
        ("questions written", lambda: ask(today)),
        ("calendars read", feeds.read_all),
    )
