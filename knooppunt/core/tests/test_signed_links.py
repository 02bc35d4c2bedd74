"""A signed link opens the one thing it was made for, for as long as it is valid, and nothing
else.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from knooppunt.core.web.signed_links import make_token, read_token

NOW = "2026-11-24T08:00:00+01:00"


@pytest.fixture(autouse=True)
def _now(time_machine: Any) -> None:
    time_machine.move_to(NOW, tick=False)


@pytest.mark.parametrize("value", [7, [7, "aan"], "naam@example.org", ["é", 0, ""]])
def test_a_token_gives_back_what_it_was_made_for(value: Any) -> None:
    assert read_token(make_token(value, "confirm"), "confirm") == value


def test_a_token_of_another_purpose_opens_nothing() -> None:
    assert read_token(make_token(7, "confirm"), "erase") is None


def test_a_token_that_was_changed_in_any_part_opens_nothing() -> None:
    parts = make_token([7, 12], "confirm").split(":")
    assert len(parts) == 3
    for number in range(3):
        changed = [*parts]
        changed[number] = changed[number][::-1]
        assert read_token(":".join(changed), "confirm") is None, number


@pytest.mark.parametrize("text", ["", ":", "::", "7", "a:b:c", "\x00", "x" * 5000, "é:é:é"])
def test_a_text_that_is_no_token_opens_nothing(text: str) -> None:
    assert read_token(text, "confirm") is None


def test_a_token_is_valid_for_45_days(time_machine: Any) -> None:
    token = make_token(7, "confirm")
    time_machine.shift(timedelta(days=45))
    assert read_token(token, "confirm") == 7
    time_machine.shift(1)
    assert read_token(token, "confirm") is None


def test_a_token_is_valid_as_long_as_its_reader_says(time_machine: Any) -> None:
    token = make_token(7, "confirm")
    time_machine.shift(timedelta(hours=2))
    assert read_token(token, "confirm", timedelta(hours=1)) is None
    assert read_token(token, "confirm", timedelta(hours=2)) == 7
    time_machine.shift(timedelta(days=5000))
    assert read_token(token, "confirm", None) == 7


def test_tokens_of_another_secret_open_nothing(settings: Any) -> None:
    token = make_token(7, "confirm")
    settings.SECRET_KEY = "another" * 9
    assert read_token(token, "confirm") is None
