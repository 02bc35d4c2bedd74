"""What can become of what hangs below an organisation that ends: each part of the house offers
its own groups of rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy

from knooppunt.core.audit.trail import Actor
from knooppunt.core.database.valid_time import not_over
from knooppunt.core.labels import Label

UNKNOWN = "unknown"

# What a choice means, in words for a row of which it was decided; every choice has one of these
# keys.
OUTCOMES: dict[str, Label] = {
    "move": gettext_lazy("gaat naar een andere organisatie"),
    "close": gettext_lazy("sluit op dezelfde dag"),
    "stay": gettext_lazy("blijft"),
    "end": gettext_lazy("stopt op dezelfde dag"),
    "cancel": gettext_lazy("gaat niet door"),
    "others": gettext_lazy("de anderen gaan ermee door"),
    "withdraw": gettext_lazy("ingetrokken"),
    "lapse": gettext_lazy("vervalt"),
    "leave": gettext_lazy("doet niet meer mee"),
    "stop": gettext_lazy("wordt niet meer gelezen"),
    UNKNOWN: gettext_lazy("weten we niet, staat op de werklijst"),
}


@dataclass(frozen=True)
class ClosingChoice:
    """One thing that can become of a row; with ``takes_successor`` another organisation must be
    named.
    """

    key: str
    label: Label
    takes_successor: bool = False


DO_NOT_KNOW = ClosingChoice(UNKNOWN, gettext_lazy("Weet ik niet: zet het op de werklijst"))


def goes_on_after(last_day: date, prefix: str = "") -> Q:
    """The condition that a dated row holds after the last day of an organisation."""
    return not_over(last_day + timedelta(days=1), prefix)


@dataclass(frozen=True)
class ClosingDecision:
    """What was chosen for a row, by whom: the last day, and who takes it over (None for choices
    without).
    """

    actor: Actor
    choice: str
    last_day: date
    successor: Any = None


def _nothing(_row: Any, _decision: ClosingDecision) -> None:
    """Nothing is written: the pages leave it out of themselves."""


def _itself(row: Any) -> list[Any]:
    """The row alone."""
    return [type(row)._base_manager.filter(pk=row.pk)]


@dataclass(frozen=True)
class ClosingGroup:
    """Rows of one kind that hang below an organisation, and what can become of each when it ends.

    ``rows`` gives, of some organisations, the rows that go on after a day; ``organisation`` is the
    field that leads to the organisation. ``choices`` are asked for each row; a group without any
    tells its ``consequence``, which follows by itself. ``settle`` does what was decided, by
    actions. ``watched`` are the rows that it may change or add (the row itself unless said
    otherwise), so that the closing can be undone, and ``may_restore`` says whether a row may still
    be put back. A group that only ``informs`` needs nobody's answer and does not come on the
    worklist.
    """

    key: str
    title: Label
    organisation: str
    rows: Callable[[Any, date], Any]
    describe: Callable[[Any], str] = str
    choices: Callable[[Any, Any], list[ClosingChoice]] | None = None
    consequence: Label = ""
    settle: Callable[[Any, ClosingDecision], None] = _nothing
    watched: Callable[[Any], Iterable[Any]] = _itself
    may_restore: Callable[[Any], bool] = lambda row: True
    informs: bool = False
