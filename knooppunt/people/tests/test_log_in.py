"""People log in with a code from their mail; coordinators need a second key; the example opens on this machine only."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from knooppunt.core.models import SiteFact, TrailEntry
from knooppunt.core.trail import SYSTEM
from knooppunt.people import actions
from knooppunt.people.models import User

pytestmark = pytest.mark.django_db


def code_for(client: Client, address: str) -> str:
    client.post("/account/login/code/", {"email": address})
    found = (
        re.search(
            r"\b([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\b", mail.outbox[-1].body.replace("example.com", "")
        )
        if mail.outbox
        else None
    )
    return found[1] if found else ""


def test_a_host_logs_in_with_a_code_from_her_mail(host: User, stranger: Client) -> None:
    code = code_for(stranger, "HOST@example.org")
    answer = stranger.post("/account/login/code/confirm/", {"code": code})
    assert answer.status_code == 302 and answer.headers["Location"] == "/beheer/"
    assert "De Tuin" in stranger.get("/beheer/").content.decode()


def test_a_wrong_code_opens_nothing(host: User, stranger: Client) -> None:
    code_for(stranger, "host@example.org")
    assert stranger.post("/account/login/code/confirm/", {"code": "AAA-AAA"}).status_code == 200
    assert stranger.get("/beheer/").status_code == 302


def test_nobody_makes_an_account_herself(stranger: Client, db: None) -> None:
    stranger.post("/account/signup/", {"email": "new@example.org"})
    code_for(stranger, "new@example.org")
    assert not User.objects.exists() and not mail.outbox


def test_an_unknown_address_gets_the_same_answer(host: User) -> None:
    answers = [
        Client().post("/account/login/code/", {"email": address})
        for address in ("host@example.org", "nobody@example.org")
    ]
    assert answers[0].status_code == answers[1].status_code
    assert answers[0].headers.get("Location") == answers[1].headers.get("Location")


def test_asking_for_codes_is_limited(host: User) -> None:
    for _ in range(6):
        Client().post("/account/login/code/", {"email": "host@example.org"})
    assert len(mail.outbox) <= 3


def test_the_first_coordinator_is_made_by_command_and_needs_a_second_key(
    knooppunt: Callable[..., int], capsys: Any, as_user: Callable[[User], Client], db: None
) -> None:
    assert knooppunt("coordinator", "baas@example.org") == 0
    user = User.objects.get(email="baas@example.org")
    assert user.is_coordinator and "baas@example.org" in capsys.readouterr().out
    client = as_user(user)
    assert client.get("/beheer/").headers["Location"] == "/tweede-sleutel/"
    assert client.get("/en/beheer/").headers["Location"].endswith("/tweede-sleutel/")
    assert client.get("/").status_code == 200


def test_an_address_that_is_none_makes_nobody_coordinator(
    knooppunt: Callable[..., int], db: None
) -> None:
    assert knooppunt("coordinator", "geen adres") == 2
    assert not User.objects.exists()


def test_the_pages_for_a_second_key_open(as_user: Callable[[User], Client], db: None) -> None:
    client = as_user(actions.make_coordinator(SYSTEM, "baas@example.org"))
    for address in (
        "/tweede-sleutel/",
        "/account/2fa/",
        "/account/2fa/totp/activate/",
        "/account/2fa/webauthn/add/",
    ):
        answer = client.get(address, follow=True)
        assert answer.status_code == 200, address


@pytest.fixture
def example(db: None) -> User:
    SiteFact.objects.create(key="example", value="2026-01-01")
    return User.objects.create_user(
        "coordinator@example.invalid", name="Voorbeeld", is_coordinator=True, is_example=True
    )


def test_an_example_person_is_tried_with_one_tap_on_this_machine(
    example: User, stranger: Client
) -> None:
    assert "Voorbeeld" in stranger.get("/proberen/", HTTP_HOST="127.0.0.1:8000").content.decode()
    stranger.post(f"/proberen/{example.pk}/", HTTP_HOST="127.0.0.1:8000")
    assert stranger.get("/beheer/", HTTP_HOST="127.0.0.1:8000").status_code == 200


ELSEWHERE: list[dict[str, Any]] = [
    {"HTTP_HOST": "knooppunt.example"}, {"HTTP_HOST": "127.0.0.1", "REMOTE_ADDR": "192.0.2.7"},
    {"HTTP_HOST": "localhost", "HTTP_X_FORWARDED_FOR": "192.0.2.7"}, {"HTTP_HOST": "127.0.0.1.example"},
]  # fmt: skip


@pytest.mark.parametrize("where", ELSEWHERE)
def test_an_example_person_cannot_be_tried_from_elsewhere(
    where: dict[str, Any], example: User, stranger: Client
) -> None:
    assert stranger.get("/proberen/", **where).status_code == 404
    assert stranger.post(f"/proberen/{example.pk}/", **where).status_code == 404
    assert stranger.get("/postvak/", **where).status_code == 404


def test_a_tried_session_opens_nothing_from_elsewhere(example: User, stranger: Client) -> None:
    stranger.post(f"/proberen/{example.pk}/", HTTP_HOST="127.0.0.1")
    assert (
        stranger.get(
            "/beheer/", HTTP_HOST="127.0.0.1", HTTP_X_FORWARDED_FOR="192.0.2.7"
        ).status_code
        == 302
    )


def test_a_real_site_has_no_example_log_in(example: User, stranger: Client, settings: Any) -> None:
    settings.IS_TRYOUT = False
    assert stranger.get("/proberen/", HTTP_HOST="127.0.0.1").status_code == 404


def test_a_real_person_cannot_be_tried(example: User, host: User, stranger: Client) -> None:
    assert stranger.post(f"/proberen/{host.pk}/", HTTP_HOST="127.0.0.1").status_code == 404


def test_an_erased_account_leaves_no_name_or_address(coordinator: User, host: User) -> None:
    actions.invite(SYSTEM, "weg@example.org", "Wegwerp")
    actions.erase(SYSTEM, User.objects.get(email="weg@example.org"))
    told = str(list(TrailEntry.objects.values()))
    assert "weg@example.org" not in told and "Wegwerp" not in told


def test_the_last_coordinator_stays(coordinator: User) -> None:
    with pytest.raises(Exception, match="coördinator"):
        actions.erase(SYSTEM, coordinator)
