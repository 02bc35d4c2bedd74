"""Counts votes by stated rules, in whole numbers and fractions only; a tie is named, never broken
by chance.

A ballot is a list of words: ``["for"]``, ``["abstain"]``, or the keys of options. Every count gives
plain data that can be kept: who could vote, who did, how many were needed, the numbers per option,
the outcome, and what is tied.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

ABSTAIN = "abstain"
ADOPTED, REJECTED, TIED, INVALID, CHOSEN, MEASURED = (
    "adopted",
    "rejected",
    "tied",
    "invalid",
    "chosen",
    "measured",
)
WARMTH = ("1", "2", "3", "4", "5")
MOST_OPTIONS = 12
Ballot = Sequence[str]
Result = dict[str, Any]


@dataclass(frozen=True)
class Share:
    """How large a part of the votes for and against must be for: at least ``part``, or more
    than it when ``is_strict``.
    """

    part: Fraction
    is_strict: bool = False

    def holds(self, number: int, total: int) -> bool:
        """True when ``number`` of ``total`` is enough; never of nothing."""
        reached, asked = number * self.part.denominator, total * self.part.numerator
        return total > 0 and (reached > asked if self.is_strict else reached >= asked)


SHARES = {
    "half": Share(Fraction(1, 2), is_strict=True),
    "two_thirds": Share(Fraction(2, 3)),
    "three_quarters": Share(Fraction(3, 4)),
    "all": Share(Fraction(1)),
}


@dataclass(frozen=True)
class Vote:
    """What is counted: the ballots, how many may vote, the options in their order, and the rules.

    ``quorum`` is the percentage of who may vote that must take part, abstentions included.
    ``settled`` is the number of objections that were met.
    """

    ballots: Sequence[Ballot]
    voters: int
    options: tuple[str, ...] = ()
    quorum: int = 0
    share: Share = SHARES["half"]
    settled: int = 0

    @property
    def needed(self) -> int:
        """How many must take part: the quorum, rounded up."""
        return -(-self.voters * self.quorum // 100)

    @property
    def said(self) -> list[Ballot]:
        """The ballots that say something."""
        return [ballot for ballot in self.ballots if list(ballot) != [ABSTAIN]]


def count(method: str, vote: Vote) -> Result:
    """The result of a vote by one of METHODS. Raises KeyError for a method that is not there."""
    cast, said = len(vote.ballots), len(vote.said)
    base = {
        "method": method,
        "voters": vote.voters,
        "cast": cast,
        "abstained": cast - said,
        "needed": vote.needed,
        "is_quorate": cast >= vote.needed,
    }
    counted = METHODS[method](vote)
    if not base["is_quorate"] or not said:
        counted |= {"outcome": INVALID, "winners": []}
    return base | counted


def _consent(vote: Vote) -> Result:
    """Adopted when no objection is left: every one of them was met or taken back."""
    votes = Counter(ballot[0] for ballot in vote.said)
    standing = votes["objection"] - vote.settled
    return {
        "counts": [["consent", votes["consent"]], ["objection", votes["objection"]]],
        "settled": vote.settled,
        "outcome": REJECTED if standing > 0 else ADOPTED,
        "winners": [],
    }


def _majority(vote: Vote) -> Result:
    """Adopted when enough of the votes for and against are for; abstentions count for the
    quorum only.
    """
    votes = Counter(ballot[0] for ballot in vote.said)
    yes, no = votes["for"], votes["against"]
    outcome = (
        ADOPTED
        if vote.share.holds(yes, yes + no)
        else TIED
        if yes == no and vote.share.is_strict
        else REJECTED
    )
    return {"counts": [["for", yes], ["against", no]], "outcome": outcome, "winners": []}


def _approval(vote: Vote) -> Result:
    """Everybody marks what she can live with; what most marked is chosen."""
    votes = Counter(option for ballot in vote.said for option in set(ballot))
    counts: list[Any] = [[option, votes[option]] for option in vote.options]
    most = max((number for _option, number in counts), default=0)
    winners = [option for option, number in counts if number == most and most]
    return {"counts": counts, "winners": winners, "outcome": CHOSEN if len(winners) == 1 else TIED}


def _temperature(vote: Vote) -> Result:
    """How warm the room is, from 1 to 5: numbers, the middle one, and the average as an exact
    fraction.
    """
    degrees = sorted(int(ballot[0]) for ballot in vote.said)
    counts = [[degree, degrees.count(int(degree))] for degree in WARMTH]
    if not degrees:
        return {"counts": counts, "outcome": MEASURED, "winners": []}
    middle = Fraction(degrees[(len(degrees) - 1) // 2] + degrees[len(degrees) // 2], 2)
    return {
        "counts": counts,
        "median": str(middle),
        "average": str(Fraction(sum(degrees), len(degrees))),
        "outcome": MEASURED,
        "winners": [],
    }


def _ranked(vote: Vote) -> Result:
    """Instant runoff: the option with the fewest first places falls off, and its votes go to the
    next on each ballot.

    Where several have the fewest, every order in which they could fall off is worked out. If these
    lead to different winners, all of them are named and the vote is tied.
    """
    ballots = [tuple(dict.fromkeys(ballot)) for ballot in vote.said]
    winners = _possible_winners(tuple(Counter(ballots).items()), vote.options) if ballots else ()
    return {
        "counts": _firsts(Counter(ballots).items(), vote.options),
        "rounds": _rounds(ballots, vote.options),
        "winners": list(winners),
        "outcome": CHOSEN if len(winners) == 1 else TIED,
    }


def _firsts(ballots: Iterable[tuple[tuple[str, ...], int]], left: Sequence[str]) -> list[list[Any]]:
    """For each option that is left, how many ballots have it highest."""
    votes: Counter[str] = Counter()
    for ballot, number in ballots:
        first = next((option for option in ballot if option in left), None)
        if first is not None:
            votes[first] += number
    return [[option, votes[option]] for option in left]


def _fewest(counts: list[list[Any]]) -> list[str]:
    least = min(number for _option, number in counts)
    return [option for option, number in counts if number == least]


def _possible_winners(
    ballots: tuple[tuple[tuple[str, ...], int], ...], options: tuple[str, ...]
) -> tuple[str, ...]:
    """Who wins in at least one order in which tied options could fall off."""

    @cache
    def of(left: tuple[str, ...]) -> frozenset[str]:
        if len(left) <= 1:
            return frozenset(left)
        counts = _firsts(ballots, left)
        total = sum(number for _option, number in counts)
        best = max(counts, key=lambda row: row[1])
        if best[1] * 2 > total:
            return frozenset([best[0]])
        found = [of(tuple(option for option in left if option != gone)) for gone in _fewest(counts)]
        return frozenset().union(*found)

    won = of(options)
    return tuple(option for option in options if option in won)


def _rounds(ballots: list[tuple[str, ...]], options: tuple[str, ...]) -> list[dict[str, Any]]:
    """The rounds as they are told: where several have the fewest, the last on the list falls
    off first.
    """
    rows = list(Counter(ballots).items())
    left, rounds = list(options), []
    while len(left) > 1:
        counts = _firsts(rows, left)
        total = sum(number for _option, number in counts)
        fewest = _fewest(counts)
        has_won = max(number for _option, number in counts) * 2 > total
        gone = "" if has_won else fewest[-1]
        rounds.append(
            {
                "counts": counts,
                "gone": gone,
                "tied": fewest if not has_won and len(fewest) > 1 else [],
                "used_up": len(ballots) - total,
            }
        )
        if has_won:
            break
        left.remove(gone)
    return rounds


METHODS: dict[str, Callable[[Vote], Result]] = {
    "consent": _consent,
    "majority": _majority,
    "approval": _approval,
    "ranked": _ranked,
    "temperature": _temperature,
}
WITH_OPTIONS = ("approval", "ranked")
FIXED = {"consent": ("consent", "objection"), "majority": ("for", "against"), "temperature": WARMTH}


def is_ballot(method: str, ballot: Ballot, options: Sequence[str]) -> bool:
    """True for a ballot that this method can count: abstention, one fixed word, or options that
    are there, each once.
    """
    if list(ballot) == [ABSTAIN]:
        return True
    if method in FIXED:
        return len(ballot) == 1 and ballot[0] in FIXED[method]
    return bool(ballot) and len(set(ballot)) == len(ballot) and set(ballot) <= set(options)
