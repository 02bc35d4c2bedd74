"""The drawings: each kind has one, and each file is small, plain and says what happens in it."""

from __future__ import annotations

import re
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from django.template import Context, Template
from django.utils.translation import override

from knooppunt.core import scenes
from knooppunt.core.coalition.base_terms import BASE_ACTIVITY_KINDS, BASE_KINDS
from knooppunt.core.templatetags.icons import PATHS

FILES = sorted(scenes.FOLDER.glob("*.svg"))
SVG = "{http://www.w3.org/2000/svg}"
STYLE = (scenes.FOLDER.parent / "static" / "core" / "site.css").read_text()


def render(source: str) -> str:
    return Template("{% load pictures %}" + source).render(Context())


def test_every_kind_that_comes_with_the_house_has_a_drawing() -> None:
    kinds = {term.slug for term in (*BASE_KINDS, *BASE_ACTIVITY_KINDS)}
    assert kinds == set(scenes.OF_KIND)
    drawings = {*scenes.OF_KIND.values(), *scenes.OF_ICON.values(), *scenes.OF_ROLE.values()}
    assert drawings <= set(scenes.TITLES)
    assert set(scenes.OF_ICON) <= set(PATHS)
    assert drawings <= set(scenes.CLOSE_UPS)


def test_a_kind_of_a_coalition_has_the_drawing_of_its_icon() -> None:
    assert scenes.scene_of(SimpleNamespace(slug="repaircafe", icon="palette")) == "studio"
    assert scenes.scene_of(None, "network") == "network"
    assert scenes.scene_of(None, "initiative") == scenes.UNKNOWN


def test_every_file_has_a_title_and_every_title_a_file() -> None:
    with override("nl"):
        titles = {name: str(title) for name, title in scenes.TITLES.items()}
    in_files = {
        path.stem: ElementTree.parse(path).getroot().findtext(f"{SVG}title") for path in FILES
    }
    assert in_files == titles


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_drawing_is_small_and_nothing_but_shapes_in_our_inks(path: scenes.Path) -> None:
    assert path.stat().st_size < 6_000
    root = ElementTree.parse(path).getroot()
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags <= {"svg", "title", "g", "path", "rect", "circle", "ellipse"}
    attributes = {name for element in root.iter() for name in element.attrib}
    assert not attributes & {"style", "href", "id", "fill", "stroke"}
    classes = {name for element in root.iter() for name in (element.get("class") or "").split()}
    unknown = {name for name in classes if not re.search(rf"\.pic \.{name}\{{", STYLE)}
    assert unknown == set()


def test_a_page_writes_each_drawing_once() -> None:
    page = render(
        '{% scenes %}{% scene "garden" %}{% scene "garden" "close" %}{% scene "sports" %}'
        "{% endscenes %}"
    )
    assert page.count('<use href="#pic-garden"') == 2
    assert page.count('<g id="pic-garden" class="pic">') == 1
    assert page.count('<g id="pic-') == 2
    assert f'viewBox="{scenes.CLOSE_UPS["garden"]}"' in page


def test_a_page_without_drawings_carries_none() -> None:
    assert render("{% scenes %}<p>Niets</p>{% endscenes %}") == "<p>Niets</p>"


def test_a_drawing_is_skipped_by_a_screen_reader_unless_it_is_named() -> None:
    assert 'aria-hidden="true"' in render('{% scene "garden" %}')
    named = render('{% scene "garden" title=True %}')
    assert 'role="img" aria-label="Twee buren werken in een buurttuin' in named
    assert "aria-hidden" not in named


def test_a_name_without_a_drawing_is_a_mistake_of_the_page() -> None:
    with pytest.raises(KeyError):
        render('{% scene "nothing" %}')
