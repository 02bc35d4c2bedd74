"""What a plan lacks is found among the offers, and its dates stand in the agenda once the place
said yes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from knooppunt.agenda.models import Activity
from knooppunt.core.audit.trail import SYSTEM, Actor
from knooppunt.directory.models import Area, Organisation, Place, Representation
from knooppunt.directory.tests import make as make_register
from knooppunt.dreams.actions import plan_ties
from knooppunt.dreams.models import Plan
from knooppunt.dreams.tests import make_plans
from knooppunt.help.actions import introductions
from knooppunt.help.models import Introduction, Notice
from knooppunt.help.tests.make import offer
from knooppunt.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(noord: Area) -> Place:
    """The place of somebody else."""
    host = make_register.organisation("De Huiskamer", areas=[noord])
    return make_register.place("De Huiskamer", host=host, longitude=4.05336, latitude=52.05)


@pytest.fixture
def neighbour(room: Place) -> User:
    """Keeps that place."""
    user = User.objects.create_user("neighbour@example.org", name="Neighbour")
    host = Organisation.objects.get(name="De Huiskamer")
    Representation.objects.create(user=user, organisation=host, since=host.listed_on)
    return user


@pytest.fixture
def party(garden: Organisation, noord: Area) -> Plan:
    return make_plans.plan(garden, make_register.organisation("De Keuken"), area=noord)


def asked(client: Client, plan: Plan, at: Place, **said: Any) -> Any:
    """Ask a place for a day."""
    form = {
        "name": "Straatfeest",
        "starts_on": "2030-06-01",
        "starts_at": "15:00",
        "ends_at": "20:00",
        "place": at.pk,
        "location": "",
        **said,
    }
    return client.post(f"{plan.get_absolute_url()}dag/", form, follow=True)


def test_missing_pans_are_found_two_streets_away_and_come_back_as_met(
    party: Plan, garden: Organisation, room: Place, host: User, as_user: Callable[[User], Client]
) -> None:
    pans = offer(Organisation.objects.get(name="De Huiskamer"), "Grote pannen", kind="things")
    client, page = as_user(host), party.get_absolute_url()
    form = {
        "title": "Drie grote pannen",
        "kind": "things",
        "text": "",
        "until": "",
        "organisation": garden.pk,
    }
    assert "Drie grote pannen" in client.post(f"{page}nodig/", form, follow=True).content.decode()
    need = party.needs.get()
    assert need.notice.side == Notice.Side.NEED and need.notice.organisation == garden
    assert "Grote pannen" in client.get(need.notice.get_absolute_url()).content.decode()
    introduction, _unreached = introductions.introduce(SYSTEM, need.notice, pans)
    introductions.answer(SYSTEM, introduction, Introduction.Outcome.YES)
    shown = Client().get(page).content.decode()
    assert "gelukt" in shown and "De Huiskamer" in shown


def test_a_date_stands_in_the_agenda_when_the_place_says_yes(
    party: Plan,
    room: Place,
    host: User,
    neighbour: User,
    stranger: Client,
    as_user: Callable[[User], Client],
) -> None:
    assert "gevraagd aan de plek" in asked(as_user(host), party, room).content.decode()
    planned = party.dates.get()
    activity = planned.activity
    assert activity.state == "draft" and activity.minutes == 300
    assert stranger.get(activity.get_absolute_url()).status_code == 404
    yes = f"{party.get_absolute_url()}dag/{planned.pk}/ja/"
    # The keeper of the plan cannot say yes for the place.
    assert as_user(host).post(yes).status_code == 404
    show = reverse("agenda:show", args=[activity.slug])
    assert as_user(host).post(show, {"state": "public"}).status_code == 404
    assert "Ja, dat kan hier" in as_user(neighbour).get(party.get_absolute_url()).content.decode()
    as_user(neighbour).post(yes)
    page = stranger.get(activity.get_absolute_url())
    assert page.status_code == 200 and "De Tuin" in page.content.decode()
    assert "staat in de agenda" in stranger.get(party.get_absolute_url()).content.decode()


def test_a_place_that_refuses_says_why_and_nothing_is_lost(
    party: Plan,
    room: Place,
    host: User,
    neighbour: User,
    as_user: Callable[[User], Client],
) -> None:
    make_plans.step(party)
    asked(as_user(host), party, room)
    planned = party.dates.get()
    no = f"{party.get_absolute_url()}dag/{planned.pk}/nee/"
    assert as_user(neighbour).post(no, {"reason": ""}).status_code == 400
    as_user(neighbour).post(no, {"reason": "Dan is er een bruiloft. Een week later kan."})
    page = as_user(host).get(party.get_absolute_url()).content.decode()
    assert "Dan is er een bruiloft." in page and "de rest van het plan blijft staan" in page
    assert party.steps.count() == 1 and party.dates.count() == 1
    assert as_user(neighbour).get(no).status_code == 404  # answered


def test_a_day_that_is_past_is_refused_and_nothing_typed_is_lost(
    party: Plan, room: Place, host: User, as_user: Callable[[User], Client]
) -> None:
    answer = asked(as_user(host), party, room, starts_on="2020-06-01", name="Ons grote feest")
    page = answer.content.decode()
    assert answer.status_code == 400 and "Deze dag is al voorbij. Kies een andere." in page
    assert 'value="Ons grote feest"' in page
    assert not Activity.objects.exists()


def test_at_ones_own_place_or_on_the_street_nobody_needs_to_say_yes(
    party: Plan, garden_place: Place, host: User, as_user: Callable[[User], Client]
) -> None:
    asked(as_user(host), party, garden_place)
    asked(as_user(host), party, garden_place, place="", location="de stoep", ends_at="00:30")
    rows = [planned.activity for planned in party.dates.all()]
    assert [(row.state, row.minutes) for row in rows] == [("public", 300), ("public", 570)]


def test_a_plan_that_stops_asks_for_nothing_and_cancels_what_was_to_come(
    party: Plan, garden: Organisation, garden_place: Place, host: User, time_machine: Any
) -> None:
    time_machine.move_to("2030-03-04 10:00:00", tick=False)
    need = plan_ties.add_need(SYSTEM, party, garden, {"title": "Stoelen", "kind": "things"})
    said = {"starts_on": party.listed_on.replace(year=2031), "starts_at": time(15), "minutes": 60}
    planned = plan_ties.add_date(Actor(host), party, {**said, "place": garden_place})
    plan_ties.stop_plan(SYSTEM, party, {"went_badly": "Te weinig handen."})
    need.notice.refresh_from_db()
    planned.activity.refresh_from_db()
    assert need.notice.state == Notice.State.WITHDRAWN
    assert planned.activity.status == Activity.Status.CANCELLED


def test_without_agenda_and_needs_the_page_shows_neither(
    party: Plan, host: User, as_user: Callable[[User], Client], settings: Any
) -> None:
    off = frozenset({"agenda", "help"})
    settings.COALITION = replace(settings.COALITION, switched_off=off)
    page = as_user(host).get(party.get_absolute_url())
    assert page.status_code == 200
    assert "Dag erbij" not in page.content.decode() and "Vraag iets" not in page.content.decode()
    assert as_user(host).get(f"{party.get_absolute_url()}dag/").status_code == 404
