"""A postcode finds its place, and somebody who finds nothing is led to a door that answers."""

from __future__ import annotations

import dataclasses
from datetime import time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from knooppunt.directory.models import Area, Organisation
from knooppunt.directory.tests import make
from knooppunt.find import indexing
from knooppunt.find.doors import doors
from knooppunt.find.searching import search

pytestmark = pytest.mark.django_db


@pytest.fixture
def streets(terms: None) -> None:
    make.place(
        "Huis aan de Linde", street="Eerste Pijlstraat 12", postcode="9991 AB", city="De Stad"
    )
    make.place("Herstelpunt", street="2e Havenkade 7", postcode="9991CD", city="De Stad")
    make.place("’t Zandhuis", street="Sint-Jansplein 3", postcode="9992 EF", city="De Stad")
    indexing.rebuild()


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("9991 AB", "Huis aan de Linde"),
        ("9991ab", "Huis aan de Linde"),
        ("9991cd", "Herstelpunt"),
        ("9991 CD", "Herstelpunt"),
        ("9992", "’t Zandhuis"),
        ("9992 ZZ", "’t Zandhuis"),
        ("havenkade", "Herstelpunt"),
        ("sint jansplein", "’t Zandhuis"),
        ("iets te doen bij 9992 EF", "’t Zandhuis"),
    ],
)
def test_a_postcode_or_street_finds_its_place(streets: None, question: str, first: str) -> None:
    answer = search(question)
    assert answer.found[0].document.title == first
    assert not answer.is_weak


def door(name: str, area: Area, days_ago: int | None, phone: str = "") -> Organisation:
    confirmed = timezone.localdate() - timedelta(days=days_ago) if days_ago is not None else None
    organisation = make.organisation(
        name, descriptions={"nl": "Inloop en spreekuur in de buurt."}, areas=[area]
    )
    Organisation.objects.filter(pk=organisation.pk).update(confirmed_on=confirmed)
    if phone:
        organisation.contact_points.create(type="phone", value=phone, visibility="public")
    return organisation


def test_only_a_confirmed_door_with_a_number_or_hours_is_offered(noord: Area) -> None:
    door("Met nummer", noord, 10, "+31101234567")
    door("Zonder iets", noord, 10)
    door("Lang geleden", noord, 400, "+31101234568")
    door("Nooit bevestigd", noord, None, "+31101234569")
    gone = door("Gestopt", noord, 10, "+31101234560")
    gone.until = timezone.localdate() - timedelta(days=1)
    gone.save()
    indexing.rebuild()
    assert [each.found.document.title for each in doors([])] == ["Met nummer"]


def test_a_door_that_is_open_now_comes_first(noord: Area, time_machine: Any) -> None:
    time_machine.move_to("2026-11-26 10:00+01:00")
    door("Alleen bellen", noord, 1, "+31101234567")
    host = door("Open deur", noord, 1)
    place = make.place("Open deur", host=host)
    place.hours.create(weekday=3, opens=time(9), closes=time(17))
    indexing.rebuild()
    assert doors([])[0].found.document.title == "Open deur"


def test_without_a_door_there_is_the_phone_of_the_coalition(
    terms: None, settings: Any, client: Client
) -> None:
    settings.COALITION = dataclasses.replace(settings.COALITION, phone="010 765 43 21")
    page = client.get("/vind/", {"q": "onvindbaar"}).content.decode()
    assert "Hier kun je het vragen" in page and page.count('href="tel:0107654321"') == 2
    assert 'href="tel:0107654321"' in client.get("/").content.decode()
