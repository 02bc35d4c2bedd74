"""Tests for what the agenda keeps: rules in words, single times, changes of one of them,
holidays, lapsing.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.utils import timezone

from knooppunt.agenda.actions import activities, confirmation, occurrence
from knooppunt.agenda.actions.materialise import TooMany, materialise, materialise_ahead
from knooppunt.agenda.actions.terms import sync_agenda
from knooppunt.agenda.describe import when
from knooppunt.agenda.models import Activity, Occurrence
from knooppunt.agenda.occurrence_generator import AHEAD
from knooppunt.agenda.tests.make import activity
from knooppunt.core.audit.trail import SYSTEM, Actor
from knooppunt.core.models import TrailEntry

pytestmark = pytest.mark.django_db
NOW = "2026-11-22T09:00:00+01:00"


@pytest.fixture(autouse=True)
def _now(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)


def days(one: Activity, number: int = 6) -> list[str]:
    return [
        f"{timezone.localtime(row.starts):%Y-%m-%d %H:%M}"
        for row in one.occurrences.order_by("starts")[:number]
    ]


def test_every_second_tuesday_is_the_second_of_the_month(terms: None) -> None:
    one = activity("Eettafel", "elke 2e dinsdag van 10 tot 12")
    assert days(one, 3) == ["2026-12-08 10:00", "2027-01-12 10:00", "2027-02-09 10:00"]
    assert (
        when(one) == "elke 2e dinsdag van de maand van 10.00 tot 12.00 uur, vanaf 8 december 2026"
    )


def test_ten_o_clock_stays_ten_o_clock_when_the_clock_changes(terms: None) -> None:
    one = activity("Koffie", "elke zondag van 10 tot 11")
    rows = one.occurrences.filter(day__in=(date(2027, 3, 21), date(2027, 3, 28)))
    assert [f"{timezone.localtime(row.starts):%H:%M %z}" for row in rows] == [
        "10:00 +0100",
        "10:00 +0200",
    ]


def test_what_skips_the_school_holidays_is_not_there_at_christmas(terms: None) -> None:
    one = activity("Huiswerkclub", "elke dinsdag van 15 tot 17, niet in de schoolvakantie")
    assert "2026-12-22 15:00" not in days(one, 9) and "2026-12-29 15:00" not in days(one, 9)
    assert "2026-12-15 15:00" in days(one, 9) and "2027-01-05 15:00" in days(one, 9)


def test_the_day_after_christmas_is_skipped_on_public_holidays(terms: None) -> None:
    one = activity("Markt", "elke zaterdag van 9 tot 12, niet op feestdagen")
    assert "2026-12-26 09:00" not in days(one, 9) and "2026-12-19 09:00" in days(one, 9)


def test_a_day_that_was_excepted_in_words_is_left_out(terms: None) -> None:
    one = activity("Markt", "elke zaterdag van 9 tot 12, behalve 26 december")
    assert "2026-12-26 09:00" not in days(one, 9) and "2027-01-02 09:00" in days(one, 9)
    assert "niet op 26 december" in when(one)


def test_other_holidays_in_the_file_change_what_is_to_come(terms: None, settings: Any) -> None:
    one = activity("Huiswerkclub", "elke dinsdag van 15 tot 17, niet in de schoolvakantie")
    object.__setattr__(settings.COALITION, "holidays", ())
    sync_agenda()
    assert "2026-12-22 15:00" in days(one, 9)


def test_one_cancelled_time_stays_visible_with_its_reason(gardening: Activity) -> None:
    second = gardening.occurrences.order_by("starts")[1]
    occurrence.cancel(SYSTEM, gardening, second.original, "De kraan is kapot")
    second.refresh_from_db()
    assert second.is_cancelled and second.is_shown and second.reason == "De kraan is kapot"
    assert gardening.occurrences.filter(status="cancelled").count() == 1


def test_one_moved_time_moves_and_the_others_stay(gardening: Activity) -> None:
    before = days(gardening)
    second = gardening.occurrences.order_by("starts")[1]
    occurrence.move(
        SYSTEM, gardening, second.original, datetime(2026, 12, 2, 14, 0), reason="Sinterklaas"
    )
    after = days(gardening)
    assert after[1] == "2026-12-02 14:00" and after[0] == before[0] and after[2:] == before[2:]
    assert gardening.occurrences.get(is_moved=True).reason == "Sinterklaas"


def test_a_moved_time_can_be_put_back(gardening: Activity) -> None:
    before, second = days(gardening), gardening.occurrences.order_by("starts")[1]
    occurrence.move(SYSTEM, gardening, second.original, datetime(2026, 12, 2, 14, 0))
    occurrence.put_back(SYSTEM, gardening, second.original)
    assert days(gardening) == before and not gardening.changes.exists()


def test_last_week_s_time_can_still_move_to_next_week(
    gardening: Activity, time_machine: Any
) -> None:
    time_machine.move_to("2026-11-25T09:00:00+01:00", tick=False)  # the Tuesday of the 24th is past
    occurrence.move(SYSTEM, gardening, "2026-11-24T10:00", datetime(2026, 11, 27, 10, 0))
    assert "2026-11-27 10:00" in days(gardening)


def test_cancelling_a_time_that_is_past_says_so_and_keeps_it(
    gardening: Activity, time_machine: Any
) -> None:
    time_machine.move_to("2026-12-09T09:00:00+01:00", tick=False)
    occurrence.cancel(SYSTEM, gardening, "2026-12-01T10:00")
    assert gardening.occurrences.get(original="2026-12-01T10:00").is_cancelled
    assert gardening.occurrences.filter(starts__lt=timezone.now()).count() == 3


def test_every_change_raises_the_sequence_that_calendars_look_at(gardening: Activity) -> None:
    before = gardening.sequence
    occurrence.cancel(SYSTEM, gardening, gardening.occurrences.order_by("starts")[0].original)
    activities.change(SYSTEM, gardening, {"name": "Tuinieren"})
    gardening.refresh_from_db()
    assert gardening.sequence == before + 2


def test_changing_one_series_touches_only_its_own_rows(gardening: Activity) -> None:
    other = activity("Anders")
    rows = list(other.occurrences.values_list("pk", "starts"))
    activities.change(
        SYSTEM, gardening, {"rules": ["FREQ=WEEKLY;BYDAY=TH"], "starts_on": date(2026, 11, 26)}
    )
    assert list(other.occurrences.values_list("pk", "starts")) == rows
    assert days(gardening, 2) == ["2026-11-26 10:00", "2026-12-03 10:00"]


def test_what_has_begun_stays_with_its_head_count_when_the_rule_changes(
    gardening: Activity, time_machine: Any
) -> None:
    time_machine.move_to("2026-12-09T09:00:00+01:00", tick=False)
    past = gardening.occurrences.filter(starts__lt=timezone.now()).order_by("starts")
    assert past.count() == 3
    occurrence.count(SYSTEM, past[1], 14)
    activities.change(
        SYSTEM, gardening, {"rules": ["FREQ=WEEKLY;BYDAY=TH"], "starts_on": date(2026, 12, 10)}
    )
    assert past.count() == 3 and past[1].people == 14


def test_another_rule_does_not_invent_a_past(gardening: Activity, time_machine: Any) -> None:
    occurrence.cancel(SYSTEM, gardening, "2026-11-24T10:00")
    time_machine.move_to("2026-12-09T09:00:00+01:00", tick=False)
    activities.change(SYSTEM, gardening, {"rules": ["FREQ=DAILY"]})
    assert gardening.occurrences.filter(starts__lt=timezone.now()).count() == 3


def test_a_series_goes_on_from_a_day_without_touching_what_was(gardening: Activity) -> None:
    new = activities.change_from(
        SYSTEM,
        gardening,
        date(2027, 1, 1),
        {"rules": ["FREQ=WEEKLY;BYDAY=TH"], "starts_on": date(2027, 1, 7)},
    )
    gardening.refresh_from_db()
    assert (
        gardening.until == date(2026, 12, 31)
        and gardening.occurrences.filter(day__gte=date(2027, 1, 1)).count() == 0
    )
    assert (
        new.follows == gardening
        and days(new, 1) == ["2027-01-07 10:00"]
        and new.since == date(2027, 1, 1)
    )


def test_times_are_kept_more_than_a_year_ahead_and_every_night_adds_what_is_missing(
    gardening: Activity, time_machine: Any
) -> None:
    last = gardening.occurrences.order_by("-starts").first()
    assert last and last.day > date(2026, 11, 22) + AHEAD - timedelta(days=8)
    time_machine.move_to("2027-03-01T03:00:00+01:00", tick=False)
    assert materialise_ahead(timezone.localdate()) == 1
    assert materialise_ahead(timezone.localdate()) == 0
    rows = list(gardening.occurrences.order_by("starts").values_list("starts", flat=True))
    assert len(rows) == len(set(rows)) and all((b - a).days in (6, 7) for a, b in pairwise(rows))


def test_expanding_twice_changes_nothing(gardening: Activity) -> None:
    assert materialise(gardening) == 0


def test_something_that_comes_back_without_end_by_the_minute_is_refused(terms: None) -> None:
    with pytest.raises(TooMany):
        activity(
            "Te veel",
            "elke dag van 9 tot 10",
            rules=[f"FREQ=DAILY;BYHOUR={','.join(map(str, range(24)))};BYMINUTE=0,20,40"],
        )
    assert not Activity.objects.exists()


def test_a_series_that_nobody_confirms_gets_a_mark_and_then_stops_appearing(
    gardening: Activity, time_machine: Any
) -> None:
    time_machine.move_to("2027-05-20T09:00:00+02:00", tick=False)
    assert (
        not gardening.is_due(timezone.localdate())
        and not Activity.objects.due(timezone.localdate()).exists()
    )
    time_machine.move_to("2027-05-22T09:00:00+02:00", tick=False)
    assert (
        gardening.is_due(timezone.localdate())
        and Activity.objects.due(timezone.localdate()).exists()
    )
    assert confirmation.lapse(timezone.localdate()) == 0
    time_machine.move_to("2027-08-25T09:00:00+02:00", tick=False)
    assert confirmation.lapse(timezone.localdate()) == 1
    gardening.refresh_from_db()
    assert not gardening.occurrences.filter(starts__gte=timezone.now()).exists()
    assert (
        not Activity.objects.running(date(2027, 8, 25)).exists()
        and Activity.objects.running(date(2027, 8, 24)).exists()
    )


def test_confirming_brings_a_lapsed_series_back(gardening: Activity, time_machine: Any) -> None:
    time_machine.move_to("2027-08-25T09:00:00+02:00", tick=False)
    confirmation.lapse(timezone.localdate())
    confirmation.confirm(SYSTEM, Activity.objects.get(), "phone")
    assert gardening.occurrences.filter(starts__gte=timezone.now()).exists()


def test_a_place_that_objects_is_left_alone_until_it_agrees(gardening: Activity, host: Any) -> None:
    venue = gardening.venues.get()
    confirmation.object_to(Actor(host), venue, "Die dag is\x00 de tuin dicht ")
    assert venue.objection == "Die dag is de tuin dicht"
    assert not Occurrence.objects.shown().exists()
    confirmation.welcome(Actor(host), venue)
    assert Occurrence.objects.shown().exists()


def test_a_confidential_activity_is_never_shown(terms: None) -> None:
    one = activity("Geheim", visibility="confidential")
    assert one.occurrences.exists() and not Occurrence.objects.shown().exists()


def test_a_time_that_the_clock_skips_is_stable(terms: None) -> None:
    one = activity("Nachtwacht", "zondag 28 maart 2027 van 2.30 tot 3.30")
    row = one.occurrences.get()
    assert (
        f"{timezone.localtime(row.starts):%H:%M}" == "03:30" and row.original == "2027-03-28T02:30"
    )
    materialise(one)
    assert one.occurrences.get().starts == row.starts


def test_a_time_that_comes_twice_is_the_first(terms: None) -> None:
    row = activity("Nachtwacht", "zondag 31 oktober 2027 van 2.30 tot 3.30").occurrences.get()
    assert row.starts.isoformat() == "2027-10-31T00:30:00+00:00"


def test_everything_leaves_a_line_in_the_trail(gardening: Activity) -> None:
    original = gardening.occurrences.order_by("starts")[0].original
    occurrence.cancel(SYSTEM, gardening, original)
    confirmation.confirm(SYSTEM, gardening, "web")
    activities.change(SYSTEM, gardening, {"name": "Tuinieren"})
    verbs = list(
        TrailEntry.objects.filter(target_type="activity", target_id=gardening.pk).values_list(
            "verb", flat=True
        )
    )
    assert verbs == ["change", "confirm", "cancel_once", "create"]


def test_a_copy_of_last_year_is_one_of_its_own(gardening: Activity) -> None:
    copy = activities.copy(
        SYSTEM, gardening, {"starts_on": date(2027, 11, 23), "name": "Tuinochtend 2027"}
    )
    assert copy.uid != gardening.uid and copy.slug != gardening.slug
    assert [venue.place for venue in copy.venues.all()] == [
        venue.place for venue in gardening.venues.all()
    ]


def test_erasing_leaves_nothing_but_a_name_in_the_trail(gardening: Activity) -> None:
    activities.show(SYSTEM, gardening, "archived")
    activities.erase(SYSTEM, gardening)
    assert not Activity.objects.exists() and not Occurrence.objects.exists()
    assert list(
        TrailEntry.objects.filter(target_type="activity").values_list("verb", flat=True)
    ) == ["erase"]


def test_many_that_are_entered_together_each_have_a_name_in_the_world(terms: None) -> None:
    rows = [{"name": f"Koffie {number}", "starts_on": date(2026, 12, 1)} for number in range(3)]
    assert len({one.uid for one in activities.enter_many(SYSTEM, rows)}) == 3
