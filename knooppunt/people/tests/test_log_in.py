"""People log in with a code from their mail; coordinators need a second key."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.totp.internal import auth
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from knooppunt.core.audit.trail import SYSTEM
from knooppunt.core.models import TrailEntry
from knooppunt.people import actions
from knooppunt.people.models import User

pytestmark = pytest.mark.django_db


def code_for(client: Client, address: str) -> str:
    """Ask for a code; gives the digits of the mail that came, or nothing."""
    mail.outbox.clear()
    client.post("/account/login/", {"email": address})
    digits = re.search(r"\b\d{3}-\d{3}\b", mail.outbox[-1].body) if mail.outbox else None
    return digits[0] if digits else ""


def test_a_host_logs_in_with_a_code_from_her_mail(host: User, stranger: Client) -> None:
    code = code_for(stranger, "HOST@example.org")
    answer = stranger.post("/account/login/code/confirm/", {"code": code})
    assert answer.status_code == 302 and answer.headers["Location"] == "/beheer/"
    assert "De Tuin" in stranger.get("/beheer/").content.decode()


def test_a_wrong_code_opens_nothing(host: User, stranger: Client) -> None:
    code_for(stranger, "host@example.org")
    assert stranger.post("/account/login/code/confirm/", {"code": "000-00"}).status_code == 200
    assert stranger.get("/beheer/").status_code == 302


def test_nobody_makes_an_account_herself(stranger: Client, db: None) -> None:
    assert stranger.post("/account/signup/", {"email": "new@example.org"}).status_code == 404
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
    answers = [
        Client().post("/account/login/", {"email": "host@example.org"}).status_code
        for _ in range(12)
    ]
    assert len(mail.outbox) == 10 and answers[-2:] == [400, 400]


def test_the_first_coordinator_is_made_by_command_and_needs_a_second_key(
    knooppunt: Callable[..., int], capsys: Any, as_user: Callable[[User], Client], db: None
) -> None:
    assert knooppunt("coordinator", "baas@example.org") == 0
    user = User.objects.get(email="baas@example.org")
    assert user.is_coordinator and "baas@example.org" in capsys.readouterr().out
    client = as_user(user)
    assert client.get("/beheer/", follow=True).redirect_chain[-1][0] == "/tweede-sleutel/"
    assert client.get("/en/beheer/", follow=True).redirect_chain[-1][0] == "/en/tweede-sleutel/"
    assert "/tweede-sleutel/" in client.get("/").content.decode()


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


@pytest.mark.parametrize(("seconds", "page"), [(10, "recovery-codes"), (3600, "reauthenticate")])
def test_who_just_logged_in_sees_her_recovery_codes_at_once(
    as_user: Callable[[User], Client], db: None, seconds: int, page: str
) -> None:
    user = actions.make_coordinator(SYSTEM, "baas@example.org")
    client = as_user(user)
    session = client.session
    logged_in = {"method": "code", "at": time.time() - seconds, "email": user.email}
    session["account_authentication_methods"] = [logged_in]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    client.get("/account/2fa/totp/activate/")
    secret = client.session["mfa.totp.secret"]
    code = auth.format_hotp_value(
        auth.hotp_value(secret, next(auth.yield_hotp_counters_from_time()))
    )
    answer = client.post("/account/2fa/totp/activate/", {"code": code}, follow=True)
    assert page in answer.request["PATH_INFO"]


def test_an_erased_account_leaves_no_name_or_address(coordinator: User, host: User) -> None:
    actions.invite(SYSTEM, "weg@example.org", "Wegwerp")
    actions.erase(SYSTEM, User.objects.get(email="weg@example.org"))
    told = str(list(TrailEntry.objects.values()))
    assert "weg@example.org" not in told and "Wegwerp" not in told


def test_the_last_coordinator_stays(coordinator: User) -> None:
    with pytest.raises(Exception, match="coördinator"):
        actions.erase(SYSTEM, coordinator)


def test_she_comes_where_she_wanted_to_go_on_this_site_only(host: User, stranger: Client) -> None:
    for wanted, lands in (
        ("/agenda/?toon=week", "/agenda/?toon=week"),
        ("//x.example", "/beheer/"),
    ):
        page = stranger.get("/account/login/", {"next": wanted}).content.decode()
        assert ('name="next"' in page) == (wanted == lands)
        mail.outbox.clear()
        stranger.post("/account/login/", {"email": "host@example.org", "next": wanted})
        digits = mail.outbox[0].body.split("\n\n")[2]
        answer = stranger.post("/account/login/code/confirm/", {"code": digits})
        assert answer.headers["Location"] == lands
        stranger.post("/account/logout/")


def test_the_mail_names_the_site_and_the_code(host: User, stranger: Client) -> None:
    code = code_for(stranger, "host@example.org")
    assert re.fullmatch(rf"Je code voor .+: {code}", mail.outbox[0].subject)


def test_without_a_mail_server_the_answer_is_the_same(host: User, settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    Client().get("/account/login/")
    answers = []
    for address in ("host@example.org", "nobody@example.org"):
        with CaptureQueriesContext(connection) as asked:
            answer = Client().post("/account/login/", {"email": address})
        kinds = [
            query["sql"].split("(")[0].split(" = ")[0]
            for query in asked
            if "SAVEPOINT" not in query["sql"] and "core_cachegeneration" not in query["sql"]
        ]
        answers.append((answer.status_code, answer.headers["Location"], kinds))
    assert answers[0] == answers[1]
