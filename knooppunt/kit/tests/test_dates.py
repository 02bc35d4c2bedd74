"""Days are read as people write them, and two periods overlap exactly when they share a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knooppunt.kit.dates import days_before, overlap, parse_day

START = date(2024, 1, 1)
DAYS = st.none() | st.integers(min_value=0, max_value=30).map(
    lambda number: START + timedelta(days=number)
)


@pytest.mark.parametrize(
    "written",
    [
        "2024-07-01",
        "1-7-2024",
        "01/07/2024",
        "1.7.2024",
        "1 juli 2024",
        "1 JUL 2024",
        "July 2024",
        "07/2024",
        "7-2024",
        " 2024-07-01T09:30:00 ",
        "2024-07-01 00:00",
        "1 jul. 2024",
    ],
)
def test_one_day_is_read_however_it_is_written(written: str) -> None:
    assert parse_day(written) == date(2024, 7, 1)


def test_a_year_alone_means_its_first_day() -> None:
    assert parse_day("2019") == date(2019, 1, 1)


@pytest.mark.parametrize(
    ("written", "month"),
    [
        ("3 maart 2020", 3),
        ("3 mrt 2020", 3),
        ("3 mei 2020", 5),
        ("3 okt 2020", 10),
        ("3 October 2020", 10),
    ],
)
def test_months_are_known_in_dutch_and_english(written: str, month: int) -> None:
    assert parse_day(written) == date(2020, month, 3)


@pytest.mark.parametrize(
    "written", ["", "onbekend", "31-02-2024", "13/2024", "0000", "2024-13-01", "1 foo 2024"]
)
def test_what_is_no_day_is_not_guessed(written: str) -> None:
    assert parse_day(written) is None


@given(st.text())
def test_no_text_stops_the_reading_of_a_day(written: str) -> None:
    assert parse_day(written) is None or isinstance(parse_day(written), date)


@given(st.dates())
def test_every_day_is_read_back_from_its_own_notation(day: date) -> None:
    assert parse_day(day.isoformat()) == day
    assert parse_day(f"{day.day}-{day.month}-{day.year:04}") == day


def test_both_ends_belong_to_a_period() -> None:
    day = date(2024, 7, 1)
    assert overlap(None, day, day, None)
    assert not overlap(None, day, day + timedelta(days=1), None)


@given(DAYS, DAYS, DAYS, DAYS)
def test_periods_overlap_exactly_when_they_share_a_day(
    since: date | None, until: date | None, other_since: date | None, other_until: date | None
) -> None:
    one, other = _days(since, until), _days(other_since, other_until)
    if one and other:
        assert overlap(since, until, other_since, other_until) == bool(one & other)


@given(DAYS, DAYS, DAYS, DAYS)
def test_overlap_does_not_depend_on_which_period_comes_first(
    since: date | None, until: date | None, other_since: date | None, other_until: date | None
) -> None:
    there = overlap(since, until, other_since, other_until)
    assert there == overlap(other_since, other_until, since, until)


def _days(since: date | None, until: date | None) -> set[date]:
    """The second method: all days of a period, open ends cut off just outside the days that are
    tried.
    """
    first, last = since or START - timedelta(days=1), until or START + timedelta(days=31)
    return {first + timedelta(days=number) for number in range((last - first).days + 1)}


def test_days_before_a_day() -> None:
    assert days_before(date(2024, 3, 1), 1) == date(2024, 2, 29)
