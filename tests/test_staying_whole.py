"""What goes wrong halfway changes nothing: a full disk, an answer that fails, two starts at the
same moment.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from knooppunt.core.database.disk import is_disk_full
from knooppunt.core.models import TrailEntry
from knooppunt.directory.actions.confirm import make_link
from knooppunt.directory.models import Organisation, ProblemReport
from tests.pages import patterns
from tests.site_process import Site

ROOT = Path(__file__).resolve().parent.parent


def test_every_page_behind_a_signed_link_keeps_all_of_an_answer_or_nothing() -> None:
    links = {
        route: pattern.callback for _name, route, pattern in patterns() if "<str:token>" in route
    }
    assert len(links) >= 7
    assert [path for path, view in links.items() if not getattr(view, "is_link_view", False)] == []


@pytest.mark.django_db
def test_a_confirmation_whose_answer_fails_has_changed_nothing(
    garden: Organisation, monkeypatch: Any
) -> None:
    address = f"/klopt/{make_link(garden)}/"
    before = garden.confirmed_on, TrailEntry.objects.count()

    def broken(*args: object, **kwargs: object) -> None:
        raise OperationalError("the database went away")

    with monkeypatch.context() as patched:
        patched.setattr("knooppunt.directory.views.public.render", broken)
        answer = Client(raise_request_exception=False).post(address, {"right": "1"})
        assert answer.status_code == 500
    garden.refresh_from_db()
    assert (garden.confirmed_on, TrailEntry.objects.count()) == before
    assert Client().post(address, {"right": "1"}).status_code == 200
    garden.refresh_from_db()
    assert garden.confirmed_on is not None


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only SQLite can pretend to be full")
def test_a_full_disk_is_a_clear_page_and_nothing_is_half_kept(
    garden: Organisation, time_machine: Any
) -> None:
    time_machine.move_to("2026-03-02 10:00", tick=False)
    page = Client().get("/meld/organisaties/de-tuin/").content.decode()
    moment = page.split('name="moment" value="')[1].split('"')[0]
    time_machine.move_to("2026-03-02 10:00:30", tick=False)
    report = {"text": "Het hek is dicht. " * 80, "moment": moment}
    stranger = Client(raise_request_exception=False)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        try:
            answers = [stranger.post("/meld/organisaties/de-tuin/", report) for _ in range(9)]
        finally:
            cursor.execute("PRAGMA max_page_count = 1073741823")
    full = [answer for answer in answers if answer.status_code == 503]
    assert full and "Er is niets bewaard" in full[-1].content.decode()
    kept = sum(answer.status_code == 200 for answer in answers)
    assert ProblemReport.objects.count() == kept
    assert stranger.get("/initiatieven/de-tuin/").status_code == 200


@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        (OSError(28, "No space left on device"), True),
        (OperationalError("database or disk is full"), True),
        (OperationalError('could not extend file "base/1": No space left on device'), True),
        (OperationalError("database is locked"), False),
        (OSError(13, "Permission denied"), False),
        (None, False),
    ],
)
def test_a_full_disk_is_recognised(problem: BaseException | None, expected: bool) -> None:
    assert is_disk_full(problem) is expected


@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="a setting of SQLite")
def test_what_a_person_was_told_survives_the_power_going() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        assert cursor.fetchone()[0] == 2  # FULL


def test_two_first_starts_and_a_coordinator_at_the_same_moment_wait_for_each_other(
    tmp_path: Path,
) -> None:
    data = tmp_path / "site"
    site = Site(data)
    starts = [site.command("prepare", "--example") for _ in range(2)]
    until = time.monotonic() + 60
    while not (data / "prepare.lock").exists() and time.monotonic() < until:
        time.sleep(0.02)
    coordinator = site.command("coordinator", "new@example.org")
    outputs = [process.communicate(timeout=300)[0] for process in (*starts, coordinator)]
    assert [process.returncode for process in (*starts, coordinator)] == [0, 0, 0], outputs
    assert '"key": "organisations"' in site.run("figures", "--json")
    assert (data / "knooppunt.sqlite3").stat().st_mode & 0o777 == 0o600
    assert (data / "secret.key").stat().st_mode & 0o777 == 0o600
