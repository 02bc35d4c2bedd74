"""A garden that needs a kitchen on Thursdays is shown the kitchen two streets away, and what
came of it is counted.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone, translation

from knooppunt.core.audit.trail import SYSTEM
from knooppunt.core.models import TrailEntry
from knooppunt.directory.models import (
    Area,
    ContactPoint,
    Organisation,
    Place,
    Representation,
    Weaving,
)
from knooppunt.directory.tests import make as make_register
from knooppunt.help import matching
from knooppunt.help.actions import introductions, notices
from knooppunt.help.figures import FIGURES
from knooppunt.help.models import Introduction, Notice
from knooppunt.help.tests import make
from knooppunt.people.models import User

pytestmark = pytest.mark.django_db
THURSDAY, FRIDAY = 3, 4


@pytest.fixture
def kitchen(noord: Area) -> Organisation:
    """A living room 230 metres from the garden."""
    one = make_register.organisation("De Huiskamer", areas=[noord])
    make_register.place("De Huiskamer", host=one, longitude=4.05336, latitude=52.05)
    return one


@pytest.fixture
def need(garden: Organisation, garden_place: Place) -> Notice:
    return make.need(
        garden, "Een keuken voor de oogst", text="Samen koken met acht mensen.", days=[THURSDAY]
    )


def found(one: Notice) -> list[tuple[str, list[str]]]:
    return [
        (other.organisation.name, why)
        for other, why in matching.suggestions(one, timezone.localdate())
    ]


def test_the_kitchen_two_streets_away_is_shown_with_the_reasons(
    need: Notice, kitchen: Organisation, zuid: Area
) -> None:
    far = make_register.organisation("Verre Keuken", areas=[zuid])
    make_register.place("Verre Keuken", host=far, longitude=4.05, latitude=51.92)
    make.offer(far, "Keuken op donderdag", days=[THURSDAY])
    make.offer(kitchen, "Keuken vrij", days=[THURSDAY, FRIDAY])
    [first, second] = found(need)
    assert first == (
        "De Huiskamer",
        ["2 straten verderop (230 meter)", "ook op donderdag", "gaat ook over koken"],
    )
    assert second[0] == "Verre Keuken" and second[1][0] == "op 14,5 kilometer"
    with translation.override("en"):
        assert found(need)[0][1] == [
            "2 streets away (230 metres)",
            "also on Thursday",
            "is also about cooking",
        ]


@pytest.mark.parametrize(
    "values",
    [
        {"days": [FRIDAY]},
        {"kind": "things"},
        {"until": date(2020, 1, 1)},
        {"since": date(2999, 1, 1)},
    ],
)
def test_another_day_kind_or_period_does_not_fit(
    need: Notice, kitchen: Organisation, values: dict[str, Any]
) -> None:
    need.until = date(2998, 1, 1)
    need.save()
    make.offer(kitchen, "Keuken vrij", **values)
    assert found(need) == []


def test_an_offer_finds_needs_and_nobody_is_shown_her_own(
    need: Notice, kitchen: Organisation, garden: Organisation
) -> None:
    offer = make.offer(kitchen, "Keuken vrij")
    make.offer(garden, "Onze keuken")
    assert [name for name, _why in found(offer)] == ["De Tuin"]
    assert [name for name, _why in found(need)] == ["De Huiskamer"]


def test_only_what_is_open_and_public_is_shown(need: Notice, kitchen: Organisation) -> None:
    offer = make.offer(kitchen, "Keuken vrij")
    Organisation.objects.filter(pk=kitchen.pk).update(state="draft")
    assert found(need) == []
    Organisation.objects.filter(pk=kitchen.pk).update(state="public")
    notices.close(SYSTEM, offer, "withdrawn")
    assert found(need) == []
    notices.reopen(SYSTEM, offer)
    assert len(found(need)) == 1


def test_what_is_past_its_last_day_closes_itself(garden: Organisation) -> None:
    today = timezone.localdate()
    old = make.need(garden, "Tent", kind="things", until=today - timedelta(days=1))
    make.need(garden, "Kar", kind="things", until=today)
    assert notices.expire(today) == 1
    old.refresh_from_db()
    assert (old.state, old.closed_on) == ("expired", today)
    assert TrailEntry.objects.filter(verb="close", target_type="notice").count() == 1


def test_the_database_refuses_what_makes_no_sense(need: Notice, kitchen: Organisation) -> None:
    offer = make.offer(kitchen, "Keuken vrij")
    Introduction.objects.create(need=need, offer=offer)
    for wrong in (
        lambda: Introduction.objects.create(need=need, offer=offer),
        lambda: Introduction.objects.create(need=need, offer=need),
        lambda: Introduction.objects.update(outcome="yes"),
        lambda: Notice.objects.update(state="fulfilled"),
        lambda: Notice.objects.update(since=date(2026, 2, 1), until=date(2026, 1, 1)),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()


def test_an_introduction_writes_to_both_and_is_asked_after_two_weeks(
    need: Notice,
    kitchen: Organisation,
    garden: Organisation,
    host: User,
    stranger: Client,
    time_machine: Any,
) -> None:
    ContactPoint.objects.create(
        organisation=kitchen, type="email", value="huiskamer@example.org", visibility="keepers"
    )
    offer = make.offer(kitchen, "Keuken vrij")
    _made, unreached = introductions.introduce(SYSTEM, need, offer)
    assert unreached == [] and sorted(one.to[0] for one in mail.outbox) == [
        "host@example.org",
        "huiskamer@example.org",
    ]
    assert "huiskamer@example.org" not in "".join(str(one.body) for one in mail.outbox)
    with pytest.raises(ValidationError):
        introductions.introduce(SYSTEM, offer, need)
    assert introductions.ask(timezone.localdate()) == 0
    later = timezone.localdate() + timedelta(days=14)
    assert introductions.ask(later) == 1 and introductions.ask(later) == 0
    link = next(
        line for line in str(mail.outbox[-1].body).splitlines() if "/gelukt/" in line
    ).split("/gelukt/")[1]
    assert stranger.post(f"/gelukt/{link}", {"outcome": "misschien"}).status_code == 400
    assert (
        "tellen het mee"
        in stranger.post(f"/gelukt/{link}", {"outcome": "yes", "is_met": "on"}).content.decode()
    )
    need.refresh_from_db()
    assert need.state == "fulfilled"
    values = {figure.key: figure.value(timezone.localdate()) for figure in FIGURES}
    assert values == {"needs": 0, "offers": 1, "introductions": 1, "introductions_worked": 1}
    assert FIGURES[3].items(timezone.localdate())[0].note == "De Tuin + De Huiskamer"
    assert stranger.get("/gelukt/onzin/").status_code == 410


def test_who_cannot_be_written_to_is_named(need: Notice, kitchen: Organisation) -> None:
    _made, unreached = introductions.introduce(SYSTEM, need, make.offer(kitchen, "Keuken vrij"))
    assert unreached == ["De Tuin", "De Huiskamer"] and mail.outbox == []


def test_a_host_writes_down_a_need_on_a_page_and_sees_who_fits(
    garden: Organisation,
    garden_place: Place,
    kitchen: Organisation,
    host: User,
    as_user: Callable[[User], Client],
    stranger: Client,
) -> None:
    make.offer(kitchen, "Keuken vrij", days=[THURSDAY])
    client = as_user(host)
    sent = {
        "organisation": garden.pk,
        "side": "need",
        "kind": "room",
        "title": "<b>Een keuken</b>",
        "text": "",
        "days": ["3"],
    }
    page = client.post("/vraag-en-aanbod/nieuw/", sent, follow=True).content.decode()
    assert "2 straten verderop (230 meter)" in page and "Breng in contact met De Huiskamer" in page
    one = Notice.objects.get(side="need")
    assert (one.title, one.place, one.is_on_behalf, one.entered_by) == (
        "Een keuken",
        garden_place,
        False,
        host,
    )
    assert (
        "Een keuken"
        in stranger.get("/vraag-en-aanbod/?kant=need&wat=room&wijk=noord").content.decode()
    )
    assert "Breng in contact" not in stranger.get(one.get_absolute_url()).content.decode()
    assert "Een keuken" in stranger.get(garden.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "<b></b>"),
        ("title", "\u202e\u200b"),
        ("title", "x" * 121),
        ("days", ["9"]),
        ("kind", "onzin"),
        ("until", "2020-01-01"),
        ("organisation", "99999"),
    ],
)
def test_bad_input_comes_back_with_what_was_typed(
    garden: Organisation, host: User, as_user: Callable[[User], Client], field: str, value: Any
) -> None:
    sent = {
        "organisation": garden.pk,
        "side": "need",
        "kind": "room",
        "title": "Een keuken",
        "text": "Voor de oogst",
        "since": "2026-11-01",
        field: value,
    }
    answer = as_user(host).post("/vraag-en-aanbod/nieuw/", sent)
    assert answer.status_code == 400 and "Voor de oogst" in answer.content.decode()
    assert Notice.objects.count() == 0


def test_a_weaver_writes_on_behalf_and_has_a_desk(
    need: Notice, kitchen: Organisation, noord: Area, as_user: Callable[[User], Client]
) -> None:
    weaver = User.objects.create_user("noord@example.org", name="Noord")
    Weaving.objects.create(user=weaver, area=noord, since=timezone.localdate())
    client = as_user(weaver)
    client.post(
        "/vraag-en-aanbod/nieuw/",
        {"organisation": kitchen.pk, "side": "offer", "kind": "room", "title": "Keuken vrij"},
    )
    offer = Notice.objects.get(side="offer")
    assert offer.is_on_behalf
    page = client.get("/beheer/makelaar/").content.decode()
    assert "Een keuken voor de oogst" in page and "Keuken vrij" in page and "1 open vraag" in page
    page = client.post(
        f"/vraag-en-aanbod/{need.pk}/breng-samen/{offer.pk}/", follow=True
    ).content.decode()
    assert (
        "Ze weten nu van elkaar" not in page and "zonder mailadres: De Tuin, De Huiskamer" in page
    )
    assert "Al in contact gebracht." in page and "Breng in contact met" not in page
    made = Introduction.objects.get()
    client.post(f"/beheer/makelaar/{made.pk}/antwoord/", {"outcome": "no"})
    made.refresh_from_db()
    assert made.outcome == "no" and Notice.objects.get(pk=need.pk).is_open


def test_a_host_elsewhere_cannot_change_or_introduce(
    need: Notice, kitchen: Organisation, zuid: Area, as_user: Callable[[User], Client]
) -> None:
    offer = make.offer(kitchen, "Keuken vrij")
    other = make_register.organisation("Elders", areas=[zuid])
    user = User.objects.create_user("elders@example.org", name="Elders")
    Representation.objects.create(user=user, organisation=other, since=timezone.localdate())
    client = as_user(user)
    assert client.get(f"/vraag-en-aanbod/{need.pk}/wijzig/").status_code == 403
    assert (
        client.post(f"/vraag-en-aanbod/{need.pk}/klaar/", {"state": "withdrawn"}).status_code == 403
    )
    assert client.post(f"/vraag-en-aanbod/{need.pk}/breng-samen/{offer.pk}/").status_code == 404
    assert client.get("/beheer/makelaar/").status_code == 404
    assert Notice.objects.get(pk=need.pk).is_open and not Introduction.objects.exists()


def test_a_closed_one_is_404_for_strangers(need: Notice, stranger: Client) -> None:
    assert stranger.get(need.get_absolute_url()).status_code == 200
    notices.close(SYSTEM, need, "fulfilled")
    assert stranger.get(need.get_absolute_url()).status_code == 404


def test_what_was_introduced_keeps_its_side_and_only_the_same_kind_is_introduced(
    need: Notice, kitchen: Organisation, garden: Organisation
) -> None:
    offer = make.offer(kitchen, "Keuken vrij")
    with pytest.raises(ValidationError):
        introductions.introduce(SYSTEM, need, make.offer(kitchen, "Tafels", kind="things"))
    introductions.introduce(SYSTEM, need, offer)
    with pytest.raises(ValidationError):
        notices.change(SYSTEM, offer, {"side": "need"})
    notices.change(SYSTEM, offer, {"title": "Keuken vrij in de avond"})


def test_on_second_thoughts_it_did_not_work_out(need: Notice, kitchen: Organisation) -> None:
    made, _unreached = introductions.introduce(SYSTEM, need, make.offer(kitchen, "Keuken vrij"))
    introductions.answer(SYSTEM, made, "yes")
    assert Notice.objects.get(pk=need.pk).state == "fulfilled"
    made = Introduction.objects.select_related("need").get(pk=made.pk)
    introductions.answer(SYSTEM, made, "no")
    assert Notice.objects.get(pk=need.pk).is_open
