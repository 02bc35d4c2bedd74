"""What the page of a proposal tells: who took part, the numbers with their bars, the rounds,
and what each one voted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from knooppunt.decisions import describe, rules
from knooppunt.decisions.actions.proposals import counted
from knooppunt.decisions.models import Ballot, Objection, Proposal
from knooppunt.directory.models import Organisation
from knooppunt.directory.rules import may_coordinate


@dataclass(frozen=True)
class Line:
    """One option with its number of votes, its part of the highest in percent, and whether it
    won.
    """

    name: str
    number: int
    percent: int
    has_won: bool = False


def turnout(proposal: Proposal) -> dict[str, int]:
    """How many may vote and how many did."""
    return {
        "voters": proposal.voters.count(),
        "cast": Ballot.objects.of(proposal).count(),
    }


def half_read(proposal: Proposal) -> list[str]:
    """The organisations of which a vote on paper was read once, and so does not count yet."""
    rows = proposal.voters.filter(paper__isnull=False).select_related("organisation")
    return [row.organisation.name for row in rows]


def mine(proposal: Proposal, user: Any) -> list[dict[str, Any]]:
    """The organisations for which she may vote today, each with the vote that is there."""
    if not proposal.is_voting or not user.is_authenticated:
        return []
    rows = rules.voters_of(user, proposal).select_related(
        "organisation", "ballot", "ballot__cast_by"
    )
    return [
        {
            "voter": row,
            "ballot": ballot,
            "words": describe.chosen(proposal, ballot.choice) if ballot else "",
            "is_other": bool(ballot and ballot.cast_by and ballot.cast_by != user),
        }
        for row in rows
        for ballot in [getattr(row, "ballot", None)]
    ]


def _result(proposal: Proposal) -> dict[str, Any]:
    return proposal.result or {}


def tally(proposal: Proposal) -> list[Line]:
    """The numbers of a proposal that closed."""
    result = _result(proposal)
    if not result:
        return []
    named = describe.names(proposal)
    rows = [*result["counts"], ["abstain", result["abstained"]]]
    most = max(1, *(number for _key, number in rows))
    return [
        Line(named.get(key, key), number, round(100 * number / most), key in result["winners"])
        for key, number in rows
    ]


def rounds(proposal: Proposal) -> list[dict[str, Any]]:
    """The rounds of a vote by order, in names."""
    named = describe.names(proposal)
    return [
        {
            "counts": [(named.get(key, key), number) for key, number in one["counts"]],
            "gone": named.get(one["gone"], ""),
            "tied": [named.get(key, key) for key in one["tied"]],
            "used_up": one["used_up"],
        }
        for one in _result(proposal).get("rounds", [])
    ]


def votes(proposal: Proposal, user: Any) -> list[dict[str, Any]]:
    """Who may vote and who took part; what each organisation voted only after an open vote closed.

    Until then who represents an organisation sees the open vote of that one.
    """
    if proposal.state not in (Proposal.State.OPEN, Proposal.State.CLOSED):
        return []
    is_closed = proposal.state == Proposal.State.CLOSED
    own = (
        set(rules.voters_of(user, proposal).values_list("pk", flat=True))
        if user.is_authenticated
        else set()
    )
    rows = proposal.voters.select_related("organisation", "ballot")
    found = []
    for row in rows:
        ballot = getattr(row, "ballot", None)
        may_read = not proposal.is_secret and (is_closed or row.pk in own)
        words = describe.chosen(proposal, ballot.choice) if ballot and may_read else ""
        found.append(
            {
                "organisation": row.organisation,
                "ballot": ballot,
                "words": words,
                "reason": ballot.reason if ballot and may_read else "",
                "channel": ballot.get_channel_display()
                if ballot and is_closed and ballot.channel != "web"
                else "",
            }
        )
    return found


def objections(proposal: Proposal, user: Any, is_inside: bool) -> list[dict[str, Any]]:
    """The objections one by one with how they were met.

    While a secret vote runs, each is shown to its own voter alone. While an open vote runs, who
    keeps anything reads them, so that they can be met, without whose they are. After an open vote
    they carry their organisation.
    """
    if proposal.method != Proposal.Method.CONSENT:
        return []
    if proposal.state == Proposal.State.CLOSED and proposal.is_secret:
        rows = proposal.secret_choices.filter(choice=["objection"])
        return [
            {"who": None, "reason": row.reason, "answer": row.answer, "is_settled": row.is_settled}
            for row in rows
        ]
    is_closed = proposal.state == Proposal.State.CLOSED
    if not is_closed and not is_inside:
        return []
    found = Objection.objects.of(proposal).select_related(
        "ballot__voter__organisation", "ballot__cast_by"
    )
    if proposal.is_secret:
        found = found.filter(ballot__cast_by=user)
    may_answer = proposal.is_voting and not proposal.is_secret and rules.may_change(user, proposal)
    return [_objection(proposal, row, user, is_closed, may_answer) for row in found]


def _objection(
    proposal: Proposal, row: Objection, user: Any, is_closed: bool, may_answer: bool
) -> dict[str, Any]:
    """One objection as this reader may see it."""
    voter = row.ballot.voter
    may_settle = rules.speaks_for_voter(user, voter) or (
        may_coordinate(user) and not proposal.is_secret
    )
    return {
        "pk": row.pk,
        "who": voter.organisation if is_closed or rules.speaks_for_voter(user, voter) else None,
        "reason": row.ballot.reason,
        "answer": row.answer,
        "is_settled": bool(row.settled_on),
        "may_answer": may_answer and not row.settled_on,
        "may_settle": proposal.is_voting and bool(row.answer) and not row.settled_on and may_settle,
    }


def may_keep_opinion(proposal: Proposal, user: Any) -> list[Organisation]:
    """For which organisations she may keep an opinion beside the result."""
    if proposal.state != Proposal.State.CLOSED or not user.is_authenticated:
        return []
    return [
        row.organisation for row in rules.voters_of(user, proposal).select_related("organisation")
    ]


def agrees(proposal: Proposal) -> bool:
    """True when counting again gives the result that was kept."""
    return counted(proposal) == proposal.result
