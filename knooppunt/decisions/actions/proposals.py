"""Opens proposals to the member organisations, closes them, and keeps the result."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from knooppunt.core.audit import trail
from knooppunt.core.audit.saving import delete_with_audit, save_with_audit
from knooppunt.core.audit.trail import SYSTEM, Actor
from knooppunt.core.background.rounds import REST, RoundResult, for_each
from knooppunt.decisions import counting
from knooppunt.decisions.models import (
    Ballot,
    MinorityOpinion,
    Objection,
    Option,
    PaperBallot,
    Proposal,
    SecretChoice,
    Voter,
)
from knooppunt.directory.models import Organisation


def save_proposal(
    actor: Actor, proposal: Proposal, values: dict[str, Any], options: list[str]
) -> Proposal:
    """Write down or change a proposal that is not open yet.

    Raises ValidationError for one that is.
    """
    if proposal.state != Proposal.State.DRAFT:
        raise ValidationError(_("Een voorstel dat open is geweest, kun je niet meer wijzigen."))
    method = values.get("method", proposal.method)
    if method not in counting.WITH_OPTIONS:
        options = []
    elif not 2 <= len(options) <= counting.MOST_OPTIONS:
        raise ValidationError(
            {
                "options": _("Geef 2 tot %(most)s mogelijkheden, elk op een eigen regel.")
                % {"most": counting.MOST_OPTIONS}
            }
        )
    if proposal._state.adding:
        proposal.entered_by = actor.account
    with transaction.atomic():
        save_with_audit(actor, proposal, values)
        if [option.text for option in proposal.options.all()] != options:
            proposal.options.all().delete()
            Option.objects.bulk_create(
                Option(proposal=proposal, text=text, position=at) for at, text in enumerate(options)
            )
            trail.record(actor, "change", proposal, {"options": (None, options)})
    return proposal


def open_proposal(actor: Actor, proposal: Proposal, closes_at: datetime) -> Proposal:
    """Open a proposal: from now on the rules and the list of who may vote stand.

    Raises ValidationError.
    """
    if closes_at <= timezone.now():
        raise ValidationError({"closes_at": _("Kies een moment dat nog komt.")})
    today = timezone.localdate()
    with transaction.atomic():
        proposal = _locked(proposal)
        if proposal.state != Proposal.State.DRAFT:
            raise ValidationError(_("Dit voorstel is al open geweest."))
        organisations = list(proposal.electorate(today))
        if not organisations:
            raise ValidationError(
                _(
                    "Er zijn nog geen leden die kunnen stemmen. Maak eerst organisaties lid van "
                    "een netwerk."
                )
            )
        Voter.objects.bulk_create(
            Voter(proposal=proposal, organisation=one) for one in organisations
        )
        save_with_audit(
            actor,
            proposal,
            {"state": Proposal.State.OPEN, "opened_on": today, "closes_at": closes_at},
            "open",
        )
    return proposal


def _locked(proposal: Proposal) -> Proposal:
    """The proposal as it is now, held until the end of the transaction."""
    found: Proposal = Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    return found


def close_proposal(actor: Actor, proposal: Proposal, may_leave_out: bool = True) -> Proposal:
    """Count, keep the result, and cut a secret vote loose from who cast it.

    Raises ValidationError when it is not open, and when votes on paper were read once while they
    may not be left out.
    """
    with transaction.atomic():
        proposal = _locked(proposal)
        if proposal.state != Proposal.State.OPEN:
            raise ValidationError(_("Dit voorstel is niet open."))
        half_read = PaperBallot.objects.of(proposal)
        if half_read.exists() and not may_leave_out:
            raise ValidationError(
                _(
                    "Er zijn briefjes die pas één keer gelezen zijn; die tellen niet mee. Laat "
                    "iemand ze nog een keer lezen, of kruis aan dat je toch sluit."
                )
            )
        result = counted(proposal)
        PaperBallot.objects.filter(voter__proposal=proposal).delete()
        if proposal.is_secret:
            _cut_loose(proposal)
        save_with_audit(
            actor,
            proposal,
            {"state": Proposal.State.CLOSED, "closed_on": timezone.localdate(), "result": result},
            "close",
        )
    return proposal


def counted(proposal: Proposal) -> counting.Result:
    """The result by the votes that are there; after a secret vote by the loose choices."""
    ballots = Ballot.objects.of(proposal)
    loose = proposal.is_secret and proposal.state == Proposal.State.CLOSED
    choices: Any = proposal.secret_choices if loose else ballots
    settled = (
        choices.filter(is_settled=True)
        if loose
        else ballots.filter(objection__settled_on__isnull=False)
    )
    vote = counting.Vote(
        ballots=list(choices.values_list("choice", flat=True)),
        voters=proposal.voters.count(),
        options=tuple(option.key for option in proposal.options.all()),
        quorum=proposal.quorum,
        share=counting.SHARES[proposal.share],
        settled=settled.count(),
    )
    return counting.count(proposal.method, vote)


def _cut_loose(proposal: Proposal) -> None:
    """Keep the choices in an order that tells nothing, and wipe them from the ballots."""
    rows = Ballot.objects.of(proposal).values_list(
        "choice", "reason", "objection__answer", "objection__settled_on"
    )
    loose = sorted(
        ((choice, reason, answer or "", bool(on)) for choice, reason, answer, on in rows), key=repr
    )
    SecretChoice.objects.bulk_create(
        SecretChoice(
            proposal=proposal, choice=choice, reason=reason, answer=answer, is_settled=settled
        )
        for choice, reason, answer, settled in loose
    )
    Objection.objects.filter(ballot__voter__proposal=proposal).delete()
    everything = Ballot.objects.filter(voter__proposal=proposal)
    everything.update(choice=None, reason="", cast_by=None, entered_by=None, confirmed_by=None)


def withdraw_proposal(actor: Actor, proposal: Proposal) -> None:
    """Take a proposal back; votes that were cast are wiped, and a draft goes altogether."""
    with transaction.atomic():
        proposal = _locked(proposal)
        if proposal.state == Proposal.State.DRAFT:
            delete_with_audit(actor, proposal)
            return
        if proposal.state != Proposal.State.OPEN:
            raise ValidationError(_("Dit voorstel is al gesloten."))
        Ballot.objects.filter(voter__proposal=proposal).delete()
        PaperBallot.objects.filter(voter__proposal=proposal).delete()
        save_with_audit(actor, proposal, {"state": Proposal.State.WITHDRAWN}, "withdraw")


def close_due() -> RoundResult:
    """Close what is past its time; one that cannot be closed is tried again after ten minutes."""
    due = Proposal.objects.to_close(timezone.now())
    name = gettext_noop("Een voorstel sluiten")
    return for_each(name, list(due), _close_in_time, rest=REST, due=due)


def _close_in_time(proposal: Proposal) -> None:
    close_proposal(SYSTEM, proposal)


def keep_opinion(actor: Actor, proposal: Proposal, organisation: Organisation, text: str) -> None:
    """Keep what an organisation that thought otherwise wants to say beside the result."""
    if proposal.state != Proposal.State.CLOSED:
        raise ValidationError(_("Dat kan als de uitslag er is."))
    known = MinorityOpinion.objects.filter(proposal=proposal, organisation=organisation).first()
    save_with_audit(
        actor,
        known or MinorityOpinion(proposal=proposal, organisation=organisation),
        {"text": text},
    )
