"""Classes and places in a list of activities are understood by their words, and nothing is
guessed from half a name.
"""

from __future__ import annotations

import pytest

from knooppunt.agenda.importing.words import Lookup, group_of
from knooppunt.directory.tests import make


@pytest.mark.parametrize(
    ("cell", "group"),
    [
        ("bewoners (vrijwillig)", "local"),
        ("vrijwilligers (formeel)", "formal"),
        ("bewoners en beroepskrachten", "mixed"),
        ("door professionals van welzijn", "paid"),
        ("onbetaald", "local"),
        ("niet betaald", "local"),
        ("geen bewoners", ""),
        ("iemand", ""),
    ],
)
def test_a_class_of_organisers_is_known_by_its_words(cell: str, group: str) -> None:
    assert group_of(cell)[0] == group


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "is_found"),
    [
        ("De Kade", True),
        ("De Kade, zaal 2", True),
        ("De Kade, Dijk 1", True),
        ("De Kade, Weg 9", False),
        ("De Kade, 9999 ZZ", False),
        ("De Kade, Elders", False),
        ("🎨", False),
        ("De Kade, 9999AA De Stad", True),
    ],
)
def test_half_a_name_is_no_place_when_the_rest_says_otherwise(
    terms: None, words: str, is_found: bool
) -> None:
    make.place("De Kade", street="Dijk 1", postcode="9999 AA", city="De Stad")
    make.place("🎭", city="Elders")
    found = Lookup().place(words)
    assert (found.name if found else "") == ("De Kade" if is_found else "")


@pytest.mark.django_db
def test_a_name_of_two_places_is_neither_unless_the_address_tells(terms: None) -> None:
    make.place("Speeltuin", street="Dijk 1")
    other = make.place("Speeltuin", street="Weg 2")
    assert Lookup().place("Speeltuin") is None
    assert Lookup().place("Speeltuin", "Weg 2") == other
    assert Lookup().place("Speeltuin, Weg 2") == other
