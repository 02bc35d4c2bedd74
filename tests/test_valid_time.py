"""A dated fact holds on both its days and on all between them; an open end is always."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from knooppunt.core.database.valid_time import not_over, refuse_backwards, refuse_future
from knooppunt.directory.models import Membership, Organisation
from knooppunt.directory.tests import make

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)
DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def network(garden: Organisation) -> Organisation:
    """A network without members."""
    return make.network("De Ring", [])


def link(
    garden: Organisation, network: Organisation, since: date | None, until: date | None
) -> Membership:
    return Membership.objects.create(organisation=garden, network=network, since=since, until=until)


@pytest.mark.parametrize(
    ("since", "until", "day", "holds"),
    [
        (FIRST, LAST, FIRST - DAY, False),
        (FIRST, LAST, FIRST, True),
        (FIRST, LAST, LAST, True),
        (FIRST, LAST, LAST + DAY, False),
        (FIRST, FIRST, FIRST, True),
        (None, LAST, date.min, True),
        (None, LAST, LAST + DAY, False),
        (FIRST, None, FIRST - DAY, False),
        (FIRST, None, date.max, True),
        (None, None, FIRST, True),
    ],
)
def test_a_row_holds_from_its_first_day_up_to_and_including_its_last(
    garden: Organisation,
    network: Organisation,
    since: date | None,
    until: date | None,
    day: date,
    holds: bool,
) -> None:
    row = link(garden, network, since, until)
    assert list(Membership.objects.as_of(day)) == ([row] if holds else [])
    is_over = until is not None and day > until
    assert Membership.objects.filter(not_over(day)).exists() is not is_over


@pytest.mark.parametrize(
    ("since", "until", "shares"),
    [
        (LAST, None, True),
        (LAST + DAY, None, False),
        (None, FIRST, True),
        (None, FIRST - DAY, False),
        (None, None, True),
        (FIRST + DAY, FIRST + DAY, True),
    ],
)
def test_periods_overlap_when_they_share_a_day(
    garden: Organisation,
    network: Organisation,
    since: date | None,
    until: date | None,
    shares: bool,
) -> None:
    row = link(garden, network, FIRST, LAST)
    assert Membership.objects.all().overlapping(since, until) == ([row] if shares else [])


def test_the_database_refuses_a_period_that_runs_backwards(
    garden: Organisation, network: Organisation
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        link(garden, network, LAST, FIRST)


def test_a_period_that_runs_backwards_is_refused_in_words() -> None:
    with pytest.raises(ValidationError, match="De einddatum ligt voor de begindatum"):
        refuse_backwards(LAST, FIRST)
    for since, until in ((FIRST, FIRST), (FIRST, None), (None, FIRST), (None, None)):
        refuse_backwards(since, until)


def test_a_day_to_come_is_refused_beside_its_field(time_machine: Any) -> None:
    time_machine.move_to("2026-11-24T23:59:00+01:00", tick=False)
    today = timezone.localdate()
    assert today == date(2026, 11, 24)
    refuse_future(today, "until")
    refuse_future(None, "until")
    with pytest.raises(ValidationError) as refused:
        refuse_future(today + DAY, "until")
    assert refused.value.message_dict == {"until": ["Deze dag komt nog."]}
