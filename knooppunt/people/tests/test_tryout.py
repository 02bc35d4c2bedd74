"""The try-out's example people and mailbox open in the browser that holds the secret of the
terminal, and nowhere else.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from knooppunt.core.mail import outbox
from knooppunt.core.models import SiteFact
from knooppunt.core.web import tryout
from knooppunt.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def example(db: None) -> User:
    SiteFact.objects.create(key="example", value="2026-01-01")
    return User.objects.create_user(
        "coordinator@example.invalid", name="Voorbeeld", is_coordinator=True, is_example=True
    )


@pytest.fixture
def holder() -> Client:
    """The browser of who opened the address that the terminal printed."""
    client = Client()
    client.get("/", {"proef": tryout.secret()})
    return client


def test_the_secret_is_taken_once_and_kept_in_a_cookie(example: User, stranger: Client) -> None:
    answer = stranger.get("/agenda/", {"proef": tryout.secret(), "toon": "week"})
    assert answer.status_code == 302 and answer.headers["Location"] == "/agenda/?toon=week"
    cookie = answer.cookies[tryout.cookie_name()]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie.value == tryout.secret()
    assert stranger.get("/postvak/").status_code == 200


def test_an_example_person_is_tried_with_one_tap(example: User, holder: Client) -> None:
    assert "Voorbeeld" in holder.get("/proberen/").content.decode()
    holder.post(f"/proberen/{example.pk}/")
    assert holder.get("/beheer/").status_code == 200


def test_a_proxy_and_where_one_sits_do_not_matter(example: User, holder: Client) -> None:
    elsewhere: dict[str, Any] = {"HTTP_HOST": "proef.example", "REMOTE_ADDR": "192.0.2.7"}
    assert holder.get("/proberen/", **elsewhere).status_code == 200
    assert holder.get("/postvak/", HTTP_X_FORWARDED_FOR="192.0.2.7").status_code == 200


@pytest.mark.parametrize("given", ["", "x", "0" * 40, "é"])
def test_without_the_secret_nothing_opens(given: str, example: User, stranger: Client) -> None:
    answer = stranger.get("/", {"proef": given})
    assert answer.headers["Location"] == "/" and not answer.cookies
    stranger.cookies[tryout.cookie_name()] = "0" * 40
    assert stranger.get("/proberen/", HTTP_HOST="127.0.0.1").status_code == 404
    assert stranger.post(f"/proberen/{example.pk}/", HTTP_HOST="127.0.0.1").status_code == 404
    assert stranger.get("/postvak/", HTTP_HOST="127.0.0.1").status_code == 404


def test_the_secret_leads_to_no_other_site(example: User, stranger: Client) -> None:
    answer = stranger.get("/", {"proef": tryout.secret()}, PATH_INFO="//elsewhere.example/")
    assert answer.headers["Location"] == "/elsewhere.example/"


def test_the_mailbox_shows_a_mail_that_came_a_moment_ago(holder: Client) -> None:
    assert "Net gekomen" not in holder.get("/postvak/").content.decode()
    outbox.ShownMail().send_messages([EmailMessage("Net gekomen", "x", to=["a@example.org"])])
    assert "Net gekomen" in holder.get("/postvak/").content.decode()


def test_a_page_for_the_holder_is_never_kept_for_a_stranger(
    example: User, holder: Client, stranger: Client
) -> None:
    assert "/postvak/" in holder.get("/").content.decode()
    assert "/postvak/" not in stranger.get("/").content.decode()


def test_a_tried_session_opens_nothing_without_the_secret(example: User, holder: Client) -> None:
    holder.post(f"/proberen/{example.pk}/")
    del holder.cookies[tryout.cookie_name()]
    assert holder.get("/beheer/").status_code == 302
    assert holder.get("/mijn-account/").status_code == 302


def test_a_real_site_has_no_example_log_in_and_no_secret(
    example: User, holder: Client, settings: Any
) -> None:
    settings.IS_TRYOUT = False
    assert holder.get("/proberen/").status_code == 404
    assert holder.get("/postvak/").status_code == 404
    assert holder.get("/", {"proef": tryout.secret()}).status_code == 200
    assert tryout.address("https://site.example") == "https://site.example"


def test_every_data_folder_has_its_own_secret(settings: Any) -> None:
    here = tryout.secret()
    settings.SECRET_KEY = "another"
    assert tryout.secret() != here and tryout.secret() in tryout.address("http://127.0.0.1:8000")


def test_a_real_person_cannot_be_tried(example: User, host: User, holder: Client) -> None:
    assert holder.post(f"/proberen/{host.pk}/").status_code == 404
