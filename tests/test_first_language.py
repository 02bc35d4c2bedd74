"""The language of the browser counts when somebody comes to the front door for the first time."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("accepted", "address"),
    [
        ("en-GB,en;q=0.9,nl;q=0.5", "/en/"),
        ("fr,en;q=0.8", "/en/"),
        ("EN", "/en/"),
    ],
)
def test_a_browser_in_english_is_led_to_the_english_front_door(
    accepted: str, address: str, stranger: Client
) -> None:
    answer = stranger.get("/?wijk=noord", headers={"accept-language": accepted})
    assert answer.status_code == 302 and answer.headers["Location"] == f"{address}?wijk=noord"
    assert "Accept-Language" in answer.headers["Vary"] and not answer.cookies


@pytest.mark.parametrize("accepted", ["", "nl", "nl-NL,en;q=0.9", "fr", "*", "?!;q=x", "x" * 900])
def test_another_browser_gets_the_language_of_the_site(
    accepted: str, terms: None, stranger: Client
) -> None:
    answer = stranger.get("/", headers={"accept-language": accepted})
    assert answer.status_code == 200 and answer.headers["Content-Language"] == "nl"


def test_who_chose_a_language_on_the_site_stays_with_it(terms: None, stranger: Client) -> None:
    headers = {"accept-language": "en", "referer": "http://testserver/en/plekken/"}
    assert stranger.get("/", headers=headers).status_code == 200
    elsewhere = {"accept-language": "en", "referer": "https://zoek.example/"}
    assert stranger.get("/", headers=elsewhere).status_code == 302
    page = stranger.get("/plekken/", headers={"accept-language": "en"})
    assert page.status_code == 200 and page.headers["Content-Language"] == "nl"
