"""What an organisation that ends leaves in deciding together: votes, mandates, actions and
points for a meeting.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext_lazy as _

from knooppunt.core.registry.closings import (
    DO_NOT_KNOW,
    ClosingChoice,
    ClosingDecision,
    ClosingGroup,
    goes_on_after,
)
from knooppunt.decisions.actions import ending
from knooppunt.decisions.models import ActionItem, AgendaItem, Mandate, Proposal, Voter


def _votes(organisations: Any, _day: date) -> Any:
    """Its lines on the lists of votes that run."""
    rows = Voter.objects.filter(organisation__in=organisations, proposal__state=Proposal.State.OPEN)
    return rows.select_related("proposal", "organisation", "ballot").order_by("proposal_id")


def _choices_for_vote(voter: Voter, _user: Any) -> list[ClosingChoice]:
    has_voted = hasattr(voter, "ballot") or hasattr(voter, "paper")
    if has_voted:
        stays = _("De stem blijft staan: die is uitgebracht toen de organisatie er nog was")
        leaves = _("De stem telt niet meer mee, en de organisatie gaat van de stemlijst")
    else:
        stays = _("Blijft op de stemlijst; telt als: niet gestemd")
        leaves = _("Gaat van de stemlijst; telt niet mee voor hoeveel er moeten meedoen")
    return [ClosingChoice("stay", stays), ClosingChoice("leave", leaves), DO_NOT_KNOW]


def _settle_vote(voter: Voter, decision: ClosingDecision) -> None:
    if decision.choice == "leave":
        ending.leave_vote(decision.actor, voter, decision.last_day)


def _own_proposals(organisations: Any, _day: date) -> Any:
    """The votes that run among the members of a network."""
    return Proposal.objects.filter(network__in=organisations, state=Proposal.State.OPEN)


def _mandates(organisations: Any, day: date) -> Any:
    """The mandates that hold after a day."""
    rows = Mandate.objects.filter(
        goes_on_after(day),
        withdrawn_on__isnull=True,
        organisation__in=organisations,
    )
    return rows.select_related("matter", "delegate", "organisation")


def _action_items(organisations: Any, _day: date) -> Any:
    """The actions that it took up and that are not done."""
    return ActionItem.objects.filter(closed_on__isnull=True, organisation__in=organisations)


def _choices_for_action(_item: ActionItem, _user: Any) -> list[ClosingChoice]:
    return [
        ClosingChoice("move", _("Een andere organisatie doet het"), takes_successor=True),
        ClosingChoice("lapse", _("Vervalt")),
        DO_NOT_KNOW,
    ]


def _settle_action(item: ActionItem, decision: ClosingDecision) -> None:
    if decision.choice == "move":
        ending.hand_over(decision.actor, item, decision.successor)
    else:
        ending.lapse_action(decision.actor, item)


def _agenda_items(organisations: Any, day: date) -> Any:
    """The points that it brings at meetings after a day."""
    rows = AgendaItem.objects.filter(meeting__starts__date__gt=day, organisation__in=organisations)
    return rows.select_related("meeting", "organisation").order_by("meeting__starts", "position")


def _choices_for_item(_item: AgendaItem, _user: Any) -> list[ClosingChoice]:
    return [
        ClosingChoice("move", _("Een andere organisatie brengt het in"), takes_successor=True),
        ClosingChoice("stay", _("Blijft op de agenda staan, zoals het er staat")),
        DO_NOT_KNOW,
    ]


def _settle_item(item: AgendaItem, decision: ClosingDecision) -> None:
    if decision.choice == "move":
        ending.hand_over(decision.actor, item, decision.successor)


CLOSING_GROUPS = (
    ClosingGroup(
        key="votes",
        title=_("Stemmingen die lopen"),
        organisation="organisation",
        rows=_votes,
        describe=lambda voter: str(voter.proposal),
        choices=_choices_for_vote,
        settle=_settle_vote,
        may_restore=lambda voter: voter.proposal.state == Proposal.State.OPEN,
    ),
    ClosingGroup(
        key="own_proposals",
        title=_("Voorstellen aan de leden van dit netwerk"),
        organisation="network",
        rows=_own_proposals,
        consequence=_(
            "Deze stemmingen lopen door tot ze sluiten. Wil je dat niet? Trek het voorstel dan "
            "eerst in."
        ),
        informs=True,
    ),
    ClosingGroup(
        key="mandates",
        title=_("Mandaten"),
        organisation="organisation",
        rows=_mandates,
        describe=lambda mandate: str(mandate.matter),  # who speaks stays out of the trail
        consequence=_("Deze mandaten stoppen op dezelfde dag."),
        settle=lambda mandate, decision: ending.end_mandate(
            decision.actor, mandate, decision.last_day
        ),
    ),
    ClosingGroup(
        key="action_items",
        title=_("Acties die nog open staan"),
        organisation="organisation",
        rows=_action_items,
        choices=_choices_for_action,
        settle=_settle_action,
    ),
    ClosingGroup(
        key="agenda_items",
        title=_("Punten voor een overleg dat nog komt"),
        organisation="organisation",
        rows=_agenda_items,
        describe=lambda item: (
            f"{item.title} ({date_format(timezone.localtime(item.meeting.starts), 'j F Y')})"
        ),
        choices=_choices_for_item,
        settle=_settle_item,
    ),
)
