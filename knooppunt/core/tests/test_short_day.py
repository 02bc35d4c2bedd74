"""A day in little room reads as the language writes it."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.utils import translation

from knooppunt.core.templatetags.house import short_day


def test_dutch_writes_months_without_a_capital_and_english_with_one() -> None:
    assert short_day(date(2026, 11, 23)) == "ma 23 nov"
    with translation.override("en"):
        assert short_day(date(2026, 11, 23)) == "Mon 23 Nov"


def test_a_moment_is_on_the_day_of_the_neighbourhood() -> None:
    assert short_day(datetime(2026, 11, 22, 23, 30, tzinfo=UTC)) == "ma 23 nov"
