"""Tests for what comes first: the next times, what still goes on, and the same answer for few
activities and for many.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from knooppunt.agenda import lists
from knooppunt.agenda.models import Occurrence
from knooppunt.agenda.queries import occurrences
from knooppunt.agenda.tests.make import activity
from knooppunt.directory.models import Place

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _night(time_machine: Any) -> None:
    """The agenda of a week, looked at in the night of Wednesday."""
    time_machine.move_to("2026-11-22T12:00:00+01:00", tick=False)
    activity("Kunstweek", "maandag 23 november", is_all_day=True, minutes=7 * 1440)
    activity("Danservaring", "dinsdag 24 november van 22:00 tot 04:00")
    activity("Koffie", "elke woensdag van 10 tot 12")
    activity("Afgelopen", "dinsdag 24 november van 20:00 tot 22:00")
    time_machine.move_to("2026-11-25T01:00:00+01:00", tick=False)


def names(numbers: list[int]) -> list[str]:
    known = Occurrence.objects.select_related("activity").in_bulk(numbers)
    return [known[number].activity.name for number in numbers]


def test_what_began_before_and_goes_on_comes_first() -> None:
    coming = lists.coming(Occurrence.objects.all(), 4)
    assert names(coming) == ["Kunstweek", "Danservaring", "Koffie", "Koffie"]


def test_no_more_than_asked() -> None:
    assert names(lists.coming(Occurrence.objects.all(), 1)) == ["Kunstweek"]


def test_of_one_day() -> None:
    coming = lists.coming(Occurrence.objects.all(), 4, date(2026, 11, 26))
    assert names(coming) == ["Kunstweek"]


@pytest.mark.parametrize("few", [500, 0])
def test_a_place_and_an_area_show_the_same_for_few_and_many(
    few: int, garden_place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(occurrences, "FEW", few)
    here = activity("Hier", "elke woensdag van 11 tot 12", place=garden_place)
    moved = activity("Verhuisd", "elke woensdag van 9 tot 10")
    moved.occurrences.filter(day=date(2026, 12, 2)).update(place=garden_place)
    here.occurrences.filter(day=date(2026, 12, 2)).update(
        place=Place.objects.create(slug="elders", name="Elders")
    )
    for rows in (
        lists.located(Occurrence.objects.all(), place=garden_place),
        lists.located(Occurrence.objects.all(), garden_place.area),
    ):
        shown = lists.coming(rows, 3)
        days = Occurrence.objects.in_bulk(shown)
        assert names(shown) == ["Hier", "Verhuisd", "Hier"]
        assert [days[number].day.day for number in shown] == [25, 2, 9]
