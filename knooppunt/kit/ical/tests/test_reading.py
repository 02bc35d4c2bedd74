"""What an event says about itself and about its times is read as its maker meant it, or refused
by name.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from knooppunt.kit.ical.reading import Event, Refused, events_of
from knooppunt.kit.ical.tests.make import WEEKLY, calendar, event, refusal, the_event
from knooppunt.kit.recurrence import Series, Turn, moment, turns

START = "DTSTART;TZID=Europe/Amsterdam:20250107T100000"
BEGIN = datetime(2025, 1, 7, 10)
WEEK = timedelta(days=7)


def begins(series: Series) -> list[datetime]:
    return [turn.starts for turn in turns(series, datetime(2030, 1, 1))]


def test_an_event_tells_what_it_is() -> None:
    read = the_event(
        event(
            START,
            "SUMMARY;LANGUAGE=nl:Soep\\, brood\\; koffie",
            "DESCRIPTION:Eén\\nTwee \\\\ drie",
            "LOCATION:Zaal 1\\n3e",
            "URL:https://example.org/a?b=1",
            "CATEGORIES:Eten,Samen\\, gezellig",
            "CATEGORIES:Eten,Gratis",
            "GEO:51.9;4.4",
            "STATUS:TENTATIVE",
            "CLASS:CONFIDENTIAL",
            "SEQUENCE:3",
            "CREATED:20250101T120000Z",
            "LAST-MODIFIED:20250102T120000Z",
            "ORGANIZER;CN=\"Huis: de ^'Wijk^'\":mailto:wijk@example.org",
            uid="a@b",
        )
    )
    assert (read.uid, read.summary, read.description) == (
        "a@b",
        "Soep, brood; koffie",
        "Eén\nTwee \\ drie",
    )
    assert (read.location, read.url) == ("Zaal 1 3e", "https://example.org/a?b=1")
    assert (read.categories, read.point) == (("Eten", "Samen, gezellig", "Gratis"), (4.4, 51.9))
    assert (read.status, read.visibility, read.sequence) == ("tentative", "confidential", 3)
    assert read.organizer == 'Huis: de "Wijk"'
    assert read.created == datetime(2025, 1, 1, 12, tzinfo=UTC)
    assert read.modified == datetime(2025, 1, 2, 12, tzinfo=UTC)


def test_an_event_that_tells_nothing_is_public_and_goes_on() -> None:
    read = the_event(event(START))
    assert (read.summary, read.categories, read.point, read.organizer) == ("", (), None, "")
    assert (read.status, read.visibility, read.sequence) == ("confirmed", "public", 0)
    assert (read.created, read.modified) == (None, None)


@pytest.mark.parametrize(
    ("line", "part", "value"),
    [
        ("CLASS:X-FRIENDS", "visibility", "private"),
        ("STATUS:MAYBE", "status", "confirmed"),
        ("SEQUENCE:many", "sequence", 0),
        ("SEQUENCE:99999999999", "sequence", 2**31 - 1),
        ("ORGANIZER;CN=jan@example.org:mailto:jan@example.org", "organizer", ""),
        ("ORGANIZER;CN=Jan (jan@example.org):mailto:jan@example.org", "organizer", "Jan"),
        ("ORGANIZER:mailto:jan@example.org", "organizer", ""),
        ("URL:javascript:alert(1)", "url", ""),
        ("URL:https://example.org/" + "x" * 500, "url", ""),
        ("GEO:nan;4", "point", None),
        ("GEO:91;4", "point", None),
        ("GEO:0;0", "point", None),
        ("SUMMARY:a\x00\x07\x1b\x85b", "summary", "ab"),
        ("SUMMARY:" + "é" * 300, "summary", "é" * 200),
        ("LOCATION:" + "é" * 400, "location", "é" * 300),
        ("DESCRIPTION:" + "é" * 1_000_000, "description", "é" * 20_000),
        (
            "CATEGORIES:" + ",".join(f"{number:02}" + "x" * 70 for number in range(30)),
            "categories",
            tuple(f"{number:02}" + "x" * 58 for number in range(20)),
        ),
        ("CREATED:yesterday", "created", None),
    ],
)
def test_what_is_odd_or_too_long_does_no_harm(line: str, part: str, value: object) -> None:
    assert getattr(the_event(event(START, line)), part) == value


@pytest.mark.parametrize(
    ("lines", "minutes"),
    [
        (["DTSTART:20250107T100000Z", "DTEND:20250107T113000Z"], 90),
        (["DTSTART:20250107T100000Z", "DURATION:PT1H30M"], 90),
        (["DTSTART:20250107T100000Z", "DTEND:20250107T113000Z", "DURATION:PT0S"], 90),
        (["DTSTART:20250107T100000Z"], 0),
        (["DTSTART:20250107T100000Z", "DTEND:20250107T100000Z"], 0),
        (["DTSTART:20250107T000000Z", "DTEND:20250107T235959Z"], 1440),
        (["DTSTART;VALUE=DATE:20250107"], 1440),
        (["DTSTART:20250107", "DTEND:20250109"], 2880),
        (["DTSTART:20250107", "DTEND:20250107"], 1440),
        (["DTSTART:20250107", "DURATION:P1W"], 7 * 1440),
        (
            [
                "DTSTART;TZID=Europe/Amsterdam:20250107T100000",
                "DTEND;TZID=Europe/London:20250107T100000",
            ],
            60,
        ),
        (
            [
                "DTSTART;TZID=Europe/Amsterdam:20250329T220000",
                "DTEND;TZID=Europe/Amsterdam:20250330T040000",
            ],
            360,
        ),
        (
            [
                "DTSTART;TZID=Europe/Amsterdam:20250330T023000",
                "DTEND;TZID=Europe/Amsterdam:20250330T031500",
            ],
            45,
        ),
        (["DTSTART;TZID=Europe/Amsterdam:20250107T100000", "DTEND:20250107T110000"], 60),
    ],
)
def test_an_event_lasts_as_long_as_it_says(lines: list[str], minutes: int) -> None:
    assert the_event(event(*lines)).series.minutes == minutes


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([], "no_start"),
        (["DTSTART:"], "no_start"),
        (["DTSTART:20250230"], "bad_date"),
        (["DTSTART:tomorrow"], "bad_date"),
        (["DTSTART:20250101T250000"], "bad_date"),
        (["DTSTART:00010101T000000Z"], "bad_date"),
        (["DTSTART:２０２５０１０１"], "bad_date"),
        ([START, "DTEND:later"], "bad_date"),
        ([START, "DURATION:an hour"], "bad_date"),
        ([START, "DURATION:P99999999999W"], "bad_date"),
        ([START, "DURATION:P400D"], "bad_date"),
        ([START, "RDATE:20250101T1"], "bad_date"),
        ([START, "EXDATE:x"], "bad_date"),
        ([START, "DTEND;TZID=Europe/Amsterdam:20250107T095900"], "ends_before_start"),
        ([START, "DURATION:-PT5M"], "ends_before_start"),
        (["DTSTART:20250107", "DTEND:20250106"], "ends_before_start"),
        ([START, "RRULE:FREQ=SOMETIMES"], "bad_rule"),
        ([START, "RRULE:every tuesday"], "bad_rule"),
        ([START, "RRULE:COUNT=3"], "bad_rule"),
        ([START, "RRULE:FREQ=DAILY;INTERVAL=0"], "bad_rule"),
        ([START, "RRULE:FREQ=DAILY;INTERVAL=-1"], "bad_rule"),
        ([START, "RRULE:FREQ=YEARLY;BYMONTH=13"], "bad_rule"),
        ([START, "RRULE:FREQ=MONTHLY;BYMONTHDAY=0"], "bad_rule"),
        ([START, "RRULE:FREQ=MONTHLY;BYDAY=0MO"], "bad_rule"),
        ([START, "RRULE:FREQ=WEEKLY;UNTIL=20259999"], "bad_rule"),
        ([START, "RRULE:FREQ=DAILY;FREQ=SECONDLY"], "bad_rule"),
        ([START, "EXRULE:FREQ=SOMETIMES"], "bad_rule"),
        ([START, *["RRULE:FREQ=DAILY"] * 60], "bad_rule"),
        ([START, "RRULE:FREQ=SECONDLY"], "too_often"),
        ([START, "RRULE:freq=minutely;count=3"], "too_often"),
        ([START, "EXDATE:" + ",".join(["20250101T000000Z"] * 20_001)], "too_often"),
    ],
    ids=lambda value: str(value)[:60],
)
def test_what_cannot_be_understood_is_refused_by_name(lines: list[str], code: str) -> None:
    assert refusal(event(*lines)) == code


def test_one_bad_event_does_not_spoil_the_others() -> None:
    read = list(
        events_of(calendar(event("DTSTART:x", uid="a"), event(START, uid="b"), event(uid="c")))
    )
    assert [(one.uid, type(one)) for one in read] == [("a", Refused), ("b", Event), ("c", Refused)]


def test_an_event_that_the_file_cuts_off_is_refused_because_its_end_may_be_missing() -> None:
    whole = calendar(event(START, uid="a"), event(START, "RRULE:FREQ=WEEKLY;COUNT=10", uid="b"))
    read = list(events_of(whole[: whole.index(b"COUNT") + 7]))
    assert isinstance(read[0], Event)
    assert read[1] == Refused("b", "unreadable", "the file stops halfway this event")


def test_extra_times_and_exceptions_count() -> None:
    read = the_event(
        event(
            *WEEKLY,
            "RDATE;TZID=Europe/Amsterdam:20250109T200000",
            "RDATE;VALUE=PERIOD:20250110T090000Z/PT2H",
            "RDATE;VALUE=DATE:20250111",
            "EXDATE:20250114T090000Z",
            "EXDATE;TZID=Europe/Amsterdam:20250121T100000",
            "RDATE:",
            "EXDATE:",
        )
    )
    assert list(turns(read.series, datetime(2030, 1, 1))) == [
        Turn(BEGIN, 90),
        Turn(datetime(2025, 1, 9, 20), 90),
        Turn(datetime(2025, 1, 10, 10), 120),
        Turn(datetime(2025, 1, 11, 10), 90),
        Turn(datetime(2025, 1, 28, 10), 90),
    ]


def test_an_exception_without_an_hour_takes_out_all_times_of_that_day() -> None:
    often = the_event(
        event(START, "RRULE:FREQ=DAILY;COUNT=6;BYHOUR=10,15", "EXDATE;VALUE=DATE:20250108")
    )
    assert [begin.day for begin in begins(often.series)] == [7, 7, 9, 9]
    extra = the_event(
        event(*WEEKLY, "RDATE;TZID=Europe/Amsterdam:20250114T200000", "EXDATE;VALUE=DATE:20250114")
    )
    assert begins(extra.series) == [BEGIN, BEGIN + 2 * WEEK, BEGIN + 3 * WEEK]


def test_an_exception_with_an_hour_takes_out_a_whole_day() -> None:
    read = the_event(
        event("DTSTART:20250107", "RRULE:FREQ=DAILY;COUNT=3", "EXDATE:20250107T230000Z")
    )
    assert begins(read.series) == [datetime(2025, 1, 7), datetime(2025, 1, 9)]


def test_several_rules_add_up_and_an_exrule_takes_away() -> None:
    read = the_event(event(*WEEKLY, "RRULE:FREQ=DAILY;COUNT=2", "EXRULE:FREQ=WEEKLY;INTERVAL=2"))
    assert begins(read.series) == [BEGIN + timedelta(days=1), BEGIN + WEEK, BEGIN + 3 * WEEK]


def test_a_careless_rule_is_still_understood() -> None:
    read = the_event(event(START, "RRULE:freq=weekly; count=2; byday=tu, th;"))
    assert begins(read.series) == [BEGIN, BEGIN + timedelta(days=2)]


def test_a_series_ends_on_the_moment_that_until_says() -> None:
    assert (
        len(begins(the_event(event(START, "RRULE:FREQ=DAILY;UNTIL=20250109T090000Z")).series)) == 3
    )
    assert (
        len(begins(the_event(event(START, "RRULE:FREQ=DAILY;UNTIL=20250109T085959Z")).series)) == 2
    )
    assert (
        len(begins(the_event(event(START, "RRULE:FREQ=YEARLY;UNTIL=99991231T235959Z")).series)) == 5
    )


def test_a_single_time_may_be_moved_cancelled_or_told_otherwise() -> None:
    read = the_event(
        event(*WEEKLY, "SUMMARY:Soep", "LOCATION:Zaal"),
        event(
            "RECURRENCE-ID:20250114T090000Z",
            "DTSTART:20250115T100000Z",
            "DTEND:20250115T103000Z",
            "SUMMARY:Soep",
        ),
        event("RECURRENCE-ID;TZID=Europe/Amsterdam:20250121T100000", "STATUS:CANCELLED"),
        event("RECURRENCE-ID;VALUE=DATE:20250128", "SUMMARY:Erwtensoep", "LOCATION:Zaal"),
    )
    moved, cancelled, told = read.changes
    assert (moved.original, moved.starts, moved.minutes) == (
        BEGIN + WEEK,
        datetime(2025, 1, 15, 11),
        30,
    )
    assert (moved.summary, moved.location, moved.is_cancelled) == ("", "", False)
    assert (cancelled.original, cancelled.starts, cancelled.is_cancelled) == (
        BEGIN + 2 * WEEK,
        None,
        True,
    )
    assert (told.original, told.starts, told.minutes) == (BEGIN + 3 * WEEK, BEGIN + 3 * WEEK, None)
    assert (told.summary, told.location) == ("Erwtensoep", "")


def test_of_two_versions_the_newest_counts_whatever_their_order() -> None:
    old, new = event(*WEEKLY, "SUMMARY:Oud"), event(*WEEKLY, "SUMMARY:Nieuw", "SEQUENCE:2")
    at = "RECURRENCE-ID;TZID=Europe/Amsterdam:20250114T100000"
    old_change, new_change = (
        event(at, "SUMMARY:Oud", "SEQUENCE:2"),
        event(at, "SUMMARY:Nieuwer", "SEQUENCE:3"),
    )
    for parts in ([old, new, old_change, new_change], [new_change, old_change, new, old]):
        read = the_event(*parts)
        assert (read.summary, [change.summary for change in read.changes]) == ("Nieuw", ["Nieuwer"])
    read = the_event(
        event(START, "DTSTAMP:20250101T000000Z", "SUMMARY:Nieuw"), event(START, "SUMMARY:Oud")
    )
    assert read.summary == "Nieuw"
    assert (
        the_event(event(START, "SUMMARY:Eerst"), event(START, "SUMMARY:Laatst")).summary == "Laatst"
    )


def test_an_old_change_counts_only_for_a_time_that_is_still_there() -> None:
    there = event("RECURRENCE-ID:20250114T090000Z", "SUMMARY:Er is er een", "SEQUENCE:1")
    gone = event("RECURRENCE-ID:20250115T090000Z", "SUMMARY:Weg", "SEQUENCE:1")
    extra = event("RECURRENCE-ID:20250116T090000Z", "SUMMARY:Extra", "SEQUENCE:2")
    read = the_event(event(*WEEKLY, "SEQUENCE:2"), there, gone, extra)
    assert [change.summary for change in read.changes] == ["Er is er een", "Extra"]


def test_changes_without_their_event_become_a_series_of_just_these_times() -> None:
    first, second = "RECURRENCE-ID:20250114T090000Z", "RECURRENCE-ID:20250121T090000Z"
    read = the_event(
        event(
            second, "DTSTART:20250122T090000Z", "DURATION:PT30M", "SUMMARY:Soep", "LOCATION:Tuin"
        ),
        event(
            first, "DTSTART:20250115T090000Z", "DURATION:PT1H", "SUMMARY:Soep", "RRULE:FREQ=DAILY"
        ),
        event("RECURRENCE-ID:20250128T090000Z", "STATUS:CANCELLED"),
    )
    assert list(turns(read.series, datetime(2030, 1, 1))) == [
        Turn(datetime(2025, 1, 15, 9), 60),
        Turn(datetime(2025, 1, 22, 9), 30),
    ]
    (change,) = read.changes
    assert (change.original, change.starts, change.location) == (datetime(2025, 1, 22, 9),) * 2 + (
        "Tuin",
    )
    assert the_event(event(first)).series == Series(datetime(2025, 1, 14, 9), 0, "UTC")
    assert the_event(event(first, "STATUS:CANCELLED")).status == "cancelled"


def test_a_change_of_all_later_times_is_kept_apart_from_those_of_single_times() -> None:
    later = "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Amsterdam:20250114T100000"
    begin = "DTSTART;TZID=Europe/Amsterdam:20250114T110000"
    read = the_event(event(*WEEKLY), event(later, begin, "SUMMARY:Later"))
    assert not read.changes
    (change,) = read.ranges
    assert (change.original.hour, change.starts and change.starts.hour) == (10, 11)
    earlier = "RECURRENCE-ID;RANGE=THISANDPRIOR:20250114T090000Z"
    assert refusal(event(*WEEKLY), event(earlier, START)) == "unreadable"


def test_different_events_with_one_uid_are_each_read() -> None:
    days = ("20250107", "20250108", "20250108")
    names = ("Fietsen", "Film", "Soep")
    parts = [
        event(
            f"DTSTART;TZID=Europe/Amsterdam:{day}T100000",
            f"SUMMARY:{name}",
            "DTSTAMP:20250101T000000",
        )
        for day, name in zip(days, names, strict=True)
    ]
    read = list(events_of(calendar(*parts)))
    assert [one.summary for one in read if isinstance(one, Event)] == list(names)
    assert all(isinstance(one, Event) and one.is_one_of_several for one in read)


@pytest.mark.parametrize(
    ("day", "hour"),
    [("20250330", 1), ("20251026", 0)],
    ids=["skipped in March", "twice in October"],
)
def test_half_past_two_on_a_night_when_the_clock_changes(day: str, hour: int) -> None:
    start = f"DTSTART;TZID=Europe/Amsterdam:{day}T023000"
    series = the_event(event(start, "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=3")).series
    moments = [moment(begin, series.zone) for begin in begins(series)]
    assert (moments[0].hour, moments[0].minute) == (hour, 30)
    assert [one.hour for one in moments[1:]] == ([0, 0] if hour else [1, 1])
    out = the_event(event(start, "RRULE:FREQ=DAILY;COUNT=3", f"EXDATE:{day}T0{hour}3000Z")).series
    assert len(begins(out)) == 2
    changed = the_event(
        event(start, "RRULE:FREQ=DAILY"),
        event(f"RECURRENCE-ID:{day}T0{hour}3000Z", "STATUS:CANCELLED"),
    )
    assert changed.changes[0].original == series.starts


@pytest.mark.parametrize(
    "name",
    [
        "Geannuleerd: Taalcafé",
        "Canceled: Taalcafé",
        "Cancelled: Taalcafé",
        "Afgelast: Taalcafé",
        "GEANNULEERD - Taalcafé",
        "GEANNULEERD – Taalcafé",
        "[GEANNULEERD] Taalcafé",
        "AFGELAST Taalcafé",
        "Geannuleerd evenement: Taalcafé",
        "Canceled event: Taalcafé",
        "Vervallen: Taalcafé",
        "Taalcafé (afgelast)",
        "Taalcafé - GEANNULEERD",
        "geannuleerd! Taalcafé",
        "Afgelast wegens storm: Taalcafé",
        "(afgelast i.v.m. ziekte) Taalcafé",
        "Taalcafé - afgelast vanwege ijzel",
        "Afgelast (griep): Taalcafé",
        "Canceled event with note: Taalcafé",
        "❌ Afgelast: Taalcafé",
        "🚫 GEANNULEERD Taalcafé",
        "Let op: afgelast! Taalcafé",
        "Taalcafé gaat niet door",
        "Taalcafé is afgelast!",
        "Taalcafé VERVALT",
        "Taalcafé // afgelast",
        "Afgelast / Taalcafé",
        "GECANCELED: Taalcafé",
        "Niet doorgegaan: Taalcafé",
        "Annulering: Taalcafé",
    ],
)
def test_a_name_that_says_it_is_cancelled_is_read_so_and_kept_without_it(name: str) -> None:
    read = the_event(event(START, f"SUMMARY:{name}", "STATUS:CONFIRMED"))
    assert (read.summary, read.status) == ("Taalcafé", "cancelled")


@pytest.mark.parametrize(
    "name",
    [
        "Afgelast feest",
        "Cancel culture: een gesprek",
        "Vervallen huizen, nieuwe wijk",
        "Vervallen bezit: een lezing",
        "Gaat door: Taalcafé",
        "Uitgesteld: Taalcafé",
        "Let op: Taalcafé",
        "Het feest gaat door",
        "Wat vervalt er?",
    ],
)
def test_a_name_that_only_looks_cancelled_goes_on(name: str) -> None:
    read = the_event(event(START, f"SUMMARY:{name}"))
    assert (read.summary, read.status) == (name, "confirmed")
