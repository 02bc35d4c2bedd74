"""Every page for every person: it answers, is valid HTML with one heading and labels, is light,
and asks little.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from typing import Any

import html5lib
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from knooppunt.core.registry import figure_registry
from knooppunt.core.web import page_cache
from knooppunt.directory.models import Organisation, Place
from knooppunt.directory.tests import make
from knooppunt.people.models import User
from tests.pages import addresses, patterns

pytestmark = pytest.mark.django_db
# A report in the making counts everything anew, on many days and per wijk: some 100 to 116
# questions.
MOST_COUNTING = 130
# The desk has some thirty-five lists of work, each one question.
MOST_AT_WORK = 50
COUNTING = (
    "report:editing",
    "report:write",
    "report:preview",
    "report:preview_number",
    "report:preview_pdf",
    "report:preview_plain",
)
OPENED_BY_LINK = re.compile(r"<str:(token|code)>|halfjaarbericht/intrekken")
MOST_QUERIES, MOST_BYTES = 30, 60_000
HTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture
def pages(garden: Organisation, garden_place: Place) -> dict[str, str]:
    network = make.network("De Groene Ring", [garden])
    institution = make.organisation("Gemeente Klein", role="institution")
    return addresses(garden, network, institution, garden_place)


def visit(client: Client, pages: dict[str, str], language: str = "") -> dict[str, Any]:
    """All pages as one person sees them; whatever was remembered for another is forgotten first."""
    return {
        name: client.get(language + address, HTTP_HOST="127.0.0.1")
        for name, address in pages.items()
    }


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("who", ["stranger", "host", "weaver", "coordinator"])
def test_every_page_answers_every_person(
    who: str, language: str, pages: dict[str, str], request: Any, as_user: Callable[[User], Client]
) -> None:
    person = request.getfixturevalue(who)
    answers = visit(person if isinstance(person, Client) else as_user(person), pages, language)
    wrong = {
        name: answer.status_code
        for name, answer in answers.items()
        if answer.status_code not in (200, 302, 403, 404)
    }
    assert wrong == {}
    for name, answer in answers.items():
        if answer.status_code in (200, 403, 404) and answer.headers["Content-Type"].startswith(
            "text/html"
        ):
            check_html(name, answer.content.decode())


def check_html(name: str, text: str) -> None:
    """Valid, in a language, one h1, a way to help in danger, and a label for every field that a
    person fills in.
    """
    parser = html5lib.HTMLParser(strict=False)
    tree = parser.parse(text)
    assert [f"{place} {code} {data}" for place, code, data in parser.errors] == [], name
    assert tree.get("lang"), name
    assert "/nood/" in text or "112" in text, name
    assert len(tree.findall(f".//{HTML}h1")) == 1, name
    labelled = {label.get("for") for label in tree.iter(f"{HTML}label")}
    for tag in ("input", "select", "textarea"):
        for field in tree.iter(HTML + tag):
            if (
                field.get("type") in ("hidden", "submit", "radio", "checkbox")
                or field.get("name") is None
            ):
                continue
            assert field.get("id") in labelled, f"{name}: {field.get('name')} has no label"
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    assert len(ids) == len(set(ids)), (
        f"{name}: an id is there twice: {sorted(i for i in ids if ids.count(i) > 1)}"
    )
    assert "style=" not in text and "onclick" not in text, (
        f"{name}: the content policy would block this"
    )


def test_a_public_page_is_light_and_asks_little(pages: dict[str, str], stranger: Client) -> None:
    for name, address in pages.items():
        if "/beheer/" in address:
            continue
        with CaptureQueriesContext(connection) as queries:
            answer = stranger.get(address, HTTP_HOST="127.0.0.1")
        most = (
            MOST_QUERIES + len(figure_registry.published_figures())
            if name == "directory:figures"
            else MOST_QUERIES
        )  # one for each figure
        assert len(queries) <= most, f"{name} asks {len(queries)} queries"
        if not answer.streaming:
            assert len(gzip.compress(answer.content)) < MOST_BYTES, name


def test_the_working_pages_ask_little(
    pages: dict[str, str], coordinator: User, as_user: Callable[[User], Client]
) -> None:
    client = as_user(coordinator)  # logging in asks as well, and is no part of a page
    visited = set()
    for name, address in pages.items():
        if "/beheer/" in address:
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(address)
            most = MOST_COUNTING if name in COUNTING else MOST_AT_WORK
            assert len(queries) <= most, f"{name} asks {len(queries)} queries"
            assert answer.status_code == 200, name
            visited.add(name)
    assert visited >= set(COUNTING)


LISTS = ("/initiatieven/", "/plekken/", "/netwerken/", "/wijken/noord/")


def test_lists_ask_as_little_with_many_records(noord: Any, stranger: Client) -> None:
    counts = []
    for number in range(2):
        for one in range(12):
            host = make.organisation(f"Tuin {number} {one}", kind="groenplek", areas=[noord])
            make.place(f"Tuin {number} {one}", host=host, longitude=4.05, latitude=52.05)
            make.network(f"Netwerk {number} {one}", members=[host], areas=[noord])
        for address in LISTS:
            # else what a page before it remembered, and when the stamp was asked, is counted too
            page_cache.forget()
            with CaptureQueriesContext(connection) as queries:
                stranger.get(address)
            counts.append(len(queries))
    assert counts[: len(LISTS)] == counts[len(LISTS) :]


def test_a_page_carries_a_strict_policy_and_sets_no_cookie(
    pages: dict[str, str], stranger: Client
) -> None:
    for name in ("directory:home", "directory:place", "directory:report", "directory:confirm"):
        answer = stranger.get(pages[name])
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        assert not answer.cookies, name


def test_no_browser_keeps_what_is_opened_by_a_link_of_one_person(
    pages: dict[str, str], stranger: Client
) -> None:
    opened = {name for name, route, _pattern in patterns() if OPENED_BY_LINK.search(route)}
    assert len(opened & pages.keys()) >= 4
    for name in opened & pages.keys():
        assert "no-store" in stranger.get(pages[name]).headers["Cache-Control"], name


def test_an_unchanged_page_is_answered_with_304_until_something_changes(
    pages: dict[str, str], stranger: Client, time_machine: Any
) -> None:
    time_machine.move_to("2026-03-02T10:00:10+01:00", tick=False)
    address = pages["directory:place"]
    tag = stranger.get(address).headers["ETag"]
    assert stranger.get(address, HTTP_IF_NONE_MATCH=tag).status_code == 304
    make.organisation("Nog een")
    assert stranger.get(address, HTTP_IF_NONE_MATCH=tag).status_code == 200
