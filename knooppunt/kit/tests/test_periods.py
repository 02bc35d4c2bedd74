"""Half-years and other periods follow each other without a hole."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knooppunt.kit.periods import BadPeriod, Period, half_year_of, parse_period

DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2150, 12, 31))


def test_a_half_year_has_a_name_days_and_months() -> None:
    one = parse_period("2026-1")
    assert (one.since, one.until, one.half, one.key) == (
        date(2026, 1, 1),
        date(2026, 6, 30),
        1,
        "2026-1",
    )
    assert one.previous.key == "2025-2" and one.previous.previous.key == "2025-1"
    assert [last for _first, last in one.months][1::4] == [date(2026, 2, 28), date(2026, 6, 30)]


def test_any_days_are_a_period_too() -> None:
    one = parse_period("2026-03-15--2026-05-10")
    assert one.key == "2026-03-15--2026-05-10" and not one.half
    assert (
        one.months == [(date(2026, 4, 1), date(2026, 4, 30))]
        and parse_period("2026-03-15--2026-03-31").months == []
    )
    assert one.previous.until == date(2026, 3, 14) and parse_period(
        "2026-03-15--2026-03-15"
    ).previous.until == date(2026, 3, 14)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026",
        "2026-3",
        "0000-1",
        "9999-1",
        "2026-13-01--2026-14-01",
        "2026-01-01",
        "x--y",
        "2026-1; drop",
    ],
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(BadPeriod, match="unknown"):
        parse_period(text)
    with pytest.raises(BadPeriod, match="backwards"):
        parse_period("2026-05-01--2026-04-01")


@given(DAYS, st.integers(0, 900))
def test_the_period_before_ends_the_day_before_and_the_name_reads_back(
    since: date, length: int
) -> None:
    one = Period(since, since + timedelta(days=length))
    assert one.previous.until + timedelta(days=1) == one.since and parse_period(one.key) == one
    half = half_year_of(since)
    assert (
        half.since <= since <= half.until
        and half.half
        and half.previous.until == half.before
        and len(half.months) == 6
    )
