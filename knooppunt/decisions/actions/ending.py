"""What becomes of votes, mandates, action items and points on an agenda of an organisation that
ends.
"""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.core.audit import trail
from knooppunt.core.audit.saving import save_with_audit
from knooppunt.core.audit.trail import Actor
from knooppunt.decisions.models import ActionItem, AgendaItem, Mandate, Proposal, Voter
from knooppunt.directory.models import Organisation


def leave_vote(actor: Actor, voter: Voter, last_day: date) -> None:
    """Take an organisation off the list of a running vote; a vote that it cast counts no longer.

    What it voted stays where it is and is told nowhere. Raises ValidationError once the vote has
    closed.
    """
    with transaction.atomic():
        proposal = Proposal.objects.select_for_update(of=("self",)).get(pk=voter.proposal_id)
        if proposal.state != Proposal.State.OPEN:
            raise ValidationError(_("Deze stemming is al gesloten."))
        voter.left_on = last_day
        voter.save(update_fields=["left_on"])
        trail.record(actor, "leave_vote", proposal, {}, organisation=voter.organisation_id)


def end_mandate(actor: Actor, mandate: Mandate, last_day: date) -> None:
    """Let a mandate hold until the last day of who gave it.

    Raises ValidationError for a day before it began.
    """
    if mandate.since and last_day < mandate.since:
        raise ValidationError(_("Het mandaat begon pas later."))
    save_with_audit(actor, mandate, {"until": last_day}, "end")


def hand_over(actor: Actor, item: ActionItem | AgendaItem, successor: Organisation) -> None:
    """Let another organisation do what one took upon itself, or bring its point at a meeting to
    come.
    """
    save_with_audit(actor, item, {"organisation": successor}, "hand_over")


def lapse_action(actor: Actor, item: ActionItem) -> None:
    """Close an action that nobody will do, with that as its result."""
    values = {"closed_on": timezone.localdate(), "result": _("Vervallen: de organisatie stopte.")}
    save_with_audit(actor, item, values, "close")
