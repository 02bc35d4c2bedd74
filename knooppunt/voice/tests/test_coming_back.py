"""What waits comes back: votes that one person read, and decisions and agreements whose day to
look again is reached.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from knooppunt.core.audit.trail import SYSTEM, Actor
from knooppunt.decisions.actions import outcomes, proposals, votes
from knooppunt.decisions.tests import make
from knooppunt.directory.models import Organisation
from knooppunt.directory.tests import make as make_register
from knooppunt.people.models import User
from knooppunt.voice.tests import make as make_voice

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(time_machine: Any) -> None:
    time_machine.move_to("2026-11-24T08:00:00+01:00", tick=False)


def test_a_vote_read_once_waits_on_the_worklist_and_closing_asks(
    garden: Organisation, coordinator: User, weaver: User, as_user: Callable[[User], Client]
) -> None:
    network = make_register.network("De Groene Ring", [garden])
    one, desk = make.proposal(method="majority", network=network), as_user(coordinator)
    page = one.get_absolute_url()
    assert (
        "Briefjes die één keer gelezen zijn (1)" not in desk.get("/beheer/alles/").content.decode()
    )
    votes.read_paper(Actor(weaver), make.voter(one, garden), ["for"], "", "paper")
    assert "Briefjes die één keer gelezen zijn (1)" in desk.get("/beheer/alles/").content.decode()
    assert "1 briefje is pas één keer gelezen" in desk.get(page).content.decode()
    desk.post(f"{page}sluit/")
    one.refresh_from_db()
    assert one.state == "open"
    desk.post(f"{page}sluit/", {"half_read": "leave"})
    one.refresh_from_db()
    assert one.state == "closed" and one.result["cast"] == 0


def test_a_vote_read_twice_waits_for_nobody(
    garden: Organisation, coordinator: User, weaver: User
) -> None:
    one = make.proposal(
        method="majority", network=make_register.network("De Groene Ring", [garden])
    )
    for person in (weaver, coordinator):
        votes.read_paper(Actor(person), make.voter(one, garden), ["for"], "", "paper")
    closed = proposals.close_proposal(SYSTEM, one, may_leave_out=False)
    assert closed.result["cast"] == 1


def test_what_is_to_be_looked_at_again_is_on_the_next_agenda_and_the_worklist(
    stranger: Client, coordinator: User, as_user: Callable[[User], Client]
) -> None:
    decision = {"title": "We delen de sleutel", "review_on": date(2026, 11, 25)}
    outcomes.decide(SYSTEM, decision | {"decided_on": date(2026, 3, 1)}, meeting=make.meeting())
    outcomes.decide(
        SYSTEM,
        {"title": "Later", "review_on": date(2026, 12, 24), "decided_on": date(2026, 3, 1)},
        meeting=make.meeting(),
    )
    make_voice.agreement(
        "Wijkakkoord", signed_on=date(2026, 1, 1), review_on=date(2026, 11, 24), is_public=True
    )
    make_voice.agreement("Concept", review_on=date(2026, 11, 24))
    page = stranger.get(make.meeting("Volgende keer").get_absolute_url()).content.decode()
    assert "We delen de sleutel" in page and "Later" not in page
    assert "Wijkakkoord" in page and "Concept" not in page
    desk = as_user(coordinator).get("/beheer/alles/").content.decode()
    assert "Akkoorden om opnieuw te bekijken (1)" in desk
