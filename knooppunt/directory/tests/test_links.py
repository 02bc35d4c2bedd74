"""Memberships and roles hold for a period, never overlap, and never make a circle."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from knooppunt.core.audit.trail import SYSTEM
from knooppunt.directory.actions.links import assign_place, end_link, join_many, join_network
from knooppunt.directory.models import Membership, Organisation, Place
from knooppunt.directory.tests import make
from knooppunt.kit.dates import overlap

pytestmark = pytest.mark.django_db
MARCH, JUNE, JULY = date(2025, 3, 1), date(2025, 6, 30), date(2025, 7, 1)


def test_an_initiative_can_be_in_two_networks_and_counts_once(garden: Organisation) -> None:
    make.network("Groen", [garden])
    make.network("Samen", [garden])
    assert Organisation.objects.public().initiatives().count() == 1
    assert Membership.objects.as_of(MARCH).filter(organisation=garden).count() == 2


def test_as_of_counts_both_the_first_and_the_last_day(garden: Organisation) -> None:
    network = make.network("Groen")
    join_network(SYSTEM, garden, network, since=MARCH, until=JUNE)
    held = [
        Membership.objects.as_of(day).exists() for day in (date(2025, 2, 28), MARCH, JUNE, JULY)
    ]
    assert held == [False, True, True, False]


def test_overlapping_periods_of_the_same_membership_are_refused(garden: Organisation) -> None:
    network = make.network("Groen")
    join_network(SYSTEM, garden, network, since=MARCH, until=JUNE)
    with pytest.raises(ValidationError):
        join_network(SYSTEM, garden, network, since=JUNE)
    assert join_network(SYSTEM, garden, network, since=JULY).pk


def test_the_database_refuses_two_open_memberships(garden: Organisation) -> None:
    network = make.network("Groen", [garden])
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(organisation=garden, network=network, since=JULY)


def test_a_network_can_be_member_of_a_network_but_not_of_itself_by_a_detour(
    garden: Organisation,
) -> None:
    top, middle, low = make.network("Top"), make.network("Midden"), make.network("Laag")
    join_network(SYSTEM, middle, top)
    join_network(SYSTEM, low, middle)
    for one, network in ((top, low), (top, middle), (top, top)):
        with pytest.raises(ValidationError):
            join_network(SYSTEM, one, network)
    assert join_many(SYSTEM, [(top, low), (garden, top)]) == [(top, low)]


def test_a_role_at_a_place_ends_on_a_day(garden: Organisation, garden_place: Place) -> None:
    role = garden.place_roles.get()
    end_link(SYSTEM, role, JUNE)
    assert not garden.place_roles.as_of(JULY).exists() and garden.place_roles.as_of(JUNE).exists()
    assert assign_place(SYSTEM, garden, garden_place, since=JULY).pk


def test_a_period_cannot_end_before_it_starts(garden: Organisation) -> None:
    with pytest.raises(ValidationError):
        join_network(SYSTEM, garden, make.network("Groen"), since=JULY, until=JUNE)


days = st.none() | st.dates(date(2020, 1, 1), date(2020, 3, 1))


@given(days, days, days, days)
def test_two_periods_overlap_when_they_share_a_day(
    a: date | None, b: date | None, c: date | None, d: date | None
) -> None:
    if (a and b and b < a) or (c and d and d < c):
        return
    window = [
        date.fromordinal(n)
        for n in range(date(2019, 12, 31).toordinal(), date(2020, 3, 3).toordinal())
    ]

    def holds(day: date, since: date | None, until: date | None) -> bool:
        return (since is None or since <= day) and (until is None or day <= until)

    assert overlap(a, b, c, d) == any(holds(day, a, b) and holds(day, c, d) for day in window)
