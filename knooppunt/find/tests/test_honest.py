"""An answer does not pretend: nothing that fits is said, reasons are true, a series is one
result, and help stands first.
"""

from __future__ import annotations

import pytest
from django.test import Client

from knooppunt.agenda.tests import make as make_agenda
from knooppunt.directory.models import Area
from knooppunt.directory.tests import make
from knooppunt.find import explanations, indexing
from knooppunt.find.searching import search
from knooppunt.voice.tests import make as make_voice

pytestmark = pytest.mark.django_db


def test_a_swimming_pool_that_is_not_there_is_not_there(noord: Area) -> None:
    make.organisation(
        "Waterkring", descriptions={"nl": "Sport en water in de wijk."}, areas=[noord]
    )
    indexing.rebuild()
    answer = search("zwembad")
    assert answer.is_weak and len(answer.hits) <= 3


def test_a_typing_error_is_no_reason(noord: Area) -> None:
    make.organisation(
        "Kapstok", descriptions={"nl": "Kleding ruilen en herstellen."}, areas=[noord]
    )
    indexing.rebuild()
    [organisation] = search("herstellen").found
    assert explanations.explain(organisation) == ["past bij ‘herstellen’"]
    assert search("herstelken").found == []


def test_series_with_one_name_and_place_are_one_result(noord: Area) -> None:
    for day in ("maandag", "woensdag", "vrijdag"):
        make_agenda.activity("Trommelen", f"elke {day} van 10 tot 12")
    indexing.rebuild()
    assert [found.document.title for found in search("trommelen").found] == ["Trommelen"]


def test_points_stand_apart_below_places_and_help(noord: Area, client: Client) -> None:
    make.organisation("Speelkring", descriptions={"nl": "Schommels voor kinderen."}, areas=[noord])
    make_voice.point(title="Meer schommels")
    indexing.rebuild()
    page = client.get("/vind/", {"q": "schommels"}).content.decode()
    assert (
        page.index("Speelkring")
        < page.index("Wat de wijk hierover vraagt")
        < page.index("Meer schommels")
    )
    alone = client.get("/vind/", {"q": "schommels", "wat": "point"}).content.decode()
    assert "Meer schommels" in alone and "Wat de wijk hierover vraagt" not in alone
