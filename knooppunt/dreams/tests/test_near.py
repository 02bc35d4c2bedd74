"""Dreams that are like another meet: before one is sent, and on the desk of who reads it."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings as site
from django.test import Client
from django.utils import timezone

from knooppunt.directory.models import Area
from knooppunt.dreams.models import Dream
from knooppunt.dreams.near import areas_beside, near_dreams
from knooppunt.dreams.tests import make
from knooppunt.find import indexing

pytestmark = pytest.mark.django_db


@pytest.fixture
def greenhouses(noord: Area, zuid: Area) -> list[Dream]:
    """The same dream in two wijken and in none, and one about something else."""
    texts = (("in Zuid", zuid), ("in Noord", noord), ("ergens", None))
    made = [
        make.dream(f"Een kas met tomaten op het dak {words}", area=area) for words, area in texts
    ]
    make.dream("Een koor voor wie niet kan zingen", area=noord)
    make.dream("Een kas met tomaten die niemand las", area=noord, is_public=False)
    indexing.rebuild(with_meaning=False)
    return made


def test_the_own_wijk_comes_first(greenhouses: list[Dream], noord: Area, zuid: Area) -> None:
    in_zuid, in_noord, nowhere = greenhouses
    assert near_dreams("Tomaten in een kas op een dak", noord)[0] == in_noord
    assert near_dreams("Tomaten in een kas op een dak", zuid)[0] == in_zuid
    assert set(near_dreams("Tomaten in een kas op een dak")) == {in_zuid, in_noord, nowhere}
    assert in_noord not in near_dreams(in_noord.text, noord, without=in_noord)


def test_nothing_is_like_something_else(greenhouses: list[Dream]) -> None:
    assert near_dreams("xyzzy") == []


def test_wijken_with_a_common_border_lie_beside_each_other(noord: Area, zuid: Area) -> None:
    assert zuid.pk in areas_beside()[noord.pk] and noord.pk in areas_beside()[zuid.pk]


def test_without_the_search_nothing_is_near(greenhouses: list[Dream], settings: Any) -> None:
    settings.COALITION = site.COALITION.__class__(
        **{**vars(site.COALITION), "switched_off": frozenset({"find"})}
    )
    assert near_dreams("Tomaten in een kas op een dak") == []


def test_like_dreams_are_shown_once_before_one_is_sent(
    greenhouses: list[Dream], stranger: Client, time_machine: Any
) -> None:
    time_machine.move_to(timezone.now(), tick=False)
    page = stranger.get("/dromen/nieuw/").content.decode()
    moment = page.split('name="moment" value="')[1].split('"')[0]
    time_machine.shift(5)
    said = {"moment": moment, "text": "Een kas met tomaten op een plat dak"}
    number = Dream.objects.count()
    answer = stranger.post("/dromen/nieuw/", said).content.decode()
    assert "lijken op die van jou" in answer and "plat dak" in answer
    assert Dream.objects.count() == number and 'name="is_own" value="on"' in answer
    answer = stranger.post("/dromen/nieuw/", said | {"is_own": "on"}).content.decode()
    assert Dream.objects.count() == number + 1 and "aangekomen" in answer
