"""The doors of the site: which stand where, that each says what is behind it, and the way back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from knooppunt.core import menu
from knooppunt.core.web import page_cache
from knooppunt.directory.models import Organisation, Place

pytestmark = pytest.mark.django_db


def switch_off(settings: Any, *names: str) -> None:
    page_cache.forget()
    settings.COALITION = replace(settings.COALITION, switched_off=frozenset(names))


def test_the_bar_of_a_phone_holds_five_doors_and_a_desk_six() -> None:
    assert [str(door.short or door.label) for door in menu.bar()] == [
        "Vinden",
        "Agenda",
        "Kaart",
        "De wijk",
        "Meer",
    ]
    assert [str(door.label) for door in menu.row()][3:] == [
        "Wat de wijk vraagt",
        "Dromen",
        "Meer",
    ]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_label_in_the_bar_fits_a_fifth_of_a_small_phone(language: str) -> None:
    with override(language):
        assert all(len(str(door.short or door.label)) <= 8 for door in menu.bar())


def test_the_bar_stays_full_when_a_part_is_off(settings: Any) -> None:
    switch_off(settings, "voice", "atlas")
    assert len(menu.bar()) == 5
    assert "Kaart" not in [str(door.label) for door in menu.doors()]


def test_the_page_with_every_door_says_of_each_what_is_behind_it(
    terms: None, stranger: Client, settings: Any
) -> None:
    page = stranger.get("/meer/").content.decode()
    for door in menu.doors():
        assert str(door.line), door.label
        is_shown = door.group != menu.KEEPING
        assert (f'href="{door.address}"' in page) is is_shown, door.label
        assert not is_shown or stranger.get(door.address).status_code == 200, door.label
    switch_off(settings, "report")
    assert "/halfjaarbericht/" not in stranger.get("/meer/").content.decode()


def test_every_door_stands_under_a_heading() -> None:
    assert {door.group for door in menu.doors()} <= {key for key, _label in menu.GROUPS}


def test_the_page_of_components_is_there_only_while_trying_out(
    terms: None, stranger: Client, settings: Any
) -> None:
    page = stranger.get("/stijl/").content.decode()
    for mark in ("wide-card", "facts", "stamp", "chips", "hours", "story", "road", "numbers"):
        assert f'class="{mark}' in page or f" {mark}" in page, mark
    assert 'x="10.0"' in page
    settings.IS_TRYOUT = False
    page_cache.forget()
    assert stranger.get("/stijl/").status_code == 404


def test_a_page_leads_back_to_the_list_and_the_record_above_it(
    garden: Organisation, garden_place: Place, stranger: Client
) -> None:
    page = stranger.get(f"/meld/plekken/{garden_place.slug}/").content.decode()
    assert 'class="crumbs"' not in page
    answer = stranger.get(garden_place.get_absolute_url())
    page = answer.content.decode()
    assert not answer.cookies
    crumbs = page.split('class="crumbs"')[1].split("</nav>")[0]
    assert 'href="/plekken/"' in crumbs and "Plekken" in crumbs
    page = stranger.get(f"/en{garden_place.get_absolute_url()}").content.decode()
    crumbs = page.split('class="crumbs"')[1].split("</nav>")[0]
    assert 'href="/en/plekken/"' in crumbs and crumbs.count("<li>") == 1


def test_a_working_page_names_the_record_it_is_below(
    garden: Organisation, coordinator: Any, as_user: Any
) -> None:
    page = as_user(coordinator).get(f"/beheer/organisaties/{garden.slug}/geschiedenis/")
    crumbs = page.content.decode().split('class="crumbs"')[1].split("</nav>")[0]
    assert ">Beheer<" in crumbs
    assert f'href="/beheer/organisaties/{garden.slug}/">{garden.name}<' in crumbs
