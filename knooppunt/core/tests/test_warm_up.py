"""Tests for what a process of the server reads before anybody asks."""

from __future__ import annotations

import pytest

from knooppunt.core.background.warm_up import warm_up
from knooppunt.core.registry import modules
from knooppunt.core.registry.modules import Module

pytestmark = pytest.mark.django_db


def test_one_part_that_fails_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    warmed: list[str] = []

    def fail() -> None:
        raise RuntimeError("away")

    parts = [
        Module(name="first", label="First", at_start=fail),
        Module(name="none", label="None"),
        Module(name="last", label="Last", at_start=lambda: warmed.append("last")),
    ]
    monkeypatch.setattr(modules, "active", lambda: parts)
    monkeypatch.setattr("knooppunt.core.background.warm_up.connection.close", lambda: None)
    warm_up()
    assert warmed == ["last"]
