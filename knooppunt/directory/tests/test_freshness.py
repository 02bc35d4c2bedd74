"""A host confirms or corrects from a link without an account, and is asked at most once a week."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from knooppunt.core.audit.trail import SYSTEM
from knooppunt.directory.actions.confirm import make_link
from knooppunt.directory.actions.details import set_contacts
from knooppunt.directory.models import Organisation, Place
from knooppunt.directory.tasks import ask_for_confirmation
from knooppunt.directory.tests import make
from knooppunt.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(garden: Organisation, garden_place: Place) -> str:
    return f"/klopt/{make_link(garden)}/"


def test_opening_the_link_shows_the_facts_and_changes_nothing(
    link: str, stranger: Client, garden: Organisation
) -> None:
    assert "De Tuin" in stranger.get(link).content.decode()
    garden.refresh_from_db()
    assert garden.confirmed_on is None


def test_one_tap_confirms_the_organisation_and_its_place(
    link: str, stranger: Client, garden: Organisation, garden_place: Place
) -> None:
    assert "bevestigd" in stranger.post(link, {"right": "1"}).content.decode()
    for record in (garden, garden_place):
        record.refresh_from_db()
        assert (record.confirmed_on, record.confirmed_via) == (timezone.localdate(), "link")
    assert garden.confirmations.count() == 1


def test_a_correction_in_place_is_kept_and_confirms(
    link: str, stranger: Client, garden: Organisation, garden_place: Place
) -> None:
    fields = {
        "r0-name": "De Nieuwe Tuin",
        "r0-description": "Samen tuinieren",
        "r0-website": "tuin.example",
        "r1-name": "De Tuin",
        "r1-description": "",
        "r1-website": "",
        "p1-street": "Tuinpad 1",
        "p1-postcode": "",
        "p1-city": "",
        "h1-hours": "ma-vr 9-12",
    }
    assert stranger.post(link, fields).status_code == 200
    garden.refresh_from_db()
    garden_place.refresh_from_db()
    assert (garden.name, garden.website, garden.confirmed_via) == (
        "De Nieuwe Tuin",
        "https://tuin.example/",
        "link",
    )
    assert garden_place.street == "Tuinpad 1" and garden_place.hours.count() == 5


def test_a_wrong_correction_says_so_and_loses_nothing(
    link: str, stranger: Client, garden: Organisation
) -> None:
    answer = stranger.post(
        link,
        {"r0-name": "De Tuin", "r0-website": "geen adres", "r0-description": "Mijn lange tekst"},
    )
    assert answer.status_code == 400
    assert (
        "Mijn lange tekst" in answer.content.decode() and "geen webadres" in answer.content.decode()
    )


def test_a_link_expires(link: str, stranger: Client, time_machine: Any) -> None:
    time_machine.move_to(timezone.now() + timedelta(days=46))
    assert stranger.post(link, {"right": "1"}).status_code == 410


@pytest.mark.parametrize("token", ["x", "a:b:c", "é", "WyJvIiwxXQ:1:forged"])
def test_a_forged_link_opens_nothing(token: str, stranger: Client, terms: None) -> None:
    assert stranger.get(f"/klopt/{token}/").status_code == 410


def test_a_link_opens_one_record_and_no_working_page(
    link: str, stranger: Client, garden: Organisation
) -> None:
    stranger.post(link, {"right": "1"})
    assert stranger.get(f"/beheer/organisaties/{garden.slug}/").status_code == 302


def test_the_daily_round_asks_one_mail_a_week_per_address(
    garden: Organisation, time_machine: Any
) -> None:
    time_machine.move_to("2026-03-02", tick=False)
    other = make.organisation("De Bank")
    for one in (garden, other):
        set_contacts(SYSTEM, one, [("email", "info@tuin.example", "", "public")])
    today = timezone.localdate()
    sent = [ask_for_confirmation(today + timedelta(days=days)) for days in (0, 1, 6, 7)]
    assert sent == [1, 0, 0, 1]
    assert mail.outbox[0].to == ["info@tuin.example"] and mail.outbox[0].body.count("/klopt/") == 2


def test_a_confirmed_record_and_an_example_person_are_not_asked(
    garden: Organisation, host: User
) -> None:
    User.objects.update(is_example=True)
    assert ask_for_confirmation(timezone.localdate()) == 0


def test_the_representative_is_asked_before_the_general_address(
    garden: Organisation, host: User
) -> None:
    set_contacts(SYSTEM, garden, [("email", "info@tuin.example", "", "public")])
    ask_for_confirmation(timezone.localdate())
    assert [message.to for message in mail.outbox] == [["host@example.org"]]
