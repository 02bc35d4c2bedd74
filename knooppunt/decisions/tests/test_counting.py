"""The rules of counting: worked examples that a board member can check by hand, and what must
hold for every vote.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knooppunt.decisions.counting import ABSTAIN, SHARES, Vote, count, is_ballot

A, B, C = "a", "b", "c"
OPTIONS = (A, B, C)


def majority(
    yes: int, no: int, abstain: int = 0, voters: int = 0, quorum: int = 0, share: str = "half"
) -> dict[str, object]:
    ballots = [["for"]] * yes + [["against"]] * no + [[ABSTAIN]] * abstain
    return count(
        "majority", Vote(ballots, voters or len(ballots), quorum=quorum, share=SHARES[share])
    )


@pytest.mark.parametrize(
    ("yes", "no", "abstain", "share", "outcome"),
    [
        (6, 5, 0, "half", "adopted"),
        (5, 5, 0, "half", "tied"),  # half is not more than half, and the tie is named
        (5, 5, 9, "half", "tied"),
        (1, 0, 9, "half", "adopted"),  # abstentions do not count for or against
        (2, 1, 0, "two_thirds", "adopted"),  # exactly two thirds is enough
        (199, 100, 0, "two_thirds", "rejected"),  # 66.55 %: no rounding up
        (200, 100, 0, "two_thirds", "adopted"),
        (3, 1, 0, "three_quarters", "adopted"),
        (2, 1, 0, "three_quarters", "rejected"),
        (9, 0, 3, "all", "adopted"),
        (9, 1, 0, "all", "rejected"),
        (0, 0, 4, "half", "invalid"),  # nobody said anything
    ],
)
def test_a_majority_is_counted_exactly(
    yes: int, no: int, abstain: int, share: str, outcome: str
) -> None:
    assert majority(yes, no, abstain, share=share)["outcome"] == outcome


@pytest.mark.parametrize(
    ("cast", "voters", "quorum", "is_quorate"),
    [
        (5, 10, 50, True),
        (4, 10, 50, False),
        (6, 11, 50, True),
        (5, 11, 50, False),
        (1, 3, 33, True),
        (2, 3, 67, False),
        (3, 3, 67, True),
        (0, 9, 0, True),
    ],
)
def test_the_quorum_is_of_the_list_and_rounded_up(
    cast: int, voters: int, quorum: int, is_quorate: bool
) -> None:
    result = majority(0, 0, cast, voters=voters, quorum=quorum)
    assert result["is_quorate"] is is_quorate
    assert majority(cast, 0, 0, voters=voters, quorum=quorum)["outcome"] == (
        "adopted" if is_quorate and cast else "invalid"
    )


def test_consent_holds_when_every_objection_was_met() -> None:
    ballots = [["consent"]] * 7 + [["objection"]] * 2 + [[ABSTAIN]]
    assert count("consent", Vote(ballots, 10))["outcome"] == "rejected"
    assert count("consent", Vote(ballots, 10, settled=1))["outcome"] == "rejected"
    met = count("consent", Vote(ballots, 10, settled=2))
    assert (met["outcome"], met["counts"], met["abstained"]) == (
        "adopted",
        [["consent", 7], ["objection", 2]],
        1,
    )


def test_most_crosses_win_and_a_tie_is_named() -> None:
    won = count("approval", Vote([[A, B], [B], [B, C], [ABSTAIN]], 4, OPTIONS))
    assert (won["outcome"], won["winners"], won["counts"]) == (
        "chosen",
        [B],
        [[A, 1], [B, 3], [C, 1]],
    )
    tied = count("approval", Vote([[A, B], [A, B], [C]], 3, OPTIONS))
    assert (tied["outcome"], tied["winners"]) == ("tied", [A, B])


def test_who_has_fewest_first_places_falls_off_and_votes_go_on() -> None:
    # 4 times A first, 3 times B, 2 times C with B second: C falls off, B wins 5 to 4.
    result = count("ranked", Vote([[A]] * 4 + [[B, C]] * 3 + [[C, B]] * 2, 9, OPTIONS))
    assert (result["outcome"], result["winners"]) == ("chosen", [B])
    assert [one["gone"] for one in result["rounds"]] == [C, ""]
    assert result["rounds"][1]["counts"] == [[A, 4], [B, 5]]


def test_a_ballot_on_which_nothing_is_left_is_used_up() -> None:
    result = count("ranked", Vote([[A]] * 3 + [[B]] * 2 + [[C]] * 2 + [[C, B]], 8, OPTIONS))
    assert result["rounds"][1]["used_up"] == 2 and (result["outcome"], result["winners"]) == (
        "tied",
        [A, C],
    )


def test_a_tie_at_the_bottom_that_matters_is_named_and_one_that_does_not_is_not() -> None:
    # B and C both have 2; whoever falls off decides between A and the other.
    matters = count("ranked", Vote([[A]] * 3 + [[B, C]] * 2 + [[C, B]] * 2, 7, OPTIONS))
    assert (matters["outcome"], matters["winners"]) == ("tied", [B, C])
    not_at_all = count("ranked", Vote([[A]] * 9 + [[B]] * 2 + [[C]] * 2, 13, OPTIONS))
    assert (not_at_all["outcome"], not_at_all["winners"]) == ("chosen", [A])


def test_the_temperature_is_exact() -> None:
    result = count("temperature", Vote([["5"], ["4"], ["4"], ["1"]], 4))
    assert (result["median"], Fraction(result["average"])) == ("4", Fraction(7, 2))
    assert count("temperature", Vote([["5"], ["4"]], 2))["median"] == "9/2"


def test_a_ballot_must_say_something_that_is_there() -> None:
    assert (
        is_ballot("majority", ["for"], ())
        and is_ballot("approval", [A, B], OPTIONS)
        and is_ballot("ranked", [C, A], OPTIONS)
    )
    assert (
        not is_ballot("majority", ["yes"], ())
        and not is_ballot("majority", ["for", "against"], ())
        and not is_ballot("majority", [], ())
    )
    assert (
        not is_ballot("approval", ["z"], OPTIONS)
        and not is_ballot("ranked", [A, A], OPTIONS)
        and not is_ballot("approval", [], OPTIONS)
    )
    assert is_ballot("ranked", [ABSTAIN], OPTIONS) and not is_ballot(
        "approval", [ABSTAIN, A], OPTIONS
    )


rankings = st.lists(
    st.permutations(OPTIONS).flatmap(
        lambda order: st.integers(1, 3).map(lambda n: list(order[:n]))
    ),
    min_size=1,
    max_size=12,
)
crosses = st.lists(
    st.lists(st.sampled_from(OPTIONS), min_size=1, max_size=3, unique=True), min_size=1, max_size=12
)


@given(rankings, st.randoms())
def test_the_order_in_which_votes_came_in_never_matters(
    ballots: list[list[str]], dice: object
) -> None:
    mixed = list(ballots)
    dice.shuffle(mixed)  # type: ignore[attr-defined]
    for method in ("ranked", "approval"):
        assert count(method, Vote(ballots, 12, OPTIONS)) == count(method, Vote(mixed, 12, OPTIONS))


@given(rankings)
def test_who_is_first_on_more_than_half_wins(ballots: list[list[str]]) -> None:
    result = count("ranked", Vote(ballots, len(ballots), OPTIONS))
    firsts = {option: sum(ballot[0] == option for ballot in ballots) for option in OPTIONS}
    above = [option for option, number in firsts.items() if number * 2 > len(ballots)]
    assert not above or result["winners"] == above
    assert result["winners"] and set(result["winners"]) <= set(OPTIONS)


@given(rankings, st.permutations(OPTIONS))
def test_options_are_treated_alike(ballots: list[list[str]], order: list[str]) -> None:
    names = dict(zip(OPTIONS, order, strict=True))
    renamed = [[names[option] for option in ballot] for ballot in ballots]
    for method in ("ranked", "approval"):
        before = count(method, Vote(ballots, 12, OPTIONS))["winners"]
        assert {names[one] for one in before} == set(
            count(method, Vote(renamed, 12, OPTIONS))["winners"]
        )


@given(crosses, st.sampled_from(OPTIONS))
def test_one_more_cross_never_makes_a_winner_lose(ballots: list[list[str]], option: str) -> None:
    before = count("approval", Vote(ballots, 13, OPTIONS))["winners"]
    after = count("approval", Vote([*ballots, [option]], 13, OPTIONS))["winners"]
    assert option not in before or after == [option]


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 40), st.sampled_from(sorted(SHARES)))
def test_one_more_vote_for_never_turns_a_proposal_down(
    yes: int, no: int, abstain: int, share: str
) -> None:
    ranks = {"invalid": 0, "rejected": 1, "tied": 1, "adopted": 2}
    before, after = (
        majority(yes, no, abstain, 200, 0, share),
        majority(yes + 1, no, abstain, 200, 0, share),
    )
    assert ranks[str(after["outcome"])] >= ranks[str(before["outcome"])]
    assert (before["outcome"] == "adopted") == (
        yes + no > 0
        and (
            yes * 2 > yes + no if share == "half" else Fraction(yes, yes + no) >= SHARES[share].part
        )
    )


@given(rankings)
def test_every_order_of_falling_off_leads_to_a_named_winner(ballots: list[list[str]]) -> None:
    """Against the plain definition: let the options fall off in every order that the numbers
    allow.
    """
    winners = set()
    for order in permutations(OPTIONS, len(OPTIONS) - 1):
        left = list(OPTIONS)
        for gone in order:
            firsts = {
                one: sum(next((x for x in ballot if x in left), None) == one for ballot in ballots)
                for one in left
            }
            if max(firsts.values()) * 2 > sum(firsts.values()) or firsts[gone] != min(
                firsts.values()
            ):
                break
            left.remove(gone)
        firsts = {
            one: sum(next((x for x in ballot if x in left), None) == one for ballot in ballots)
            for one in left
        }
        best = max(left, key=lambda one: firsts[one])
        if len(left) == 1 or firsts[best] * 2 > sum(firsts.values()):
            winners.add(best)
    assert set(count("ranked", Vote(ballots, 12, OPTIONS))["winners"]) == winners
