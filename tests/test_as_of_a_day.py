"""Everything agrees about who is there on a day: yesterday, today and later, and who is not in the
register at all.

New records of each kind that ended yesterday, end today, begin later or go on, are looked for on
every page of those days.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from knooppunt.agenda import lists
from knooppunt.agenda.figures import FIGURES as AGENDA_FIGURES
from knooppunt.agenda.models import Occurrence
from knooppunt.agenda.tests.make import activity
from knooppunt.core.audit.trail import SYSTEM
from knooppunt.core.pdf import documents
from knooppunt.decisions.actions import meetings, outcomes
from knooppunt.decisions.models import Body, Matter, Meeting
from knooppunt.decisions.tests import make as make_decisions
from knooppunt.directory.actions.links import assign_place, end_link, join_network
from knooppunt.directory.actions.records import change
from knooppunt.directory.models import Area, Organisation, Place
from knooppunt.directory.tests import make
from knooppunt.find import indexing
from knooppunt.find.models import Document
from knooppunt.help.models import Introduction
from knooppunt.help.tests.make import need, offer
from knooppunt.voice.actions import agreements, support
from knooppunt.voice.tests import make as make_voice
from tests.pages import addresses
from tests.test_closed_everywhere import read

pytestmark = pytest.mark.django_db
BEGAN, TODAY = date(2026, 1, 1), date(2026, 11, 24)
YESTERDAY, LATER, TOMORROW = (TODAY + timedelta(days=number) for number in (-1, 26, 1))
PERIODS: dict[str, dict[str, date]] = {
    "ended": {"since": BEGAN, "until": YESTERDAY},
    "lastday": {"since": BEGAN, "until": TODAY},
    "coming": {"since": LATER},
    "running": {"since": BEGAN},
}
THERE = {
    YESTERDAY: {"ended", "lastday", "running"},
    TODAY: {"lastday", "running"},
    TOMORROW: {"running"},
    LATER: {"coming", "running"},
}
REGISTER = "/open/register.json"


@pytest.fixture
def ring(garden: Organisation, garden_place: Place, time_machine: Any) -> Organisation:
    """The network of the garden, on the day of these tests."""
    time_machine.move_to("2026-11-24T08:00:00+01:00", tick=False)
    for record in (garden, garden_place):
        change(SYSTEM, record, {"since": BEGAN})
    return make.network("De Groene Ring", [garden], since=BEGAN)


def linked(link: Any, until: date | None) -> None:
    """A link that ends when its period does."""
    if until:
        end_link(SYSTEM, link, until)


@pytest.fixture
def each(
    ring: Organisation, garden: Organisation, garden_place: Place, noord: Area
) -> dict[str, list[str]]:
    """One of each kind in each period; gives the pages that name a kind on a day."""
    for key, period in PERIODS.items():
        for role in ("initiative", "network", "institution"):
            make.organisation(f"Zq{role} {key}", role=role, areas=[noord], **period)
        make.place(
            f"Zqplace {key}", host=garden, longitude=4.06, latitude=52.06, areas=[noord], **period
        )
        activity(
            f"Zqactivity {key}",
            "elke dag 10-12",
            place=garden_place,
            organiser=garden,
            group="local",
            today=BEGAN,
            **period,
        )
        for kind in ("member", "user", "giver"):
            make.organisation(f"Zq{kind} {key}", since=BEGAN)
        member, user, giver = (
            Organisation.objects.get(name=f"Zq{kind} {key}") for kind in ("member", "user", "giver")
        )
        since, until = period["since"], period.get("until")
        linked(join_network(SYSTEM, member, ring, since=since), until)
        linked(assign_place(SYSTEM, user, garden_place, role="uses", since=since), until)
        make_decisions.mandate(giver, **period)
    page, place, matter = (
        ring.get_absolute_url(),
        garden_place.get_absolute_url(),
        Matter.objects.get().get_absolute_url(),
    )
    return {
        "initiative": [
            "/initiatieven/",
            "/cijfers/initiatives/",
            "/cijfers/organisations.csv",
            "/wijken/noord/",
            "/open/organisations.csv",
            REGISTER,
        ],
        "network": [
            "/netwerken/",
            "/cijfers/networks/",
            "/cijfers/networks.csv",
            "/wijken/noord/",
            "/open/organisations.csv",
            REGISTER,
        ],
        "institution": [
            "/instellingen/",
            "/cijfers/organisations/",
            "/open/organisations.csv",
            REGISTER,
        ],
        "place": [
            "/plekken/",
            "/cijfers/places/",
            garden.get_absolute_url(),
            "/wijken/noord/",
            "/open/places.csv",
            "/open/place_roles.csv",
            REGISTER,
        ],
        "activity": ["/cijfers/activities/", "/cijfers/activities.csv", "/cijfers/aandeel.csv"],
        "member": [page, "/cijfers/members/", "/cijfers/members.csv", "/open/memberships.csv"],
        "user": [place, "/open/place_roles.csv"],
        "giver": [matter, f"{matter[:-1]}.csv", "/cijfers/mandating/"],
    }


@pytest.mark.parametrize("day", THERE)
def test_every_page_of_a_day_names_who_is_there_and_no_other(
    each: dict[str, list[str]], stranger: Client, day: date
) -> None:
    for kind, pages in each.items():
        for page in pages:
            text = read(stranger, page if day == TODAY else f"{page}?op={day}")
            named = set(re.findall(rf"zq{kind}[ -](\w+)", text, re.IGNORECASE))
            assert named == THERE[day], (kind, page, day)


@pytest.mark.parametrize("day", THERE)
def test_agenda_and_feeds_of_a_day_name_what_takes_place_then(
    each: dict[str, list[str]], stranger: Client, day: date
) -> None:
    assert set(re.findall(r"Zqactivity (\w+)", read(stranger, f"/agenda/?dag={day}"))) == THERE[day]
    days = set(
        Occurrence.objects.filter(activity__name="Zqactivity coming").values_list("day", flat=True)
    )
    assert min(days) == LATER


def test_search_names_what_is_there_today(each: dict[str, list[str]]) -> None:
    indexing.rebuild()
    titles = Document.objects.filter(is_gone=False).values_list("title", flat=True)
    for kind in ("initiative", "network", "institution", "place"):
        assert {title.split()[-1] for title in titles if f"Zq{kind}" in title} == THERE[TODAY], kind
    # What begins later can already be found: one can go there then.
    assert {title.split()[-1] for title in titles if "Zqactivity" in title} == THERE[TODAY] | {
        "coming"
    }


def test_a_page_of_another_day_does_not_tell_what_is_on_now(
    each: dict[str, list[str]], garden: Organisation, garden_place: Place, stranger: Client
) -> None:
    for record in (garden.get_absolute_url(), garden_place.get_absolute_url(), "/wijken/noord/"):
        assert "Zqactivity" in read(stranger, record), record
        assert "Zqactivity" not in read(stranger, f"{record}?op=2026-03-01"), record


def test_a_time_is_told_with_the_place_that_is_open_then(
    ring: Organisation, garden: Organisation, stranger: Client
) -> None:
    """A new building opens, an old one closes: each time names the one that is there on its day."""
    old = make.place("Zqoud gebouw", host=garden, since=BEGAN, until=LATER - timedelta(days=1))
    new = make.place("Zqnieuw gebouw", host=garden, since=LATER)
    activity("Zqkoor", "elke dag 10-12", places=[old, new], organiser=garden, group="local")
    rows = lists.filled(Occurrence.objects.filter(activity__name="Zqkoor").in_order())
    for row in rows:
        expected = [new] if row.occurrence.day >= LATER else [old]
        assert row.places == expected, row.occurrence.day
    assert "Zqoud" in read(stranger, f"/agenda/?dag={TODAY}")
    assert "Zqnieuw" in read(stranger, f"/agenda/?dag={LATER}")


def test_how_often_there_was_something_is_unknown_before_the_first_time_on_record(
    ring: Organisation, garden: Organisation, garden_place: Place
) -> None:
    activity(
        "Koken", "elke dag 10-12", place=garden_place, organiser=garden, group="local", since=BEGAN
    )
    figure = next(figure for figure in AGENDA_FIGURES if figure.key == "times")
    assert figure.begins is not None and figure.begins() == TODAY
    assert figure.value(TODAY) == 1


def test_a_body_that_ended_stands_apart_and_says_until_when(
    ring: Organisation, stranger: Client
) -> None:
    for key, period in PERIODS.items():
        make_decisions.body(f"Zqbody {key}", **period)
    going, _heading, ended = read(stranger, "/wie-beslist/").partition("Voorbij")
    assert set(re.findall(r"Zqbody (\w+)", going)) == {"lastday", "coming", "running"}
    assert re.findall(r"Zqbody (\w+)", ended) == ["ended"] and "23 november 2026" in ended
    page = read(stranger, Body.objects.get(name="Zqbody ended").get_absolute_url())
    assert "tot en met 23 november 2026" in page


def test_an_agreement_that_ended_says_so_in_the_list(ring: Organisation, stranger: Client) -> None:
    make_voice.agreement("Zqdeal", signed_on=BEGAN, since=BEGAN, until=YESTERDAY)
    assert "tot en met 23 november 2026" in read(stranger, "/akkoorden/")


@pytest.fixture
def outside(ring: Organisation, garden: Organisation, garden_place: Place, noord: Area) -> Meeting:
    """An organisation and a place that were named everywhere and were then taken out of the
    register.
    """
    institution = make.organisation("Gemeente Klein", role="institution", since=BEGAN)
    addresses(garden, ring, institution, garden_place)
    hidden = make.organisation("Zqverborgen club", since=BEGAN, areas=[noord])
    spot = make.place(
        "Zqverborgen schuur",
        host=garden,
        since=BEGAN,
        longitude=4.06,
        latitude=52.06,
        areas=[noord],
    )
    join_network(SYSTEM, hidden, ring, since=BEGAN)
    series = activity("Vilten", place=spot, organiser=hidden, group="local", since=BEGAN)
    board = make_decisions.body("Raad van Noord", areas=[noord])
    moment = timezone.make_aware(datetime(2026, 11, 26, 20))
    meeting = make_decisions.meeting("Zqoverleg", body=board, place=spot, starts=moment)
    meetings.add_item(
        SYSTEM, meeting, {"title": "Sleutel", "kind": "discuss", "organisation": hidden}
    )
    outcomes.take_up(SYSTEM, {"text": "Bellen", "organisation": hidden}, meeting=meeting)
    meetings.note_attendance(SYSTEM, meeting, hidden, 2)
    asked = need(garden, "Een zaal", place=spot, area=noord)
    Introduction.objects.create(need=asked, offer=offer(hidden, "Een zolder"), introduced_on=TODAY)
    point = make_voice.point("Zqpunt", areas=[noord], organisation=hidden)
    support.sign_on_paper(SYSTEM, point, hidden, BEGAN, "lijst")
    make_voice.cut(point, [hidden, garden])
    make_decisions.mandate(hidden)
    clause = make_voice.clause(make_voice.agreement("Zqakkoord", organisations=[hidden]))
    agreements.propose(
        SYSTEM,
        clause.agreement,
        {"title": "Zitten", "text": "Anders.", "organisation": hidden},
        clause,
    )
    make_decisions.proposal("Zqvoorstel", network=ring)
    Occurrence.objects.filter(activity=series).update(place=spot)
    return meeting


@pytest.mark.parametrize("state", ["draft", "archived"])
def test_what_is_not_in_the_register_is_named_nowhere(
    outside: Meeting,
    garden: Organisation,
    garden_place: Place,
    ring: Organisation,
    stranger: Client,
    monkeypatch: Any,
    state: str,
) -> None:
    monkeypatch.setattr(documents, "_typeset", lambda template, text, moment: (text.encode(), ""))
    for model in (Organisation, Place):
        change(SYSTEM, model.objects.get(name__startswith="Zqverborgen"), {"state": state})
    indexing.rebuild()
    institution = Organisation.objects.get(name="Gemeente Klein")
    pages = set(addresses(garden, ring, institution, garden_place).values())
    pages |= {
        f"/cijfers/{key}/"
        for key in (
            "introductions",
            "action_items",
            "mandating",
            "cosigners",
            "activities",
            "volunteers",
            "members",
        )
    }
    pages |= {
        "/overleg/",
        "/wie-beslist/",
        "/punten/",
        "/voorstellen/",
        "/akkoorden/",
        "/mandaten/",
        "/bezuinigingen/",
        "/wijken/noord/",
        "/kaart/?q=zqoverleg",
        "/vind/?q=zqoverleg",
        "/agenda/?toon=maand",
        "/agenda.ics",
    }
    pages |= {outside.get_absolute_url(), f"{outside.get_absolute_url()}blad/"}
    for document in Document.objects.filter(is_gone=False):
        pages.add(document.address)
        assert "erborgen" not in f"{document.title} {document.summary}", document
    named = {page for page in pages if "zqverborgen" in read(stranger, page).lower()}
    assert named == set()
    assert "een organisatie die niet in het register staat" in read(
        stranger, outside.get_absolute_url()
    )
    assert not Document.objects.filter(title__contains="Zqoverleg", latitude__isnull=False).exists()
