"""Meetings with agendas that members add to, actions that come back until they are done, and
mandates on any day.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from knooppunt.core.audit.trail import SYSTEM, Actor
from knooppunt.core.models import TrailEntry
from knooppunt.decisions import meeting_context
from knooppunt.decisions.actions import mandates, meetings, outcomes
from knooppunt.decisions.models import Mandate, Term
from knooppunt.decisions.searchable import SEARCHABLE
from knooppunt.decisions.tests import make
from knooppunt.directory.models import Area, Organisation
from knooppunt.directory.tests import make as make_register
from knooppunt.people.models import User

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_what_was_not_done_comes_back_until_it_is_closed(stranger: Client) -> None:
    body, now = make.body("Klankbordgroep", "sounding"), timezone.now()
    first = make.meeting("Eerste", body=body, starts=now - 60 * DAY)
    item = outcomes.take_up(
        SYSTEM,
        {
            "text": "De gemeente bellen",
            "owner": "regisseur",
            "due_on": timezone.localdate() - 30 * DAY,
            "listed_on": timezone.localdate() - 60 * DAY,
        },
        meeting=first,
    )
    later, other = make.meeting("Derde", body=body), make.meeting("Ander", kind="working")
    assert (
        meeting_context.left_open(later, False) == [item]
        and meeting_context.left_open(other, False) == []
    )
    page = stranger.get(later.get_absolute_url()).content.decode()
    assert "De gemeente bellen" in page and "te laat" in page
    outcomes.close_action(SYSTEM, item, "Ze komen langs.")
    assert meeting_context.left_open(later, False) == []
    with pytest.raises(ValidationError):
        outcomes.take_up(SYSTEM, {"text": "Iets"}, meeting=first)


def test_what_a_closed_meeting_left_open_is_not_for_strangers(
    stranger: Client, host: User, as_user: Callable[[User], Client]
) -> None:
    body, now = make.body("Klankbordgroep", "sounding"), timezone.now()
    closed = make.meeting("Besloten", body=body, starts=now - 9 * DAY, is_public=False)
    outcomes.take_up(SYSTEM, {"text": "Vertrouwelijk bellen", "owner": "regisseur"}, meeting=closed)
    decision = outcomes.decide(SYSTEM, {"title": "Geheim besluit"}, meeting=closed)
    later = make.meeting("Open", body=body)
    for address in (
        later.get_absolute_url(),
        "/overleg/",
        "/besluiten/",
        "/besluiten.csv",
        body.get_absolute_url(),
    ):
        page = stranger.get(address).content.decode()
        assert (
            "Vertrouwelijk" not in page and "Besloten" not in page and "Geheim besluit" not in page
        ), address
    for address in (closed.get_absolute_url(), decision.get_absolute_url()):
        assert (
            stranger.get(address).status_code == 404
            and as_user(host).get(address).status_code == 200
        )
    assert "Vertrouwelijk" in as_user(host).get(later.get_absolute_url()).content.decode()


def test_presence_shows_which_networks_and_wijken_are_missing(
    garden: Organisation, noord: Area, zuid: Area
) -> None:
    ring, other = make_register.network("De Ring", [garden]), make_register.network("Ander netwerk")
    one = make.meeting("Groot overleg", kind="assembly")
    meetings.note_attendance(SYSTEM, one, garden, 3)
    meetings.note_attendance(SYSTEM, one, garden, 4)
    there = meeting_context.presence(one)
    assert (
        there.heads == 4
        and there.networks == [other]
        and zuid in there.wijken
        and noord not in there.wijken
    )
    meetings.note_attendance(SYSTEM, one, garden, 0)
    assert set(meeting_context.presence(one).networks) == {ring, other}


def test_members_add_to_the_agenda_until_it_begins(
    host: User, as_user: Callable[[User], Client], stranger: Client
) -> None:
    one, gone = make.meeting("Maandoverleg"), make.meeting("Vorige", starts=timezone.now() - DAY)
    tuin = as_user(host)
    tuin.post(
        f"{one.get_absolute_url()}agendapunt/", {"title": "De sleutel <script>", "kind": "discuss"}
    )
    assert "De sleutel" in stranger.get(one.get_absolute_url()).content.decode()
    assert (
        tuin.post(
            f"{gone.get_absolute_url()}agendapunt/", {"title": "Te laat", "kind": "discuss"}
        ).status_code
        == 403
    )


def test_the_last_moment_to_ask_to_speak_follows_from_the_body(
    coordinator: User, as_user: Callable[[User], Client]
) -> None:
    desk = as_user(coordinator)
    desk.post(
        "/wie-beslist/nieuw/", {"name": "Wijkraad Noord", "kind": "wijkraad", "speak_at": "12:00"}
    )
    body = make.Body.objects.get()
    starts = (timezone.localtime() + 5 * DAY).strftime("%Y-%m-%dT19:30")
    assert (
        "Bij wie is dit overleg"
        in desk.post("/overleg/nieuw/", {"kind": "wijkraad", "starts": starts}).content.decode()
    )
    desk.post(
        "/overleg/nieuw/",
        {"kind": "wijkraad", "body": body.pk, "starts": starts, "is_public": "on"},
    )
    assert timezone.localtime(make.Meeting.objects.get().speak_by).strftime("%H:%M") == "12:00"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("starts", "morgen"),
        ("starts", ""),
        ("ends", "2020-01-01T10:00"),
        ("speak_by", "2999-01-01T10:00"),
        ("website", "niet een adres"),
        ("kind", "feest"),
    ],
)
def test_a_meeting_that_cannot_be_is_refused_and_nothing_is_lost(
    field: str, value: str, coordinator: User, as_user: Callable[[User], Client]
) -> None:
    good = {"kind": "working", "title": "Groen", "starts": "2027-03-02T19:00", "is_public": "on"}
    answer = as_user(coordinator).post("/overleg/nieuw/", {**good, field: value})
    assert answer.status_code == 400 and 'value="Groen"' in answer.content.decode()


def test_in_whose_name_is_one_list_for_any_day(
    garden: Organisation, noord: Area, stranger: Client
) -> None:
    today = timezone.localdate()
    kitchen, late = (
        make_register.organisation("De Keuken", areas=[noord]),
        make_register.organisation("Later", areas=[noord]),
    )
    make.mandate(garden, since=today - 30 * DAY)
    gone = make.mandate(kitchen, since=today - 30 * DAY)
    make.mandate(late, since=today - 5 * DAY)
    mandates.withdraw(SYSTEM, gone, today - 10 * DAY)
    held = {
        number: sorted(
            Mandate.objects.as_of(today - number * DAY).values_list("organisation__name", flat=True)
        )
        for number in (31, 30, 11, 10, 5, 0)
    }
    assert held == {
        31: [],
        30: ["De Keuken", "De Tuin"],
        11: ["De Keuken", "De Tuin"],
        10: ["De Tuin"],
        5: ["De Tuin", "Later"],
        0: ["De Tuin", "Later"],
    }
    page = stranger.get(f"/mandaten/welzijnsdeal/?op={today - 11 * DAY}").content.decode()
    assert '<p class="big">2</p>' in page and "De Keuken" in page and "Later" not in page
    assert (
        "De Keuken"
        in stranger.get(f"/mandaten/welzijnsdeal.csv?op={today - 11 * DAY}").content.decode()
    )
    for odd in ("?op=2026-13-45", "?op=gisteren", "?op="):
        assert stranger.get(f"/mandaten/welzijnsdeal/{odd}").status_code == 200


def test_a_mandate_needs_a_day_and_a_place_where_it_stands_and_is_given_once(
    garden: Organisation,
) -> None:
    given = make.mandate(garden)
    for wrong in ({"since": None}, {"source": ""}, {}):
        with pytest.raises(ValidationError):
            make.mandate(garden, **wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Mandate.objects.create(
            organisation=garden,
            delegate=given.delegate,
            matter=given.matter,
            since=timezone.localdate(),
        )
    with pytest.raises(ValidationError):
        mandates.withdraw(SYSTEM, given, timezone.localdate() - DAY)


def test_a_host_gives_and_withdraws_only_for_her_own(
    garden: Organisation, noord: Area, host: User, weaver: User, as_user: Callable[[User], Client]
) -> None:
    other = make_register.organisation("De Keuken", areas=[noord])
    row = make.mandate(garden, about="Eerste")
    form = {
        "matter": row.matter.pk,
        "delegate": row.delegate.pk,
        "given": "signature",
        "source": "brief",
        "since": (timezone.localdate() + DAY).isoformat(),
    }
    for who in (host, weaver):
        assert (
            as_user(who).post("/mandaten/nieuw/", {**form, "organisations": [other.pk]}).status_code
            == 400
        )
    as_user(host).post(f"/mandaten/intrekken/{row.pk}/", {"on": timezone.localdate().isoformat()})
    row.refresh_from_db()
    assert row.withdrawn_on == timezone.localdate()


def test_names_go_when_somebody_asks(
    coordinator: User, as_user: Callable[[User], Client], garden: Organisation
) -> None:
    one = make.mandate(garden, who="Anna Voorbeeld").delegate
    hat = mandates.declare_hat(SYSTEM, one, {"text": "Anna zit in de raad"})
    term = meetings.save_term(
        SYSTEM,
        make.body(),
        {"label": "lid", "person": "Bert Voorbeeld", "since": None, "until": None, "source": ""},
    )
    desk = as_user(coordinator)
    desk.post(f"{one.get_absolute_url()}naam/", {"name": "onze delegatie"})
    desk.post(f"{one.get_absolute_url()}pet/{hat.pk}/weg/", {"sure": "1"})
    desk.post(
        f"{term.post.body.get_absolute_url()}functie/{term.pk}/einde/",
        {"until": timezone.localdate().isoformat(), "is_forgotten": "on"},
    )
    kept = repr(
        [list(model.objects.values()) for model in (TrailEntry, Term, type(one), type(hat))]
    )
    assert "Anna" not in kept and "Bert" not in kept and Actor(None).user is None


def test_a_decision_is_looked_at_again_and_ends(
    stranger: Client, coordinator: User, as_user: Callable[[User], Client]
) -> None:
    today = timezone.localdate()
    one = outcomes.decide(
        SYSTEM, {"title": "We gaan door", "decided_on": today - 9 * DAY, "review_on": today}
    )
    assert (
        "Besluiten om opnieuw te bekijken (1)"
        in as_user(coordinator).get("/beheer/alles/").content.decode()
    )
    as_user(coordinator).post(f"{one.get_absolute_url()}bekijk/", {"holds": "no"})
    assert "geldt niet meer" in stranger.get(one.get_absolute_url()).content.decode()
    one.refresh_from_db()
    assert list(type(one).objects.as_of(today - DAY)) == [one] and not type(one).objects.as_of(
        today
    )
    with pytest.raises(ValidationError):
        outcomes.decide(SYSTEM, {"title": "Morgen", "decided_on": today + DAY})


def test_a_meeting_is_found_by_the_search() -> None:
    make.meeting("Klankbordgroep over de speeltuin", brief="De glijbaan.")
    found = [entry.title for one in SEARCHABLE for entry in one.entries(one.numbers())]
    assert found == ["Klankbordgroep over de speeltuin"]


@pytest.mark.parametrize("day", ["", "0001-01-01"])
def test_a_day_that_is_emptied_or_impossible_is_asked_for_again(
    day: str, coordinator: User, as_user: Callable[[User], Client]
) -> None:
    one = outcomes.decide(SYSTEM, {"title": "We gaan door", "decided_on": timezone.localdate()})
    page = as_user(coordinator).post(f"{one.get_absolute_url()}bekijk/", {"holds": "no", "on": day})
    assert page.status_code == 400
    one.refresh_from_db()
    assert one.ended_on is None
