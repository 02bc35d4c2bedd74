"""The example neighbourhood: load it, count it, walk the whole site through its links, and
switch modules off in turn.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from knooppunt.core.coalition import configuration
from knooppunt.core.registry import figure_registry, modules
from knooppunt.core.web import page_cache, tryout
from knooppunt.directory.actions.terms import sync_coalition
from knooppunt.directory.demo import load_example
from knooppunt.directory.models import Area, Kind, Membership, Organisation, Place
from knooppunt.kit import geo
from knooppunt.people.models import User

pytestmark = pytest.mark.django_db
DOORS = {
    "decisions": "/overleg/",
    "report": "/halfjaarbericht/",
}  # where a module without a door in the menu begins
LIST = settings.EXAMPLE_COALITION.parent / "organisations.csv"


@pytest.fixture
def example(settings: Any, db: None) -> None:
    settings.COALITION = configuration.load(settings.EXAMPLE_COALITION)
    sync_coalition()
    load_example()


def rows() -> list[dict[str, str]]:
    with LIST.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_every_row_becomes_an_organisation_and_a_place_where_it_is_one(example: None) -> None:
    assert sorted(Organisation.objects.values_list("name", flat=True)) == sorted(
        row["name"] for row in rows()
    )
    assert sorted(Place.objects.values_list("name", flat=True)) == sorted(
        row["name"] for row in rows() if row["is_place"] == "yes"
    )
    assert not Organisation.objects.filter(kind=None).exists()
    assert not Organisation.objects.filter(source="").exists()
    assert not Organisation.objects.filter(descriptions={}).exists()


def test_one_garden_is_in_two_networks_and_counts_once(example: None) -> None:
    garden = Organisation.objects.get(name="Spoortuin")
    assert sorted(row.network.name for row in garden.memberships.all()) == [
        "De Groene Connectie",
        "Huize Middelland",
    ]
    assert Membership.objects.filter(network__name="De Groene Connectie").count() == sum(
        "De Groene Connectie" in row["networks"] for row in rows()
    )


def test_the_eight_wijken_and_the_eight_kinds_are_there(example: None) -> None:
    assert Area.objects.doors().count() == 8
    assert Kind.objects.filter(is_base=True).count() == 8
    assert all(
        area.outline and area.population and area.population_source for area in Area.objects.doors()
    )
    assert sum(area.population for area in Area.objects.doors()) == 76_610


def test_no_wijk_lies_over_another(example: None) -> None:
    areas = list(Area.objects.doors())
    for area in areas:
        west, south, east, north = geo.box(area.outline)
        for step in range(200):
            point = (
                west + (east - west) * (step % 20 + 0.5) / 20,
                south + (north - south) * (step // 20 + 0.5) / 10,
            )
            assert sum(geo.contains(one.outline, point) for one in areas) <= 1


def test_the_ribbon_says_what_it_is_and_search_engines_stay_away(
    example: None, stranger: Client
) -> None:
    page = stranger.get("/").content.decode()
    assert "Voorbeeldgegevens uit openbare bronnen, niet het register van de coalitie." in page
    assert 'content="noindex, nofollow"' in page
    assert "Disallow: /\n" in stranger.get("/robots.txt").content.decode()


def links(page: str, address: str) -> Iterator[str]:
    for found in re.findall(r'(?:href|src|action)="([^"]+)"', page):
        target = urljoin(address, found.replace("&amp;", "&"))
        if target.startswith("/") and not target.startswith("/static/"):
            yield target


def walk(client: Client, start: str, most: int) -> dict[str, int]:
    """Follow links from a page; a list with other filters counts once."""
    todo, seen, shapes = [start], {}, set()
    while todo and len(seen) < most:
        address = todo.pop(0)
        shape = (
            re.sub(r"/klopt/.*", "/klopt/", urlsplit(address).path),
            tuple(sorted(re.findall(r"[?&](\w+)=", address))),
        )
        if shape in shapes:
            continue
        shapes.add(shape)
        answer = client.get(address, HTTP_HOST="127.0.0.1")
        seen[address] = answer.status_code
        if answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html"):
            todo += links(answer.content.decode(), address)
    return seen


@pytest.mark.parametrize("start", ["/", "/en/"])
def test_no_link_on_the_site_is_dead(start: str, example: None, stranger: Client) -> None:
    seen = walk(stranger, start, 600)
    assert len(seen) > 150
    assert {
        address: status for address, status in seen.items() if status not in (200, 301, 302, 405)
    } == {}


@pytest.mark.parametrize("role", ["coordinator", "weaver", "host"])
def test_no_link_is_dead_for_an_example_person(role: str, example: None, stranger: Client) -> None:
    person = User.objects.get(email=f"{role}@example.invalid")
    stranger.get("/", {"proef": tryout.secret()})
    stranger.post(f"/proberen/{person.pk}/", HTTP_HOST="127.0.0.1")
    seen = walk(stranger, "/beheer/", 150)
    assert {
        address: status
        for address, status in seen.items()
        if status not in (200, 301, 302, 403, 405)
    } == {}


@pytest.mark.parametrize(
    "name", [module.name for module in modules.every() if not module.is_essential]
)
def test_a_module_can_be_switched_off(
    name: str, example: None, stranger: Client, settings: Any
) -> None:
    module = next(one for one in modules.every() if one.name == name)
    address = (
        reverse(module.nav[0].url_name)
        if module.nav
        else f"/{module.path}"
        if module.path
        else DOORS[name]
    )
    assert stranger.get(address).status_code == 200
    settings.COALITION = configuration.Coalition(
        **{**vars(settings.COALITION), "switched_off": frozenset({name})}
    )
    # A coalition file is read at the start of a process, which remembers no page yet.
    page_cache.forget()
    assert stranger.get(address).status_code == 404
    assert f'href="{address}"' not in stranger.get("/").content.decode()
    assert set(walk(stranger, "/", 120).values()) <= {200, 301, 302}


def test_the_columns_that_a_figure_reads_are_all_that_its_list_needs(
    example: None, django_assert_num_queries: Any
) -> None:
    day, tried = timezone.localdate(), 0
    for figure in figure_registry.published_figures():
        if figure.reads:
            rows = list(figure.counted(day, None).only(*figure.reads))
            with django_assert_num_queries(0):
                tried += len([figure.item(row) for row in rows])
    assert tried > 250
