"""Stories on the page of the place and the organisation that they are about."""

from __future__ import annotations

import pytest
from django.test import Client

from knooppunt.directory.models import Organisation, Place
from knooppunt.directory.tests import make as register
from knooppunt.report.tests import make

pytestmark = pytest.mark.django_db


def test_a_story_stands_with_who_it_is_about_and_where_that_is(
    garden: Organisation, garden_place: Place, stranger: Client
) -> None:
    other = register.organisation("Atelier Om De Hoek")
    make.story("We plukten samen de eerste pruimen.", organisation=garden)
    make.story("Nog niet gelezen.", is_taken=False, organisation=garden)
    for record in (garden, garden_place):
        page = stranger.get(record.get_absolute_url()).content.decode()
        assert "We plukten samen de eerste pruimen." in page
        assert "Nog niet gelezen." not in page
    assert "pruimen" not in stranger.get(other.get_absolute_url()).content.decode()
    assert '<figure><svg class="pic"' in stranger.get("/").content.decode()
