"""A coordinator without a second key is a visitor on every address of the site, to read and to
change.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from knooppunt.core.models import TrailEntry
from knooppunt.directory.models import Organisation
from knooppunt.people.models import User
from tests.test_permissions import pages  # noqa: F401 - the fixture with every address

pytestmark = pytest.mark.django_db
OWN_PAGES = ("people:second_factor",)


@pytest.fixture
def keyless() -> User:
    return User.objects.create_user("keyless@example.org", name="Keyless", is_coordinator=True)


def test_without_a_key_every_page_is_as_for_a_stranger(
    pages: dict[str, str],  # noqa: F811
    keyless: User,
    stranger: Client,
    as_user: Callable[[User], Client],
) -> None:
    client = as_user(keyless)
    for name, address in pages.items():
        if name in OWN_PAGES:
            continue
        hers, theirs = client.get(address), stranger.get(address)
        assert hers.status_code == theirs.status_code, name
        assert hers.headers.get("Location") == theirs.headers.get("Location"), name
        hers, theirs = client.post(address), stranger.post(address)
        assert hers.status_code == theirs.status_code, name
    assert not TrailEntry.objects.filter(actor=keyless).exists()


def test_without_a_key_a_draft_does_not_exist(
    garden: Organisation, keyless: User, as_user: Callable[[User], Client]
) -> None:
    Organisation.objects.filter(pk=garden.pk).update(state="draft")
    assert as_user(keyless).get(garden.get_absolute_url()).status_code == 404


def test_recovery_codes_alone_are_no_second_key(
    keyless: User, as_user: Callable[[User], Client]
) -> None:
    Authenticator.objects.create(
        user=keyless, type=Authenticator.Type.RECOVERY_CODES, data={"seed": "x"}
    )
    assert as_user(keyless).get("/beheer/").status_code == 302


def test_she_is_led_to_the_page_where_she_sets_it(
    keyless: User, as_user: Callable[[User], Client]
) -> None:
    client = as_user(keyless)
    assert "Stel mijn tweede sleutel in" in client.get("/").content.decode()
    answer = client.get("/mijn-account/", follow=True)
    assert answer.redirect_chain[-1][0] == "/tweede-sleutel/" and answer.status_code == 200
    assert client.get("/account/2fa/totp/activate/").status_code == 200
    assert client.post("/account/logout/").status_code == 302


def test_with_a_key_she_coordinates(coordinator: User, as_user: Callable[[User], Client]) -> None:
    client = as_user(coordinator)
    assert client.get("/beheer/mensen/").status_code == 200
    Authenticator.objects.all().delete()
    assert client.get("/beheer/mensen/").status_code == 302
