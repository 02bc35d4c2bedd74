"""Saying a dream: without account or name, read before it is public, taken back at any time."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from knooppunt.core.audit.trail import SYSTEM
from knooppunt.core.models import TrailEntry
from knooppunt.core.tests.mail_server import MailServer
from knooppunt.directory.models import Area
from knooppunt.dreams.actions import dreams, links, news
from knooppunt.dreams.models import Dream
from knooppunt.dreams.models.dreams import LONGEST
from knooppunt.dreams.tests import make
from knooppunt.kit.private_details import private_details
from knooppunt.people.models import User

pytestmark = pytest.mark.django_db


def _open_form(client: Client, time_machine: Any, address: str = "/dromen/nieuw/") -> str:
    """The signed moment of a form, some seconds after it was opened."""
    time_machine.move_to(timezone.now(), tick=False)
    page = client.get(address).content.decode()
    time_machine.shift(5)
    return page.split('name="moment" value="')[1].split('"')[0]


def test_a_neighbour_says_a_dream_and_follows_it_with_a_code(
    noord: Area, stranger: Client, coordinator: User, as_user: Any, time_machine: Any
) -> None:
    moment = _open_form(stranger, time_machine)
    answer = stranger.post(
        "/dromen/nieuw/",
        {"moment": moment, "text": "Een <b>kas</b> op het dak", "area": noord.pk},
    )
    said = Dream.objects.get()
    assert answer.status_code == 200 and said.code in answer.content.decode()
    assert said.text == "Een kas op het dak" and said.area == noord and not answer.cookies
    assert stranger.get(said.get_absolute_url()).status_code == 404
    assert "Nog niemand heeft hem gelezen" in stranger.get(said.status_url).content.decode()
    as_user(coordinator).post(f"/beheer/dromen/{said.pk}/op-de-muur/")
    assert stranger.get(said.get_absolute_url()).status_code == 200
    assert said.title in stranger.get("/dromen/").content.decode()
    assert stranger.post(f"{said.status_url}weg/").status_code == 200 and Dream.objects.exists()
    assert stranger.post(f"{said.status_url}weg/", {"sure": "1"}).status_code == 200
    assert not Dream.objects.exists() and stranger.get(said.status_url).status_code == 404


@pytest.mark.parametrize(
    "text", ["x" * 20_000, "   ", "<script></script>", "\u200b\u200b"], ids=str.__len__
)
def test_a_dream_that_is_none_gets_a_sentence_and_keeps_what_was_typed(
    text: str, stranger: Client, time_machine: Any
) -> None:
    moment = _open_form(stranger, time_machine)
    answer = stranger.post("/dromen/nieuw/", {"moment": moment, "text": text})
    assert answer.status_code == 400 and "klopt nog iets niet" in answer.content.decode()
    assert not Dream.objects.exists()


def test_a_flood_from_one_address_stops_and_loses_nothing_of_others(
    stranger: Client, time_machine: Any
) -> None:
    time_machine.move_to("2026-03-02 10:05:00", tick=False)  # all within one hour of the clock
    moment = _open_form(stranger, time_machine)
    codes = [
        stranger.post("/dromen/nieuw/", {"moment": moment, "text": f"Droom {number}"}).status_code
        for number in range(40)
    ]
    assert codes.count(200) == 30 and codes.count(400) == 10
    other = stranger.post(
        "/dromen/nieuw/", {"moment": moment, "text": "Van een ander"}, REMOTE_ADDR="10.0.0.9"
    )
    assert other.status_code == 200 and Dream.objects.count() == 31


def test_a_mail_address_counts_after_one_yes_and_a_scanner_says_no_yes(
    stranger: Client, mailoutbox: list[Any]
) -> None:
    said = make.dream(reply_email="zegger@example.org")
    link = links.yes_path(said)
    assert [mail.to for mail in mailoutbox] == [["zegger@example.org"]]
    assert link in mailoutbox[0].body
    stranger.get(link)
    said.refresh_from_db()
    assert said.reply_confirmed_on is None
    stranger.post(link)
    stranger.post(link)
    said.refresh_from_db()
    assert said.reply_confirmed_on == timezone.localdate()
    stranger.post(links.stop_path(said))
    said.refresh_from_db()
    assert said.reply_email == "" and said.reply_confirmed_on is None


def test_an_address_that_does_not_exist_is_forgotten(mail_server: type[MailServer]) -> None:
    mail_server.refused = {"weg@example.org": (550, b"no such user")}
    said = make.dream(reply_email="weg@example.org")
    said.refresh_from_db()
    assert said.reply_email == ""


def test_its_words_are_in_no_line_of_the_trail() -> None:
    said = make.dream("Een geheim bankje", is_public=False)
    dreams.change(SYSTEM, said, {"text": "Een bankje"})
    dreams.erase(SYSTEM, said)
    texts = [f"{line.target_label} {line.changes}" for line in TrailEntry.objects.all()]
    assert texts and not any("geheim" in text for text in texts)


def test_addresses_go_when_the_dream_is_long_done() -> None:
    said = make.dream(reply_email="zegger@example.org", first_name="Sam", is_name_public=True)
    participant = make.neighbour(said, first_name="Kim")
    long_ago = timezone.localdate() - timezone.timedelta(days=800)
    Dream.objects.filter(pk=said.pk).update(said_on=long_ago, answer_by=None)
    assert news.forget_old(730)
    said.refresh_from_db()
    participant.refresh_from_db()
    assert (said.reply_email, said.first_name, participant.email, participant.first_name) == (
        "",
    ) * 4
    assert said.participants.standing().count() == 1


def test_a_photo_of_something_else_is_refused_in_words() -> None:
    with pytest.raises(ValidationError, match="geen foto"):
        dreams.say(SYSTEM, {"text": "Een droom"}, b"<svg onload=alert(1)>")
    with pytest.raises(ValidationError, match="te lang"):
        dreams.say(SYSTEM, {"text": "x" * (LONGEST + 1)})
    assert not Dream.objects.exists()


def test_a_dream_is_no_part_of_itself_nor_in_a_circle() -> None:
    first, second, third = make.dream("Een"), make.dream("Twee"), make.dream("Drie")
    dreams.join(SYSTEM, second, first)
    dreams.join(SYSTEM, first, third)
    second.refresh_from_db()
    assert second.joined_to == third
    for other in (first, second, third):
        with pytest.raises(ValidationError, match="zelfde droom"):
            dreams.join(SYSTEM, third, other)
    with pytest.raises(IntegrityError), transaction.atomic():
        Dream.objects.filter(pk=third.pk).update(joined_to=third.pk)


def test_a_dream_that_joined_leads_to_the_whole(stranger: Client) -> None:
    first, second = make.dream("Samen eten"), make.dream("Een lange tafel op straat")
    dreams.join(SYSTEM, second, first)
    answer = stranger.get(second.get_absolute_url())
    assert answer.status_code == 302
    assert answer["Location"] == f"{first.get_absolute_url()}#droom-{second.pk}"
    assert "lange tafel" in stranger.get(first.get_absolute_url()).content.decode()
    assert stranger.get("/dromen/").content.decode().count('class="card scened') == 1


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Een bankje voor de deur van nummer 12, daar woont mevrouw Vrolijk.", {"name"}),
        ("Bel 06 12345678 of mail sam@example.org", {"phone", "mail"}),
        ("Ik woon op Tuinstraat 12a en wil een boom", {"address"}),
        ("Groetjes, Fatma", {"name"}),
        ("Mijn buurvrouw Ayşe de Wit kookt zo lekker", {"name"}),
        ("Samen eten met Noord", set()),
        ("Een kas op het dak. Iedereen mag er tomaten kweken!", set()),
        ("In de Tuin wil ik een BBQ in 2027", {"name"}),
        ("3024 AB is mijn postcode", {"address"}),
    ],
)
def test_what_may_say_who_somebody_is_is_pointed_out(text: str, kinds: set[str]) -> None:
    assert {detail.kind for detail in private_details(text, ["Noord"])} == kinds
