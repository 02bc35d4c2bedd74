"""What is dear is counted by the worker: pages read it, say when it is not of now, and only a
few wait at a time.
"""

from __future__ import annotations

import gzip
import zlib
from datetime import timedelta
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from knooppunt.agenda.feed_results import AHEAD
from knooppunt.agenda.models import Activity
from knooppunt.agenda.shares import count, packed, unpacked
from knooppunt.agenda.tests import make as make_agenda
from knooppunt.core.audit import trail
from knooppunt.core.background import stored_results
from knooppunt.core.backup import verification
from knooppunt.core.models import DearKind, SiteFact, StoredResult
from knooppunt.core.web import page_cache
from knooppunt.directory.models import Organisation, Place
from knooppunt.directory.tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def dear(monkeypatch: pytest.MonkeyPatch, garden: Organisation) -> None:
    """Everything counts as dear, as on a large site whose worker measured it."""
    monkeypatch.setattr(stored_results, "CHEAP", -1)
    stored_results.poll()


def later() -> None:
    """The next request: nothing is remembered by the process."""
    page_cache.forget()


def test_on_a_small_site_the_request_counts_and_nothing_is_stored(
    garden: Organisation, stranger: Client
) -> None:
    assert "<h1>Cijfers</h1>" in stranger.get("/cijfers/").content.decode()
    stored_results.poll()
    assert not StoredResult.objects.exists()
    make.organisation("De Werkplaats")
    later()
    assert '<p class="big">2</p>' in stranger.get("/cijfers/organisations/").content.decode()


def test_what_is_dear_is_kept_ready_for_today(dear: None, stranger: Client) -> None:
    page = stranger.get("/cijfers/organisations/")
    assert page.status_code == 200 and "De Tuin" in page.content.decode()
    assert "Geteld om" not in page.content.decode()
    assert stranger.get("/cijfers/aandeel/").status_code == 200


def test_after_a_change_the_old_number_says_its_moment_until_the_worker_counted(
    dear: None, stranger: Client
) -> None:
    make.organisation("De Werkplaats")
    trail.bump_generation()
    later()
    old = stranger.get("/cijfers/organisations/")
    assert "Geteld om" in old.content.decode() and '<p class="big">1</p>' in old.content.decode()
    assert "no-store" in old.headers["Cache-Control"]
    stored_results.poll()
    later()
    new = stranger.get("/cijfers/organisations/").content.decode()
    assert "Geteld om" not in new and '<p class="big">2</p>' in new


def test_another_day_waits_for_the_worker_with_a_page_that_fills_itself(
    dear: None, stranger: Client
) -> None:
    waiting = stranger.get("/cijfers/?op=2025-03-01")
    assert waiting.status_code == 202 and waiting.headers["Refresh"] == "3"
    assert "We tellen het voor je" in waiting.content.decode()
    stored_results.poll()
    assert stranger.get("/cijfers/?op=2025-03-01").status_code == 200


def test_at_most_a_few_wait_and_the_rest_comes_back(dear: None, stranger: Client) -> None:
    days = [f"2025-03-{day:02}" for day in range(1, 21)]
    statuses = [stranger.get(f"/cijfers/?op={day}").status_code for day in days]
    assert statuses == [202] * stored_results.MOST_WAITING + [503] * (
        20 - stored_results.MOST_WAITING
    )
    assert stranger.get("/cijfers/?op=2025-03-01").status_code == 202  # who waits already goes on
    assert StoredResult.objects.filter(body=None).count() == stored_results.MOST_WAITING


def test_days_that_somebody_makes_up_keep_no_calendar_waiting(
    dear: None, stranger: Client, garden_place: Place
) -> None:
    DearKind.objects.create(kind="feed:place", milliseconds=900)
    for day in range(1, 21):
        stranger.get(f"/cijfers/?op=2025-03-{day:02}")
    assert stranger.get(f"/plekken/{garden_place.slug}.ics").status_code == 503
    stored_results.poll()
    assert stranger.get(f"/plekken/{garden_place.slug}.ics").status_code == 200


def test_who_waits_longest_is_counted_first_however_often_others_ask_again(
    dear: None, stranger: Client
) -> None:
    days = ["2025-03-01", "2025-03-02"]
    for day in [*days, days[0]]:
        stranger.get(f"/cijfers/?op={day}")
    waiting = [name for _kind, name in stored_results._due()]
    assert [name.partition(stored_results.SEPARATOR)[0] for name in waiting[:2]] == days


def test_a_kind_stays_dear_for_an_hour_after_one_of_it_took_long(
    dear: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    figures = StoredResult.objects.filter(kind__startswith="figure")
    number = figures.count()
    monkeypatch.setattr(stored_results, "CHEAP", 60_000)
    trail.bump_generation()
    stored_results.poll()
    assert figures.count() == number > 0
    DearKind.objects.update(measured_at=timezone.now() - stored_results.MEASURE_AGAIN * 2)
    trail.bump_generation()
    stored_results.poll()
    assert not figures.exists() and not DearKind.objects.filter(kind__startswith="figure").exists()


@pytest.mark.parametrize("release, form", [("0.0.1", "2"), (stored_results.RELEASE, "1")])
def test_what_an_earlier_version_stored_is_counted_anew_and_not_read(
    dear: None, stranger: Client, release: str, form: str
) -> None:
    body = zlib.compress(b'{"another": "form"}')
    shares = StoredResult.objects.filter(kind="shares")
    assert shares.update(generation=f"{release}:{form}:1", body=body) == 1
    trail.bump_generation()
    later()
    assert stranger.get("/cijfers/aandeel/").status_code == 202
    stored_results.poll()
    later()
    assert stranger.get("/cijfers/aandeel/").status_code == 200


def test_a_calendar_that_rests_is_written_anew_by_another_version(
    dear: None, stranger: Client
) -> None:
    feeds = StoredResult.objects.filter(kind__startswith="feed")
    number = feeds.count()
    assert feeds.update(generation="0.0.1:1:1") == number > 0
    stored_results.poll()
    assert not feeds.filter(generation__startswith="0.0.1:").exists()


def test_what_nobody_asks_for_and_what_is_out_of_date_is_dropped(
    dear: None, stranger: Client
) -> None:
    long_ago = timezone.now() - 2 * stored_results.KEPT
    StoredResult.objects.update(asked_at=long_ago)
    stored_results.forget()
    assert not StoredResult.objects.exists()


def test_one_count_that_fails_does_not_stop_the_others(
    garden: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored_results, "CHEAP", -1)
    StoredResult.objects.create(
        kind="figure:places", name="no such day", is_waiting=True, asked_at=timezone.now()
    )
    stored_results.poll()
    assert not StoredResult.objects.filter(name="no such day").exists()
    assert StoredResult.objects.exclude(body=None).exists()


def test_a_dear_kind_is_never_counted_in_a_request_also_when_nothing_is_stored(
    dear: None, stranger: Client
) -> None:
    StoredResult.objects.all().delete()
    later()
    assert stranger.get("/cijfers/aandeel/").status_code == 202


def test_a_busy_database_loses_no_result(dear: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def is_locked(*words: Any) -> None:
        raise OperationalError("database is locked")

    number = StoredResult.objects.count()
    trail.bump_generation()
    monkeypatch.setattr(stored_results, "count", is_locked)
    stored_results.poll()
    assert StoredResult.objects.count() == number > 0


def test_a_backup_leaves_it_out() -> None:
    assert StoredResult not in verification.table_models()


def test_a_count_of_shares_comes_back_as_it_was(
    gardening: Activity, garden: Organisation, garden_place: Place
) -> None:
    make_agenda.activity("Soep", place=garden_place, organiser=garden, group="")
    day = timezone.localdate()
    whole: list[Any] = count(day)
    again = unpacked(packed(whole))
    assert [(each.area, each.lines, each.beside, each.weekly) for each in again] == [
        (each.area, each.lines, each.beside, each.weekly) for each in whole
    ]
    assert whole[0].lines and whole[0].beside


def test_a_feed_is_sent_packed_and_not_again_when_only_something_else_changed(
    gardening: Activity, garden: Organisation, stranger: Client
) -> None:
    packed = stranger.get("/agenda.ics", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    text = stranger.get("/agenda.ics").content
    assert gzip.decompress(packed.content) == text and b"SUMMARY:Tuinochtend" in text
    make.organisation("De Werkplaats")
    trail.bump_generation()
    later()
    again = stranger.get("/agenda.ics", headers={"If-None-Match": packed.headers["ETag"]})
    assert again.status_code == 304 and not again.content


def test_a_dear_feed_is_written_by_the_worker_and_stays_ready_after_a_change(
    gardening: Activity, stranger: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored_results, "CHEAP", -1)
    SiteFact.objects.create(key="address", value="http://testserver")
    stored_results.poll()
    assert b"SUMMARY:Tuinochtend" in stranger.get("/agenda.ics").content
    trail.bump_generation()
    later()
    assert stranger.get("/agenda.ics").status_code == 200
    stored = StoredResult.objects.get(kind="feed:all")
    stored_results.poll()
    again = StoredResult.objects.get(kind="feed:all")
    assert again.counted_at == stored.counted_at  # it may rest for some minutes


def test_the_feed_of_everything_ends_somewhere_and_a_narrower_one_does_not(
    garden: Organisation, garden_place: Place, stranger: Client
) -> None:
    far = timezone.localdate() + AHEAD + timedelta(days=5)
    make_agenda.activity(
        "Verre soep", place=garden_place, organiser=garden, starts_on=far, rules=[]
    )
    assert b"Verre soep" not in stranger.get("/agenda.ics").content
    assert b"Verre soep" in stranger.get(f"/plekken/{garden_place.slug}.ics").content
    assert "92 dagen" in stranger.get("/agenda/sluit-aan/").content.decode()
