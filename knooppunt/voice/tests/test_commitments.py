"""Promises and their scoreboard: what is late, what the other side says, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from knooppunt.core.audit.trail import SYSTEM
from knooppunt.decisions.tests import make as make_decisions
from knooppunt.directory.models import Area, Organisation
from knooppunt.people.models import User
from knooppunt.voice import panels, scoreboard
from knooppunt.voice.actions import commitments
from knooppunt.voice.models import Commitment
from knooppunt.voice.tests import make

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def test_a_promise_past_its_date_is_on_the_list_of_the_klankbordgroep(stranger: Client) -> None:
    late = make.commitment(
        "Een brief voor de zomer.",
        said_on=TODAY() - timedelta(days=90),
        due_on=TODAY() - timedelta(days=1),
    )
    make.commitment("Een bankje.", due_on=TODAY())
    sounding, other = (
        make_decisions.meeting("Klankbordgroep"),
        make_decisions.meeting("Werkgroep", kind="working"),
    )
    assert "Een brief voor de zomer." in stranger.get(sounding.get_absolute_url()).content.decode()
    assert "Een brief voor de zomer." not in stranger.get(other.get_absolute_url()).content.decode()
    assert [row.pk for row in Commitment.objects.overdue(TODAY())] == [late.pk]
    commitments.say_status(
        SYSTEM, late, {"status": "kept", "on": TODAY(), "text": "De brief is er."}
    )
    assert (
        "Een brief voor de zomer."
        not in stranger.get(sounding.get_absolute_url() + "?na").content.decode()
    )


def test_the_scoreboard_counts_each_promise_once_and_holds_on_every_day(
    garden: Organisation, noord: Area, stranger: Client
) -> None:
    day = TODAY()
    for number, status in enumerate(("kept", "kept", "partly", "broken", "too_early", "")):
        one = make.commitment(
            f"Nummer {number}",
            said_on=day - timedelta(days=20),
            due_on=day - timedelta(days=5),
            areas=[noord],
        )
        if status:
            commitments.say_status(
                SYSTEM, one, {"status": status, "on": day - timedelta(days=2), "text": "Gezien."}
            )
    make.commitment("Niet openbaar", is_public=False)
    now, before = scoreboard.score(day), scoreboard.score(day - timedelta(days=3))
    assert (now.made, now.kept, now.late) == (6, 2, 2) and sum(now.numbers.values()) == now.made
    assert (before.made, before.kept, before.numbers["unsaid"]) == (6, 0, 6)
    assert (
        scoreboard.score(day - timedelta(days=30)).made == 0
        and scoreboard.score(day, noord).made == 6
    )
    page = stranger.get("/toezeggingen/").content.decode()
    assert "2 van 6" in page and "Niet openbaar" not in page
    assert stranger.get("/toezeggingen/?stand=broken").content.decode().count("Nummer ") == 1
    assert stranger.get("/cijfers/commitments_kept/").content.decode().count("Nummer ") == 2
    area = panels.of_area(stranger.get("/").wsgi_request, noord)
    assert area and area["score"].kept == 2


def test_the_other_side_can_reply_by_link_and_the_reply_is_always_shown(
    stranger: Client, coordinator: User, as_user: Callable[[User], Client], time_machine: Any
) -> None:
    time_machine.move_to(timezone.now(), tick=False)
    one = make.commitment()
    assert "nog geen reactie" in stranger.get(one.get_absolute_url()).content.decode()
    desk = as_user(coordinator).get(one.get_absolute_url() + "link/").content.decode()
    address = "/toezeggingen/reactie/" + desk.split("/toezeggingen/reactie/")[1].split("/")[0] + "/"
    made = stranger.get(address).content.decode().split('name="moment" value="')[1].split('"')[0]
    time_machine.shift(5)
    assert (
        stranger.post(
            address, {"moment": made, "text": "Het bankje is besteld.", "by": "wethouder Groen"}
        ).status_code
        == 200
    )
    page = stranger.get(one.get_absolute_url() + "?na").content.decode()
    assert (
        "Het bankje is besteld." in page
        and stranger.get("/toezeggingen/reactie/onzin/").status_code == 410
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"office": ""},
        {"source_url": ""},
        {"said_on": date(2999, 1, 1)},
        {"due_on": date(2001, 1, 1)},
    ],
)
def test_a_promise_without_who_source_or_day_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        make.commitment(**wrong)
