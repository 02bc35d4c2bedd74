"""A second coalition is set up from a file, without a line of code."""

from __future__ import annotations

import pytest
from django.test import Client

from knooppunt.directory.models import Area, Kind

pytestmark = pytest.mark.django_db


def test_its_name_areas_and_kinds_come_from_the_file(terms: None, stranger: Client) -> None:
    page = stranger.get("/").content.decode()
    assert "Knooppunt Klein" in page and "Noord" in page and "Delfshaven" not in page
    assert Area.objects.get(slug="noord").parent.slug == "klein"
    assert Kind.objects.filter(is_base=True).count() == 8
    assert Kind.objects.get(slug="moestuinbond").role == "network"


def test_its_colours_are_served(stranger: Client) -> None:
    assert "--primary:#7A2E6E" in stranger.get("/kleuren.css").content.decode()
