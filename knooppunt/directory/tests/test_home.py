"""The front door: what it says and leads to, with a register and without."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from knooppunt.core.coalition.configuration import BadCoalition, load
from knooppunt.core.web import page_cache
from knooppunt.directory.models import Area, Organisation
from knooppunt.directory.tests import make
from knooppunt.directory.views.home import _small_map

pytestmark = pytest.mark.django_db


def main_of(client: Client, address: str = "/") -> str:
    return client.get(address).content.decode().split("<main")[1].split("</main>")[0]


def test_it_says_who_we_are_and_shows_what_people_come_for(
    garden: Organisation, stranger: Client
) -> None:
    page = main_of(stranger)
    assert "<h1>Loop maar binnen</h1>" in page and "Wie doet wat in Klein" in page
    assert page.count('href="/vind/?q=') == 6
    assert '/vind/?q=hulp%20met%20geld%20en%20brieven"' in page
    assert "Just walk in" in main_of(stranger, "/en/")


def test_a_coalition_changes_a_tile_and_adds_one(tmp_path: Path, stranger: Client) -> None:
    path = tmp_path / "coalition.toml"
    path.write_text(
        'name = "Wij"\n[[needs]]\nslug = "eten"\nname = "Koken"\n'
        '[[needs]]\nslug = "dieren"\nname = {nl = "Dieren", en = "Animals"}\nquestion = "hond"\n'
    )
    tiles = {tile.slug: tile for tile in load(path).needs}
    assert len(tiles) == 7
    assert tiles["eten"].name == {"nl": "Koken"} and tiles["eten"].picture == "need-eten"
    assert tiles["dieren"].question == {"nl": "hond"} and tiles["dieren"].picture == "street"


@pytest.mark.parametrize("picture", ["unicorn", "../pictures/garden", ""])
def test_a_tile_with_a_picture_that_is_not_drawn_is_refused(tmp_path: Path, picture: str) -> None:
    path = tmp_path / "coalition.toml"
    path.write_text(
        f'name = "Wij"\n[[needs]]\nslug = "eten"\nname = "Koken"\npicture = "{picture}"\n'
    )
    with pytest.raises(BadCoalition, match="needs number 1 has picture"):
        load(path)


def test_without_a_search_the_box_and_the_tiles_lead_to_the_list(
    garden: Organisation, stranger: Client, settings: Any
) -> None:
    settings.COALITION = replace(settings.COALITION, switched_off=frozenset({"find"}))
    page_cache.forget()
    page = main_of(stranger)
    assert 'action="/initiatieven/"' in page and page.count('href="/initiatieven/?q=') == 6
    assert "yemek" not in page


def test_an_empty_site_says_how_to_begin_and_counts_nothing(terms: None, stranger: Client) -> None:
    page = main_of(stranger)
    assert "Hier begint het" in page and 'class="slab' not in page
    assert 'href="/agenda/voorstel/"' in page


def test_three_figures_lead_to_their_lists(garden: Organisation, stranger: Client) -> None:
    make.network("De Groene Ring", [garden])
    slab = main_of(stranger).split('class="slab')[1]
    assert slab.count("<strong>") == 3 and 'href="/cijfers/networks/"' in slab
    assert "Hier begint het" not in main_of(stranger)


def test_the_small_map_is_drawn_from_two_wijken_and_is_light() -> None:
    def square(west: float) -> dict[str, Any]:
        ring = [[west, 52.0], [west + 0.01, 52.0], [west + 0.01, 52.01], [west, 52.0]]
        return {"type": "Polygon", "coordinates": [ring]}

    areas = [
        Area(name="Nieuw Noord", level="wijk", outline=square(4.0), outline_source="CBS"),
        Area(name="Zuid", level="wijk", outline=square(4.01)),
    ]
    assert _small_map(areas[:1]) is None
    drawn = _small_map(areas)
    assert drawn is not None and drawn["sources"] == ["CBS"]
    first, second = drawn["patches"]
    assert [word for _x, _y, word in first.words] == ["Nieuw", "Noord"]
    assert "." not in first.path + second.path
