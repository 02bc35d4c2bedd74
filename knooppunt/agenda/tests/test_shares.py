"""Tests for the count of who organises it: the weights, the split, the reference day, and what
stays beside it.
"""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client

from knooppunt.agenda.actions import activities
from knooppunt.agenda.actions.activities import Organising
from knooppunt.agenda.models import Activity, Venue
from knooppunt.agenda.shares import Count, count
from knooppunt.agenda.tests.make import activity
from knooppunt.core.audit.trail import SYSTEM
from knooppunt.directory.models import Area, Place
from knooppunt.kit.weekly import in_season, weekly_equivalents

DAY = date(2026, 11, 22)


@pytest.fixture(autouse=True)
def _now(time_machine: Any) -> None:
    time_machine.move_to("2026-11-22T09:00:00+01:00", tick=False)


@pytest.mark.parametrize(
    ("rule", "weekly"),
    [
        ("FREQ=WEEKLY;BYDAY=TU", Fraction(1)),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", Fraction(5)),
        ("FREQ=WEEKLY", Fraction(1)),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", Fraction(1, 2)),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=WE,FR", Fraction(1)),
        ("FREQ=DAILY", Fraction(7)),
        ("FREQ=MONTHLY;BYDAY=2TU", Fraction(12, 52)),
        ("FREQ=MONTHLY;BYDAY=1SU,3SU", Fraction(24, 52)),
        ("FREQ=MONTHLY;BYMONTHDAY=15", Fraction(12, 52)),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15", Fraction(24, 52)),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", Fraction(12, 52)),
        ("FREQ=MONTHLY;INTERVAL=3;BYDAY=1MO", Fraction(4, 52)),
        ("FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=27", Fraction(1, 52)),
        ("FREQ=YEARLY", Fraction(1, 52)),
    ],
)
def test_a_rule_has_the_weight_of_the_definition(rule: str, weekly: Fraction) -> None:
    assert weekly_equivalents((rule,)) == weekly


def test_once_counts_nothing_and_loose_days_are_not_understood() -> None:
    assert weekly_equivalents(()) == 0
    assert weekly_equivalents((), has_loose_days=True) is None
    assert weekly_equivalents(("FREQ=HOURLY",)) is None


def test_something_for_the_summer_does_not_run_in_winter() -> None:
    rule = ("FREQ=WEEKLY;BYDAY=TU;BYMONTH=6,7,8",)
    assert in_season(rule, date(2026, 7, 1)) and not in_season(rule, DAY)


def of(slug: str, day: date = DAY) -> Count:
    return next(one for one in count(day) if one.area and one.area.slug == slug)


@pytest.fixture
def inventory(noord: Area) -> None:
    """Three a week by residents and one for pay."""
    for number in range(3):
        activity(f"Bewoners {number}", group="local", areas=[noord])
    activity("Betaald", group="paid", areas=[noord])


@pytest.mark.django_db
def test_the_share_is_the_part_of_the_weekly_equivalents(inventory: None) -> None:
    one = of("noord")
    assert (
        one.share("local") == Fraction(3, 4)
        and one.share("paid") == Fraction(1, 4)
        and one.total == 4
    )


@pytest.mark.django_db
def test_a_mixed_one_is_split_by_its_stated_share(noord: Area) -> None:
    activity("Samen", group="mixed", share=60, areas=[noord])
    one = of("noord")
    assert one.weekly["local"] == Fraction(6, 10) and one.weekly["paid"] == Fraction(4, 10)


@pytest.mark.django_db
def test_several_organisers_count_equally(noord: Area) -> None:
    one = activity("Samen", areas=[noord])
    activities.change(
        SYSTEM,
        one,
        {"organisers": [Organising(name="A", group="local"), Organising(name="B", group="formal")]},
    )
    assert of("noord").weekly["local"] == Fraction(1, 2) == of("noord").weekly["formal"]


@pytest.mark.django_db
def test_what_has_no_class_or_no_rule_stays_out_and_beside(inventory: None, noord: Area) -> None:
    activity("Onbekend", areas=[noord])
    activity("Los", "3, 10 en 17 maart 2027 van 10 tot 12", group="local", areas=[noord])
    one = of("noord")
    assert one.share("local") == Fraction(3, 4)
    assert {(row.name, why) for row, why in one.beside} == {("Onbekend", "no_class")}
    later = of("noord", date(2027, 3, 10))
    assert ("Los", "no_rule") in {(row.name, why) for row, why in later.beside}


@pytest.mark.django_db
def test_a_stop_in_the_holidays_does_not_lower_it(noord: Area) -> None:
    activity(
        "Club",
        "elke dinsdag van 15 tot 17, niet in de schoolvakantie",
        group="local",
        areas=[noord],
    )
    assert of("noord", date(2026, 12, 25)).total == 1


@pytest.mark.django_db
def test_only_what_runs_on_the_reference_day_counts(noord: Area) -> None:
    activity(
        "Voorbij", group="local", areas=[noord], since=date(2025, 1, 1), until=date(2026, 6, 30)
    )
    activity("Nieuw", group="paid", areas=[noord], since=date(2026, 9, 1))
    assert of("noord", date(2026, 6, 1)).share("local") == 1
    assert of("noord").share("paid") == 1
    assert of("noord", date(2024, 6, 1)).total == 0


@pytest.mark.django_db
def test_another_class_from_today_leaves_yesterday_as_it_was(noord: Area) -> None:
    one = activity("Eettafel", group="local", areas=[noord], listed_on=date(2026, 1, 1))
    activities.change(SYSTEM, one, {"organisers": [Organising(name="Iemand", group="paid")]})
    assert of("noord", date(2026, 11, 1)).share("local") == 1 and of("noord").share("paid") == 1


@pytest.mark.django_db
def test_two_wijken_count_it_each_and_the_whole_once(noord: Area, zuid: Area) -> None:
    activity("Samen", group="local", areas=[noord, zuid])
    counts = {one.area.slug if one.area else "": one.total for one in count(DAY)}
    assert counts["noord"] == counts["zuid"] == counts[""] == 1


@pytest.mark.django_db
def test_the_list_behind_a_bar_and_its_csv_hold_every_activity(
    inventory: None, stranger: Client
) -> None:
    page = stranger.get("/cijfers/aandeel/?wijk=noord&klasse=local").content.decode()
    assert "75%" in page and "Bewoners 2" in page and "Betaald</a>" not in page
    lines = stranger.get("/cijfers/aandeel.csv?wijk=noord").content.decode().splitlines()
    assert len(lines) == 5 and sum("Bewoners" in line for line in lines) == 3


@pytest.mark.django_db
def test_two_days_are_shown_beside_each_other(
    inventory: None, noord: Area, stranger: Client
) -> None:
    Activity.objects.filter(name="Betaald").update(since=date(2026, 9, 1))
    page = stranger.get(
        "/cijfers/aandeel/?op=2026-11-22&met=2026-06-01&wijk=noord"
    ).content.decode()
    assert "Toen en nu" in page and "100%" in page and "75%" in page


@pytest.mark.django_db
def test_the_command_tells_the_same(inventory: None, knooppunt: Any, capsys: Any) -> None:
    assert knooppunt("shares", "--on", "2026-11-22", "--json") == 0
    told = {one["area"]: one for one in json.loads(capsys.readouterr().out)}
    local = next(part for part in told["noord"]["classes"] if part["class"] == "local")
    assert (local["weekly_equivalents"], local["share"], local["items"]) == (3, 0.75, 3)


def test_a_whole_city_of_places_is_counted(gardening: Activity) -> None:
    # SQLite takes no statement that names a thousand places one by one.
    Place.objects.bulk_create(Place(name=f"Plek {n}", slug=f"plek-{n}") for n in range(1001))
    spots = Place.objects.filter(slug__startswith="plek-")
    Venue.objects.bulk_create(Venue(activity=gardening, place=place) for place in spots)
    assert [line.activity.pk for line in count(DAY)[0].lines] == [gardening.pk]
