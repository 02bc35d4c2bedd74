"""Whether a door is open, until when, and what the page and the card of a place say about it."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

import pytest
from django.test import Client

from knooppunt.directory import hours
from knooppunt.directory.models import Area, OpeningException, OpeningHours, Place
from knooppunt.directory.tests import make


@pytest.fixture
def place(noord: Area, time_machine: Any) -> Place:
    """A place that is open on Mondays from 10 to 17 and on Tuesday nights from 20 to 2."""
    time_machine.move_to("2026-03-01T12:00:00+01:00", tick=False)
    place = make.place("De Theepot", host=make.organisation("De Theepot", kind="buurthuiskamer"))
    for weekday, opens, closes in ((0, time(10), time(17)), (1, time(20), time(2))):
        OpeningHours.objects.create(place=place, weekday=weekday, opens=opens, closes=closes)
    return place


@pytest.mark.parametrize(
    ("moment", "words", "next_words"),
    [
        ("2026-03-02T12:00", "Nu open, tot 17.00 uur", ""),
        ("2026-03-02T09:00", "Nu dicht", "Vandaag open om 10.00 uur"),
        ("2026-03-02T17:00", "Nu dicht", "Morgen open om 20.00 uur"),
        ("2026-03-04T01:30", "Nu open, tot 02.00 uur", ""),
        ("2026-03-05T12:00", "Nu dicht", "Open op maandag om 10.00 uur"),
    ],
)
def test_a_door_says_until_when_or_when_again(
    place: Place, moment: str, words: str, next_words: str
) -> None:
    at_door = hours.door(place, datetime.fromisoformat(moment))
    assert at_door is not None
    assert at_door.words == words
    assert at_door.next_words(datetime.fromisoformat(moment).date()) == next_words


def test_a_door_that_is_always_open_has_no_end(place: Place) -> None:
    place.hours.all().delete()
    for weekday in range(7):
        OpeningHours.objects.create(place=place, weekday=weekday, opens=time(0), closes=time(0))
    at_door = hours.door(place, datetime(2026, 3, 2, 12))
    assert at_door == hours.Door(True)
    assert at_door is not None and at_door.words == "Nu open"


def test_stretches_that_meet_are_one(place: Place) -> None:
    OpeningHours.objects.create(place=place, weekday=0, opens=time(17), closes=time(21))
    at_door = hours.door(place, datetime(2026, 3, 2, 12))
    assert at_door == hours.Door(True, until=datetime(2026, 3, 2, 21))


def test_a_closed_holiday_moves_the_next_opening(place: Place) -> None:
    OpeningException.objects.create(place=place, since=date(2026, 3, 2), until=date(2026, 3, 3))
    at_door = hours.door(place, datetime(2026, 3, 2, 12))
    assert at_door == hours.Door(False, opens=datetime(2026, 3, 9, 10))


def test_without_hours_a_door_says_nothing(db: None) -> None:
    assert hours.door(make.place("Zonder tijden"), datetime(2026, 3, 2, 12)) is None


def test_bars_stand_on_one_scale_also_after_midnight(place: Place) -> None:
    bars = hours.bars(hours.week(place, date(2026, 3, 2)))
    assert [bar.words for bar in bars[:3]] == ["10–17", "20–2", "dicht"]
    assert bars[0].parts == ((11.1, 38.9),)
    assert bars[1].parts == ((66.7, 33.3),)


def test_the_page_shows_the_scene_the_door_and_the_week(
    place: Place, stranger: Client, time_machine: Any
) -> None:
    time_machine.move_to("2026-03-02T12:00:00+01:00", tick=False)
    page = stranger.get(place.get_absolute_url()).content.decode()
    assert 'class="page-cover set in-living-room"' in page
    assert '<g id="pic-living-room"' in page
    assert "Nu open, tot 17.00 uur" in page and "Ja. Als de deur open is" in page
    assert "10–17" in page


def test_what_nobody_knows_is_one_line_that_leads_to_telling_it(db: None, stranger: Client) -> None:
    bare = make.place("Kaal")
    page = stranger.get(bare.get_absolute_url()).content.decode()
    assert "Wanneer is de deur open?" in page and f"/plekken/{bare.slug}/" in page
    assert "Mag ik zomaar komen?" not in page and "niet bekend" not in page.lower()


def test_the_card_of_a_place_says_whether_it_is_open(
    place: Place, stranger: Client, time_machine: Any
) -> None:
    time_machine.move_to("2026-03-02T12:00:00+01:00", tick=False)
    page = stranger.get("/plekken/").content.decode()
    assert "Nu open, tot 17.00 uur" in page and 'href="#pic-living-room"' in page
    time_machine.move_to("2026-03-02T18:00:00+01:00", tick=False)
    assert "Nu dicht" in stranger.get("/plekken/").content.decode()
