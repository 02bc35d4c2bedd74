"""What a keeper does first today: every part gives what waits as tasks, and one rule ranks them.

The rule, in this order: what is late comes before what is not; what must be done by tomorrow before
the rest; what more people wait for before what fewer wait for; the earlier last day first; what
waits longest first. Tasks that are equal in all of that stay in the order in which they came.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

SHOWN = 10
# A person who waits longer than this for an answer waits too long.
PATIENCE = timedelta(days=7)
SOON = timedelta(days=1)
# From so many days on a span is said in months.
LONG_IN_DAYS = 60


@dataclass(frozen=True)
class TaskKind:
    """What sort of thing waits: its word, its icon, and the hue of the cards (``activity``,
    ``late``, ``need``, ``place`` or ``point``).
    """

    label: str | Promise
    icon: str
    hue: str


@dataclass(frozen=True)
class TaskAction:
    """A button: its words and where it leads; a form that sends ``values``, or a link when they
    are None.
    """

    label: str | Promise
    url: str
    values: Mapping[str, str] | None = None
    icon: str = ""


@dataclass(frozen=True)
class Task:
    """One thing to be done by one keeper.

    ``action`` is the one button that does it and ``more`` what else can be done. ``quote`` is what
    a visitor wrote. ``deadline`` is the last day on which it is in time. ``anchor`` names list and
    row, such as ``signalen-12``; the worklist fills it in.
    """

    kind: TaskKind
    label: str
    url: str
    action: TaskAction
    why: str = ""
    quote: str = ""
    waiting_since: date | None = None
    deadline: date | None = None
    people_waiting: int = 0
    more: tuple[TaskAction, ...] = ()
    anchor: str = ""

    @property
    def list_key(self) -> str:
        """The key of the list in which it stands."""
        return self.anchor.rpartition("-")[0]


def is_late(task: Task, today: date) -> bool:
    """True when its last day is past, or somebody waits longer than ``PATIENCE``."""
    if task.deadline and task.deadline < today:
        return True
    since = task.waiting_since
    return bool(task.people_waiting and since and since < today - PATIENCE)


def rank(tasks: Iterable[Task], today: date) -> list[Task]:
    """The tasks in the order of the rule at the top of this file."""

    def urgency(task: Task) -> tuple[bool, bool, int, date, date]:
        is_soon = task.deadline is not None and task.deadline <= today + SOON
        return (
            not is_late(task, today),
            not is_soon,
            -task.people_waiting,
            task.deadline or date.max,
            task.waiting_since or date.max,
        )

    return sorted(tasks, key=urgency)


@dataclass(frozen=True)
class ShownTask:
    """A task on the page: how long it waits in words, and the anchor of the next."""

    task: Task
    wait: str
    after: str


def with_next(tasks: list[Task], today: date) -> list[ShownTask]:
    """Ranked tasks, each with what comes after it; after the last comes ``klaar``."""
    following = [*(task.anchor for task in tasks[1:]), "klaar"]
    return [
        ShownTask(task, describe_wait(task, today), after)
        for task, after in zip(tasks, following, strict=False)  # "klaar" is left of an empty list
    ]


def describe_wait(task: Task, today: date) -> str:
    """How long it waits or how long there is, in words; empty when neither is known."""
    if task.deadline:
        return _describe_deadline((task.deadline - today).days)
    if task.waiting_since is None:
        return ""
    days = (today - task.waiting_since).days
    if days <= 0:
        return _("nieuw")
    if days == 1:
        return _("sinds gisteren")
    span = _describe_span(days)
    if task.people_waiting:
        return _("%(span)s zonder antwoord") % {"span": span}
    return _("wacht %(span)s") % {"span": span}


def _describe_span(days: int) -> str:
    """A number of days as people say it: days, then months, then years."""
    if days < LONG_IN_DAYS:
        return ngettext("%(number)s dag", "%(number)s dagen", days) % {"number": days}
    if days < 2 * 365:
        return _("%(number)s maanden") % {"number": days // 30}
    return _("%(number)s jaar") % {"number": days // 365}


def _describe_deadline(days: int) -> str:
    if days < 0:
        return _("%(span)s te laat") % {"span": _describe_span(-days)}
    if days == 0:
        return _("vandaag")
    if days == 1:
        return _("morgen")
    return _("nog %(days)s dagen") % {"days": days}
