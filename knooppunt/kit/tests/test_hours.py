"""Door hours are read as people write them; what is only half understood is not guessed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knooppunt.kit.hours import Stretch, read_hours

NINE, TEN, TWO, FIVE = time(9), time(10), time(14), time(17)
NAMES = ("ma", "di", "wo", "do", "vr", "za", "zo")


def parse_hours(text: str) -> list[Stretch] | None:
    return read_hours(text).stretches


def test_a_week_as_it_stands_on_a_door() -> None:
    assert parse_hours("ma t/m vr 9.00-17.00, za 10-14 uur") == [
        *[(day, NINE, FIVE) for day in range(5)],
        (5, TEN, TWO),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "di 10-14",
        "dinsdag 10:00 - 14:00",
        "Dinsdag van 10.00 tot 14.00 uur",
        "di. 10u-14u",
        "tue 10.00 – 14.00",
        "open: dinsdag 10 uur tot 14 uur",
    ],
)
def test_one_morning_however_it_is_written(text: str) -> None:
    assert parse_hours(text) == [(1, TEN, TWO)]


def test_several_days_may_share_their_hours() -> None:
    assert parse_hours("ma, wo en vr 10-14") == [(0, TEN, TWO), (2, TEN, TWO), (4, TEN, TWO)]


def test_a_day_may_have_two_stretches() -> None:
    assert parse_hours("ma 9-10 en 14-17") == [(0, NINE, TEN), (0, TWO, FIVE)]


def test_a_week_may_run_past_sunday() -> None:
    assert parse_hours("za-ma 10-14") == [(0, TEN, TWO), (5, TEN, TWO), (6, TEN, TWO)]


def test_daily_means_seven_days() -> None:
    assert [day for day, _opens, _closes in parse_hours("dagelijks 9-17") or []] == list(range(7))


def test_until_midnight_is_understood() -> None:
    assert parse_hours("vr 20-24") == [(4, time(20), time(0))]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "op afspraak",
        "ma",
        "9-17",
        "ma 9-17, gesloten in juli",
        "ma 9-9",
        "ma 25-26",
        "ma 9.75-17",
        "9-17 ma di 3",
        "ma 9-17 di",
        "elke 2e maandag 9-17",
        "za 10-12-2024",
        "ma-wo-vr 9-12",
        "maandag tot vrijdag 9-17",
        "ma tot 17",
        "ma vanaf 10",
        "gesloten",
        "altijd gesloten",
        "niet altijd open",
        "even weken ma 9-12",
        "zomer: ma 9-17",
        "ma 9.00-17.00 (behalve schoolvakanties)",
        "ma 's middags, di 9-12",
        "ma 9-12 of 13-17",
        "maandagmiddag 9-12",
        "zo 10-12, zo gesloten",
        "ma 9-12, zo 10-12, zo gesloten",
        "ma 9-12, ma 9-17",
        "ma 9-12 ma 11-14",
        "gesloten op maandag, di 10-17",
        "ma 9-17, lunch 17-18",
        "wo 14-16 (inloop)",
    ],
)
def test_what_is_not_wholly_understood_is_not_guessed(text: str) -> None:
    assert parse_hours(text) is None


def _days(*numbers: int, opens: time = NINE, closes: time = FIVE) -> list[tuple[int, time, time]]:
    return [(day, opens, closes) for day in numbers]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("weekdagen 9-17", range(5)),
        ("werkdagen 9.00u-17.00u", range(5)),
        ("09:00-17:00 op werkdagen", range(5)),
        ("doordeweeks van 9 tot 17 uur", range(5)),
        ("ma-vr 9-17, za/zo gesloten", range(5)),
        ("Ma-Vr 09.00-17.00 uur Zo gesloten", range(5)),
        ("ma - vr: 9.00 - 17.00, weekend: gesloten", range(5)),
        ("Mon-Fri 9am-5pm", range(5)),
        ("Mo-Fr 0900-1700; Sa off", range(5)),
        ("zon- en feestdagen gesloten, ma-vr 9-17", range(5)),
        ("elke dag 9-17", range(7)),
        ("7 dagen per week 9h-17h", range(7)),
        ("dagelijks behalve zondag 9-17", range(6)),
        ("dagelijks 9-17 behalve zondag", range(6)),
        ("ma-zo 9-17, zo gesloten", range(6)),
        ("di-zo 9-17, maandag gesloten", range(1, 7)),
        ("in het weekend 9-17", (5, 6)),
        ("di- en donderdag 9-17", (1, 3)),
        ("ma + wo 9-17", (0, 2)),
        ("ma: 9-17\ndi: 9-17\nwo: gesloten", (0, 1)),
        ("elke dinsdag – 9-17", (1,)),
    ],
)
def test_the_days_of_a_week_however_they_are_named(text: str, days: Iterable[int]) -> None:
    assert parse_hours(text) == _days(*days)


@pytest.mark.parametrize("text", ["24/7", "24 uur per dag", "altijd open", "dagelijks 0.00-24.00"])
def test_a_door_that_never_shuts_is_open_all_day(text: str) -> None:
    assert parse_hours(text) == _days(*range(7), opens=time(0), closes=time(0))


@pytest.mark.parametrize(
    "text",
    [
        "ma 9-17 (lunch 12-13 gesloten)",
        "ma 9-17, tussen 12 en 13 uur gesloten",
        "ma 9-12 13-17",
        "ma 9-17 gesloten tussen 12.00 en 13.00",
        "ma 9-17, pauze 12.00-13.00",
        "ma 9-12 en 1-5",
        "ma 's ochtends 9-12, 's middags 1-5",
        "ma 9-12 en 's middags van 1 tot 5",
    ],
)
def test_a_door_may_shut_for_lunch(text: str) -> None:
    assert parse_hours(text) == [(0, NINE, time(12)), (0, time(13), FIVE)]


@pytest.mark.parametrize(
    ("text", "opens", "closes"),
    [
        ("di 's middags 2-5", TWO, FIVE),
        ("dinsdagmiddag 2-5", TWO, FIVE),
        ("di 2-5pm", TWO, FIVE),
        ("di 2-5 's middags", TWO, FIVE),
        ("dinsdagavond 7-9", time(19), time(21)),
        ("di 02:00-05:00", time(2), time(5)),
        ("di 's avonds 8-12", time(20), time(0)),
        ("di 's avonds 8-2", time(20), time(2)),
        ("di 6-22", time(6), time(22)),
    ],
)
def test_a_part_of_the_day_says_which_two_oclock(text: str, opens: time, closes: time) -> None:
    assert parse_hours(text) == [(1, opens, closes)]


@pytest.mark.parametrize(
    ("text", "problem", "meant"),
    [
        ("ma-vr 2-5", "unsure", "14:00-17:00"),
        ("wo 1-3 uur", "unsure", "13:00-15:00"),
        ("ma 2.30-4.30", "unsure", "14:30-16:30"),
        ("vr 5-7", "unsure", "17:00-19:00"),
        ("ma, di 9-12, wo 1-3", "unsure", "13:00-15:00"),
        ("ma-vr 9-5", "backwards", "09:00-17:00"),
        ("ma 12-1", "backwards", "12:00-13:00"),
        ("ma 17.00-09.00", "backwards", ""),
        ("ma t/m vr 9-17 na afspraak", "appointment", ""),
        ("alleen op telefonische afspraak", "appointment", ""),
        ("wie weet", "unread", ""),
    ],
)
def test_what_may_be_afternoon_or_night_is_asked_with_what_was_probably_meant(
    text: str, problem: str, meant: str
) -> None:
    reading = read_hours(text)
    assert (reading.stretches, reading.problem, reading.meant) == (None, problem, meant)


def test_a_remark_about_holidays_is_told_beside_the_hours() -> None:
    assert read_hours("ma 9-17, op feestdagen gesloten").has_remark
    assert not read_hours("ma 9-17").has_remark


@given(st.text() | st.text(alphabet="mawodivrz 0123456789.:-u,en/t"))
def test_no_text_stops_the_reading_of_hours(text: str) -> None:
    for day, opens, closes in parse_hours(text) or []:
        assert 0 <= day <= 6 and opens != closes


@given(
    st.lists(
        st.tuples(st.integers(0, 6), st.sampled_from(range(0, 23, 2)), st.integers(0, 59)),
        min_size=1,
        max_size=9,
        unique_by=lambda row: row[:2],
    )
)
def test_hours_that_are_written_out_are_read_back(stretches: list[tuple[int, int, int]]) -> None:
    wanted = sorted(
        {(day, time(hour, minute), time(hour + 1, minute)) for day, hour, minute in stretches}
    )
    text = ", ".join(
        f"{NAMES[day]} {opens:%H:%M}-{closes:%H.%M} uur" for day, opens, closes in wanted
    )
    assert parse_hours(text) == wanted


def test_a_text_without_end_is_not_understood_and_soon_left() -> None:
    assert read_hours("ma " * 5000 + "10-12, " * 5000).problem == "unread"
