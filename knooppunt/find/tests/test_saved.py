"""A search that comes by mail: asked twice, once a week, only when there is something, stopped
with one tap.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail, signing
from django.test import Client
from django.utils import timezone

from knooppunt.agenda.models import Activity
from knooppunt.core.web.forms import SALT
from knooppunt.directory.models import Area, Organisation, Place
from knooppunt.directory.tests import make
from knooppunt.find import indexing, saved
from knooppunt.find.models import Document, SavedSearch

pytestmark = pytest.mark.django_db


def sent(time_machine: Any = None, **more: Any) -> dict[str, Any]:
    """What a person sends who took her time."""
    early = int((timezone.now() - timedelta(minutes=1)).timestamp())
    return {
        "address": "iemand@example.org",
        "moment": signing.dumps(early, salt=SALT),
        "nickname": "",
        **more,
    }


def link() -> str:
    """The address in the last mail."""
    return (
        next(line for line in str(mail.outbox[-1].body).splitlines() if "/vind/mail/" in line)
        .split("8000")[-1]
        .strip()
    )


def later(days: int) -> Any:
    return timezone.localdate() + timedelta(days=days)


def test_from_asking_to_stopping(
    noord: Area, zuid: Area, gardening: Activity, stranger: Client
) -> None:
    indexing.rebuild()
    page = stranger.post("/vind/mail/", sent(area="noord")).content.decode()
    assert "Kijk in je mail" in page and "Noord" in str(mail.outbox[0].body)
    assert saved.send(later(7)) == 0
    address = link()
    assert "Ja, stuur me elke week" in stranger.get(address).content.decode()
    assert "Dit komt elke week" in stranger.post(address, {"do": "confirm"}).content.decode()
    assert saved.send(later(6)) == 0
    assert saved.send(later(7)) == 1 and saved.send(later(8)) == 0
    weekly = mail.outbox[-1]
    assert (
        "Te doen:" in weekly.body and "Tuinochtend" in weekly.body and "Nieuw:" not in weekly.body
    )
    assert weekly.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    one_tap = weekly.extra_headers["List-Unsubscribe"].strip("<>").split("8000")[-1]
    assert stranger.get(one_tap).status_code == 302 and SavedSearch.objects.exists()
    assert stranger.post(one_tap, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not SavedSearch.objects.exists() and stranger.get(address).status_code == 410


def test_what_is_new_is_told_first_and_only_in_the_wijk(noord: Area, zuid: Area) -> None:
    one = SavedSearch.objects.create(
        address="a@example.org", area=noord, confirmed_on=later(-7), sent_on=later(-7)
    )
    make.organisation("Nieuw in Noord", areas=[noord])
    make.organisation("Nieuw in Zuid", areas=[zuid])
    make.organisation("Al lang in Noord", areas=[noord])
    indexing.rebuild()
    Document.objects.filter(title="Al lang in Noord").update(first_on=later(-30))
    assert saved.send(later(0)) == 1
    body = str(mail.outbox[0].body)
    assert (
        "Nieuw:" in body
        and "Nieuw in Noord" in body
        and "Zuid" not in body
        and "Al lang" not in body
    )
    one.refresh_from_db()
    assert one.sent_on == later(0)


def test_around_a_place(noord: Area, garden_place: Place) -> None:
    near, far = make.organisation("Dichtbij"), make.organisation("Ver")
    make.place("Dichtbij", host=near, longitude=4.055, latitude=52.05)
    make.place("Ver", host=far, longitude=4.09, latitude=52.05)
    indexing.rebuild()
    one = SavedSearch(place=garden_place, metres=500)
    assert {hit.number for hit in saved.hits(one)} == set(
        Document.objects.filter(title__in=["De Tuin", "Dichtbij"]).values_list("pk", flat=True)
    )
    assert saved.described(one) == "binnen 500 meter van De Tuin"


def test_without_anything_to_tell_there_is_no_mail(zuid: Area) -> None:
    SavedSearch.objects.create(
        address="a@example.org", area=zuid, confirmed_on=later(-7), sent_on=later(-7)
    )
    indexing.rebuild()
    assert saved.send(later(0)) == 0 and mail.outbox == []


def test_one_address_gets_three_questions_a_day_and_is_forgotten_when_silent(
    noord: Area, stranger: Client
) -> None:
    for _time in range(3):
        assert stranger.post("/vind/mail/", sent(area="noord")).status_code == 200
    answer = stranger.post("/vind/mail/", sent())
    assert answer.status_code == 400 and "al drie mails" in answer.content.decode()
    assert len(mail.outbox) == 3 and SavedSearch.objects.count() == 3
    assert saved.forget_unconfirmed(later(7)) == 0 and saved.forget_unconfirmed(later(8)) == 3


@pytest.mark.parametrize(
    "wrong",
    [
        {"address": "geen adres"},
        {"area": "nergens"},
        {"near": "Nergenshuizen"},
        {"themes": ["onzin"]},
        {"words": "x" * 200},
        {"nickname": "robot"},
        {"moment": "vals"},
    ],
)
def test_bad_input_comes_back(
    noord: Area, garden: Organisation, stranger: Client, wrong: dict[str, Any]
) -> None:
    answer = stranger.post("/vind/mail/", sent(**wrong))
    assert answer.status_code == 400 and mail.outbox == [] and not SavedSearch.objects.exists()


def test_a_forged_link_opens_nothing(stranger: Client) -> None:
    assert stranger.get("/vind/mail/onzin/").status_code == 410
    assert stranger.post("/vind/mail/onzin/stop/").status_code == 410
