"""What is left out of a module, a personal field, a setting or the database is found by a check."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.core.checks import CheckMessage, run_checks
from django.core.management import call_command
from django.db import connection

from knooppunt.core.database import triggers
from knooppunt.core.registry import modules
from knooppunt.core.registry.modules import PersonalData

WHOLE = PersonalData("people.User", "email", "to log in", "while the account is there", "erase")


def said(**options: Any) -> list[tuple[str | None, str]]:
    """The code and text of what the checks of the house say."""
    messages: list[CheckMessage] = run_checks(tags=["knooppunt"], **options)
    return [(message.id, str(message.msg)) for message in messages]


def with_module(monkeypatch: pytest.MonkeyPatch, **changes: Any) -> None:
    """The module of the people, otherwise than it is."""
    module = replace(modules._modules["people"], **changes)
    monkeypatch.setitem(modules._modules, "people", module)


def test_the_house_as_it_is_has_nothing_to_say() -> None:
    assert said() == []


@pytest.mark.parametrize("label", ["", " "])
def test_a_module_without_a_label_is_found(monkeypatch: pytest.MonkeyPatch, label: str) -> None:
    with_module(monkeypatch, label=label)
    assert said() == [("knooppunt.E002", "The module people has no label.")]


def test_a_part_without_a_module_is_found(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    settings.MODULES = [*settings.MODULES, "attic"]
    assert said() == [("knooppunt.E001", "The part attic registers no module.")]


def test_a_module_that_needs_one_that_is_not_there_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with_module(monkeypatch, needs=("attic",))
    message = "The module people needs attic, which is not installed."
    assert said() == [("knooppunt.E003", message)]


@pytest.mark.parametrize("name", ["purpose", "retention", "eraser"])
def test_a_personal_field_that_is_not_declared_whole_is_found(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    with_module(monkeypatch, personal=(WHOLE, replace(WHOLE, **{name: ""})))
    message = f"The personal field people.User.email has no {name}."
    assert said() == [("knooppunt.E005", message)]


@pytest.mark.parametrize("model", ["people.User", "people.Nobody", "attic.User", "User"])
def test_a_personal_field_that_does_not_exist_is_found(
    monkeypatch: pytest.MonkeyPatch, model: str
) -> None:
    with_module(monkeypatch, personal=(replace(WHOLE, model=model, field="shoes"),))
    message = f"The personal field {model}.shoes does not exist."
    assert said() == [("knooppunt.E004", message)]


def test_a_setting_without_help_is_found(settings: Any) -> None:
    name, setting = next(iter(settings.SETTINGS_HELP.items()))
    settings.SETTINGS_HELP = {**settings.SETTINGS_HELP, name: replace(setting, help=" ")}
    assert said() == [("knooppunt.E006", f"The setting {name} has no help.")]


@pytest.mark.django_db
def test_after_all_migrations_the_database_keeps_every_rule() -> None:
    assert len(triggers._names()) == (6 if connection.vendor == "postgresql" else 10)
    assert triggers.missing() == [] and said(databases=["default"]) == []


@pytest.mark.django_db
def test_a_table_that_was_rebuilt_without_its_trigger_is_found() -> None:
    with connection.cursor() as cursor:
        table = " ON report_edition" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER report_edition_stays{table}")
    message = "The trigger report_edition_stays is gone: the database no longer keeps this rule."
    assert said() == []  # without a database nothing is asked of it
    assert said(databases=["default"]) == [("knooppunt.W001", message)]


@pytest.mark.django_db
def test_the_checks_are_part_of_the_command(capsys: Any) -> None:
    call_command("check", databases=["default"])
    assert "no issues" in capsys.readouterr().out
