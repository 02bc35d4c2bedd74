"""Checks that what the parts say of themselves is complete, and that the database keeps its rules.

``manage.py check`` runs them; with ``--database default`` also the one that asks the database.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.core.exceptions import FieldDoesNotExist

from knooppunt.core.database import triggers
from knooppunt.core.registry import modules


@register("knooppunt")
def modules_are_complete(**_options: Any) -> list[CheckMessage]:
    """Every part that is installed is on the list, with a label and with the parts it needs."""
    return list(_problems_of_modules())


def _problems_of_modules() -> Iterator[CheckMessage]:
    known = {module.name: module for module in modules.every()}
    for name in settings.MODULES:
        module = known.get(name)
        if module is None:
            yield _error(1, f"The part {name} registers no module.", "Add module.py to it.")
            continue
        if not str(module.label).strip():
            yield _error(2, f"The module {name} has no label.", "Give Module a label.")
        for needed in module.needs:
            if needed not in known:
                yield _error(3, f"The module {name} needs {needed}, which is not installed.", None)


@register("knooppunt")
def personal_fields_are_complete(**_options: Any) -> list[CheckMessage]:
    """Every personal field exists, and says why it is kept, how long, and what erases it."""
    return [
        problem
        for module in modules.every()
        for field in module.personal
        for problem in _problems_of_field(field)
    ]


def _problems_of_field(personal: modules.PersonalData) -> Iterator[CheckMessage]:
    place = f"{personal.model}.{personal.field}"
    try:
        apps.get_model(personal.model)._meta.get_field(personal.field)
    except (LookupError, ValueError, FieldDoesNotExist):
        yield _error(4, f"The personal field {place} does not exist.", None)
    for name in ("purpose", "retention", "eraser"):
        if not str(getattr(personal, name)).strip():
            hint = "A field that says something about a person is declared whole, or not kept."
            yield _error(5, f"The personal field {place} has no {name}.", hint)


@register("knooppunt")
def settings_have_help(**_options: Any) -> list[CheckMessage]:
    """Every setting that can be given from outside says what it is for."""
    return [
        _error(6, f"The setting {name} has no help.", "Say in config/settings.py what it is for.")
        for name, setting in settings.SETTINGS_HELP.items()
        if not setting.help.strip()
    ]


@register("knooppunt", Tags.database)
def triggers_are_there(
    databases: Sequence[str] | None = None, **_options: Any
) -> list[CheckMessage]:
    """The database still has the triggers that migrations created; a warning, so that one can
    be put back.
    """
    if not databases:
        return []
    return [
        Warning(
            f"The trigger {name} is gone: the database no longer keeps this rule.",
            hint="A migration that rebuilds its table must create it again "
            "(core/database/triggers.py).",
            id="knooppunt.W001",
        )
        for name in triggers.missing()
    ]


def _error(number: int, text: str, hint: str | None) -> Error:
    return Error(text, hint=hint, id=f"knooppunt.E{number:03}")
