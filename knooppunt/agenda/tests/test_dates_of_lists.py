"""What a tester with fresh eyes found about days, hours and calendars: each test says what a
user would expect.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import icalendar
import pytest
from dateutil.rrule import rruleset, rrulestr
from django.test import Client
from django.utils import timezone, translation

from knooppunt.agenda.actions import activities as acts
from knooppunt.agenda.actions import confirmation, occurrence
from knooppunt.agenda.describe import rule_in_words, when
from knooppunt.agenda.forms.activities import EXAMPLES
from knooppunt.agenda.models import Activity
from knooppunt.agenda.schedule import understand
from knooppunt.agenda.tests.make import activity
from knooppunt.agenda.tests.uploads import TODAY, calendar, days_of, event, read, text_of
from knooppunt.core.audit.trail import SYSTEM
from knooppunt.directory.models import Area, Organisation, Place
from knooppunt.directory.tests import make
from knooppunt.people.models import User

pytestmark = pytest.mark.django_db
AsUser = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _now(time_machine: Any) -> None:
    time_machine.move_to("2026-11-24T08:00:00+01:00", tick=True)  # a Tuesday


# What was understood.


@pytest.mark.parametrize(
    ("said", "day", "begin", "minutes"),
    [
        ("zaterdag 28 november van 20 tot 1 uur", date(2026, 11, 28), time(20), 300),
        ("elke vrijdag van 22 tot 2 uur", date(2026, 11, 27), time(22), 240),
        ("elke vrijdag 20.00-00.30", date(2026, 11, 27), time(20), 270),
    ],
)
def test_a_party_that_ends_after_midnight_is_understood(
    said: str, day: date, begin: time, minutes: int
) -> None:
    schedule = understand(said, TODAY)
    assert schedule and schedule.has_time and not schedule.unknown
    values = schedule.values
    assert (values["starts_on"], values["starts_at"], values["minutes"]) == (day, begin, minutes)


def test_the_example_under_the_field_is_understood_word_for_word() -> None:
    # The form itself says: type "zaterdag 14 maart om 14 uur".

    examples = re.findall("‘([^’]+)’", str(EXAMPLES))
    assert len(examples) >= 2
    for example in examples:
        schedule = understand(example, TODAY)
        assert schedule and schedule.has_time and not schedule.unknown, example


def test_a_first_working_day_is_read_back_in_english() -> None:
    # An English reader gets English words.
    with translation.override("en"):
        assert "werkdag" not in rule_in_words("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1", TODAY)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=YEARLY;INTERVAL=2;BYMONTH=5;BYMONTHDAY=5", "volgens een eigen schema"),
        ("FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "volgens een eigen schema"),
        ("FREQ=DAILY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR", "volgens een eigen schema"),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=TU", "volgens een eigen schema"),
        ("FREQ=MONTHLY;BYDAY=TU;BYMONTH=3", "elke dinsdag in maart"),
        (
            "FREQ=MONTHLY;INTERVAL=3;BYDAY=1SA;BYMONTH=1,4,7",
            "elk kwartaal op de 1e zaterdag van de maand in januari, april en juli",
        ),
    ],
)
def test_a_rule_from_a_calendar_is_read_back_without_leaving_half_of_it_out(
    rule: str, words: str
) -> None:
    # "elk jaar" is not what "every other year" means; better "volgens een eigen schema" than
    # something else.
    assert rule_in_words(rule, TODAY) == words


@pytest.mark.parametrize(
    "said",
    [
        "elke 2e dinsdag van 10 tot 12, niet in de schoolvakantie",
        "om de week woensdag van 14 tot 16",
        "elke dag in juli en augustus van 10 tot 12",
        "elke maandag van 10 tot 12 behalve 7 december en 14 december",
        "elke maandag vanaf 7 december van 10 tot 12",
        "elke eerste werkdag van de maand om 9 uur",
        "van 1 december tot 1 maart elke maandag 10-12",
        "elke 1e en 3e dinsdag om 19.30, niet op feestdagen",
        "jaarlijks op 5 mei van 12 tot 17",
        "3, 10 en 17 december van 10 tot 12",
        "elke maandag in december van 10 tot 12",
        "elke laatste vrijdag van de maand om 15 uur",
        "elke 5e maandag om 10 uur",
        "elk kwartaal op de 1e zaterdag om 14 uur",
    ],
)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_what_is_read_back_means_the_same_when_it_is_typed_again(said: str, language: str) -> None:
    # The form fills in the sentence that it read back; typing it again may change nothing.
    values = understand(said, TODAY).values  # type: ignore[union-attr]
    with translation.override(language):
        back = when(Activity(**values))
    again = understand(back, TODAY)
    names = (
        "starts_on",
        "starts_at",
        "minutes",
        "rules",
        "additions",
        "exceptions",
        "until",
        "skips_school_holidays",
        "skips_public_holidays",
    )
    assert again and not again.unknown, back
    assert {name: again.values[name] for name in names} == {name: values[name] for name in names}, (
        back
    )


# Several days, whole days and midnight.


def test_a_festival_of_three_days_is_in_the_list_of_its_second_day(
    terms: None, tmp_path: Path, stranger: Client
) -> None:
    # Saturday's list shows what goes on on Saturday.
    read(
        calendar(
            tmp_path,
            event(
                "f",
                "DTEND;VALUE=DATE:20261207",
                start="DTSTART;VALUE=DATE:20261204",
                name="Festival",
            ),
        )
    )
    assert "Festival" in text_of(stranger, "/agenda/?dag=2026-12-04")
    assert "Festival" in text_of(stranger, "/agenda/?dag=2026-12-05")


def test_an_exhibition_that_began_last_week_is_on_today_at_home(
    terms: None, tmp_path: Path, stranger: Client
) -> None:
    # It is on today, so home and today's list show it.
    read(
        calendar(
            tmp_path,
            event(
                "e",
                "DTEND;VALUE=DATE:20261207",
                start="DTSTART;VALUE=DATE:20261120",
                name="Expositie",
            ),
        )
    )
    assert "Expositie" in text_of(stranger, "/agenda/")


def test_the_command_tells_a_festival_also_from_its_second_day(
    terms: None, tmp_path: Path, knooppunt: Any, capsys: Any
) -> None:
    # What is on between two days includes what began the day before.
    read(
        calendar(
            tmp_path,
            event(
                "f",
                "DTEND;VALUE=DATE:20261207",
                start="DTSTART;VALUE=DATE:20261204",
                name="Festival",
            ),
        )
    )
    knooppunt("agenda", "--from", "2026-12-05", "--to", "2026-12-06", "--json")
    assert [one["title"] for one in json.loads(capsys.readouterr().out)] == ["Festival"]


@pytest.mark.parametrize(
    "address",
    [
        "/agenda/?dag=2026-12-01",
        "/agenda/buurtdag/",
        "/agenda/tekst/?dag=2026-12-01",
        "/agenda/inbed/",
        "/agenda/inbed.svg",
        "/agenda/scherm/",
    ],
)
def test_a_day_that_lasts_all_day_does_not_say_midnight(
    address: str, terms: None, tmp_path: Path, stranger: Client
) -> None:
    # 00.00 says nothing; "hele dag" does.
    read(
        calendar(
            tmp_path,
            event(
                "d",
                "RRULE:FREQ=WEEKLY;COUNT=2",
                start="DTSTART;VALUE=DATE:20261201",
                name="Buurtdag",
            ),
        )
    )
    page = text_of(stranger, address)
    assert "Buurtdag" in page and "00.00" not in page


def test_structured_data_of_a_whole_day_has_days(
    terms: None, tmp_path: Path, stranger: Client
) -> None:
    # schema.org wants a plain date for a whole day.
    read(calendar(tmp_path, event("d", start="DTSTART;VALUE=DATE:20261201", name="Buurtdag")))
    page = stranger.get(f"/agenda/{Activity.objects.get().slug}/").content.decode()
    assert '"startDate": "2026-12-01"' in page


# A time that changed is right everywhere.


def test_a_time_that_moved_to_another_place_is_on_the_page_and_in_the_list_of_that_place(
    gardening: Activity, stranger: Client
) -> None:
    # The neighbours of the other place see it there on that day.
    barn = make.place("De Schuur")
    occurrence.move(SYSTEM, gardening, "2026-12-01T10:00", datetime(2026, 12, 1, 14), place=barn)
    assert "Tuinochtend" in text_of(stranger, f"/agenda/?dag=2026-12-01&plek={barn.slug}")
    assert "Tuinochtend" in text_of(stranger, f"/plekken/{barn.slug}/")


def test_a_time_that_moved_to_another_wijk_is_in_the_list_of_that_wijk(
    gardening: Activity, zuid: Area, stranger: Client
) -> None:
    # On that day it is in Zuid.
    barn = make.place("De Schuur", longitude=4.05, latitude=51.95)
    occurrence.move(SYSTEM, gardening, "2026-12-01T10:00", datetime(2026, 12, 1, 14), place=barn)
    assert "Tuinochtend" in text_of(stranger, "/agenda/?dag=2026-12-01&wijk=zuid")


def test_the_title_and_place_that_a_calendar_gives_one_time_are_on_the_list(
    terms: None, tmp_path: Path, stranger: Client
) -> None:
    # The calendar says that on 8 December it is a Christmas dinner in the church.
    rule = event("k", "RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=5", "LOCATION:Kantine", name="Eten")
    other = event(
        "k",
        "RECURRENCE-ID;TZID=Europe/Amsterdam:20261208T100000",
        "LOCATION:Kerk",
        start="DTSTART;TZID=Europe/Amsterdam:20261208T100000",
        name="Kerstdiner",
    )
    read(calendar(tmp_path, rule, other))
    page = text_of(stranger, "/agenda/?dag=2026-12-08")
    assert "Kerstdiner" in page and "Kerk" in page


def test_a_moved_time_is_at_its_new_day_in_the_text_for_whatsapp_and_the_command(
    gardening: Activity, stranger: Client, knooppunt: Any, capsys: Any
) -> None:
    # Moved from Tuesday 1 to Wednesday 9 December.
    occurrence.move(SYSTEM, gardening, "2026-12-01T10:00", datetime(2026, 12, 9, 14))
    assert (
        "Tuinochtend"
        not in text_of(stranger, "/agenda/tekst/?dag=2026-12-01")
        .split("<textarea")[-1]
        .split("</textarea")[0]
    )
    assert "14.00 Tuinochtend" in text_of(stranger, "/agenda/tekst/?dag=2026-12-09")
    knooppunt("agenda", "--from", "2026-12-01", "--to", "2026-12-09", "--json")
    assert [one["start"] for one in json.loads(capsys.readouterr().out)] == [
        "2026-12-08T10:00:00+01:00",
        "2026-12-09T14:00:00+01:00",
    ]


def test_the_new_hour_of_a_moved_time_is_kept_when_it_is_cancelled_after_that(
    gardening: Activity, stranger: Client
) -> None:
    # People were told 9 December 14.00; that is what is cancelled.
    occurrence.move(SYSTEM, gardening, "2026-12-01T10:00", datetime(2026, 12, 9, 14))
    occurrence.cancel(SYSTEM, gardening, "2026-12-01T10:00", "Storm")
    assert "gaat niet door" in text_of(stranger, "/agenda/?dag=2026-12-09").lower()


def test_a_series_that_was_stopped_ends_in_calendars_also_when_its_rule_had_a_count(
    terms: None, tmp_path: Path, stranger: Client
) -> None:
    # The host says "gestopt"; the phone of the neighbour stops too.
    read(calendar(tmp_path, event("c", "RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=40", name="Cursus")))
    one = Activity.objects.get()
    confirmation.end(SYSTEM, one, date(2026, 12, 10))
    text = stranger.get(f"/agenda/{one.slug}.ics").content.decode()
    assert "COUNT=40" not in text


def test_days_after_the_end_are_not_in_the_calendar(terms: None, stranger: Client) -> None:
    # The course of three evenings was stopped after the first.
    one = activity("Cursus", "1, 8 en 15 december van 10 tot 12")
    confirmation.end(SYSTEM, one, date(2026, 12, 2))
    assert len(days_of(one)) == 1
    assert "20261215" not in stranger.get(f"/agenda/{one.slug}.ics").content.decode()


# The nights when the clock changes.


def test_half_past_two_in_march_is_explained_on_the_page(terms: None, stranger: Client) -> None:
    # The page says 03.30; neighbours need to know why.
    one = activity("Nachtwake", "28 maart 2027 om 2.30 uur")
    assert "klok" in text_of(stranger, one.get_absolute_url())


def test_half_past_two_in_october_is_explained_on_the_page(terms: None, stranger: Client) -> None:
    # That hour comes twice.
    one = activity("Nachtwake", "31 oktober 2027 om 2.30 uur")
    assert "klok" in text_of(stranger, one.get_absolute_url())


@pytest.mark.parametrize("day", ["28 maart 2027", "31 oktober 2027"])
def test_what_ends_at_five_ends_at_five_in_the_list_and_in_the_calendar(
    day: str, terms: None, stranger: Client
) -> None:
    # "van 1 tot 5" means five on the clock, also that night; the list and a phone may not differ.
    one = activity("Nachtwake", f"{day} van 1 tot 5 uur")
    assert timezone.localtime(one.occurrences.get().ends).hour == 5
    found = icalendar.Calendar.from_ical(stranger.get(f"/agenda/{one.slug}.ics").content).walk(
        "VEVENT"
    )[0]
    assert found["DTEND"].dt.hour == 5


# Calendars as other programs read them.


def test_every_line_of_a_calendar_is_short_and_every_event_can_be_read(
    terms: None, garden: Organisation, garden_place: Place, stranger: Client
) -> None:
    # Long words, emoji, right-to-left text, semicolons and line ends come back as they were.
    name = "Ünïcødé 🎉 مرحبا, met; komma\\ en " + "lang" * 30
    one = activity(
        name[:200],
        "elke dinsdag van 10 tot 12",
        place=garden_place,
        organiser=garden,
        descriptions={"nl": "een\ntwee\n\nvier; vijf, zes"},
    )
    occurrence.cancel(SYSTEM, one, "2026-12-01T10:00", "Storm; dus, niet")
    acts.change(SYSTEM, one, {"until": date(2027, 6, 30)})
    raw = stranger.get("/agenda.ics").content
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    series, gone = icalendar.Calendar.from_ical(raw).walk("VEVENT")
    assert (
        str(series["SUMMARY"]) == name[:200]
        and str(series["DESCRIPTION"]) == "een\ntwee\n\nvier; vijf, zes"
    )
    assert str(gone["COMMENT"]) == "Storm; dus, niet" and b"UNTIL=20270630T215959Z" in raw


def test_a_moved_time_of_a_whole_day_is_a_day_in_the_calendar(
    terms: None, tmp_path: Path, stranger: Client
) -> None:
    # RECURRENCE-ID has the same kind of value as DTSTART.
    read(
        calendar(
            tmp_path,
            event(
                "d",
                "RRULE:FREQ=WEEKLY;COUNT=3",
                start="DTSTART;VALUE=DATE:20261201",
                name="Buurtdag",
            ),
        )
    )
    one = Activity.objects.get()
    occurrence.move(SYSTEM, one, "2026-12-08T00:00", datetime(2026, 12, 9))
    moved = icalendar.Calendar.from_ical(stranger.get(f"/agenda/{one.slug}.ics").content).walk(
        "VEVENT"
    )[1]
    assert moved["RECURRENCE-ID"].dt == date(2026, 12, 8) and moved["DTSTART"].dt == date(
        2026, 12, 9
    )


def test_a_moved_time_of_a_whole_day_keeps_the_hour_that_the_host_gave(
    terms: None, tmp_path: Path, host: User, garden: Organisation, as_user: AsUser, stranger: Client
) -> None:
    # She moved it to Wednesday at 14.00; the list says so.
    read(
        calendar(
            tmp_path,
            event(
                "d",
                "RRULE:FREQ=WEEKLY;COUNT=3",
                start="DTSTART;VALUE=DATE:20261201",
                name="Buurtdag",
            ),
        ),
        organiser=garden,
    )
    one = Activity.objects.get()
    time = one.occurrences.get(day=date(2026, 12, 8))
    as_user(host).post(
        f"/agenda/{one.slug}/keer/{time.pk}/", {"do": "move", "day": "2026-12-09", "time": "14:00"}
    )
    assert "14.00" in text_of(stranger, "/agenda/?dag=2026-12-09")


def test_what_the_calendar_skips_is_skipped_after_the_holidays_change(
    gardening: Activity, stranger: Client
) -> None:
    # A day without a place in the rule is not in the list either: list and feed name the same days.
    acts.change(SYSTEM, gardening, {"skips_school_holidays": True, "until": date(2027, 2, 1)})

    found = icalendar.Calendar.from_ical(stranger.get("/agenda.ics").content).walk("VEVENT")[0]
    rule = rruleset()
    start = found["DTSTART"].dt.replace(tzinfo=None)
    rule.rrule(
        rrulestr(found["RRULE"].to_ical().decode().replace("T225959Z", "T235959"), dtstart=start)
    )  # type: ignore[arg-type]
    for out in found["EXDATE"].dts:
        rule.exdate(out.dt.replace(tzinfo=None))
    assert [day.date() for day in rule] == list(gardening.occurrences.values_list("day", flat=True))


# What becomes of it as .csv or .xlsx, and as .ics; None is refused at once with a sentence.
def test_a_time_that_the_host_cancelled_stays_cancelled_when_the_calendar_changes_a_word(
    terms: None, tmp_path: Path
) -> None:
    # Neighbours were told that 8 December does not go on; a new description elsewhere does not take
    # that back.
    rule = "RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=5"
    read(calendar(tmp_path, event("k", rule, name="Eten")))
    one = Activity.objects.get()
    occurrence.cancel(SYSTEM, one, "2026-12-08T10:00", "Storm")
    read(calendar(tmp_path, event("k", rule, "DESCRIPTION:Neem een bord mee", name="Eten")))
    one.refresh_from_db()
    assert one.descriptions and date(2026, 12, 8) not in days_of(one)
