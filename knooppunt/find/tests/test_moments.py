"""Words of time say which days are meant, in every language of the questions, and an answer
keeps to them.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from knooppunt.agenda.tests import make as make_agenda
from knooppunt.directory.tests import make
from knooppunt.find import indexing
from knooppunt.find.searching import search
from knooppunt.kit.language.moments import moment_in

pytestmark = pytest.mark.django_db
# A Thursday.
TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("text", "name", "days"),
    [
        ("eten vandaag", "today", [26]),
        ("Food today?", "today", [26]),
        ("bugün yemek", "today", [26]),
        ("أكل اليوم", "today", [26]),
        ("makla lyoum", "today", [26]),
        ("comida hoy", "today", [26]),
        ("comer hoje", "today", [26]),
        ("jedzenie dziś", "today", [26]),
        ("kuminda awe", "today", [26]),
        ("yoga morgen", "tomorrow", [27]),
        ("yoga amanhã", "tomorrow", [27]),
        ("jutro", "tomorrow", [27]),
        ("yoga overmorgen", "day-after-tomorrow", [28]),
        ("yoga vanavond", "tonight", [26]),
        ("kuminda awe nochi", "tonight", [26]),
        ("dit weekend", "weekend", [28, 29]),
        ("hafta sonu", "weekend", [28, 29]),
        ("deze week", "this-week", [26, 27, 28, 29]),
        ("día pasado mañana", "day-after-tomorrow", [28]),
    ],
)
def test_a_word_of_time_names_days(text: str, name: str, days: list[int]) -> None:
    moment = moment_in(text, TODAY)
    assert moment is not None and moment.name == name
    assert [day.day for day in moment.days] == days


def test_next_week_begins_on_monday_and_no_time_is_no_moment() -> None:
    moment = moment_in("volgende week koken", TODAY)
    assert moment is not None and moment.days[0] == date(2026, 11, 30) and len(moment.days) == 7
    assert moment_in("koken met buren", TODAY) is None
    assert moment_in("weekend", date(2026, 11, 29)).days == (date(2026, 11, 29),)  # type: ignore[union-attr]


def titles(question: str) -> list[str]:
    return [found.document.title for found in search(question).found]


@pytest.fixture
def agenda(terms: None, time_machine: Any) -> None:
    time_machine.move_to("2026-11-26 10:00+01:00", tick=False)
    for name, when in (
        ("Yoga in de zaal", "2 december 2026 van 10 tot 12"),
        ("Samen koken", "26 november 2026 van 17 tot 19"),
        ("Soep koken", "27 november 2026 van 12 tot 14"),
    ):
        make_agenda.activity(name, when)
    indexing.rebuild()


def test_only_what_takes_place_then_is_shown(agenda: None) -> None:
    assert titles("koken vandaag") == ["Samen koken"]
    assert titles("koken morgen") == ["Soep koken"]
    assert set(titles("koken")) == {"Samen koken", "Soep koken"}


def test_a_part_of_the_day_counts(agenda: None) -> None:
    assert titles("koken vanavond") == ["Samen koken"]
    assert search("koken vanochtend").nearest == date(2026, 11, 27)


def test_a_word_of_time_alone_shows_everything_on_those_days(agenda: None) -> None:
    assert titles("wat is er te doen vandaag") == ["Samen koken"]


def test_without_anything_today_the_first_day_is_named(agenda: None, client: Client) -> None:
    page = client.get("/vind/", {"q": "yoga vandaag"}).content.decode()
    assert "Vandaag niets; eerst woensdag" in page and "Yoga in de zaal" in page


def test_the_moment_is_a_chip_that_comes_off(agenda: None, client: Client) -> None:
    page = client.get("/vind/", {"q": "koken vandaag"}).content.decode()
    assert "vandaag <span aria-hidden" in page and "zonder=dag" in page
    page = client.get("/vind/", {"q": "koken vandaag", "zonder": "dag"}).content.decode()
    assert "Soep koken" in page


def test_a_door_is_open_on_its_weekdays(terms: None, time_machine: Any) -> None:
    time_machine.move_to("2026-11-26 10:00+01:00", tick=False)
    for name, weekday in (("Koffiehuis Donker", 3), ("Koffiehuis Licht", 4)):
        make.place(name).hours.create(weekday=weekday, opens="09:00", closes="17:00")
    indexing.rebuild()
    answer = search("koffiehuis vandaag")
    assert [found.document.title for found in answer.found if found.fits] == ["Koffiehuis Donker"]
