"""Anybody can respond to a need or offer; it reaches the keepers, and the address goes when it
is dealt with.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from knooppunt.core.audit.trail import SYSTEM
from knooppunt.directory.models import Area, Organisation, Weaving
from knooppunt.help.actions import notices, responses
from knooppunt.help.models import NoticeResponse
from knooppunt.help.tasks import daily
from knooppunt.help.tests.make import need
from knooppunt.people.models import User

pytestmark = pytest.mark.django_db


def test_a_response_reaches_the_keepers_and_is_erased_a_day_after_the_answer(
    garden: Organisation,
    host: User,
    stranger: Client,
    as_user: Callable[[User], Client],
    time_machine: Any,
) -> None:
    time_machine.move_to("2030-03-04 10:00:00", tick=False)
    one = need(garden, "Een kruiwagen")
    address = f"{one.get_absolute_url()}reageer/"
    assert address in stranger.get(one.get_absolute_url()).content.decode()
    page = stranger.get(address).content.decode()
    moment = page.split('name="moment" value="')[1].split('"')[0]
    sent = {"text": "Ik heb er een.", "reply_address": "0612345678", "moment": moment}
    time_machine.move_to("2030-03-04 10:01:00", tick=False)
    assert stranger.post(address, {**sent, "reply_address": ""}).status_code == 400
    assert stranger.post(address, sent).status_code == 200
    response = one.responses.get()
    assert (response.text, response.reply_address) == ("Ik heb er een.", "0612345678")
    assert garden.problem_reports.count() == 0
    keeper = as_user(host)
    for place in ("/beheer/", "/beheer/reacties/"):
        assert 'href="tel:+31612345678"' in keeper.get(place).content.decode()
    settled = keeper.post(f"/beheer/reacties/{response.pk}/", follow=True).content.decode()
    assert "Er wacht niemand op antwoord." in settled and "Maak ongedaan" in settled
    keeper.post(f"/beheer/reacties/{response.pk}/", {"again": "1"})
    assert one.responses.waiting().count() == 1
    keeper.post(f"/beheer/reacties/{response.pk}/")
    daily()
    assert one.responses.count() == 1  # a slip can still be undone
    time_machine.move_to("2030-03-05 10:02:00", tick=False)
    daily()
    assert one.responses.count() == 0


def test_a_response_that_nobody_answers_is_erased_after_three_months(
    garden: Organisation, time_machine: Any
) -> None:
    time_machine.move_to("2030-03-04 10:00:00", tick=False)
    responses.receive(SYSTEM, need(garden, "Een kruiwagen"), "Ik heb er een.", "0612345678")
    time_machine.move_to("2030-06-03 10:00:00", tick=False)
    daily()
    assert not NoticeResponse.objects.exists()


def test_it_stands_on_the_desk_of_the_broker_and_with_nobody_else(
    garden: Organisation,
    noord: Area,
    weaver: User,
    coordinator: User,
    as_user: Callable[[User], Client],
) -> None:
    response = responses.receive(SYSTEM, need(garden, "Een kruiwagen"), "Ik heb er een.", "a@b.nl")
    assert "Ik heb er een." in as_user(coordinator).get("/beheer/makelaar/").content.decode()
    outsider = as_user(weaver)  # she weaves another wijk
    assert "Ik heb er een." not in outsider.get("/beheer/makelaar/").content.decode()
    assert "Ik heb er een." not in outsider.get("/beheer/reacties/").content.decode()
    assert outsider.post(f"/beheer/reacties/{response.pk}/").status_code == 404
    Weaving.objects.create(user=weaver, area=noord, since=timezone.localdate())
    assert "Ik heb er een." in outsider.get("/beheer/makelaar/").content.decode()


def test_without_a_contact_the_page_says_that_the_broker_reads_it(
    garden: Organisation, stranger: Client
) -> None:
    one = need(garden, "Een kruiwagen")
    assert (
        "De makelaar van de wijk"
        in stranger.get(f"{one.get_absolute_url()}reageer/").content.decode()
    )


def test_a_closed_need_takes_no_response(garden: Organisation, stranger: Client) -> None:
    one = need(garden, "Een kruiwagen")
    notices.close(SYSTEM, one, "fulfilled")
    assert stranger.get(f"{one.get_absolute_url()}reageer/").status_code == 404
