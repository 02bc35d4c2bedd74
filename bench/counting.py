"""Compares our counting of ranked and approval votes with the library pref_voting on invented
votes, ties included.

Run it in an environment that has both: ``pip install pref_voting``, then ``python bench/counting.py
[--votes 2000]``.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from itertools import permutations
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from knooppunt.decisions.counting import Vote, count


def theirs(ballots: list[tuple[str, ...]], options: tuple[str, ...]) -> set[str]:
    """Who may win by pref_voting, where complete orders are counted with every way of breaking
    ties.
    """
    from pref_voting.profiles import Profile  # noqa: PLC0415 - not part of the product
    from pref_voting.voting_methods import instant_runoff_put  # noqa: PLC0415

    numbers = {option: at for at, option in enumerate(options)}
    tally = Counter(ballots)
    profile = Profile(
        [tuple(numbers[one] for one in ballot) for ballot in tally], list(tally.values())
    )
    return {options[at] for at in instant_runoff_put(profile)}


def main() -> int:
    """Print how many votes agreed; 1 when any did not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--votes", type=int, default=2000)
    votes, dice, wrong, tied, ours = parser.parse_args().votes, random.Random(1), 0, 0, 0.0
    for _turn in range(votes):
        options = tuple("abcde"[: dice.randint(2, 5)])
        orders = list(permutations(options))
        ballots = [dice.choice(orders) for _one in range(dice.randint(1, 14))]
        began = time.perf_counter()
        mine = set(count("ranked", Vote(ballots, len(ballots), options))["winners"])
        ours += time.perf_counter() - began
        tied += len(mine) > 1
        if mine != theirs(ballots, options):
            wrong += 1
            print("differs", options, ballots, mine, theirs(ballots, options))
    print(
        f"ranked: {votes - wrong} of {votes} votes agree with pref_voting, {tied} of them tied; "
        f"{1000 * ours / votes:.2f} ms a count"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
