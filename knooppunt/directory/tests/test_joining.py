"""An organisation becomes a member of a network by the network's yes, and until then it counts
nowhere.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from knooppunt.core.audit.trail import SYSTEM, Actor
from knooppunt.core.models import TrailEntry
from knooppunt.core.registry import figure_registry
from knooppunt.directory.actions import joining, stewards
from knooppunt.directory.actions.links import end_link
from knooppunt.directory.models import Membership, MembershipRequest, Organisation
from knooppunt.directory.tests import make
from knooppunt.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def ring(zuid: object) -> Organisation:
    """A network in Zuid with a member, so that it can hold a vote."""
    return make.network("De Ring", [make.organisation("Het Atelier")], areas=[zuid])


@pytest.fixture
def ring_host(ring: Organisation) -> User:
    return stewards.appoint_host(SYSTEM, "ring@example.org", ring).user


def ask(client: Client, garden: Organisation, network: str = "De Ring", since: str = "") -> str:
    form = {"network": network, "role": "member", "since": since, "until": ""}
    page = client.post(f"/beheer/organisaties/{garden.slug}/netwerk/", form, follow=True)
    return page.content.decode()


def test_a_host_asks_and_is_no_member_yet(
    garden: Organisation, ring: Organisation, host: User, as_user: Callable[[User], Client]
) -> None:
    page = ask(as_user(host), garden)
    assert "zodra het netwerk ja zegt" in page and "nog geen antwoord" in page
    assert not garden.memberships.exists()
    assert garden.name not in Client().get(ring.get_absolute_url()).content.decode()
    members = figure_registry.get_figure(f"members:{ring.slug}", timezone.localdate())
    assert members is not None
    assert members.counted(timezone.localdate(), None).count() == 1


@pytest.mark.parametrize("who", ["ring_host", "weaver", "coordinator"])
def test_the_network_its_weaver_or_the_coordinator_says_yes(
    who: str,
    garden: Organisation,
    ring: Organisation,
    host: User,
    request: pytest.FixtureRequest,
    as_user: Callable[[User], Client],
) -> None:
    client = as_user(request.getfixturevalue(who))
    ask(as_user(host), garden)
    assert "De Tuin" in client.get("/beheer/").content.decode()
    assert "Neem aan als lid" in client.get(ring.get_absolute_url()).content.decode()
    asked = MembershipRequest.objects.get()
    client.post(f"/beheer/toelaten/{asked.pk}/", {"answer": "yes"})
    assert garden.memberships.get().network == ring
    with pytest.raises(ValidationError):
        joining.accept(SYSTEM, asked)


def test_the_one_who_asks_and_strangers_cannot_say_yes(
    garden: Organisation, ring: Organisation, host: User, as_user: Callable[[User], Client]
) -> None:
    client = as_user(host)
    ask(client, garden)
    asked = MembershipRequest.objects.get()
    for browser, status in ((client, 404), (Client(), 302)):
        answer = browser.post(f"/beheer/toelaten/{asked.pk}/", {"answer": "yes"})
        assert answer.status_code == status
    assert not garden.memberships.exists()
    assert "Neem aan" not in client.get(ring.get_absolute_url()).content.decode()


def test_a_no_needs_a_reason_that_the_organisation_reads(
    garden: Organisation,
    ring: Organisation,
    host: User,
    ring_host: User,
    as_user: Callable[[User], Client],
) -> None:
    ask(as_user(host), garden)
    asked = MembershipRequest.objects.get()
    client = as_user(ring_host)
    client.post(f"/beheer/toelaten/{asked.pk}/", {"answer": "no", "reason": " "})
    asked.refresh_from_db()
    assert asked.state == "open"
    client.post(f"/beheer/toelaten/{asked.pk}/", {"answer": "no", "reason": "We zijn vol."})
    page = as_user(host).get(f"/beheer/organisaties/{garden.slug}/").content.decode()
    assert "nee: We zijn vol." in page and not garden.memberships.exists()
    assert TrailEntry.objects.filter(verb="refuse_membership", actor=ring_host).exists()
    ask(as_user(host), garden)
    assert MembershipRequest.objects.filter(state="open").count() == 1


def test_who_may_say_yes_joins_at_once(
    garden: Organisation, ring: Organisation, coordinator: User, as_user: Callable[[User], Client]
) -> None:
    ask(as_user(coordinator), garden)
    assert garden.memberships.get().network == ring and not MembershipRequest.objects.exists()


def test_asking_twice_is_asking_once(garden: Organisation, ring: Organisation, host: User) -> None:
    joining.join_or_ask(Actor(host), garden, ring)
    with pytest.raises(ValidationError, match="al gevraagd"):
        joining.join_or_ask(Actor(host), garden, ring)
    with pytest.raises(IntegrityError), transaction.atomic():
        MembershipRequest.objects.create(organisation=garden, network=ring)


def test_a_network_of_one_s_own_making_gives_no_vote(
    garden: Organisation, host: User, as_user: Callable[[User], Client]
) -> None:
    other = make.organisation("Eigen Club")
    stewards.appoint_host(SYSTEM, host.email, other)
    client = as_user(host)
    ask(client, garden, "Eigen Club")
    with pytest.raises(ValidationError, match="geen netwerk"):
        joining.join_or_ask(Actor(host), garden, other)
    assert not MembershipRequest.objects.exists()
    page = f"/beheer/organisaties/{other.slug}/"
    client.post(page, {"name": "Eigen Club", "role": "network", "description": "x"})
    other.refresh_from_db()
    assert other.role == "initiative" and not Membership.objects.exists()


def test_ending_one_s_own_membership_is_free_and_coming_back_is_not(
    garden: Organisation, ring: Organisation, host: User, as_user: Callable[[User], Client]
) -> None:
    membership = joining.join_or_ask(SYSTEM, garden, ring)
    assert isinstance(membership, MembershipRequest)
    membership = joining.accept(SYSTEM, membership)
    as_user(host).post(f"/beheer/organisaties/{garden.slug}/einde/lid/{membership.pk}/")
    membership.refresh_from_db()
    assert membership.until == timezone.localdate()
    end_link(SYSTEM, membership, date(2020, 1, 1))
    ask(as_user(host), garden, since=timezone.localdate().isoformat())
    assert garden.memberships.count() == 1 and MembershipRequest.objects.count() == 2
