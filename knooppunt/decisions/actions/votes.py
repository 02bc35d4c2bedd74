"""Takes votes: one for each organisation, by whoever represents it today, changeable until the
proposal closes.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.core.audit import trail
from knooppunt.core.audit.trail import Actor
from knooppunt.decisions import counting
from knooppunt.decisions.models import Ballot, Objection, PaperBallot, Proposal, Voter
from knooppunt.directory.rules import represents


def vote(actor: Actor, voter: Voter, choice: list[str], reason: str = "") -> Ballot:
    """Cast or change the vote of an organisation on the site.

    Raises ValidationError when the proposal is not open, the choice cannot be counted, she does not
    represent the organisation today, or somebody else who still does voted for it already.
    """
    try:
        with transaction.atomic():
            proposal = _open(voter)
            _check(proposal, choice, reason)
            if not represents(actor.user, voter.organisation):
                raise ValidationError(_not_yours(voter))
            ballot = Ballot.objects.select_for_update(of=("self",)).filter(
                voter=voter
            ).first() or Ballot(voter=voter)
            if (
                ballot.cast_by
                and ballot.cast_by != actor.account
                and represents(ballot.cast_by, voter.organisation)
            ):
                raise ValidationError(
                    _(
                        "Iemand anders van %(name)s heeft al gestemd. Elke organisatie heeft één "
                        "stem."
                    )
                    % {"name": voter.organisation.name}
                )
            values = {
                "channel": "web",
                "cast_by": actor.account,
                "entered_by": None,
                "confirmed_by": None,
            }
            _put(actor, proposal, ballot, choice, reason, values)
            PaperBallot.objects.filter(voter=voter).delete()
    except IntegrityError as problem:  # the database saw what came in at the same moment
        raise ValidationError(
            _(
                "Iemand anders van %(name)s heeft al gestemd, of je vertegenwoordigt deze "
                "organisatie niet meer."
            )
            % {"name": voter.organisation.name}
        ) from problem
    return ballot


def _not_yours(voter: Voter) -> str:
    return _("Je vertegenwoordigt %(name)s vandaag niet.") % {"name": voter.organisation.name}


def _open(voter: Voter) -> Proposal:
    """The proposal of a voter, held so that it cannot close in between; it must be open."""
    proposal: Proposal = Proposal.objects.select_for_update(of=("self",)).get(pk=voter.proposal_id)
    if not proposal.is_voting:
        raise ValidationError(_("Dit voorstel is niet open om op te stemmen."))
    return proposal


def _check(proposal: Proposal, choice: list[str], reason: str) -> None:
    options = [option.key for option in proposal.options.all()]
    if not counting.is_ballot(proposal.method, choice, options):
        raise ValidationError({"choice": _("Maak een keuze die er staat.")})
    if choice == ["objection"] and not reason:
        raise ValidationError(
            {"reason": _("Schrijf op wat het bezwaar is; anders kan niemand er iets aan doen.")}
        )


def _put(
    actor: Actor,
    proposal: Proposal,
    ballot: Ballot,
    choice: list[str],
    reason: str,
    values: dict[str, Any],
) -> None:
    """Write the ballot, and the objection in it or out of it.

    Of a secret vote the trail says only that it was cast.
    """
    before, reason_before = ballot.choice, ballot.reason
    ballot.choice, ballot.reason, ballot.cast_on = choice, reason, timezone.localdate()
    for name, value in values.items():
        setattr(ballot, name, value)
    ballot.save()
    if choice != ["objection"] or (before, reason_before) != (choice, reason):
        Objection.objects.filter(ballot=ballot).delete()
    if choice == ["objection"]:
        Objection.objects.get_or_create(ballot=ballot)
    changes = {} if proposal.is_secret else {"choice": (before, choice)}
    trail.record(
        actor,
        "vote",
        proposal,
        changes,
        organisation=ballot.voter.organisation_id,
        channel=ballot.channel,
    )


def read_paper(actor: Actor, voter: Voter, choice: list[str], reason: str, channel: str) -> bool:
    """Take in a vote on paper or from the room; True once it counts, which is when a second person
    read the same.

    Raises ValidationError when both read something else, or the same person reads twice.
    """
    with transaction.atomic():
        proposal = _open(voter)
        _check(proposal, choice, reason)
        first = PaperBallot.objects.select_for_update(of=("self",)).filter(voter=voter).first()
        if first is None or first.entered_by_id is None or first.entered_by_id == actor.account.pk:
            PaperBallot.objects.update_or_create(
                voter=voter,
                defaults={
                    "choice": choice,
                    "reason": reason,
                    "channel": channel,
                    "entered_by": actor.account,
                },
            )
            trail.record(actor, "read_paper", proposal, {}, organisation=voter.organisation_id)
            return False
        if (first.choice, first.channel) != (choice, channel):
            raise ValidationError(
                _(
                    "De ander las iets anders. Kijk samen nog eens naar het briefje, en laat de "
                    "ander het zo nodig opnieuw invullen."
                )
            )
        ballot = Ballot.objects.select_for_update(of=("self",)).filter(
            voter=voter
        ).first() or Ballot(voter=voter)
        if ballot.channel == "web" and ballot.cast_by:
            raise ValidationError(_("Deze organisatie heeft op de site al zelf gestemd."))
        values = {
            "channel": channel,
            "cast_by": None,
            "entered_by": first.entered_by,
            "confirmed_by": actor.account,
        }
        _put(actor, proposal, ballot, choice, reason or first.reason, values)
        first.delete()
    return True


def answer_objection(actor: Actor, objection: Objection, answer: str) -> None:
    """Write down how an objection is met; the organisation that made it then says whether that
    is enough.
    """
    with transaction.atomic():
        proposal = _open(objection.ballot.voter)
        if not answer:
            raise ValidationError({"answer": _("Schrijf op hoe jullie eraan tegemoetkomen.")})
        objection.answer, objection.settled_on = answer, None
        objection.save()
        trail.record(
            actor, "answer_objection", proposal, {}, **_told(proposal, objection.ballot.voter)
        )


def settle_objection(actor: Actor, objection: Objection) -> None:
    """Say in the name of the organisation that its objection was met.

    Raises ValidationError before there is an answer.
    """
    with transaction.atomic():
        proposal = _open(objection.ballot.voter)
        if not objection.answer:
            raise ValidationError(_("Er is nog niet opgeschreven hoe het is opgelost."))
        objection.settled_on = timezone.localdate()
        objection.save()
        # Who says that an objection was met is who made it; of a secret vote the trail does not
        # tell.
        trail.record(
            Actor(None) if proposal.is_secret else actor,
            "settle_objection",
            proposal,
            {},
            **_told(proposal, objection.ballot.voter),
        )


def _told(proposal: Proposal, voter: Voter) -> dict[str, Any]:
    """What the trail may say of who objected: nothing, when the vote is secret."""
    return {} if proposal.is_secret else {"organisation": voter.organisation_id}
