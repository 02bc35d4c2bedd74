"""The numbers of the agenda: how often there was something in a month, where, and of which
network.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from knooppunt.agenda.actions import occurrence
from knooppunt.agenda.models import Activity
from knooppunt.agenda.tests.make import activity
from knooppunt.core.audit.trail import SYSTEM
from knooppunt.core.registry import figure_registry
from knooppunt.core.registry.figures import Item
from knooppunt.directory.models import Area, Organisation, Place
from knooppunt.directory.tests import make

DAY = date(2026, 11, 22)  # a Sunday, with three Tuesdays of the month behind it
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(time_machine: Any) -> None:
    time_machine.move_to("2026-11-22T09:00:00+01:00", tick=False)


@pytest.fixture
def morning(garden: Organisation, garden_place: Place) -> Activity:
    """Every Tuesday since the summer, in the garden in Noord."""
    return activity("Tuinochtend", today=date(2026, 7, 1), place=garden_place, organiser=garden)


def times(day: date = DAY, area: Any = None, network: Any = None) -> list[Item]:
    figure = figure_registry.get_figure("times", day, area)
    assert figure is not None
    items = figure.items(day, area, network)
    assert network is not None or figure.value(day, area) == sum(item.amount for item in items)
    return items


def test_what_took_place_in_the_month_so_far_is_counted_with_its_list(
    morning: Activity, noord: Area, zuid: Area
) -> None:
    assert [(item.name, item.amount) for item in times()] == [("Tuinochtend", 3)]
    assert [item.amount for item in times(date(2026, 11, 9))] == [1] and [
        item.amount for item in times(date(2026, 9, 30))
    ] == [5]
    assert len(times(area=noord)) == 1 and times(area=zuid) == []


def test_what_did_not_go_on_did_not_take_place(morning: Activity) -> None:
    day = morning.occurrences.get(day=date(2026, 11, 10))
    occurrence.cancel(SYSTEM, morning, day.original)
    assert [item.amount for item in times()] == [2]


def test_of_a_network_is_counted_what_its_members_organise(
    morning: Activity, garden: Organisation
) -> None:
    activity("Van een ander", today=date(2026, 7, 1), organiser=make.organisation("Een ander"))
    ring = make.network("De Ring", [garden])
    assert len(times()) == 2 and [item.name for item in times(network=ring)] == ["Tuinochtend"]


def test_the_list_needs_nothing_but_the_columns_it_reads(
    morning: Activity, django_assert_num_queries: Any
) -> None:
    figure = figure_registry.get_figure("times", DAY)
    assert figure is not None and figure.reads
    with django_assert_num_queries(1):
        assert len(figure.items(DAY)) == 1
