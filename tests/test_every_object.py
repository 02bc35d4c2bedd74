"""Every address with every kind of object in it, read and sent to: a clear answer and never an
error of ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice, product
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from knooppunt.agenda.models import Activity
from knooppunt.directory.models import Organisation, Place
from knooppunt.directory.tests import make
from knooppunt.people.models import User
from tests.pages import addresses, patterns

pytestmark = pytest.mark.django_db
MOST_EACH = 24  # addresses tried of one pattern
NOBODY, HUGE = "bestaat-niet", 2**63
WORDS = {"what": ("organisaties", "plekken", "netwerken", NOBODY), "kind": ("lid", "rol", NOBODY)}


def filled(route: str, converters: Any, slugs: list[str]) -> Iterator[str]:
    """The route with each kind of value in each of its places."""
    names = [part.split(">")[0] for part in route.split("<")[1:]]
    choices = []
    for name in names:
        key = name.split(":")[-1]
        if type(converters.get(key)).__name__ == "IntConverter":
            choices.append(["1", str(HUGE)])
        else:
            choices.append(list(WORDS.get(key, slugs)))
    for values in islice(product(*choices), MOST_EACH):
        address = route
        for name, value in zip(names, values, strict=True):
            address = address.replace(f"<{name}>", value, 1)
        yield "/" + address


@pytest.fixture
def slugs(garden: Organisation, garden_place: Place, gardening: Activity, terms: None) -> list[str]:
    """One address part of each kind of thing, and one of nothing; every other kind stands in
    the database as well.
    """
    network = make.network("De Ring", [garden])
    institution = make.organisation("Welzijn", role="institution")
    addresses(garden, network, institution, garden_place)  # makes one of everything
    return [garden.slug, network.slug, garden_place.slug, gardening.slug, "noord", "1", NOBODY]


def test_no_address_with_any_object_is_an_error_of_ours(
    slugs: list[str], coordinator: User, as_user: Callable[[User], Client]
) -> None:
    client = as_user(coordinator)
    client.raise_request_exception = False
    tried, errors = 0, []
    for _name, route, pattern in patterns():
        if "<" not in route or route.startswith("account/"):
            continue
        for address in filled(route, pattern.pattern.converters, slugs):
            for method in (client.get, client.post):
                with transaction.atomic():
                    answer = method(address, HTTP_HOST="127.0.0.1")
                    transaction.set_rollback(True)
                tried += 1
                if answer.status_code >= 500:
                    errors.append(f"{method.__name__.upper()} {address} {answer.status_code}")
    assert tried > 500
    assert errors == []
