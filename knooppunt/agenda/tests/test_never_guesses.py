"""The agenda never guesses when something is: it understands a whole sentence, asks, or refuses
it and says why.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from knooppunt.agenda.describe import when
from knooppunt.agenda.forms.activities import what_is_open
from knooppunt.agenda.models import Activity
from knooppunt.agenda.schedule import understand
from knooppunt.agenda.tests.uploads import read, sheet
from knooppunt.kit.recurrence_vocabulary import WORDS

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("sentence", "lacks"),
    [
        ("1x per maand op zondag van 10 tot 12", "which"),
        ("maandelijks op zondag 10-12", "which"),
        ("eens per kwartaal op dinsdag 10-12", "which"),
        ("maandelijks 10-12", "day_of_month"),
        ("wekelijks 10-12", "weekday"),
        ("tweewekelijks 10-12", "weekday"),
        ("elk jaar van 10 tot 12", "day_of_year"),
    ],
)
def test_what_a_sentence_leaves_open_is_asked(sentence: str, lacks: str) -> None:
    schedule = understand(sentence, TODAY)
    assert schedule is not None and schedule.lacks == lacks and not schedule.is_clear


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("elke dinsdag behalve de 1e van de maand 10-12", "1e"),
        ("even weken op maandag 10-12", "even"),
        ("oneven weken op maandag 10-12", "oneven"),
        ("di 10-12 en do 14-16", "14-16"),
        ("elke dinsdag in de zomervakantie 10-12", "zomervakantie"),
        ("elke dinsdag, soms woensdag, 10-12", "soms"),
        ("2x per week op dinsdag 10-12", "x"),
        ("elke dinsdag of donderdag 10-12", "of"),
        ("elke dinsdag 10-12, niet met pasen", "pasen"),
        ("1x op zondag 10-12", "x"),
    ],
)
def test_a_sentence_with_a_part_that_is_not_understood_is_refused(
    sentence: str, words: str
) -> None:
    schedule = understand(sentence, TODAY)
    assert schedule is not None and words in schedule.unknown and not schedule.is_clear


@pytest.mark.parametrize(
    ("sentence", "rule", "first"),
    [
        ("elke maandag start 5 januari 10-12", "FREQ=WEEKLY;BYDAY=MO", date(2027, 1, 11)),
        (
            "om de week op maandag (start 4 jan) 10-12",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO",
            date(2027, 1, 4),
        ),
        ("tweewekelijks op maandag 10-12", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", date(2026, 11, 30)),
        (
            "elke maandag vanaf 4 januari t/m 30 juni 10-12",
            "FREQ=WEEKLY;BYDAY=MO",
            date(2027, 1, 4),
        ),
        ("elke vrijdag 10-12 behalve met kerst", "FREQ=WEEKLY;BYDAY=FR", date(2026, 11, 27)),
        ("elke eerste en derde woensdag 10-12", "FREQ=MONTHLY;BYDAY=1WE,3WE", date(2026, 12, 2)),
        (
            "iedere laatste vrijdag van de maand om 15u",
            "FREQ=MONTHLY;BYDAY=-1FR",
            date(2026, 11, 27),
        ),
        ("dagelijks behalve zondag 10-12", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA", TODAY),
    ],
)
def test_what_is_understood_is_understood_whole(sentence: str, rule: str, first: date) -> None:
    schedule = understand(sentence, TODAY)
    assert schedule is not None and schedule.is_clear
    assert (schedule.values["rules"], schedule.values["starts_on"]) == ([rule], first)


def test_christmas_falls_out_each_year() -> None:
    schedule = understand("elke vrijdag 10-12 behalve met kerst", TODAY)
    assert schedule is not None
    days = [date.fromisoformat(start[:10]) for start in schedule.values["exceptions"]]
    assert days[:4] == [
        date(2026, 12, 25),
        date(2026, 12, 26),
        date(2031, 12, 26),
        date(2036, 12, 26),
    ]
    assert all(day.weekday() == 4 for day in days[2:]) and days[-1].year >= 2053


def test_one_named_day_falls_out_once() -> None:
    schedule = understand("elke dinsdag 10-12 behalve 1 december", TODAY)
    assert schedule is not None and schedule.values["exceptions"] == ["2026-12-01T10:00"]


def test_the_holidays_of_the_coalition_are_read_for_every_year_that_is_known() -> None:
    within = understand("elke woensdag 13-15 in de kerstvakantie", TODAY)
    assert within is not None and within.is_clear
    assert within.values["starts_on"] == date(2026, 12, 23)
    assert within.values["additions"] == [["2026-12-30T13:00", None]] and not within.values["rules"]
    assert within.known_until == date(2027, 1, 3)
    outside = understand("elke woensdag 13-15 behalve in de kerstvakantie", TODAY)
    assert outside is not None and outside.is_clear
    assert outside.values["exceptions"] == ["2026-12-23T13:00", "2026-12-30T13:00"]
    assert outside.known_until == date(2027, 1, 3)
    always = understand("elke woensdag 13-15, niet in de schoolvakanties", TODAY)
    assert always is not None and always.known_until == date(2027, 1, 3)


@pytest.mark.django_db
def test_a_list_says_how_far_the_holidays_are_known(tmp_path: Path, terms: None) -> None:
    rows = ["Soep;elke woensdag 13-15 in de kerstvakantie", "Brood;elke woensdag 13-15 in de lente"]
    report = read(sheet(tmp_path, "naam;wanneer", *rows))
    told = {(one.name, one.code) for one in report.first}
    assert ("Soep", "holidays_known") in told and ("Brood", "unread_words") in told


@pytest.mark.parametrize(
    "said", ["1-11-2027 00:00", "1-11-2027 0:00", "01-11-27", "1-11-2027 00:00:00", "1 nov 2027"]
)
def test_midnight_behind_a_date_is_no_hour(said: str) -> None:
    schedule = understand(f"{said} 10-12", TODAY)
    assert schedule is not None and schedule.is_clear
    assert (schedule.values["starts_on"], schedule.values["minutes"]) == (date(2027, 11, 1), 120)


PARTS = (
    ["elke", "om de week op", "elke 2e", "elke laatste", "elke 1e en 3e"],
    ["maandag", "di", "woensdag", "zaterdag", "zondag"],
    [
        "",
        "van de maand",
        "in mei en juni",
        "behalve in de schoolvakantie",
        "niet op feestdagen",
        "vanaf 4 januari",
    ],
    ["10-12", "van 19.30 tot 21.00 uur", "om half 8 's avonds"],
)
SENTENCES = st.tuples(*(st.sampled_from(part) for part in PARTS)).map(
    lambda parts: " ".join(part for part in parts if part)
)
WHEN = ("rules", "starts_at", "minutes", "skips_school_holidays", "skips_public_holidays")


@given(SENTENCES)
def test_what_is_read_back_means_the_same_rule(sentence: str) -> None:
    schedule = understand(sentence, TODAY)
    if schedule is None or not schedule.is_clear:
        return
    told = when(Activity(**{"name": "x", **schedule.values}))
    again = understand(told, TODAY)
    assert again is not None and again.is_clear, told
    assert [again.values[name] for name in WHEN] == [schedule.values[name] for name in WHEN], told


@given(SENTENCES, st.data())
def test_no_word_is_dropped(sentence: str, data: st.DataObject) -> None:
    """Without any of its words a sentence means something else, or the word was one without
    meaning.
    """
    schedule = understand(sentence, TODAY)
    if schedule is None or not schedule.is_clear:
        return
    words = sentence.split()
    number = data.draw(st.integers(0, len(words) - 1))
    silent = {"", "EVERY", "FROM", "AT", "HOUR", "MONTH", ",", "DAY"}
    if WORDS.get(words[number].strip("'"), "?") in silent:
        return
    if words[:number][-2:] == ["om", "de"] and words[number] == "week":
        return  # "om de maandag" is every other week too
    less = understand(" ".join(words[:number] + words[number + 1 :]), TODAY)
    same = less and less.is_clear and {**less.values, "said": ""} == {**schedule.values, "said": ""}
    assert not same, (sentence, words[number])


# What a stranger and a list meet of it.


@pytest.mark.django_db
def test_a_stranger_sees_how_it_was_read_before_it_is_sent(
    stranger: Client, time_machine: Any, terms: None
) -> None:
    time_machine.move_to("2026-11-26T09:00:00+01:00", tick=False)
    page = stranger.get("/agenda/voorstel/")
    time_machine.shift(5)
    form = {"name": "Soep", "said": "1x per maand op zondag van 12 tot 14", "nickname": ""}
    form["moment"] = page.context["form"]["moment"].value()
    asked = stranger.post("/agenda/voorstel/", form)
    assert asked.status_code == 400 and "Welke zondag van de maand?" in asked.content.decode()
    form["said"] = "elke 1e zondag van 12 tot 14"
    shown = stranger.post("/agenda/voorstel/", form).content.decode()
    assert "Elke 1e zondag van de maand van 12.00 tot 14.00 uur" in shown
    assert "zijn bekend tot en met" not in shown
    assert "zondag 6 december 2026, 12.00" in shown and 'name="keep"' in shown
    assert not Activity.objects.exists()
    assert (
        "Dank je wel"
        in stranger.post("/agenda/voorstel/", {**form, "keep": "yes"}).content.decode()
    )
    assert Activity.objects.get().rules == ["FREQ=MONTHLY;BYDAY=1SU"]


@pytest.mark.django_db
def test_a_line_of_a_list_that_is_half_understood_gets_no_times(
    tmp_path: Any, time_machine: Any, terms: None
) -> None:
    time_machine.move_to("2026-11-26T09:00:00+01:00", tick=False)
    lines = (
        "naam;wanneer",
        "Een;1x per maand op zondag 10-12",
        "Twee;even weken op maandag 10-12",
        "Drie;elke ma 10-12",
    )
    report = read(sheet(tmp_path, *lines))
    assert (report.codes["no_when"], report.codes["unread_words"]) == (2, 1)
    unclear = Activity.objects.filter(is_unclear=True).values_list("name", flat=True)
    assert sorted(unclear) == ["Een", "Twee"]


@pytest.mark.django_db
def test_a_list_names_the_hours_and_the_first_day_that_nobody_may_have_meant(
    tmp_path: Path, terms: None
) -> None:
    rows = [
        "Soep;om de week op dinsdag 10-12",
        "Brood;om de week op dinsdag vanaf 1 december 10-12",
        "Thee;dinsdag om 2 uur",
        "Koffie;dinsdag 2-4",
    ]
    report = read(sheet(tmp_path, "naam;wanneer", *rows))
    named = {(finding.name, finding.code) for finding in report.first if finding.code}
    assert ("Soep", "begin_assumed") in named and ("Thee", "night_hour") in named
    assert ("Koffie", "unread_words") in named
    assert not [code for name, code in named if name == "Brood"]


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("dinsdag 2-4", "Hoe laat"),
        ("dinsdag om half 3", "Hoe laat"),
        ("dinsdag 10-12 tot april", "t/m"),
        ("dinsdag 10-12 en 14-16", "twee activiteiten"),
        ("dinsdag 10-12 en om 14 uur", "twee activiteiten"),
        ("maandag 9 tot 5", "Hoe laat"),
        ("dinsdag van half 3 tot 4", "Hoe laat"),
        ("dinsdag 10-12 until april", "t/m"),
        ("dinsdag 10-12 in lokaal 3", "Dit begrepen we niet: ‘lokaal’"),
        ("dinsdag 10-12 op afspraak", "Zeg het anders"),
    ],
)
def test_the_form_says_what_it_needs_to_know(sentence: str, words: str) -> None:
    schedule = understand(sentence, TODAY)
    assert schedule is not None and words in what_is_open(schedule)
