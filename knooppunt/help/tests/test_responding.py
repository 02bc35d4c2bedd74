"""Anybody can respond to a need or offer; it reaches the keepers, and the address goes when it is dealt with."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from knooppunt.core.trail import SYSTEM
from knooppunt.directory.actions.care import close_report
from knooppunt.directory.models import Organisation
from knooppunt.help.actions import notices
from knooppunt.help.tests.make import need

pytestmark = pytest.mark.django_db


def test_a_response_reaches_the_keepers_and_its_address_is_erased(
    garden: Organisation, stranger: Client, time_machine: Any
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
    report = garden.problem_reports.get()
    assert "Een kruiwagen" in report.text and "Ik heb er een." in report.text
    close_report(SYSTEM, report, "solved")
    assert garden.problem_reports.get().reply_address == ""


def test_a_closed_need_takes_no_response(garden: Organisation, stranger: Client) -> None:
    one = need(garden, "Een kruiwagen")
    notices.close(SYSTEM, one, "fulfilled")
    assert stranger.get(f"{one.get_absolute_url()}reageer/").status_code == 404
