"""What is closed is closed everywhere: no page, list, search, map, sheet, export or figure of today
names it any more.

One of each kind is made, closed, and then looked for on every page that strangers can read. Its own
page stays and says that it ended; a page of a day before still shows it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from knooppunt.agenda.models import Activity
from knooppunt.agenda.tests.make import activity
from knooppunt.core.audit.trail import SYSTEM
from knooppunt.core.pdf import documents
from knooppunt.decisions.actions import mandates
from knooppunt.decisions.tests import make as make_decisions
from knooppunt.directory.actions import closing
from knooppunt.directory.actions.links import assign_place, end_link, join_network
from knooppunt.directory.actions.records import change
from knooppunt.directory.models import Area, Organisation, Place
from knooppunt.directory.tests import make
from knooppunt.find import indexing
from knooppunt.help.actions import notices
from knooppunt.help.tests.make import need
from knooppunt.people.models import User
from knooppunt.voice.actions import support
from knooppunt.voice.models import Point
from tests.pages import of_agenda, of_decisions, of_finding, of_help, of_voice

pytestmark = pytest.mark.django_db
BEGAN, CLOSED, BEFORE, TODAY = (
    date(2026, 1, 1),
    date(2026, 6, 30),
    date(2026, 3, 1),
    date(2026, 11, 24),
)
LISTS = {
    "initiatives": "/initiatieven/",
    "networks": "/netwerken/",
    "institutions": "/instellingen/",
    "places": "/plekken/",
    "search": "/vind/?q=zonnehoek",
    "desk of needs": "/vraag-en-aanbod/",
    "map": "/kaart/?q=zonnehoek",
    "organisations.csv": "/open/organisations.csv",
    "organisations.json": "/open/organisations.json",
    "memberships": "/open/memberships.csv",
    "roles": "/open/place_roles.csv",
    "hours": "/open/opening_hours.csv",
    "volunteers": "/open/volunteer_statements.csv",
    "confirmations": "/open/confirmations.csv",
    "contacts": "/open/contact_points.csv",
    "figures of networks": "/cijfers/networks/",
    "figure of members": "/cijfers/members.csv",
    "figure of places": "/cijfers/places/",
    "figure of volunteers": "/cijfers/volunteers.csv",
    "figure of needs": "/cijfers/needs.csv",
    "figure of signers": "/cijfers/cosigners.csv",
    "figure of mandates": "/cijfers/mandating.csv",
    "figure of activities": "/cijfers/activities.csv",
    "agenda": "/agenda/?toon=maand",
    "home": "/",
    "wijk": "/wijken/noord/",
    "figures": "/cijfers/",
    "words": "/vind/?q=verf",
    "needs of Noord": "/vraag-en-aanbod/?wijk=noord",
    "month of the agenda": "/agenda/papier/maand.pdf",
}


@dataclass
class World:
    """Who and what stays, and the addresses of what is closed."""

    garden: Organisation
    network: Organisation
    institution: Organisation
    place: Place
    area: Area
    pages: dict[str, str]
    own: set[str] = field(default_factory=set)


@pytest.fixture
def world(
    garden: Organisation, garden_place: Place, noord: Area, time_machine: Any, monkeypatch: Any
) -> World:
    """The garden with its place, in a network, since the beginning of the year; sheets answer
    with what they draw.
    """
    monkeypatch.setattr(documents, "_typeset", lambda template, text, moment: (text.encode(), ""))
    time_machine.move_to("2026-11-24T08:00:00+01:00", tick=False)
    for record in (garden, garden_place):
        change(SYSTEM, record, {"since": BEGAN})
    network = make.network("De Groene Ring", [garden], since=BEGAN)
    institution = make.organisation("Gemeente Klein", role="institution", since=BEGAN)
    records = {
        key: record.get_absolute_url()
        for key, record in {
            "garden": garden,
            "network": network,
            "institution": institution,
            "place": garden_place,
        }.items()
    }
    papers = {f"{key} on paper": f"/papier{address}" for key, address in records.items()}
    pages = (
        of_agenda(garden, network, institution, garden_place)
        | of_finding()
        | of_help(garden)
        | of_decisions(garden, network)
        | of_voice(garden)
        | records
        | papers
        | LISTS
    )
    pages["decisions:matter"] = pages["decisions:matter"].partition("?")[0]
    return World(garden, network, institution, garden_place, noord, pages)


def ended_organisation(world: World, role: str) -> None:
    """An organisation that was everywhere and stopped."""
    name = f"Zonnehoek {role}"
    record = make.organisation(
        name, role=role, since=BEGAN, areas=[world.area], descriptions={"nl": name}
    )
    world.own.add(record.slug)
    join_network(SYSTEM, record, world.network, since=BEGAN)
    assign_place(SYSTEM, record, world.place, role="uses", since=BEGAN)
    activity("Schilderen", place=world.place, organiser=record, group="local", since=BEGAN)
    if role != "institution":
        need(record, f"Verf van de zonnehoek {role}")
        make_decisions.mandate(record, since=BEGAN)
        point = Point.objects.get(slug=world.pages["voice:point"].split("/")[2])
        support.sign_on_paper(SYSTEM, point, record, BEGAN, "lijst")
    change(SYSTEM, record, {"until": CLOSED})


def ended_place(world: World) -> None:
    """A place that closed, with an activity that goes on."""
    record = make.place(
        "Zonnehoek place",
        host=world.garden,
        since=BEGAN,
        longitude=4.06,
        latitude=52.06,
        areas=[world.area],
    )
    world.own.add(record.slug)
    activity("Timmeren", place=record, organiser=world.garden, group="local", since=BEGAN)
    change(SYSTEM, record, {"until": CLOSED})


def ended_activity(world: World) -> None:
    """A series that ended."""
    row = activity(
        "Zonnehoek activity",
        place=world.place,
        organiser=world.garden,
        group="local",
        since=BEGAN,
        until=CLOSED,
    )
    world.own.add(row.slug)


def ended_needs(world: World) -> None:
    """A need that is not needed any more, and one whose last day is past before the nightly
    round closed it.
    """
    withdrawn = need(world.garden, "Zonnehoek withdrawn", since=BEGAN)
    notices.close(SYSTEM, withdrawn, "withdrawn", CLOSED)
    past = need(world.garden, "Zonnehoek past", since=BEGAN, until=CLOSED)
    world.own |= {withdrawn.get_absolute_url(), past.get_absolute_url()}


def ended_links(world: World) -> None:
    """Organisations that go on, and left the network, the place, the list of signatures and the
    mandate.
    """
    left = {name: make.organisation(f"Zonnehoek {name}", since=BEGAN) for name in LEFT}
    end_link(SYSTEM, join_network(SYSTEM, left["member"], world.network, since=BEGAN), CLOSED)
    end_link(SYSTEM, assign_place(SYSTEM, left["user"], world.place, since=BEGAN), CLOSED)
    point = Point.objects.get(slug=world.pages["voice:point"].split("/")[2])
    support.sign_on_paper(SYSTEM, point, left["signer"], BEGAN, "lijst")
    point.signatures.filter(organisation=left["signer"]).update(withdrawn_on=CLOSED)
    mandates.withdraw(SYSTEM, make_decisions.mandate(left["giver"], since=BEGAN), CLOSED)


# Where an organisation that goes on was named by the link that ended.
LEFT = {
    "member": ("network", "network on paper", "figure of members", "memberships"),
    "user": ("place", "place on paper", "roles"),
    "signer": ("voice:point", "figure of signers"),
    "giver": (
        "decisions:matter",
        "decisions:matter_csv",
        "decisions:delegate",
        "figure of mandates",
    ),
}
ROLES = ("initiative", "network", "institution")
GONE = (*ROLES, "place", "activity", "withdrawn", "past")


@pytest.fixture
def closed(world: World) -> World:
    """One of each kind, closed in June."""
    for role in ROLES:
        ended_organisation(world, role)
    for close in (ended_place, ended_activity, ended_needs, ended_links):
        close(world)
    indexing.rebuild()
    return world


def read(client: Client, address: str) -> str:
    """What an address answers, as text; streams are read to their end."""
    answer = client.get(address, HTTP_HOST="127.0.0.1", follow=True)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[arg-type]
    return content.decode(errors="replace") if answer.status_code == 200 else ""


def test_what_ended_is_named_on_no_page_of_today(closed: World, stranger: Client) -> None:
    texts = {
        key: read(stranger, address)
        for key, address in closed.pages.items()
        if not any(own in address for own in closed.own)
    }
    assert sum(bool(text) for text in texts.values()) > 80
    named = {
        (name, key) for name in GONE for key, text in texts.items() if f"onnehoek {name}" in text
    }
    named |= {
        (name, key)
        for name, where in LEFT.items()
        for key in where
        if f"Zonnehoek {name}" in texts[key]
    }
    assert named == set()


def test_a_day_before_still_shows_it(closed: World, stranger: Client) -> None:
    history = {
        "initiative": (
            "/initiatieven/",
            "/cijfers/initiatives/",
            "/open/organisations.csv",
            closed.pages["network"],
            closed.pages["place"],
            "/wijken/noord/",
            "/cijfers/mandating.csv",
            "/cijfers/cosigners.csv",
            closed.pages["decisions:matter"],
        ),
        "network": ("/netwerken/", "/cijfers/networks/", "/open/organisations.json"),
        "institution": ("/instellingen/", "/cijfers/organisations/", "/open/register.json"),
        "place": (
            "/plekken/",
            "/cijfers/places/",
            "/open/places.csv",
            closed.pages["garden"],
            "/wijken/noord/",
        ),
        "activity": ("/cijfers/activities/",),
        "member": (closed.pages["network"], "/open/memberships.csv"),
        "user": (closed.pages["place"], "/open/place_roles.json"),
        "giver": (closed.pages["decisions:matter"],),
    }
    missing = [
        (name, path)
        for name, paths in history.items()
        for path in paths
        if not {f"Zonnehoek {name}", f"zonnehoek-{name}"}
        & {
            word
            for word in (f"Zonnehoek {name}", f"zonnehoek-{name}")
            if word in read(stranger, f"{path}?op={BEFORE}")
        }
    ]
    assert missing == []


def test_its_own_page_stays_and_says_that_it_ended(closed: World, stranger: Client) -> None:
    records = [Place.objects.get(name="Zonnehoek place")]
    records += [Organisation.objects.get(name=f"Zonnehoek {role}") for role in ROLES]  # type: ignore[misc]
    for record in records:
        text = read(stranger, record.get_absolute_url())
        assert "30 juni 2026" in text and "lijsten en tellingen" in text, record
        assert "Laatst bevestigd" not in text and "Nog nooit bevestigd" not in text, record


def test_nobody_is_asked_to_confirm_what_ended(
    closed: World, coordinator: User, as_user: Callable[[User], Client]
) -> None:
    text = read(as_user(coordinator), "/beheer/werk/bevestigen/")
    assert closed.garden.name in text and "Zonnehoek initiative" not in text


def test_what_ends_today_is_still_there_and_gone_tomorrow(
    garden: Organisation, stranger: Client, time_machine: Any
) -> None:
    change(SYSTEM, garden, {"since": BEGAN, "until": TODAY})
    time_machine.move_to("2026-11-24T08:00:00+01:00", tick=False)
    assert garden.name in read(stranger, "/initiatieven/")
    time_machine.move_to("2026-11-25T08:00:00+01:00", tick=False)
    assert garden.name not in read(stranger, "/initiatieven/")
    assert Organisation.objects.visible_on(timezone.localdate() - timedelta(days=1)).count() == 1


CHOICES: dict[str, dict[str, str]] = {
    "ends": {"places": "close", "activities": "end", "notices": "withdraw"},
    "moves": dict.fromkeys(("places", "activities", "notices"), "move"),
    "unknown": dict.fromkeys(("places", "activities", "notices"), "unknown"),
}


def close_with(world: World, name: str, successor: Organisation) -> Organisation:
    """An organisation with a place, an activity and a need that stopped in June, closed with
    one choice for all.
    """
    record = make.organisation(f"Zonnehoek {name}", since=BEGAN, areas=[world.area])
    host = make.place(
        f"Schuur {name}",
        host=record,
        since=BEGAN,
        longitude=4.06,
        latitude=52.06,
        areas=[world.area],
    )
    series = activity(
        f"Weven {name}", place=world.place, organiser=record, group="local", since=BEGAN
    )
    notice = need(record, f"Garen {name}", since=BEGAN)
    join_network(SYSTEM, record, world.network, since=BEGAN)
    world.own |= {record.slug}
    if name == "ends":
        world.own |= {host.slug, series.slug, notice.get_absolute_url()}
    answers = {
        (part.group.key, row.pk): closing.Answer(CHOICES[name][part.group.key], successor)
        for part in closing.below(record, CLOSED)
        for row in part.rows
        if part.group.key in CHOICES[name]
    }
    closing.close(SYSTEM, record, CLOSED, answers)
    return record


@pytest.fixture
def decided(world: World) -> World:
    """Three organisations that were closed, each with another decision about what hung below
    them.
    """
    successor = make.organisation("De Opvolger", since=BEGAN, areas=[world.area])
    for name in CHOICES:
        close_with(world, name, successor)
    indexing.rebuild()
    return world


def test_after_closing_every_page_agrees_with_what_was_decided(
    decided: World, stranger: Client
) -> None:
    texts = {
        key: read(stranger, address)
        for key, address in decided.pages.items()
        if not any(own in address for own in decided.own)
    }
    texts |= {
        "day": read(stranger, "/agenda/"),
        "looms": read(stranger, "/vind/?q=weven"),
        "sheds": read(stranger, "/vind/?q=schuur"),
        "agenda file": read(stranger, "/agenda.ics"),
        "places.csv": read(stranger, "/open/places.csv"),
    }
    organisations = {
        (name, key) for name in CHOICES for key, text in texts.items() if f"onnehoek {name}" in text
    }
    assert organisations == set()
    things = ("Schuur", "Weven", "Garen")
    ended = {
        (thing, key) for thing in things for key, text in texts.items() if f"{thing} ends" in text
    }
    assert ended == set()
    for name in ("moves", "unknown"):
        assert f"Weven {name}" in texts["day"] and f"Weven {name}" in texts["agenda file"]
        assert f"Weven {name}" in texts["looms"]
        assert f"Schuur {name}" in texts["places"] and f"Schuur {name}" in texts["places.csv"]
        assert f"Schuur {name}" in texts["sheds"]
    # What was handed over is named with who has it now; what nobody decided about is there without
    # a name.
    assert "Garen moves" in texts["desk of needs"] and "Garen unknown" not in texts["desk of needs"]
    for name, has_successor in (("moves", True), ("unknown", False)):
        for record in (
            Place.objects.get(name=f"Schuur {name}"),
            Activity.objects.get(name=f"Weven {name}"),
        ):
            page = read(stranger, record.get_absolute_url())
            assert ("De Opvolger" in page) == has_successor, record
            assert f"Zonnehoek {name}" not in page, record


def test_undoing_a_closing_brings_it_back_everywhere(decided: World, stranger: Client) -> None:
    gone = Organisation.objects.get(name="Zonnehoek ends")
    line = closing.last_closing(gone)
    assert line is not None
    closing.undo(SYSTEM, line)
    indexing.rebuild()
    for address, words in (
        ("/initiatieven/", "Zonnehoek ends"),
        ("/plekken/", "Schuur ends"),
        ("/agenda/", "Weven ends"),
        ("/vraag-en-aanbod/", "Garen ends"),
        (decided.pages["network"], "Zonnehoek ends"),
        ("/vind/?q=weven", "Weven ends"),
    ):
        assert words in read(stranger, address), address
