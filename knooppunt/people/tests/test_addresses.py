"""Nobody takes an address that is not hers: an address changes only with the code that went to
it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from importlib import import_module
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from knooppunt.core.audit.trail import SYSTEM
from knooppunt.core.models import TrailEntry
from knooppunt.people import actions, codes
from knooppunt.people.models import OneTimeCode, User
from knooppunt.people.tests.test_log_in import code_for

pytestmark = pytest.mark.django_db
NEW = "nieuw@example.org"


def code_to(client: Client, address: str) -> str:
    """Ask to change the address; gives the digits that were mailed to the new one, or nothing."""
    mail.outbox.clear()
    client.post("/mijn-account/adres/", {"email": address})
    digits = re.search(r"\b\d{3}-\d{3}\b", mail.outbox[0].body) if mail.outbox else None
    return digits[0] if digits else ""


@pytest.mark.parametrize(
    "path",
    [
        "",
        "email/",
        "confirm-email/",
        "confirm-email/x/",
        "signup/",
        "password/change/",
        "password/set/",
        "password/reset/",
        "password/reset/done/",
        "password/reset/key/1-x/",
        "password/reset/key/done/",
        "reauthenticate/",
        "inactive/",
        "sessions/",
        "3rdparty/",
        "phone/change/",
        "2fa/webauthn/signup/",
        "2fa/trust/",
        "social/login/error/",
    ],
)
def test_the_rest_of_the_account_library_does_not_exist(
    path: str, host: User, stranger: Client, as_user: Callable[[User], Client]
) -> None:
    form = {"email": "baas@example.org", "action_add": "", "password": "x", "login": "x"}
    for client in (stranger, as_user(host)):
        assert client.get(f"/account/{path}").status_code == 404
        assert client.post(f"/en/account/{path}", form).status_code == 404
    assert not EmailAddress.objects.exists()


def test_an_address_changes_with_the_code_that_went_to_it(
    host: User, as_user: Callable[[User], Client]
) -> None:
    client = as_user(host)
    code = code_to(client, "Nieuw@Example.org")
    assert mail.outbox[0].to == [NEW] and code in mail.outbox[0].subject
    host.refresh_from_db()
    assert host.email == "host@example.org"
    client.post("/mijn-account/adres/code/", {"code": code})
    host.refresh_from_db()
    assert host.email == NEW
    assert mail.outbox[-1].to == ["host@example.org"]
    line = TrailEntry.objects.get(verb="change_address")
    assert line.actor == host and line.changes == {"email": ["host@example.org", NEW]}
    assert code_for(Client(), NEW) and not code_for(Client(), "host@example.org")
    again = client.post("/mijn-account/adres/code/", {"code": code})
    assert (
        again.status_code == 302 and OneTimeCode.objects.filter(purpose="new_address").count() == 0
    )


def test_three_wrong_codes_and_the_right_one_is_worth_nothing(
    host: User, as_user: Callable[[User], Client]
) -> None:
    client = as_user(host)
    code = code_to(client, NEW)
    for _ in range(3):
        assert client.post("/mijn-account/adres/code/", {"code": "00000"}).status_code == 400
    client.post("/mijn-account/adres/code/", {"code": code})
    host.refresh_from_db()
    assert host.email == "host@example.org"


def test_a_code_is_worth_nothing_after_a_quarter_of_an_hour(
    host: User, as_user: Callable[[User], Client]
) -> None:
    client = as_user(host)
    code = code_to(client, NEW)
    with time_machine.travel(timezone.now() + timedelta(minutes=16), tick=False):
        client.post("/mijn-account/adres/code/", {"code": code})
        assert codes.forget() == 1
    host.refresh_from_db()
    assert host.email == "host@example.org"


def test_a_code_changes_no_other_account(
    host: User, weaver: User, as_user: Callable[[User], Client]
) -> None:
    code = code_to(as_user(host), NEW)
    handle = OneTimeCode.objects.get(user=host).handle
    with pytest.raises(ValidationError):
        actions.change_address(SYSTEM, weaver, handle, code)
    weaver.refresh_from_db()
    assert weaver.email == "weaver@example.org"


@pytest.mark.parametrize("address", ["weaver@example.org", "Weaver@Example.ORG"])
def test_an_address_of_somebody_else_gets_no_code_and_nobody_learns_it(
    address: str, host: User, weaver: User, as_user: Callable[[User], Client]
) -> None:
    client = as_user(host)
    taken = client.post("/mijn-account/adres/", {"email": address})
    free = client.post("/mijn-account/adres/", {"email": NEW})
    assert (taken.status_code, taken.headers["Location"]) == (302, free.headers["Location"])
    assert [message.to for message in mail.outbox] == [[NEW]]


def test_an_address_that_was_taken_meanwhile_stays_where_it_is(
    host: User, as_user: Callable[[User], Client]
) -> None:
    client = as_user(host)
    code = code_to(client, NEW)
    actions.invite(SYSTEM, NEW)
    assert client.post("/mijn-account/adres/code/", {"code": code}).status_code == 400
    host.refresh_from_db()
    assert host.email == "host@example.org"


def claim(user: User, address: str, **more: Any) -> None:
    """What the account library's own page once allowed."""
    EmailAddress.objects.create(user=user, email=address, **more)


def test_who_claims_an_address_gets_no_rights_by_it(
    host: User, knooppunt: Callable[..., int], capsys: Any
) -> None:
    claim(host, "baas@example.org", primary=True)
    assert knooppunt("coordinator", "Baas@Example.org") == 2
    assert "niet duidelijk van wie" in capsys.readouterr().out
    with pytest.raises(ValidationError, match="niet duidelijk"):
        actions.invite(SYSTEM, "baas@example.org")
    host.refresh_from_db()
    assert not host.is_coordinator and host.email == "host@example.org"
    assert User.objects.count() == 1


def test_who_made_a_claimed_address_hers_gets_no_rights_by_it(host: User) -> None:
    claim(host, "host@example.org", verified=True)
    claim(host, "baas@example.org", primary=True)
    User.objects.filter(pk=host.pk).update(email="baas@example.org")
    with pytest.raises(ValidationError, match="niet duidelijk"):
        actions.make_coordinator(SYSTEM, "baas@example.org")
    host.refresh_from_db()
    assert not host.is_coordinator


def test_a_claimed_address_logs_nobody_in(host: User) -> None:
    claim(host, "baas@example.org", verified=True, primary=True)
    assert code_for(Client(), "baas@example.org") == ""


def test_an_address_that_only_looks_alike_is_refused(host: User) -> None:
    for address in ("ho\u017ft@example.org", "host@example.or\u212a"):
        with pytest.raises(ValidationError):
            actions.make_coordinator(SYSTEM, address)


def test_claims_in_older_data_are_undone(host: User, weaver: User) -> None:
    claim(host, "host@example.org")
    claim(host, "baas@example.org", primary=True)
    User.objects.filter(pk=host.pk).update(email="baas@example.org")
    claim(weaver, "weaver@example.org", primary=True)
    claim(weaver, "other@example.org", verified=True)
    migration = import_module("knooppunt.people.migrations.0003_unproven_addresses")
    migration.forget_claims(apps, None)
    assert set(User.objects.values_list("email", flat=True)) == {
        "host@example.org",
        "weaver@example.org",
    }
    assert not EmailAddress.objects.exists()
