"""A record on paper: the code and the facts come first, and only what everybody may read."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from knooppunt.directory.models import ContactPoint, Place
from knooppunt.people.models import User

pytestmark = pytest.mark.django_db


def test_the_code_and_the_number_to_call_stand_before_the_hours(
    garden_place: Place,
) -> None:
    for value, visibility in (("+31105550101", "public"), ("+31105550102", "keepers")):
        ContactPoint.objects.create(
            place=garden_place, type="phone", value=value, visibility=visibility
        )
    page = Client().get(f"/papier/plekken/{garden_place.slug}/").content.decode()
    assert 0 < page.index('class="qr"') < page.index("010 555 0101") < page.index("Afgedrukt op")
    assert "010 555 0102" not in page


def test_a_number_for_keepers_alone_is_never_printed(
    garden_place: Place, coordinator: User, as_user: Callable[[User], Client]
) -> None:
    ContactPoint.objects.create(
        place=garden_place, type="phone", value="+31105550102", visibility="keepers"
    )
    keeper = as_user(coordinator)
    page = keeper.get(f"/papier/plekken/{garden_place.slug}/").content.decode()
    assert "010 555 0102" not in page
