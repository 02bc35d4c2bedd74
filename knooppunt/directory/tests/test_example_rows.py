"""What the example invented is marked when it is made, shown with a badge, and told apart in
figures and exports; on a real site nothing of it is there.
"""

from __future__ import annotations

import json

import pytest
from django.test import Client
from django.utils import timezone

from knooppunt.core.database.example_rows import inventing, is_inventing
from knooppunt.core.models import SiteFact
from knooppunt.core.registry import figure_registry
from knooppunt.core.web import page_cache
from knooppunt.directory.models import Organisation
from knooppunt.directory.tests import make

pytestmark = pytest.mark.django_db
BADGE = '<span class="badge">voorbeeld</span>'


@pytest.fixture
def invented(db: None) -> Organisation:
    """An invented garden beside a real kitchen, on a site that shows an example."""
    make.organisation("Echte keuken")
    with inventing():
        garden = make.organisation("Tuin van Morgen")
    SiteFact.objects.create(key="example", value=timezone.localdate().isoformat())
    page_cache.forget()
    return garden


def test_only_what_is_made_while_inventing_is_marked() -> None:
    with inventing():
        garden = make.organisation("Tuin van Morgen")
        with inventing(False):
            kitchen = make.organisation("Echte keuken")
    assert not is_inventing()
    later = make.organisation("Latere werkplaats")
    marks = [Organisation.objects.get(pk=row.pk).is_example for row in (garden, kitchen, later)]
    assert marks == [True, False, False]


def test_the_page_and_the_card_carry_a_badge_and_the_name_does_not(
    invented: Organisation, stranger: Client
) -> None:
    for address in (invented.get_absolute_url(), "/initiatieven/"):
        page = stranger.get(address).content.decode()
        assert page.count(BADGE) == 2, address  # in the ribbon, and beside the name
    assert invented.name == "Tuin van Morgen"


def test_a_figure_says_how_much_of_it_the_example_invented(
    invented: Organisation, stranger: Client
) -> None:
    figure = figure_registry.get_figure("initiatives", timezone.localdate())
    assert figure is not None
    day = timezone.localdate()
    assert (figure.value(day), figure.example_value(day)) == (2, 1)
    for address in ("/cijfers/", "/cijfers/initiatives/"):
        page = " ".join(stranger.get(address).content.decode().split())
        assert "waarvan 1 verzonnen voorbeeld" in page, address


def test_lists_and_open_data_have_a_column_for_it(invented: Organisation, stranger: Client) -> None:
    rows = stranger.get("/cijfers/initiatives.csv").content.decode().splitlines()
    assert rows[0].endswith(",is_example")
    assert [row.rpartition(",")[2] for row in rows[1:]] == ["nee", "ja"]
    answer = b"".join(stranger.get("/open/register.json")).decode()
    marks = {
        row["name"]: row["is_example"] for row in json.loads(answer)["tables"]["organisations"]
    }
    assert marks == {"Echte keuken": False, "Tuin van Morgen": True}


def test_a_real_site_says_nothing_of_an_example(stranger: Client) -> None:
    kitchen = make.organisation("Echte keuken")
    for address in (kitchen.get_absolute_url(), "/initiatieven/", "/cijfers/", "/"):
        assert "voorbeeld" not in stranger.get(address).content.decode(), address


def test_every_figure_can_tell_what_the_example_invented() -> None:
    day = timezone.localdate()
    parts = {f.key: f.example_value(day) for f in figure_registry.published_figures()}
    assert set(parts.values()) == {0}
