"""Door hours are read as people write them; what is only half understood is not guessed."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knooppunt.kit.hours import parse_hours

NINE, TEN, TWO, FIVE = time(9), time(10), time(14), time(17)
NAMES = ("ma", "di", "wo", "do", "vr", "za", "zo")


def test_a_week_as_it_stands_on_a_door() -> None:
    assert parse_hours("ma t/m vr 9.00-17.00, za 10-14 uur") == [
        *[(day, NINE, FIVE) for day in range(5)], (5, TEN, TWO),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["di 10-14", "dinsdag 10:00 - 14:00", "Dinsdag van 10.00 tot 14.00 uur", "di. 10u-14u", "tue 10.00 – 14.00",
     "open: dinsdag 10 uur tot 14 uur"],
)  # fmt: skip
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
    ["", "op afspraak", "ma", "9-17", "ma 9-17, gesloten in juli", "ma 9-9", "ma 25-26", "ma 9.75-17", "9-17 ma",
     "ma 9-17 di", "elke 2e maandag 9-17", "za 10-12-2024"],
)  # fmt: skip
def test_what_is_not_wholly_understood_is_not_guessed(text: str) -> None:
    assert parse_hours(text) is None


@given(st.text() | st.text(alphabet="mawodivrz 0123456789.:-u,en/t"))
def test_no_text_stops_the_reading_of_hours(text: str) -> None:
    for day, opens, closes in parse_hours(text) or []:
        assert 0 <= day <= 6 and opens != closes


@given(
    st.lists(
        st.tuples(st.integers(0, 6), st.integers(0, 22), st.integers(0, 59)), min_size=1, max_size=9
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
