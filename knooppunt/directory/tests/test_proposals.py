"""A visitor proposes a record; a keeper takes it over, merges it or refuses it, and the visitor
hears it once.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from knooppunt.core.audit.trail import SYSTEM
from knooppunt.core.models import TrailEntry
from knooppunt.directory.actions.proposals import forget_proposals, propose, settle, take_over
from knooppunt.directory.models import Area, Kind, Organisation, Place, RecordProposal
from knooppunt.directory.tests import make
from knooppunt.people.models import User

pytestmark = pytest.mark.django_db
LogIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def queued(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """The mails put in the queue: template, address, context and the key that keeps them from
    going twice.
    """
    sent: list[tuple[Any, ...]] = []

    def enqueue(template: str, address: str, context: Any, *, kind: str, key: str) -> bool:
        sent.append((template, address, context, key))
        return True

    monkeypatch.setattr(
        "knooppunt.directory.actions.proposals.outbox.enqueue", enqueue, raising=False
    )
    return sent


def send(client: Client, time_machine: Any, what: str = "initiatieven", **given: Any) -> Any:
    """Fill in the form as a person does, some seconds after it was opened."""
    moment = timezone.now()
    time_machine.move_to(moment, tick=False)
    page = client.get(f"/voorstel/{what}/").content.decode()
    found = re.search('name="moment" value="([^"]+)"', page)
    time_machine.move_to(moment + timedelta(seconds=20), tick=False)
    return client.post(f"/voorstel/{what}/", {"moment": found and found[1], **given})


def waiting(**values: Any) -> RecordProposal:
    """A proposal that nobody decided about yet."""
    return propose(SYSTEM, {"what": "initiative", "name": "De Kas", **values})


def after_half_an_hour(time_machine: Any) -> None:
    """What the worker does when nobody undid a decision."""
    settle()
    time_machine.move_to(timezone.now() + timedelta(minutes=31), tick=False)
    settle()


def test_a_visitor_proposes_and_nobody_else_sees_it(
    noord: Area, stranger: Client, time_machine: Any, coordinator: User, as_user: LogIn
) -> None:
    answer = send(
        stranger,
        time_machine,
        name="<b>De Kas</b>\u202e",
        area=noord.pk,
        contact="010 1234567",
        text="Elke week <script>alert(1)</script>tuinieren",
        reply_email="wie@example.org",
    )
    assert answer.status_code == 200 and "Iemand kijkt ernaar" in answer.content.decode()
    proposal = RecordProposal.objects.get()
    assert (proposal.name, proposal.text) == ("De Kas", "Elke week tuinieren")
    assert (proposal.contact, proposal.what) == ("+31101234567", "initiative")
    assert not Organisation.objects.exists()
    assert "De Kas" not in stranger.get("/initiatieven/").content.decode()
    desk = as_user(coordinator).get("/beheer/alles/").content.decode()
    assert "Voorgesteld voor het register (1)" in desk and "wacht" in desk


def test_a_robot_and_a_flood_are_refused(terms: None, stranger: Client, time_machine: Any) -> None:
    time_machine.move_to("2026-03-02 10:05:00", tick=False)  # all within one hour of the clock
    assert send(stranger, time_machine, name="De Kas", nickname="x").status_code == 400
    assert stranger.post("/voorstel/plekken/", {"name": "De Kas"}).status_code == 400
    statuses = [send(stranger, time_machine, name=f"Kas {n}").status_code for n in range(12)]
    assert statuses == [200] * 10 + [400] * 2
    assert RecordProposal.objects.count() == 10


def test_what_is_there_already_is_shown_to_the_visitor_first(
    garden: Organisation, stranger: Client, time_machine: Any
) -> None:
    page = send(stranger, time_machine, name="de tuin").content.decode()
    assert "heeft deze naam" in page and "Nee: stuur mijn voorstel" in page
    assert not RecordProposal.objects.exists()
    send(stranger, time_machine, name="de tuin", anyway="de-tuin ")
    assert RecordProposal.objects.exists()


def test_taking_over_is_one_tap_and_the_visitor_hears_it_once(
    noord: Area, coordinator: User, as_user: LogIn, queued: list[Any], time_machine: Any
) -> None:
    kind = Kind.objects.get(slug="groenplek")
    proposal = waiting(
        area=noord,
        kind=kind,
        contact="+31101234567",
        text="Tuinieren.",
        reply_email="a@example.org",
    )
    answer = as_user(coordinator).post(f"/beheer/voorstel/{proposal.pk}/neem-over/")
    record = Organisation.objects.get()
    assert answer["Location"] == "/beheer/organisaties/de-kas/"
    assert (record.kind, list(record.areas.all()), record.is_public) == (kind, [noord], True)
    assert record.descriptions == {"nl": "Tuinieren."}
    assert record.contact_points.get().visibility == "keepers"
    assert not queued
    after_half_an_hour(time_machine)
    ((template, address, context, key),) = queued
    assert (template, address) == ("directory/mail/proposal", "a@example.org")
    assert key == f"proposal:{proposal.pk}" and context["page"].endswith("/initiatieven/de-kas/")
    proposal.refresh_from_db()
    assert (proposal.state, proposal.organisation) == ("taken_over", record)
    assert (proposal.reply_email, proposal.contact, proposal.text) == ("", "", "")
    assert as_user(coordinator).get(f"/beheer/voorstel/{proposal.pk}/").status_code == 404


def test_two_keepers_who_tap_at_once_make_one_record(db: None) -> None:
    proposal = waiting()
    again = RecordProposal.objects.get()
    take_over(SYSTEM, proposal)
    with pytest.raises(Exception, match="Hier is al over beslist"):
        take_over(SYSTEM, again)
    assert Organisation.objects.count() == 1


def test_a_place_with_a_kind_gets_its_host(noord: Area) -> None:
    kind = Kind.objects.get(slug="groenplek")
    take_over(
        SYSTEM, waiting(what="place", street="Kasweg 1", kind=kind, contact="https://kas.example/")
    )
    place = Place.objects.get()
    assert (place.street, place.website) == ("Kasweg 1", "https://kas.example/")
    assert place.roles.get().organisation.kind == kind


def test_merging_adds_only_what_the_record_does_not_say(
    garden: Organisation, coordinator: User, as_user: LogIn, queued: list[Any], time_machine: Any
) -> None:
    Organisation.objects.update(website="https://tuin.example/")
    proposal = waiting(
        name="Tuin",
        contact="info@tuin.example",
        text="Samen tuinieren.",
        reply_email="a@example.org",
    )
    client = as_user(coordinator)
    page = client.get(f"/beheer/voorstel/{proposal.pk}/").content.decode()
    assert "Dit komt erbij: omschrijving, contact" in page
    form = {"record": "De Tuin", "record_for": "De Tuin", "record_pick": "de-tuin"}
    answer = client.post(f"/beheer/voorstel/{proposal.pk}/voeg-samen/", form)
    assert answer["Location"] == "/beheer/organisaties/de-tuin/"
    garden.refresh_from_db()
    assert garden.descriptions == {"nl": "Samen tuinieren."} and Organisation.objects.count() == 1
    assert garden.website == "https://tuin.example/"
    assert garden.contact_points.get().value == "info@tuin.example"
    after_half_an_hour(time_machine)
    assert queued[0][2]["proposal"].state == "merged"


def test_refusing_asks_why_and_leaves_no_name_in_the_trail(
    coordinator: User, as_user: LogIn, queued: list[Any], time_machine: Any
) -> None:
    proposal, client = waiting(name="Nare naam", reply_email="a@example.org"), as_user(coordinator)
    address = f"/beheer/voorstel/{proposal.pk}/weiger/"
    assert client.post(address, {"reason": " "}).status_code == 400
    assert client.post(address, {"reason": "Dit is een webwinkel."}).status_code == 302
    after_half_an_hour(time_machine)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.reply_email) == ("refused", "")
    assert queued[0][2]["proposal"].reason == "Dit is een webwinkel."
    lines = str(list(TrailEntry.objects.values()))
    assert "Nare naam" not in lines and "webwinkel" not in lines


def test_a_weaver_decides_about_her_own_wijk(
    weaver: User, host: User, zuid: Area, noord: Area, as_user: LogIn
) -> None:
    mine, other, nowhere = waiting(area=zuid), waiting(area=noord), waiting()
    client = as_user(weaver)
    assert "Voorgesteld voor het register (1)" in client.get("/beheer/alles/").content.decode()
    for proposal, status in ((other, 404), (nowhere, 404), (mine, 302)):
        address = f"/beheer/voorstel/{proposal.pk}/neem-over/"
        assert as_user(host).post(address).status_code == 404
        assert client.post(address).status_code == status


def test_who_waits_longest_stands_first(coordinator: User, as_user: LogIn) -> None:
    for name in ("De Eerste", "De Tweede"):
        waiting(name=name)
    page = as_user(coordinator).get("/beheer/").content.decode()
    assert page.index("De Eerste") < page.index("De Tweede")


def test_old_addresses_and_decided_proposals_are_forgotten(time_machine: Any, db: None) -> None:
    moment = timezone.now()
    time_machine.move_to(moment, tick=False)
    take_over(SYSTEM, waiting())
    waiting(name="De Ander", reply_email="a@example.org")
    assert forget_proposals() == 0
    time_machine.move_to(moment + timedelta(days=91), tick=False)
    assert forget_proposals() == 1
    assert not RecordProposal.objects.exclude(reply_email="").exists()
    time_machine.move_to(moment + timedelta(days=366), tick=False)
    assert forget_proposals() == 1 and RecordProposal.objects.get().name == "De Ander"


@pytest.mark.parametrize(
    "address", ["/initiatieven/", "/netwerken/", "/instellingen/", "/plekken/"]
)
def test_every_list_offers_a_visitor_to_propose(
    address: str, terms: None, stranger: Client, host: User, as_user: LogIn
) -> None:
    link = f"/voorstel{address}"
    assert link in stranger.get(address).content.decode()
    assert link in as_user(host).get(address).content.decode()
    assert stranger.get(link).status_code == 200


def test_the_pages_of_records_offer_it_too(garden: Organisation, stranger: Client) -> None:
    make.place("Het Huis")
    for address in ("/initiatieven/de-tuin/", "/plekken/het-huis/"):
        assert "Stel het voor" in stranger.get(address).content.decode()
