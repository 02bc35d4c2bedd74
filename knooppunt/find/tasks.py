"""What finding does at night and every few seconds: keep the index in line with the house, and
forget what is old.
"""

from __future__ import annotations

from django.utils import timezone

from knooppunt.core.background.rounds import run_steps
from knooppunt.find import indexing, saved, zero_result_queries
from knooppunt.find.searching import search
from knooppunt.kit.language.danger import danger_in


def daily() -> str:
    """The round: what changes by the calendar alone (an activity that ended, a host that left)
    is looked at too.
    """
    today = timezone.localdate()
    return run_steps(
        ("questions forgotten", zero_result_queries.forget_old),
        ("addresses forgotten", lambda: saved.forget_unconfirmed(today)),
        ("things can be found", indexing.rebuild),
        ("weekly mails written", lambda: saved.send(today)),
    )


def poll() -> None:
    """Index what changed since a moment ago."""
    indexing.catch_up()


def at_start() -> None:
    """Read the index and the words of all languages, so that the first question of a process
    need not wait for them.
    """
    search("buurt", with_meaning=False)
    danger_in("buurt")


def load_example() -> None:
    """The first page after loading the example finds it by its words; meanings follow from the
    worker.
    """
    indexing.rebuild(with_meaning=False)
