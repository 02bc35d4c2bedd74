"""A calendar file is never the whole truth about a UID: single times, shared names and names
made anew.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from knooppunt.agenda.actions import activities
from knooppunt.agenda.models import Activity, Occurrence
from knooppunt.agenda.tests.test_calendar_cases import calendar_file
from knooppunt.agenda.tests.uploads import read

pytestmark = pytest.mark.django_db
ZONE = "TZID=Europe/Amsterdam"


@pytest.fixture(autouse=True)
def _now(time_machine: Any, terms: None) -> None:
    time_machine.move_to("2026-11-26T09:00:00+01:00", tick=False)


def weekly(uid: str, name: str, *lines: str) -> str:
    """A series of four Thursdays in December."""
    return "\n".join(
        [
            f"UID:{uid}@buurt.example",
            "DTSTAMP:20261101T090000Z",
            f"SUMMARY:{name}",
            f"DTSTART;{ZONE}:20261203T190000",
            "DURATION:PT1H",
            "RRULE:FREQ=WEEKLY;COUNT=4",
            *lines,
        ]
    )


def single(uid: str, name: str, which: str, start: str, *lines: str) -> str:
    """One time of a series."""
    return "\n".join(
        [
            f"UID:{uid}@buurt.example",
            "DTSTAMP:20261101T090000Z",
            f"SUMMARY:{name}",
            f"RECURRENCE-ID{which}",
            f"DTSTART;{ZONE}:{start}",
            "DURATION:PT1H",
            *lines,
        ]
    )


def times(name: str) -> list[str]:
    """The single times of an activity on the clock of the neighbourhood; a cancelled one with a
    cross.
    """
    rows = Occurrence.objects.filter(activity__name=name).order_by("starts")
    return [
        f"{timezone.localtime(row.starts):%d %H:%M}{' x' if row.is_cancelled else ''}"
        for row in rows
    ]


SERIES = (weekly("s1", "Taalgroep een", "SEQUENCE:0"), weekly("s2", "Taalgroep twee", "SEQUENCE:0"))
MOVED = single("s1", "Taalgroep een", f";{ZONE}:20261210T190000", "20261211T150000", "SEQUENCE:1")
CANCELLED = single(
    "s2", "Taalgroep twee", ":20261210T180000Z", "20261210T190000", "SEQUENCE:1", "STATUS:CANCELLED"
)
ONE = ["03 19:00", "11 15:00", "17 19:00", "24 19:00"]
TWO = ["03 19:00", "10 19:00 x", "17 19:00", "24 19:00"]


def test_a_single_time_sent_by_itself_changes_its_series_and_nothing_else(tmp_path: Path) -> None:
    """Case 01; reading the files again, also the older one, changes nothing."""
    series = calendar_file(tmp_path, *SERIES, method="REQUEST", name="1")
    moved = calendar_file(tmp_path, MOVED, method="REQUEST", name="2")
    cancelled = calendar_file(tmp_path, CANCELLED, method="CANCEL", name="3")
    assert read(series).counts["created"] == 2
    assert read(moved).counts["updated"] == 1
    assert times("Taalgroep een") == ONE
    assert read(cancelled).counts["updated"] == 1
    assert times("Taalgroep twee") == TWO
    for path in (moved, cancelled, series):
        assert read(path).counts["updated"] == 0
        assert (times("Taalgroep een"), times("Taalgroep twee")) == (ONE, TWO)


def test_a_newer_export_without_the_change_does_not_take_it_back(tmp_path: Path) -> None:
    read(calendar_file(tmp_path, *SERIES))
    read(calendar_file(tmp_path, CANCELLED, method="CANCEL"))
    again = weekly("s2", "Taalgroep twee", "SEQUENCE:0", "DESCRIPTION:Nieuw").replace(
        "20261101T09", "20261120T09"
    )
    read(calendar_file(tmp_path, again))
    assert times("Taalgroep twee") == TWO
    assert Activity.objects.get(name="Taalgroep twee").description == "Nieuw"
    older = weekly("s2", "Taalgroep oud", "SEQUENCE:0").replace("20261101T09", "20261001T09")
    report = read(calendar_file(tmp_path, older))
    assert report.codes["older_version"] == 1 and times("Taalgroep twee") == TWO


def test_a_single_time_without_its_series_is_kept_and_said_and_joins_it_later(
    tmp_path: Path,
) -> None:
    report = read(calendar_file(tmp_path, MOVED))
    assert (report.counts["created"], report.codes["single_time"]) == (1, 1)
    assert times("Taalgroep een") == ["11 15:00"]
    other = single("s1", "Taalgroep een", f";{ZONE}:20261217T190000", "20261218T190000")
    read(calendar_file(tmp_path, other))
    assert times("Taalgroep een") == ["11 15:00", "18 19:00"]
    read(calendar_file(tmp_path, SERIES[0]))
    assert times("Taalgroep een") == ["03 19:00", "11 15:00", "18 19:00", "24 19:00"]


@pytest.mark.parametrize("which", [";VALUE=DATE:20261210", ":20261210T190000", ":20261210T180000Z"])
def test_a_single_time_is_found_however_it_is_named(which: str, tmp_path: Path) -> None:
    read(calendar_file(tmp_path, SERIES[0]))
    read(calendar_file(tmp_path, single("s1", "Taalgroep een", which, "20261211T150000")))
    assert times("Taalgroep een") == ONE


@pytest.mark.parametrize("together", [True, False])
def test_a_change_of_all_later_times_splits_the_series(together: bool, tmp_path: Path) -> None:
    later = single(
        "s1", "Taalgroep laat", f";RANGE=THISANDFUTURE;{ZONE}:20261217T190000", "20261218T203000"
    )
    if together:
        read(calendar_file(tmp_path, SERIES[0], later))
    else:
        read(calendar_file(tmp_path, SERIES[0]))
        read(calendar_file(tmp_path, later))
    for _again in range(2):
        assert times("Taalgroep een") == ["03 19:00", "10 19:00"]
        assert times("Taalgroep laat") == ["18 20:30", "25 20:30"]
        read(calendar_file(tmp_path, SERIES[0], later))
    assert Activity.objects.count() == 2


def test_cancelling_all_later_times_ends_the_series(tmp_path: Path) -> None:
    read(calendar_file(tmp_path, SERIES[0]))
    which = f";RANGE=THISANDFUTURE;{ZONE}:20261217T190000"
    read(calendar_file(tmp_path, single("s1", "x", which, "20261217T190000"), method="CANCEL"))
    assert times("Taalgroep een") == ["03 19:00", "10 19:00"]


def test_a_cancellation_that_says_only_what_it_cancels_cancels_the_series(tmp_path: Path) -> None:
    read(calendar_file(tmp_path, SERIES[0]))
    bare = "UID:s1@buurt.example\nDTSTAMP:20261102T090000Z\nSEQUENCE:1"
    read(calendar_file(tmp_path, bare, method="CANCEL"))
    assert times("Taalgroep een") == [f"{day} 19:00 x" for day in ("03", "10", "17", "24")]
    unknown = read(calendar_file(tmp_path, bare.replace("s1", "s9"), method="CANCEL"))
    assert unknown.counts["error"] == 1


def loose(uid: str, name: str, start: str, *lines: str) -> str:
    """One event of two hours."""
    return "\n".join(
        [
            f"UID:{uid}@buurt.example",
            "DTSTAMP:20261101T000000",
            f"SUMMARY:{name}",
            f"DTSTART;{ZONE}:{start}",
            "DURATION:PT2H",
            *lines,
        ]
    )


def names() -> list[str]:
    """All single times by day and name."""
    rows = Occurrence.objects.order_by("starts").select_related("activity")
    return [f"{row.day.day} {row.activity.name}" for row in rows]


def test_events_that_share_one_uid_are_all_kept(tmp_path: Path) -> None:
    """Case 23."""
    path = calendar_file(
        tmp_path,
        loose("noreply", "Workshop fietsen", "20261202T100000"),
        loose("noreply", "Filmavond", "20261205T190000"),
        loose("noreply", "Soep met buren", "20261209T120000"),
    )
    report = read(path)
    assert report.codes["shared_uid"] == 3
    expected = ["2 Workshop fietsen", "5 Filmavond", "9 Soep met buren"]
    assert names() == expected
    assert read(path).counts["unchanged"] == 3 and names() == expected
    film = loose("noreply", "Dansen", "20261211T190000")
    read(calendar_file(tmp_path, film))
    assert names() == [*expected, "11 Dansen"]


def test_one_uid_on_several_days_without_a_rule_is_each_of_these_days(tmp_path: Path) -> None:
    days = ("20261202", "20261205", "20261209")
    path = calendar_file(tmp_path, *(loose("yoga", "Yoga", f"{day}T100000") for day in days))
    for _again in range(2):
        read(path)
        assert names() == ["2 Yoga", "5 Yoga", "9 Yoga"]


def test_a_source_that_makes_new_uids_does_not_double_its_events(tmp_path: Path) -> None:
    """Case 21."""
    for letter in "abc":
        report = read(
            calendar_file(
                tmp_path,
                loose(f"{letter}-0", "Yoga", "20261214T100000", "LOCATION:Buurtzaal"),
                loose(f"{letter}-1", "Soep", "20261214T120000", "LOCATION:Buurtzaal"),
                name=f"lezing_{letter}",
            )
        )
        assert names() == ["14 Yoga", "14 Soep"]
        assert report.codes["uid_changed"] == (0 if letter == "a" else 2)


@pytest.mark.parametrize(
    "changed",
    [("Yin yoga", "20261214T100000"), ("Yoga", "20261215T110000")],
    ids=["another name", "another begin"],
)
def test_a_new_uid_and_something_else_at_once_is_asked(
    tmp_path: Path, changed: tuple[str, str]
) -> None:
    """Neither doubled nor renamed in silence: the new one waits until somebody looks."""
    soup = ("Soep", "20261214T120000")
    for letter, first in (("a", ("Yoga", "20261214T100000")), ("b", changed)):
        events = [loose(f"{letter}{name}", name, at) for name, at in (first, soup)]
        report = read(calendar_file(tmp_path, *events, name=f"lezing_{letter}"))
    assert [(one.code, one.name) for one in report.first if one.code == "probably_known"] == [
        ("probably_known", changed[0])
    ]
    states = Activity.objects.order_by("pk").values_list("name", "state")
    assert list(states) == [("Yoga", "public"), ("Soep", "public"), (changed[0], "draft")]
    # Read once more under new names, it is still the same question.
    events = [loose(f"c{name}", name, at) for name, at in (changed, soup)]
    read(calendar_file(tmp_path, *events, name="lezing_c"))
    assert Activity.objects.count() == 3


def test_a_new_event_beside_known_ones_is_no_question(tmp_path: Path) -> None:
    read(calendar_file(tmp_path, loose("a", "Yoga", "20261214T100000")))
    events = [loose("a", "Yoga", "20261214T100000"), loose("b", "Yoga", "20261221T100000")]
    report = read(calendar_file(tmp_path, *events))
    assert "probably_known" not in report.codes and names() == ["14 Yoga", "21 Yoga"]


def test_two_that_look_alike_in_one_file_or_at_another_place_stay_two(tmp_path: Path) -> None:
    read(calendar_file(tmp_path, loose("a", "Yoga", "20261214T100000", "LOCATION:Noord")))
    read(calendar_file(tmp_path, loose("b", "Yoga", "20261214T100000", "LOCATION:Zuid")))
    assert names() == ["14 Yoga", "14 Yoga"]


def test_what_was_taken_out_stays_out_under_its_new_uid(tmp_path: Path) -> None:
    read(calendar_file(tmp_path, loose("a", "Yoga", "20261214T100000", "LOCATION:Zaal")))
    activity = Activity.objects.get()
    activities.show(activities.trail.SYSTEM, activity, "archived")
    read(calendar_file(tmp_path, loose("b", "Yoga", "20261214T100000", "LOCATION:Zaal")))
    assert Activity.objects.get().state == "archived"
