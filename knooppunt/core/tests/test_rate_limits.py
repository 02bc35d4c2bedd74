"""How often somebody does something is counted per person, per thing and per stretch of time."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import RequestFactory

from knooppunt.core.models import RateLimitCounter
from knooppunt.core.web import rate_limits

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(time_machine: Any) -> None:
    time_machine.move_to("2026-11-24T08:07:30+01:00", tick=False)


def test_each_time_counts_one_more_for_this_person_and_this_thing() -> None:
    assert [rate_limits.number_of("anna", "code") for _time in range(3)] == [1, 2, 3]
    assert rate_limits.number_of("bob", "code") == 1
    assert rate_limits.number_of("anna", "story") == 1
    assert rate_limits.number_of("anna", "code") == 4


def test_a_visitor_is_known_by_the_address_from_which_she_asks() -> None:
    ask = RequestFactory()
    first, second = ask.get("/", REMOTE_ADDR="192.0.2.1"), ask.get("/", REMOTE_ADDR="192.0.2.2")
    assert [rate_limits.number_from(row, "code") for row in (first, first, second)] == [1, 2, 1]


@pytest.mark.parametrize(
    ("minutes", "last", "next_one"),
    [
        (60, "2026-11-24T08:59:59+01:00", "2026-11-24T09:00:00+01:00"),
        (10, "2026-11-24T08:09:59+01:00", "2026-11-24T08:10:00+01:00"),
        (1, "2026-11-24T08:07:59+01:00", "2026-11-24T08:08:00+01:00"),
    ],
)
def test_a_new_stretch_begins_at_one(
    minutes: int, last: str, next_one: str, time_machine: Any
) -> None:
    assert rate_limits.number_of("anna", "code", minutes) == 1
    time_machine.move_to(last, tick=False)
    assert rate_limits.number_of("anna", "code", minutes) == 2
    time_machine.move_to(next_one, tick=False)
    assert rate_limits.number_of("anna", "code", minutes) == 1


def test_counting_begins_anew_for_one_person_and_one_thing() -> None:
    for whom, what in (("anna", "code"), ("anna", "story"), ("bob", "code")):
        rate_limits.number_of(whom, what)
    rate_limits.clear("anna", "code")
    assert rate_limits.number_of("anna", "code") == 1
    assert rate_limits.number_of("anna", "story") == 2 and rate_limits.number_of("bob", "code") == 2


def test_stretches_that_are_over_are_erased_and_no_others(time_machine: Any) -> None:
    rate_limits.number_of("anna", "code", 10)
    rate_limits.number_of("anna", "code", 60)
    assert rate_limits.forget() == 0
    time_machine.move_to("2026-11-24T08:10:01+01:00", tick=False)
    assert rate_limits.forget() == 1
    assert rate_limits.number_of("anna", "code", 60) == 2


def test_who_it_was_cannot_be_read_from_the_count() -> None:
    rate_limits.number_of("anna@example.org", "code")
    assert "anna" not in RateLimitCounter.objects.get().mark
