"""One page has one address: what it does not know is dropped, and a day is a day or nothing."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

from knooppunt.core.web import page_cache
from knooppunt.core.web.query_params import QueryParams, canonical, day_of, params_of
from knooppunt.directory.models import Organisation, Place
from knooppunt.directory.tests import make
from knooppunt.people.models import User
from tests.pages import addresses

# No day, a day that is none, a day before and after any calendar, and what breaks who reads it
# carelessly.
HOSTILE = (
    "0001-01-01",
    "9999-12-31",
    "0000-00-00",
    "2026-02-30",
    "1-1-1",
    "31 december 9999",
    "-1",
    "٣",
    "1e400",
    "%00",
    "2026-01-01T00:00:00Z",
    "x" * 3000,
    "",
    "1900-01-01",
    "2200-12-31",
)

# The base template looks whether a search is one of danger; only the pages that search know the
# word.
EVERY_PAGE = {"q"}


@pytest.fixture
def pages(garden: Organisation, garden_place: Place) -> dict[str, str]:
    """Every address that can be read, by name."""
    network = make.network("De Groene Ring", [garden])
    institution = make.organisation("Gemeente Klein", role="institution")
    return addresses(garden, network, institution, garden_place)


def test_known_parameters_are_written_in_one_way() -> None:
    params = QueryParams(frozenset({"wijk", "op"}), frozenset({"op"}))
    assert canonical("n=1&wijk=noord&op=1-7-2026", params) == "op=2026-07-01&wijk=noord"
    assert canonical("wijk=zuid&wijk=noord&op=0001-01-01", params) == "wijk=noord"
    assert canonical("n=1", QueryParams()) == ""


def test_a_day_is_from_1900_up_to_2200_or_no_day() -> None:
    assert str(day_of("1 juli 2026")) == "2026-07-01"
    assert str(day_of("1900-01-01")) == "1900-01-01" and str(day_of("2200-12-31")) == "2200-12-31"
    assert [day_of(text) for text in ("1899-12-31", "2201-01-01", "2026-02-30", "", "x")] == [
        None
    ] * 5


def test_a_parameter_that_a_page_does_not_know_makes_no_new_entry(
    pages: dict[str, str], client: Client, time_machine: Any
) -> None:
    time_machine.move_to(timezone.now(), tick=False)  # the minute is part of a tag
    for name, path in pages.items():
        plain = client.get(path)
        kept, remembered = len(page_cache.PAGES), set(page_cache._kept)
        tag = plain.headers.get("ETag")
        again = client.get(f"{path}{'&' if '?' in path else '?'}n=1&zz[]=2")
        if plain.status_code == 200 and tag:
            assert again.headers.get("ETag") == tag, name
            assert again.content == plain.content, name
        assert len(page_cache.PAGES) == kept, name
        assert set(page_cache._kept) <= remembered, name


def test_a_page_reads_no_parameter_that_it_does_not_declare(
    pages: dict[str, str], client: Client, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: set[str] = set()

    class Recorded(QueryDict):
        def get(self, key: str, *rest: object) -> object:
            asked.add(key)
            return super().get(key, *rest)

        def __contains__(self, key: object) -> bool:
            asked.add(str(key))
            return super().__contains__(key)

    monkeypatch.setattr(
        WSGIRequest, "GET", property(lambda request: Recorded(request.META["QUERY_STRING"]))
    )
    undeclared = {}
    for user in (None, coordinator):
        if user:
            client.force_login(user)
        for name, path in pages.items():
            asked.clear()
            client.get(path)
            params = params_of(urlsplit(path).path)
            unknown = asked - (params.names if params else asked) - EVERY_PAGE
            if unknown:
                undeclared[name] = sorted(unknown)
    assert undeclared == {}


def test_no_parameter_of_any_page_can_break_it(
    pages: dict[str, str], client: Client, coordinator: User
) -> None:
    broken = []
    for user in (None, coordinator):
        if user:
            client.force_login(user)
        for path in pages.values():
            plain = urlsplit(path).path
            params = params_of(plain)
            for name in sorted(params.names if params else ()):
                values = HOSTILE if not user or name in (params.days if params else ()) else ("٣",)
                for value in values:
                    status = client.get(plain, {name: value}).status_code
                    if status >= 500:
                        broken.append((plain, name, value[:20], status))
    assert broken == []
