"""Tests for records made and written in bulk: they must be as those that are made and saved one
by one.
"""

from __future__ import annotations

import pytest

from knooppunt.core.database import bulk
from knooppunt.directory.models import Area, Place

pytestmark = pytest.mark.django_db


def test_a_record_made_in_bulk_is_as_one_that_is_called() -> None:
    made, called = (
        bulk.blank(Place)({"name": "Huis", "street": "Straat 1"}),
        Place(name="Huis", street="Straat 1"),
    )
    assert {**made.__dict__, "_state": 0} == {**called.__dict__, "_state": 0}
    assert made._state.adding and made.pk is None


def test_two_records_made_in_bulk_share_no_list() -> None:
    make = bulk.blank(Place)
    first, second = make({}), make({})
    first.languages.append("nl")
    first.kept["x"] = "y"
    assert second.languages == [] and second.kept == {}


def test_a_relation_is_set_with_its_number() -> None:
    area = Area.objects.create(slug="oost", name="Oost", level="wijk")
    place = bulk.blank(Place)({"area": area})
    assert place.area_id == area.pk and place.area is area


def test_what_is_written_in_bulk_is_read_back_the_same() -> None:
    place = bulk.blank(Place)(
        {
            "name": "Huis",
            "slug": "huis",
            "kept": {"a": "ü"},
            "languages": ["nl"],
            "longitude": 4.5,
            "latitude": 51.9,
        }
    )
    bulk.create([place])
    back = Place.objects.get(slug="huis")
    for field in (
        "name",
        "kept",
        "languages",
        "longitude",
        "latitude",
        "listed_on",
        "since",
        "has_wheelchair_access",
        "state",
    ):
        assert getattr(back, field) == getattr(place, field), field
