"""What deciding together does by itself: closing proposals whose time is over, within seconds,
and reminding who has not voted.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext_noop

from knooppunt.core.background.rounds import RoundResult, for_each, run_steps
from knooppunt.core.mail import outbox
from knooppunt.core.web.context_processors import site_address
from knooppunt.decisions.actions.proposals import close_due
from knooppunt.decisions.models import Proposal, Voter
from knooppunt.directory.addressees import by_address
from knooppunt.directory.models import Organisation

KIND, AHEAD = "vote", timedelta(days=3)


def poll() -> None:
    """Every few seconds: close what is past its time."""
    if Proposal.objects.to_close(timezone.now()).exists():
        close_due()


def remind(day: date) -> RoundResult:
    """Write once to who has not voted on what closes within three days; counts the mails."""
    soon = Proposal.objects.open().filter(
        closes_at__date__lte=day + AHEAD, closes_at__gt=timezone.now()
    )
    return for_each(
        gettext_noop("Herinneren aan een stemming"), soon, lambda proposal: _remind(proposal, day)
    )


def _remind(proposal: Proposal, day: date) -> int:
    waiting = Voter.objects.filter(proposal=proposal, ballot__isnull=True).values("organisation")
    due = Organisation.objects.public().filter(pk__in=waiting).in_bulk()
    written = 0
    for address, organisations in by_address(due, day).items():
        context = {
            "proposal": proposal,
            "organisations": organisations,
            "page": site_address() + proposal.get_absolute_url(),
        }
        written += outbox.enqueue(
            "decisions/mail/vote",
            address,
            context,
            kind=KIND,
            key=f"vote:{proposal.pk}",
            about=organisations[0],
        )
    return written


def daily() -> str:
    """The round; says what it did."""
    return run_steps(
        ("proposals closed", close_due),
        ("reminders written", lambda: remind(timezone.localdate())),
    )
