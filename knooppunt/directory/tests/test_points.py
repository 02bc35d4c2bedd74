"""A place gets the point of its address when the coalition set an address service, and nobody
is asked without one.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from knooppunt.core.audit.trail import SYSTEM
from knooppunt.directory.actions import points
from knooppunt.directory.actions.records import change
from knooppunt.directory.models import Area, Organisation, Place
from knooppunt.directory.tests import make
from knooppunt.kit import geocoding
from knooppunt.people.models import User

pytestmark = pytest.mark.django_db
FOUND = json.dumps(
    {
        "response": {
            "docs": [
                {
                    "type": "adres",
                    "weergavenaam": "Tuinstraat 1, 9999ZZ Elders",
                    "postcode": "9999ZZ",
                    "centroide_ll": "POINT(6.5 53.2)",
                },
                {
                    "type": "adres",
                    "weergavenaam": "Tuinstraat 1, 3000AA Klein",
                    "postcode": "3000AA",
                    "centroide_ll": "POINT(4.05 52.05)",
                },
            ]
        }
    }
).encode()


@pytest.fixture
def shed(noord: Area, garden: Organisation, settings: Any) -> Place:
    settings.GEOCODER = "https://adressen.example/free"
    return make.place("Schuur", host=garden, street="Tuinstraat 1", postcode="3000 AA")


def test_the_point_is_that_of_the_address_with_this_postcode_and_gives_the_wijk(
    shed: Place, noord: Area
) -> None:
    asked: list[str] = []
    spot = points.find_point(SYSTEM, shed, lambda url: asked.append(url) or FOUND)  # type: ignore[func-returns-value]
    shed.refresh_from_db()
    assert (
        spot and spot.label.endswith("Klein") and shed.point == (4.05, 52.05) and shed.area == noord
    )
    points.find_point(SYSTEM, shed, lambda url: asked.append(url) or FOUND)  # type: ignore[func-returns-value]
    assert len(asked) == 1


def test_an_address_in_another_town_is_not_taken(shed: Place) -> None:
    change(SYSTEM, shed, {"postcode": "1234 AB"})
    assert points.find_point(SYSTEM, shed, lambda url: FOUND) is None
    shed.refresh_from_db()
    assert shed.point is None


def test_the_button_is_there_with_a_service_and_says_what_happened(
    shed: Place,
    host: User,
    as_user: Callable[[User], Client],
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    client, page = as_user(host), f"/beheer/plekken/{shed.slug}/"
    assert "Zoek het punt" in client.get(page).content.decode()

    def silent(actor: Any, place: Place) -> None:
        raise geocoding.NoAnswer("time_limit")

    monkeypatch.setattr(points, "find_point", silent)
    assert "antwoordt nu niet" in client.post(f"{page}punt/", follow=True).content.decode()
    settings.GEOCODER = ""
    assert "Zoek het punt" not in client.get(page).content.decode()
    assert client.post(f"{page}punt/").status_code == 404
