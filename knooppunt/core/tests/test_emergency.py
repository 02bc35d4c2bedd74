"""Somebody in danger gets numbers she can tap: on every page with a search box, on a page of
its own, from every page.
"""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from knooppunt.core import emergency
from knooppunt.core.coalition import configuration
from knooppunt.core.coalition.configuration import EmergencyNumber

pytestmark = pytest.mark.django_db


def ask(client: Client, question: str, address: str = "/vind/") -> str:
    return client.get(address, {"q": question}).content.decode()


def test_danger_is_answered_above_all_results(client: Client) -> None:
    page = ask(client, "ik wil dood")
    assert 'href="tel:113"' in page and 'href="tel:112"' in page and 'href="tel:08000113"' in page
    assert page.index('class="danger"') < page.index("<h1>")


@pytest.mark.parametrize(
    ("question", "language", "direction"),
    [
        ("my husband hits me", "en", "ltr"),
        ("زوجي يضربني", "ar", "rtl"),
        ("mi ke muri", "pap", "ltr"),
        ("kocam beni dövüyor", "tr", "ltr"),
        ("zawji yadribni", "ar", "rtl"),
        ("chcę umrzeć", "pl", "ltr"),
    ],
)
def test_the_panel_speaks_the_language_of_the_question(
    client: Client, question: str, language: str, direction: str
) -> None:
    assert f'<section class="danger" lang="{language}" dir="{direction}"' in ask(client, question)


@pytest.mark.parametrize(
    "address",
    [
        "/vind/",
        "/initiatieven/",
        "/plekken/",
        "/netwerken/",
        "/instellingen/",
        "/kaart/",
        "/bibliotheek/",
    ],
)
def test_every_page_with_a_search_box_shows_it(client: Client, address: str) -> None:
    assert 'href="tel:08002000"' in ask(client, "mijn man slaat me", address)


def test_a_harmless_question_shows_no_panel(client: Client) -> None:
    assert 'class="danger"' not in ask(client, "ik ga dood van de honger")


def test_the_page_of_numbers_speaks_eight_languages(client: Client) -> None:
    page = client.get("/nood/").content.decode()
    for code in ("nl", "en", "tr", "ar", "pt", "es", "pl", "pap"):
        assert f'id="{code}" lang="{code}"' in page
    assert page.count('href="tel:112"') == 8


def test_every_page_leads_to_the_numbers(client: Client) -> None:
    for address in ("/", "/vind/", "/privacy/", "/bestaat-niet/"):
        assert 'href="/nood/"' in client.get(address).content.decode()


def test_every_language_has_every_word() -> None:
    panels = {panel.language: panel for panel in emergency.all_panels()}
    assert len(panels) == 8
    for panel in panels.values():
        assert all(line.text for line in panel.lines) and len(panel.lines) == 8


def test_a_coalition_gives_its_own_numbers(settings: Any, client: Client) -> None:
    shelter = EmergencyNumber("shelter", "010 123 45 67", checked=date(2026, 11, 1))
    settings.COALITION = dataclasses.replace(
        settings.COALITION,
        phone="010 765 43 21",
        emergency=(shelter, EmergencyNumber("police", "")),
    )
    page = ask(client, "ik heb geen slaapplek")
    assert 'href="tel:0101234567"' in page and 'href="tel:0107654321"' in page
    assert "tel:09008844" not in page


def test_another_country_has_no_dutch_numbers(settings: Any, client: Client) -> None:
    settings.COALITION = dataclasses.replace(settings.COALITION, country="BE")
    page = ask(client, "ik wil dood")
    assert 'href="tel:112"' in page and "tel:113" not in page


def test_what_is_wrong_in_the_file_of_the_coalition_is_said_in_a_sentence(tmp_path: Path) -> None:
    file = tmp_path / "coalition.toml"
    for text, sentence in (
        ('phone = "bel ons"', "phone needs a phone number"),
        ('[[emergency]]\nkey = "Bed!"', "needs a key"),
        ('[[emergency]]\nkey = "shelter"\nkinds = ["cold"]', "may have kinds"),
        ('[[emergency]]\nkey = "shelter"\nchecked = "today"', "needs checked as a day"),
        ('[[emergency]]\nkey = "chat"\nurl = "http://x.nl"', "needs a url"),
    ):
        file.write_text(f'name = "Klein"\n{text}\n', encoding="utf-8")
        with pytest.raises(configuration.BadCoalition, match=sentence):
            configuration.load(file)
