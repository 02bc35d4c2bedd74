"""A place knows its wijk from its point, and its door from its hours and exceptions."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from pathlib import Path

import pytest
from django.test import Client

from knooppunt.core.audit.trail import SYSTEM
from knooppunt.directory import hours
from knooppunt.directory.actions.areas import UnreadableAreas, import_areas
from knooppunt.directory.actions.details import add_exception, set_hours
from knooppunt.directory.actions.records import change
from knooppunt.directory.models import Area, Organisation, Place
from knooppunt.directory.tests import make

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 2)


def test_the_wijk_follows_the_point_and_a_felt_one_lies_beside_it(
    garden_place: Place, noord: Area, zuid: Area
) -> None:
    assert garden_place.area == noord
    change(SYSTEM, garden_place, {"latitude": 51.97})
    garden_place.refresh_from_db()
    assert garden_place.area == zuid
    assert [area.slug for area in garden_place.felt_areas.all()] == ["pleinbuurt"]
    assert list(Place.objects.in_areas({Area.objects.get(slug="pleinbuurt").pk})) == [garden_place]


def test_a_point_and_a_stated_wijk_that_differ_are_both_kept_and_flagged(
    zuid: Area, noord: Area
) -> None:
    place = make.place("Plek", longitude=4.05, latitude=52.05, areas=[zuid])
    assert place.has_area_conflict and place.area == noord and list(place.areas.all()) == [zuid]
    change(SYSTEM, place, {"areas": [noord]})
    place.refresh_from_db()
    assert not place.has_area_conflict


def test_the_door_is_open_within_its_hours_and_exceptions_go_first(garden_place: Place) -> None:
    set_hours(SYSTEM, garden_place, [(0, time(10), time(12), ""), (4, time(22), time(1), "")])
    add_exception(SYSTEM, garden_place, date(2026, 3, 9), date(2026, 3, 15), reason="vakantie")
    add_exception(
        SYSTEM, garden_place, date(2026, 3, 18), date(2026, 3, 18), time(14), time(16), "feest"
    )
    moments = {
        datetime(2026, 3, 2, 10, 0): True,
        datetime(2026, 3, 2, 12, 0): False,
        datetime(2026, 3, 3, 11, 0): False,
        datetime(2026, 3, 6, 23, 0): True,
        datetime(2026, 3, 7, 0, 30): True,
        datetime(2026, 3, 7, 1, 0): False,
        datetime(2026, 3, 9, 11, 0): False,
        datetime(2026, 3, 18, 15, 0): True,
    }
    for moment, is_open in moments.items():
        place = Place.objects.prefetch_related("hours", "exceptions").get()
        assert hours.is_open(place, moment) is is_open, moment
        assert Place.objects.open_at(moment).exists() is is_open, moment


def test_unknown_hours_are_unknown_and_not_closed(garden_place: Place) -> None:
    assert hours.is_open(garden_place, datetime(2026, 3, 2, 10)) is None
    assert hours.week(garden_place, MONDAY) == []


def test_the_filters_are_plain_links(
    garden: Organisation, garden_place: Place, stranger: Client
) -> None:
    change(SYSTEM, garden_place, {"has_wheelchair_access": True})
    change(SYSTEM, garden, {"languages": ["tr"]})
    for query, found in {
        "soort=groenplek": True,
        "soort=speeltuin": False,
        "wijk=noord": True,
        "wijk=zuid": False,
        "taal=tr": True,
        "taal=ar": False,
        "rolstoel=ja": True,
        "thema=armoede": False,
        "q=tuin": True,
        "q=túin": True,
        "q=xyz": False,
        "wijk=klein": True,
        "soort=groenplek&wijk=noord&taal=tr": True,
    }.items():
        for address in ("/plekken/", "/initiatieven/"):
            assert ("/de-tuin/" in stranger.get(f"{address}?{query}").content.decode()) is found, (
                f"{address}?{query}"
            )


def feature(code: str, name: str, people: int, west: float) -> dict[str, object]:
    ring = [[west, 52.0], [west + 0.1, 52.0], [west + 0.1, 52.1], [west, 52.1], [west, 52.0]]
    properties = {
        "buurtcode": code,
        "buurtnaam": name,
        "wijkcode": "WK000001",
        "gemeentecode": "GM0001",
        "gemeentenaam": "Klein",
        "aantalInwoners": people,
        "jaar": 2022,
    }
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def test_official_areas_are_taken_over_and_unpublished_numbers_never_added(
    tmp_path: Path, terms: None
) -> None:
    path = tmp_path / "areas.geojson"
    path.write_text(
        json.dumps(
            {
                "features": [
                    feature("BU1", "Noord", 100, 4.0),
                    feature("BU2", "Oost", -99999999, 4.2),
                ]
            }
        )
    )
    report = import_areas(SYSTEM, path)
    assert (report.updated, report.created, report.not_published) == (["Noord"], ["Oost"], ["Oost"])
    assert Area.objects.get(slug="noord").population == 100
    assert Area.objects.get(slug="oost").population is None
    assert report.totals == {"Klein WK000001": None}
    assert import_areas(SYSTEM, path).unchanged == ["Noord", "Oost"]
    assert "geen gegevens" in Client().get("/wijken/oost/").content.decode()


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"features": []}', '{"features": [{"properties": {}, "geometry": null}]}'],
)
def test_a_file_that_is_no_areas_changes_nothing(text: str, tmp_path: Path, terms: None) -> None:
    (tmp_path / "x").write_text(text)
    with pytest.raises(UnreadableAreas):
        import_areas(SYSTEM, tmp_path / "x")
    assert Area.objects.filter(code="").count() == Area.objects.count()
