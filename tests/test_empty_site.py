"""A site with nothing in it: every list and page says what the first step is, by who looks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from knooppunt.people.models import User

pytestmark = pytest.mark.django_db
PROPOSE, TELL = "/voorstel/initiatieven/", "/signaal/"
# The page, what a visitor may do there first, and what a coordinator may.
FIRST_STEPS = {
    "/": (PROPOSE, "/beheer/nieuw/netwerken/"),
    "/initiatieven/": (PROPOSE, "/beheer/nieuw/initiatieven/"),
    "/netwerken/": ("/voorstel/netwerken/", "/beheer/nieuw/netwerken/"),
    "/instellingen/": ("/voorstel/instellingen/", "/beheer/nieuw/instellingen/"),
    "/plekken/": ("/voorstel/plekken/", "/beheer/nieuw/plekken/"),
    "/wijken/noord/": (PROPOSE, "/beheer/nieuw/plekken/"),
    "/cijfers/organisations/": (PROPOSE, "/beheer/nieuw/initiatieven/"),
    "/vind/?q=tuin": (PROPOSE, "/beheer/nieuw/initiatieven/"),
    "/agenda/": ("/agenda/voorstel/", "/agenda/nieuw/"),
    "/vraag-en-aanbod/": (PROPOSE, "/vraag-en-aanbod/nieuw/"),
    "/punten/": (TELL, "/punten/nieuw/"),
    "/toezeggingen/": (TELL, "/toezeggingen/nieuw/"),
    "/akkoorden/": (TELL, "/akkoorden/nieuw/"),
    "/bezuinigingen/": (TELL, "/punten/nieuw/"),
    "/dossiers/": (TELL, "/dossiers/nieuw/"),
    "/bibliotheek/": (TELL, "/bibliotheek/nieuw/"),
    "/overleg/": ("/voorstellen/", "/overleg/nieuw/"),
    "/besluiten/": ("/overleg/", "/overleg/nieuw/"),
}


@pytest.mark.parametrize("address", FIRST_STEPS)
def test_an_empty_page_says_what_to_do_first(
    address: str,
    terms: None,
    stranger: Client,
    coordinator: User,
    as_user: Callable[[User], Client],
) -> None:
    visitor, keeper = FIRST_STEPS[address]
    page = stranger.get(address).content.decode().split("<main")[1].split("</main>")[0]
    assert f'href="{visitor}"' in page
    page = as_user(coordinator).get(address).content.decode().split("<main")[1].split("</main>")[0]
    assert f'href="{keeper}"' in page
