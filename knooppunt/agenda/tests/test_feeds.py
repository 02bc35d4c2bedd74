"""Tests for calendars that are read along every day: they update, stop themselves when they
fail, and take nothing away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from knooppunt.agenda.actions import feeds
from knooppunt.agenda.models import Activity, Feed
from knooppunt.core.audit.trail import SYSTEM
from knooppunt.directory.models import Organisation
from knooppunt.kit.fetching import Network
from knooppunt.kit.tests.secure_server import HOST, serving
from knooppunt.people.models import User

pytestmark = pytest.mark.django_db
BEGIN, END = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", b"END:VCALENDAR\r\n"


def event(uid: str, summary: str = "Koffie", more: bytes = b"") -> bytes:
    head = (
        f"BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20270105T090000Z\r\n"
        f"SUMMARY:{summary}\r\n"
    ).encode()
    return head + more + b"END:VEVENT\r\n"


class Handler(BaseHTTPRequestHandler):
    """Serves whatever the test put there, with a tag."""

    status, body, asked = 200, b"", 0

    def do_GET(self) -> None:
        tag = f'"{hash(self.body)}"'
        Handler.asked += 1
        same = Handler.status == 200 and self.headers.get("If-None-Match") == tag
        self.send_response(304 if same else Handler.status)
        self.send_header("ETag", tag)
        self.end_headers()
        if not same:
            self.wfile.write(Handler.body)

    def log_message(self, *arguments: Any) -> None:
        """Say nothing."""


@pytest.fixture
def network(tmp_path: Path) -> Iterator[Network]:
    Handler.status, Handler.body, Handler.asked = (
        200,
        BEGIN + event("a") + event("b", "Thee") + END,
        0,
    )
    with serving(tmp_path, Handler) as found:
        yield found


@pytest.fixture
def feed(garden: Organisation) -> Feed:
    return feeds.subscribe(SYSTEM, f"https://{HOST}/tuin.ics", "Tuin", garden, None)


def test_a_calendar_is_read_and_belongs_to_its_organisation(
    feed: Feed, garden: Organisation, network: Network
) -> None:
    feeds.read(feed, network)
    assert {one.name for one in Activity.objects.filter(feed=feed)} == {"Koffie", "Thee"}
    assert Activity.objects.of_organisations([garden]).count() == 2


def test_what_did_not_change_is_not_read_again(feed: Feed, network: Network) -> None:
    feeds.read(feed, network)
    feeds.read(feed, network)
    assert Handler.asked == 2 and Feed.objects.get().etag


def test_a_changed_appointment_changes_and_a_vanished_one_stays(
    feed: Feed, network: Network
) -> None:
    feeds.read(feed, network)
    Handler.body = BEGIN + event("a", "Koffie met taart", b"SEQUENCE:1\r\n") + END
    feeds.read(feed, network)
    names = {one.name: one.missing_since for one in Activity.objects.all()}
    assert names["Koffie met taart"] is None and isinstance(names["Thee"], date)


def test_a_calendar_that_breaks_off_says_nothing_about_the_rest(
    feed: Feed, network: Network
) -> None:
    feeds.read(feed, network)
    Handler.body = BEGIN + event("a", "Koffie!")
    feeds.read(feed, network)
    assert not Activity.objects.filter(missing_since__isnull=False).exists()


def test_a_failing_calendar_is_told_on_the_worklist_and_stops_itself(
    feed: Feed, network: Network, coordinator: User, as_user: Callable[[User], Client]
) -> None:
    feeds.read(feed, network)
    Handler.status = 500
    for _ in range(feeds.MOST_FAILURES):
        feeds.read(Feed.objects.get(), network)
    found = Feed.objects.get()
    assert found.state == "stopped" and "500" in found.problem and Activity.objects.count() == 2
    page = as_user(coordinator).get("/beheer/alles/").content.decode()
    assert "Kalenders die niet lukken" in page and "500" in page
    again = feeds.read_all()
    assert (again, again.failed) == (0, 0)


def test_a_page_that_is_no_calendar_takes_nothing_away(feed: Feed, network: Network) -> None:
    feeds.read(feed, network)
    Handler.body = b"<html>inloggen</html>"
    feeds.read(feed, network)
    assert (
        Activity.objects.filter(missing_since__isnull=True).count() == 2
        and Feed.objects.get().problem
    )


def test_refused_appointments_are_named(feed: Feed, network: Network) -> None:
    Handler.body = BEGIN + event("a") + event("vaak", more=b"RRULE:FREQ=SECONDLY\r\n") + END
    feeds.read(feed, network)
    assert Feed.objects.get().refused == [["vaak", "too_often"]] and Activity.objects.count() == 1


def test_an_address_inside_is_refused_without_a_word_to_it(garden: Organisation) -> None:
    inside = feeds.subscribe(SYSTEM, "https://127.0.0.1/geheim.ics", "", garden, None)
    feeds.read(inside)
    assert "besloten netwerk" in Feed.objects.get().problem


def test_stopping_keeps_what_came_from_it(feed: Feed, network: Network) -> None:
    feeds.read(feed, network)
    feeds.stop(SYSTEM, feed)
    assert Activity.objects.filter(feed=None).count() == 2


def test_a_host_adds_a_calendar_only_for_what_she_keeps(
    garden: Organisation, host: User, as_user: Callable[[User], Client]
) -> None:
    client = as_user(host)
    assert client.post("/beheer/kalenders/", {"url": "https://127.0.0.1/a.ics"}).status_code == 400
    assert (
        client.post(
            "/beheer/kalenders/", {"url": "http://a.example/a.ics", "organisation": garden.pk}
        ).status_code
        == 400
    )
    assert (
        client.post(
            "/beheer/kalenders/", {"url": "webcal://127.0.0.1/a.ics", "organisation": garden.pk}
        ).status_code
        == 302
    )
    assert Feed.objects.get().url == "https://127.0.0.1/a.ics"


def test_a_feed_that_gives_a_new_uid_and_a_new_name_at_once_is_asked(
    network: Network, garden: Organisation
) -> None:
    feed = feeds.subscribe(SYSTEM, f"https://{HOST}/tuin.ics", "Tuin", garden, None)
    feeds.read(feed, network)
    Handler.body = BEGIN + event("a") + event("c", "Thee met koek") + END
    report = feeds.read(feed, network)
    assert report.codes["probably_known"] == 1
    assert dict(Activity.objects.values_list("name", "state")) == {
        "Koffie": "public",
        "Thee": "public",
        "Thee met koek": "draft",
    }
