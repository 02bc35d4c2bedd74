"""A membership or role at a place: picked by name, corrected afterwards, and put back from
history.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from knooppunt.core.audit import trail
from knooppunt.core.audit.trail import SYSTEM
from knooppunt.core.models import TrailEntry
from knooppunt.directory.actions import links
from knooppunt.directory.actions.revert import can_revert, revert
from knooppunt.directory.models import Organisation, Place
from knooppunt.directory.tests import make
from knooppunt.people.models import User

pytestmark = pytest.mark.django_db
LogIn = Callable[[User], Client]
RECORD = "/beheer/organisaties/de-tuin/"


def last(record: Organisation | Place) -> TrailEntry:
    """The last line of the history of a record."""
    line = trail.of(record).first()
    assert line is not None
    return line


def test_a_part_of_the_name_leads_to_a_choice_and_then_to_the_network(
    garden: Organisation, coordinator: User, as_user: LogIn
) -> None:
    make.network("De Groene Ring")
    make.network("De Groene Kring")
    client, form = as_user(coordinator), {"network": "groene", "role": "member"}
    answer = client.post(f"{RECORD}netwerk/", form)
    page = answer.content.decode()
    assert answer.status_code == 400 and "Welke bedoel je?" in page
    assert 'value="de-groene-ring"' in page and 'value="groene"' in page
    picked = {"network_for": "groene", "network_pick": "de-groene-kring"}
    assert client.post(f"{RECORD}netwerk/", form | picked).status_code == 302
    assert garden.memberships.get().network.name == "De Groene Kring"


def test_an_exact_name_goes_through_and_the_names_are_offered_while_typing(
    garden: Organisation, coordinator: User, as_user: LogIn
) -> None:
    make.network("De Ring")
    client = as_user(coordinator)
    assert '<option value="De Ring">' in client.get(RECORD).content.decode()
    form = {"network": "dé ring", "role": "core", "since": "2025-01-01"}
    assert client.post(f"{RECORD}netwerk/", form).status_code == 302
    membership = garden.memberships.get()
    assert (membership.network.name, membership.role) == ("De Ring", "core")


def test_dates_are_corrected_and_what_does_not_fit_is_said(
    garden: Organisation, coordinator: User, as_user: LogIn
) -> None:
    network = make.network("De Ring")
    links.join_network(SYSTEM, garden, network, since=date(2020, 1, 1), until=date(2020, 12, 31))
    membership = links.join_network(SYSTEM, garden, network, since=date(2022, 1, 1))
    client, address = as_user(coordinator), f"{RECORD}datums/lid/{membership.pk}/"
    assert 'value="2022-01-01"' in client.get(address).content.decode()
    for since, until, words in (
        ("2020-06-01", "", "deze periode al vastgelegd"),
        ("2023-01-01", "2022-01-01", "voor de begindatum"),
    ):
        answer = client.post(address, {"role": "member", "since": since, "until": until})
        assert answer.status_code == 400 and words in answer.content.decode()
    form = {"role": "core", "since": "2021-01-01", "until": "2025-12-31"}
    assert client.post(address, form)["Location"] == RECORD
    membership.refresh_from_db()
    days = (membership.since, membership.until, membership.role)
    assert days == (date(2021, 1, 1), date(2025, 12, 31), "core")
    assert "2022-01-01" in client.get(f"{RECORD}geschiedenis/").content.decode()


def test_every_change_of_a_membership_can_be_put_back(garden: Organisation) -> None:
    network = make.network("De Ring")
    membership = links.join_network(SYSTEM, garden, network, since=date(2022, 1, 1))
    joined = last(garden)
    links.end_link(SYSTEM, membership, date(2025, 1, 1))
    revert(SYSTEM, last(garden))
    membership.refresh_from_db()
    assert membership.until is None
    links.change_link(SYSTEM, membership, since=None, until=date(2026, 1, 1), role="core")
    changed = last(garden)
    revert(SYSTEM, changed)
    membership.refresh_from_db()
    assert (membership.since, membership.until, membership.role) == (
        date(2022, 1, 1),
        None,
        "member",
    )
    changed.refresh_from_db()
    assert changed.reverted_by == last(garden) and not can_revert(changed)
    revert(SYSTEM, joined)
    assert not garden.memberships.exists()


def test_putting_back_an_end_that_would_overlap_is_refused(garden: Organisation) -> None:
    network = make.network("De Ring")
    first = links.join_network(SYSTEM, garden, network, since=date(2020, 1, 1))
    links.end_link(SYSTEM, first, date(2021, 1, 1))
    ended = last(garden)
    links.join_network(SYSTEM, garden, network, since=date(2022, 1, 1))
    with pytest.raises(ValidationError, match="al vastgelegd"):
        revert(SYSTEM, ended)


def test_a_role_at_a_place_is_corrected_and_put_back_too(
    garden: Organisation, garden_place: Place, coordinator: User, as_user: LogIn
) -> None:
    role, client = garden.place_roles.get(), as_user(coordinator)
    assigned = last(garden_place)
    address = f"{RECORD}datums/plek/{role.pk}/"
    form = {"role": "uses", "since": "2024-01-01"}
    assert client.post(address, form).status_code == 302
    role.refresh_from_db()
    assert (role.role, role.since) == ("uses", date(2024, 1, 1))
    line = last(garden_place)
    client.post(f"/beheer/plekken/{garden_place.slug}/geschiedenis/{line.pk}/terug/")
    role.refresh_from_db()
    assert (role.role, role.since) == ("hosts", None)
    revert(SYSTEM, assigned)
    assert not garden.place_roles.exists()


def test_a_host_does_not_date_her_own_membership(
    garden: Organisation, host: User, as_user: LogIn
) -> None:
    membership = links.join_network(SYSTEM, garden, make.network("De Ring"))
    links.end_link(SYSTEM, membership, date(2020, 1, 1))
    ended = last(garden)
    client = as_user(host)
    answer = client.post(f"{RECORD}datums/lid/{membership.pk}/", {"role": "member"})
    assert answer.status_code == 400 and "wijzigt het netwerk" in answer.content.decode()
    client.post(f"{RECORD}geschiedenis/{ended.pk}/terug/")
    membership.refresh_from_db()
    assert membership.until == date(2020, 1, 1)


def test_a_small_form_with_a_fault_keeps_what_was_typed(
    garden: Organisation, coordinator: User, as_user: LogIn
) -> None:
    form = {"type": "phone", "value": "bel maar", "label": "Truus", "visibility": "public"}
    answer = as_user(coordinator).post(f"{RECORD}contact/", form)
    page = answer.content.decode()
    assert answer.status_code == 400 and "Truus" in page and "bel maar" in page
