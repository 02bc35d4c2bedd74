"""Words that people typed say in which language they are, where the page is in another."""

from __future__ import annotations

import html5lib
import pytest
from django.test import Client

from knooppunt.directory.models import Organisation, Place
from knooppunt.directory.tests import make
from tests.pages import addresses

pytestmark = pytest.mark.django_db
HTML = "{http://www.w3.org/1999/xhtml}"
TYPED = (
    "agenda:activity",
    "voice:point",
    "voice:agreement",
    "voice:dossier",
    "voice:document",
    "decisions:decision",
    "decisions:proposal",
    "decisions:matter",
    "help:notice",
)


@pytest.mark.parametrize("prefix, expected", (("", set()), ("/en", {"nl"})))
def test_the_heading_that_somebody_typed_carries_its_language(
    garden: Organisation, garden_place: Place, stranger: Client, prefix: str, expected: set[str]
) -> None:
    network = make.network("De Groene Ring", [garden])
    institution = make.organisation("Gemeente Klein", role="institution")
    pages = addresses(garden, network, institution, garden_place)
    for name in TYPED:
        page = html5lib.parse(stranger.get(prefix + pages[name]).content)
        heading = page.find(f".//{HTML}h1")
        assert heading is not None
        languages = {element.get("lang") for element in heading.iter()} - {None}
        assert languages == expected, name
