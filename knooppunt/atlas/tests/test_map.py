"""The map shows what the search finds, is complete without a script, and stays light among many."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import numpy
import pytest
from django.test import Client

from knooppunt.core.coalition.configuration import Surrounding
from knooppunt.core.web import page_cache
from knooppunt.directory.models import Area, Kind, Organisation, Place
from knooppunt.directory.tests import make
from knooppunt.find import indexing
from knooppunt.kit.frames import Frame

pytestmark = pytest.mark.django_db


@pytest.fixture
def mapped(noord: Area, zuid: Area) -> None:
    """Four kitchens close together in Noord, one garden in Zuid, and an initiative of which
    only the wijk is known.
    """
    for number in range(4):
        host = make.organisation(f"Keuken {number}", descriptions={"nl": "Samen koken en eten."})
        make.place(f"Keuken {number}", host=host, longitude=4.05 + number / 5_000, latitude=52.05)
    garden = make.organisation("De Tuin", kind="groenplek")
    make.place("De Tuin", host=garden, longitude=4.02, latitude=51.95)
    make.organisation("Ergens in Zuid", areas=[zuid])
    indexing.rebuild()


def test_the_picture_has_wijken_heaps_and_things_as_links(mapped: None, stranger: Client) -> None:
    page = " ".join(stranger.get("/kaart/").content.decode().split())
    assert 'aria-label="Noord"' in page and 'aria-label="Zuid: 1 zonder precieze plek"' in page
    assert (
        'aria-label="4 bij elkaar, kom dichterbij"' in page
        and 'href="/initiatieven/de-tuin/" class="thing is-organisation"' in page
    )
    closer = re.search(r'href="(\?gebied=[^"]+)" class="heap"', page)
    assert closer
    page = stranger.get("/kaart/" + closer[1]).content.decode()
    assert page.count('class="thing') == 4 and "4 in dit stuk van de kaart" in page
    assert "De Tuin" not in page


def test_each_mark_has_the_icon_of_its_kind_and_the_legend_says_which(
    mapped: None, stranger: Client
) -> None:
    icon = Kind.objects.get(slug="groenplek").icon
    page = stranger.get("/kaart/").content.decode()
    assert f'data-mark="{icon}"' in page and 'transform="translate(' in page
    legend = page[page.index('class="legend"') :]
    assert str(Kind.objects.get(slug="groenplek")) in legend[: legend.index("</ul>")]
    square = stranger.get("/kaart/vak/0/0/0.json", {"wijk": "zuid"}).json()
    assert [thing[6] for thing in square["things"]] == [icon]


def test_the_map_follows_words_and_filters(mapped: None, stranger: Client) -> None:
    page = stranger.get("/kaart/", {"q": "samen eten"}).content.decode()
    assert "4 bij elkaar" in page and "De Tuin" not in page
    page = stranger.get("/kaart/", {"wijk": "zuid"}).content.decode()
    assert "De Tuin" in page and "4 bij elkaar" not in page


def test_the_search_leads_to_the_map_with_the_same_question(mapped: None, stranger: Client) -> None:
    assert 'href="/kaart/?q=tuin"' in stranger.get("/vind/", {"q": "tuin"}).content.decode()


def squares(zoom: int, box: tuple[float, float, float, float]) -> list[tuple[int, int]]:
    def at(lon: float, lat: float) -> tuple[int, int]:
        across, down = (
            (lon + 180) / 360,
            (1 - numpy.arcsinh(numpy.tan(numpy.radians(lat))) / numpy.pi) / 2,
        )
        return int(across * 2**zoom), int(down * 2**zoom)

    (left, bottom), (right, top) = at(box[0], box[1]), at(box[2], box[3])
    return [(x, y) for x in range(left, right + 1) for y in range(top, bottom + 1)]


@pytest.mark.parametrize("zoom", [8, 12, 15, 19])
def test_every_thing_is_in_one_square_at_every_depth(
    mapped: None, stranger: Client, zoom: int
) -> None:
    seen = 0
    for x, y in (
        squares(zoom, (4.0199, 51.9499, 4.0507, 52.0501))
        if zoom < 16
        else squares(zoom, (4.0499, 52.0499, 4.0507, 52.0501))
    ):
        found = stranger.get(f"/kaart/vak/{zoom}/{x}/{y}.json").json()
        seen += len(found["things"]) + sum(number for _lon, _lat, number in found["heaps"])
    assert seen == (5 if zoom < 16 else 4)


def test_squares_that_do_not_exist_are_404_and_odd_boxes_are_ignored(
    mapped: None, stranger: Client
) -> None:
    assert stranger.get("/kaart/vak/2/9/0.json").status_code == 404
    assert stranger.get("/kaart/vak/99/0/0.json").status_code == 404
    for box in (
        "x",
        "1,2,3",
        "9,9,1,1",
        "nan,nan,nan,nan",
        "1e400,0,2,2",
        "-500,0,500,1",
        "a" * 5000,
    ):
        assert stranger.get("/kaart/", {"gebied": box}).status_code == 200


def test_without_outlines_and_points_there_is_a_list(db: None, stranger: Client) -> None:
    make.organisation("Ergens")
    indexing.rebuild()
    page = stranger.get("/kaart/").content.decode()
    assert "<svg" in page and "Ergens" in page and 'id="kaart"' not in page


def test_the_ground_tells_how_many_are_somewhere_in_a_wijk(mapped: None, stranger: Client) -> None:
    found = {
        one["properties"]["slug"]: one["properties"]["loose"]
        for one in stranger.get("/kaart/wijken.json").json()["features"]
    }
    assert found == {"noord": 0, "zuid": 1}


def test_no_third_party_is_asked_unless_an_address_is_set(
    mapped: None, stranger: Client, settings: Any
) -> None:
    answer = stranger.get("/kaart/")
    assert "http" not in answer.headers["Content-Security-Policy"]
    assert re.findall(r'(?:src|href)="https?://', answer.content.decode()) == []
    settings.MAP_TILES = "https://tegels.example/{z}/{x}/{y}.png"
    page_cache.forget()
    policy = stranger.get("/kaart/").headers["Content-Security-Policy"]
    assert (
        "img-src 'self' https://tegels.example data:" in policy
        and "tegels" not in stranger.get("/vind/").headers["Content-Security-Policy"]
    )


def test_a_picture_keeps_the_shape_of_the_neighbourhood() -> None:
    frame = Frame((4.0, 51.9, 4.1, 52.1))
    assert frame.at((4.0, 52.1)) == (0.0, 0.0)
    assert frame.at((4.1, 51.9))[0] == 1000.0
    assert frame.height == pytest.approx(1000 * 0.2 / (0.1 * 0.6157), rel=0.01)


def test_places_and_hosts_are_at_the_same_spot_once(mapped: None, stranger: Client) -> None:
    assert Organisation.objects.count() == 6 and Place.objects.count() == 5
    assert "6 gevonden" in stranger.get("/kaart/").content.decode()


def test_the_list_keeps_what_is_known_only_by_its_wijk(mapped: None, stranger: Client) -> None:
    page = stranger.get("/kaart/", {"gebied": "3.9,51.8,4.2,52.2"}).content.decode()
    assert "6 in dit stuk van de kaart" in page and "Ergens in Zuid" in page
    page = stranger.get("/kaart/", {"gebied": "4.0,52.01,4.1,52.1"}).content.decode()
    assert "Ergens in Zuid" not in page and "4 in dit stuk" in page


def test_the_city_around_is_pale_named_and_no_link(
    noord: Area, stranger: Client, settings: Any
) -> None:
    outline = {
        "type": "Polygon",
        "coordinates": [[[4.02, 52.05], [4.08, 52.05], [4.08, 52.11], [4.02, 52.05]]],
    }
    far = {"type": "Polygon", "coordinates": [[[9.0, 50.0], [9.1, 50.0], [9.1, 50.1], [9.0, 50.0]]]}
    settings.COALITION = replace(
        settings.COALITION,
        surroundings=(Surrounding("Ernaast", outline), Surrounding("Ver weg", far)),
        outlines_source="Een bureau, CC BY 4.0",
    )
    page = stranger.get("/kaart/").content.decode()
    around = page.split('<g class="around"')[1].split("</g>")[0]
    assert around.count("<path") == 1 and "<a" not in around
    assert "Ver weg" not in page and "Een bureau, CC BY 4.0" in page
    names = [pale["name"] for pale in stranger.get("/kaart/wijken.json").json()["around"]]
    assert names == ["Ernaast", "Ver weg"]
