"""The example neighbourhood: load it, count it, walk the whole site through its links, and
switch modules off in turn.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter
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
FOLDER = settings.EXAMPLE_COALITION.parent


@pytest.fixture
def example(settings: Any, db: None) -> None:
    settings.COALITION = configuration.load(settings.EXAMPLE_COALITION)
    sync_coalition()
    load_example()


def rows(name: str = "organisations.csv") -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_every_row_becomes_an_organisation_and_a_place_where_it_is_one(example: None) -> None:
    real = Organisation.objects.filter(is_example=False).values_list("name", flat=True)
    assert sorted(real) == sorted(row["name"] for row in rows())
    real = Place.objects.filter(is_example=False).values_list("name", flat=True)
    assert sorted(real) == sorted(row["name"] for row in rows() if row["is_place"] == "yes")
    assert not Organisation.objects.filter(kind=None).exists()
    assert not Organisation.objects.filter(source="").exists()
    assert not Organisation.objects.filter(descriptions={}).exists()


def test_the_invented_places_are_marked_whole_and_one_of_each_kind(example: None) -> None:
    invented = Organisation.objects.filter(is_example=True)
    assert sorted(row.name for row in invented) == sorted(
        row["name"] for row in rows("showcase.csv")
    )
    places = Place.objects.filter(is_example=True)
    kinds = set(places.values_list("roles__organisation__kind__slug", flat=True))
    assert kinds == set(Kind.objects.filter(is_base=True).values_list("slug", flat=True))
    for place in places:
        host = place.roles.get().organisation
        known = [place.point, place.area, place.street, host.languages, place.confirmed_on]
        facilities = (place.has_wheelchair_access, place.has_toilet, place.has_kitchen)
        assert all(known) and None not in facilities and place.hours.exists(), place
        assert set(place.contact_points.public().values_list("type", flat=True)) == {
            "phone",
            "person",
        }
        assert host.memberships.exists() and host.volunteer_statements.exists(), place


def test_each_invented_place_has_something_to_do_and_to_ask_and_every_day_has_something() -> None:
    names = {row["name"] for row in rows("showcase.csv") if row["kind"] != "netwerk"}
    done = rows("activities.csv")
    assert names <= {row["plek"] for row in done}
    for side in ("need", "offer"):
        asked = [row for row in rows("notices.csv") if row["side"] == side]
        assert names <= {row["organisation"] for row in asked}
    told = tomllib.loads((FOLDER / "report.toml").read_text(encoding="utf-8"))["stories"]
    assert Counter(story["organisation"] for story in told) == dict.fromkeys(names, 3)
    words = " ".join(row["wanneer"] for row in done)
    days = "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag".split()
    assert all(f"elke {day}" in words for day in days)


def test_no_title_of_the_example_says_that_it_is_invented() -> None:
    titles = [row["naam"] for row in rows("activities.csv")]
    titles += [row["title"] for row in rows("notices.csv")]
    for name in ("voice.toml", "decisions.toml", "report.toml"):
        for kind in tomllib.loads((FOLDER / name).read_text(encoding="utf-8")).values():
            titles += [str(row.get("title", row.get("name", ""))) for row in kind]
    assert [title for title in titles if "verzonnen" in title.lower()] == []


def test_what_is_in_the_morning_is_in_the_morning() -> None:
    for row in rows("activities.csv"):
        begins = re.search(r"van (\d+)", row["wanneer"])
        hour = int(begins[1]) if begins else None
        if hour is None:
            continue
        name = row["naam"].lower()
        assert "ochtend" not in name or hour < 12, row
        assert "middag" not in name or 12 <= hour < 18, row
        assert "avond" not in name or hour >= 18, row


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
