"""The pages of the second key speak plain Dutch, and English on the English site."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.contrib.messages.storage.fallback import FallbackStorage
from django.test import Client, RequestFactory

from knooppunt.people.models import User

pytestmark = pytest.mark.django_db
PAGES = (
    "",
    "totp/activate/",
    "totp/deactivate/",
    "recovery-codes/",
    "recovery-codes/generate/",
    "webauthn/",
    "webauthn/add/",
    "reauthenticate/",
)
OFFICIAL = re.compile(
    r"authentic|aanmelden|afmelden|deactiv|activeer|genere|beveiligingssleutel|functionaliteit|"
    r"alstublieft|herstelcode|verifi|Not used",
    re.I,
)
DUTCH = re.compile(r"tweede sleutel|reservecodes|zet aan|zet uit|haal weg|voeg een|typ de", re.I)


def read(client: Client, prefix: str, path: str) -> str:
    """What a page of the second key says to a person: without markup, and without the names in
    its code.
    """
    answer = client.get(f"{prefix}/account/2fa/{path}")
    if answer.status_code != 200:
        return ""
    text = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    text = re.sub(r"<script.*?</script>", "", text, flags=re.S)
    return re.sub(r"<[^>]+>", " ", text)


def all_pages(user: User, as_user: Callable[[User], Client], prefix: str) -> dict[str, str]:
    """Every page that this person can read, just after she logged in."""
    client = as_user(user)
    request: Any = RequestFactory().get("/")
    request.session, request.user = client.session, user
    request._messages = FallbackStorage(request)
    record_authentication(request, user, "code", email=user.email)
    request.session.save()
    texts = {path: read(client, prefix, path) for path in PAGES}
    return {path: text for path, text in texts.items() if text}


def test_every_page_of_the_second_key_is_in_plain_dutch(
    coordinator: User, host: User, as_user: Callable[[User], Client]
) -> None:
    Authenticator.objects.create(
        user=coordinator, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "x", "used_mask": 0}
    )
    seen = [all_pages(user, as_user, "") for user in (coordinator, host)]
    assert len(seen[0].keys() | seen[1].keys()) >= 6
    for texts in seen:
        for path, text in texts.items():
            assert not OFFICIAL.search(text), (path, OFFICIAL.search(text))
    assert "Tweede sleutel" in seen[0][""]


def test_the_english_site_says_it_in_english(
    coordinator: User, as_user: Callable[[User], Client]
) -> None:
    texts = all_pages(coordinator, as_user, "/en")
    assert "Two-Factor Authentication" in texts[""]
    for path, text in texts.items():
        assert not DUTCH.search(text), (path, DUTCH.search(text))
