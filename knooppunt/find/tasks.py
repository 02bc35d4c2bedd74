"""What finding does at night and every few seconds: keep the index in line with the house, and forget what is old."""

from __future__ import annotations

from django.utils import timezone

from knooppunt.find import gaps, indexing, saved


def daily() -> str:
    """The round: what changes by the calendar alone (an activity that ended, a host that left) is looked at too."""
    today = timezone.localdate()
    found = f"{indexing.rebuild()} things can be found, {gaps.forget_old()} questions forgotten"
    return f"{found}, {saved.send(today)} weekly mails written, {saved.forget_unconfirmed(today)} addresses forgotten"


def between() -> None:
    """Index what changed since a moment ago."""
    indexing.catch_up()


def load_example() -> None:
    """The first page after loading the example finds it by its words; meanings follow from the worker."""
    indexing.rebuild(with_meaning=False)
