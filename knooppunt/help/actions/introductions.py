"""Brings a need and an offer together, and asks two weeks later whether it really worked out."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from knooppunt.core.audit import trail
from knooppunt.core.audit.trail import SYSTEM, Actor
from knooppunt.core.background.rounds import RoundResult, for_each
from knooppunt.core.mail import outbox
from knooppunt.core.web.context_processors import site_address
from knooppunt.core.web.signed_links import make_token, read_token
from knooppunt.directory.addressees import by_address
from knooppunt.directory.models import Organisation
from knooppunt.help.actions.notices import close, reopen
from knooppunt.help.models import Introduction, Notice

SALT = "help.outcome"


def introduce(actor: Actor, one: Notice, other: Notice) -> tuple[Introduction, list[str]]:
    """Bring two together and write to both; gives the introduction, and the names of who could not
    be written to.

    Raises ValidationError when they do not fit, when one is closed, or when it was done before.
    """
    need, offer = (one, other) if one.is_need else (other, one)
    if (
        not need.is_need
        or offer.is_need
        or need.organisation_id == offer.organisation_id
        or need.kind != offer.kind
    ):
        raise ValidationError(
            _("Een vraag past alleen bij een aanbod van een ander, van dezelfde soort.")
        )
    if not (need.is_open and offer.is_open):
        raise ValidationError(_("Een van de twee is al gesloten."))
    with transaction.atomic():
        trail.lock()
        made, is_new = Introduction.objects.get_or_create(
            need=need, offer=offer, defaults={"introduced_by": actor.account}
        )
        if not is_new:
            raise ValidationError(_("Deze twee zijn al met elkaar in contact gebracht."))
        trail.record(actor, "introduce", need, offer=offer.pk, who=offer.organisation.name)
        unreached = [
            mine.organisation.name
            for mine, theirs in ((need, offer), (offer, need))
            if not _write(made, mine, theirs)
        ]
    return made, unreached


def addresses(organisation: Organisation) -> list[str]:
    """The mail addresses of who is written to about an organisation."""
    return sorted(by_address({organisation.pk: organisation}, timezone.localdate()))


def _write(introduction: Introduction, mine: Notice, theirs: Notice) -> bool:
    """Write to one side; False when there is no address."""
    to = addresses(mine.organisation)
    base = site_address()
    context = {
        "mine": mine,
        "theirs": theirs,
        "page": base + theirs.organisation.get_absolute_url(),
        "notice": base + theirs.get_absolute_url(),
    }
    for address in to:
        outbox.enqueue(
            "help/mail/introduced",
            address,
            context,
            kind="introduced",
            key=f"introduced:{introduction.pk}:{mine.pk}",
            about=mine.organisation,
        )
    return bool(to)


def answer(actor: Actor, one: Introduction, outcome: str, is_met: bool = True) -> None:
    """Write down whether it really worked out; a need that was met closes itself."""
    with transaction.atomic():
        before, one.outcome, one.answered_on = one.outcome, outcome, timezone.localdate()
        one.save(update_fields=["outcome", "answered_on"])
        trail.record(actor, "answer", one.need, {"outcome": (before, outcome)}, offer=one.offer_id)
        if outcome == Introduction.Outcome.YES and is_met:
            close(actor, one.need, Notice.State.FULFILLED)
        elif before == Introduction.Outcome.YES and one.need.state == Notice.State.FULFILLED:
            reopen(actor, one.need)  # on second thoughts it did not work out


def make_link(one: Introduction) -> str:
    """A signed token to tell, without an account, whether an introduction worked out; for 45
    days.
    """
    return make_token(one.pk, SALT)


def open_link(token: str) -> Introduction | None:
    """The introduction of a token; None for a forged or expired one."""
    rows = Introduction.objects.select_related("need__organisation", "offer__organisation")
    return rows.filter(pk=read_token(token, SALT)).first()


def ask(today: date) -> RoundResult:
    """Ask, once, the side that needed something how it went; counts the mails."""
    rows = Introduction.objects.unanswered(today).filter(asked_on__isnull=True)
    return for_each(
        gettext_noop("Vragen of een contact is gelukt"),
        rows.select_related("need__organisation"),
        lambda introduction: _ask(introduction, today),
    )


def _ask(introduction: Introduction, today: date) -> int:
    to = addresses(introduction.need.organisation)
    if not to:
        return 0
    link = site_address() + reverse("help:outcome", args=[make_link(introduction)])
    with transaction.atomic():
        unasked = Introduction.objects.filter(pk=introduction.pk, asked_on__isnull=True)
        if not unasked.update(asked_on=today):
            return 0
        for address in to:
            outbox.enqueue(
                "help/mail/outcome",
                address,
                {"one": introduction, "link": link},
                kind="outcome",
                key=f"outcome:{introduction.pk}",
                about=introduction.need.organisation,
            )
        trail.record(SYSTEM, "ask", introduction.need, offer=introduction.offer_id)
    return len(to)
