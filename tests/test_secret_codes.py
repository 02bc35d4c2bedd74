"""A code opens what somebody said, and nobody else has it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from knooppunt.core.audit import secret_codes
from knooppunt.core.audit.secret_codes import SIGNS, TURNS, save_under_code
from knooppunt.core.audit.trail import SYSTEM
from knooppunt.voice.actions import signals
from knooppunt.voice.models import Signal

pytestmark = pytest.mark.django_db


def test_a_code_has_two_groups_without_signs_that_look_alike() -> None:
    first, _hyphen, second = secret_codes.new_code(3, 4).partition("-")
    assert (len(first), len(second)) == (3, 4) and set(first + second) <= set(SIGNS)
    assert not set("01OI") & set(SIGNS)


def test_a_code_that_somebody_has_is_not_given_again(monkeypatch: Any) -> None:
    given = iter(["AAA-AAAA", "AAA-AAAA", "BBB-BBBB"])
    monkeypatch.setattr(secret_codes, "new_code", lambda *groups: next(given))
    codes = [signals.take_in(SYSTEM, {"text": words}).code for words in ("Een", "Twee")]
    assert codes == ["AAA-AAAA", "BBB-BBBB"]


def test_what_is_refused_every_time_is_said(monkeypatch: Any) -> None:
    signals.take_in(SYSTEM, {"text": "Een"})
    taken = Signal.objects.get().code
    monkeypatch.setattr(secret_codes, "new_code", lambda *groups: taken)
    tried: list[str] = []
    signal = Signal(text="Twee")

    def write() -> None:
        tried.append(signal.code)
        signal.save(force_insert=True)

    with pytest.raises(ValidationError):
        save_under_code(signal, (3, 4), write)
    assert tried == [taken] * TURNS and Signal.objects.count() == 1
