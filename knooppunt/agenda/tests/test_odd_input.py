"""Days that no calendar knows and parameters that make no sense are answered, and change
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from knooppunt.agenda.models import Activity
from knooppunt.directory.models import Organisation, Place
from knooppunt.people.models import User

pytestmark = pytest.mark.django_db
AsUser = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _now(time_machine: Any) -> None:
    time_machine.move_to("2026-11-24T08:00:00+01:00", tick=True)  # a Tuesday


@pytest.mark.parametrize(
    ("said", "answered"),
    [
        ("31 december 9999 om 23 uur", "Dit begrepen we niet: ‘9999’."),
        ("31-12-9999 23:00", "We begrijpen nog niet wanneer het is."),
        ("elke dinsdag vanaf 31-12-9999 10-12", "We begrijpen nog niet wanneer het is."),
        ("1-1-0001 om 10 uur", "We begrijpen nog niet wanneer het is."),
        ("elke dag vanaf 1-1-1900 om 10 uur", "We begrijpen nog niet wanneer het is."),
        ("elke dinsdag vanaf 1-1-1970 van 10 tot 12", ""),
    ],
)
def test_a_far_away_year_in_a_proposal_gets_a_clear_answer(
    said: str, answered: str, terms: None, stranger: Client, time_machine: Any
) -> None:
    page = stranger.get("/agenda/voorstel/").content.decode()
    [moment] = re.findall('name="moment" value="([^"]+)"', page)
    time_machine.shift(5)  # as long as a person needs to fill it in
    form = {"name": "Ver", "said": said, "moment": moment, "nickname": ""}
    answer = stranger.post("/agenda/voorstel/", form)
    text = answer.content.decode()
    assert answer.status_code == (400 if answered else 200)
    assert answered in text and "Dit ging te snel" not in text
    assert ("dinsdag 29 december 2026, 10.00" in text) is (not answered)  # how it was read
    assert not Activity.objects.exists()


@pytest.mark.parametrize("first", ["0001-01-01", "9999-12-31"])
def test_a_far_away_first_day_gets_a_clear_answer(
    first: str, terms: None, garden: Organisation, garden_place: Place, host: User, as_user: AsUser
) -> None:
    data = {
        "name": "Ver",
        "said": "elke dinsdag 10-12",
        "where": "De Tuin",
        "organisation": garden.pk,
        "first_day": first,
    }
    for more in ({}, {"keep": "all"}):
        answer = as_user(host).post("/agenda/nieuw/", data | more)
        assert answer.status_code == 400
        assert f"Klopt het jaar? We begrepen {int(first[:4])}." in answer.content.decode()
    assert not Activity.objects.exists()


@pytest.mark.parametrize(
    "address",
    [
        "/agenda/?dag=9999-12-31",
        "/agenda/?dag=0001-01-01&toon=week",
        "/agenda/?dag=2200-01-01&toon=maand",
        "/agenda/?dag=1970-01-01&toon=maand",
        "/agenda/?pagina=-3",
        "/agenda/?pagina=99999999999999999999",
        "/agenda/?wijk=%00&plek=%00&wie=%00&soort=%00&thema=%00",
        "/agenda/inbed/?aantal=-5",
        "/agenda/inbed/?aantal=٣",
        "/agenda/inbed.svg?aantal=999&kleur=%3Cscript%3E",
        "/agenda/scherm/?plek=<b>",
        "/cijfers/aandeel/?dag=9999-12-31&met=0001-01-01",
        "/cijfers/aandeel/?op=9999-12-31",
        "/cijfers/aandeel/?wijk=%00&klasse=%00",
        "/cijfers/aandeel.csv?wijk=zuid&dag=x",
        "/cijfers/aandeel.svg?dag=0000-00-00",
        "/cijfers/aandeel/?met=2020-02-30",
        "/agenda/tekst/?dag=%D9%A2",
        "/agenda/sluit-aan/?plek=%00",
        "/agenda/papier/?voor=%00",
        "/en/agenda/?dag=2026-12-01&toon=week",
        "/?wijk=%00",
    ],
)
def test_an_odd_parameter_still_gives_the_page(
    address: str, gardening: Activity, stranger: Client
) -> None:
    assert stranger.get(address).status_code == 200


def test_a_link_of_which_the_code_is_no_code_is_not_found(
    gardening: Activity, stranger: Client
) -> None:
    assert stranger.get("/agenda/klopt/%00/").status_code == 404
