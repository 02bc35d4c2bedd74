"""Ends an organisation with a decision about everything that hangs below it, in one act that
can be undone as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from knooppunt.core.audit import row_changes, trail
from knooppunt.core.audit.trail import Actor
from knooppunt.core.database.valid_time import refuse_backwards
from knooppunt.core.models import TrailEntry
from knooppunt.core.registry import modules
from knooppunt.core.registry.closings import UNKNOWN, ClosingDecision, ClosingGroup
from knooppunt.directory.actions import undoable
from knooppunt.directory.actions.care import close_report
from knooppunt.directory.actions.records import change
from knooppunt.directory.models import Organisation, ProblemReport

VERB, UNDONE = "close", "undo_close"


@dataclass(frozen=True)
class Below:
    """The rows of one kind that hang below an organisation."""

    group: ClosingGroup
    rows: list[Any]


@dataclass(frozen=True)
class Answer:
    """What was chosen for one row: the key of a choice, and who takes it over."""

    choice: str
    successor: Organisation | None = None


Answers = dict[tuple[str, int], Answer]


def groups() -> dict[str, ClosingGroup]:
    """All groups of the parts that are on, by their keys."""
    return {group.key: group for group in modules.gathered("closing_groups")}


def below(organisation: Organisation, last_day: date) -> list[Below]:
    """What hangs below an organisation and goes on after a day, without what was decided before."""
    own = Organisation.objects.filter(pk=organisation.pk)
    decided = _decided([organisation.pk]) if organisation.until else set()
    found = []
    for group in groups().values():
        rows = [row for row in group.rows(own, last_day) if (group.key, row.pk) not in decided]
        if rows:
            found.append(Below(group, rows))
    return found


def has_work_below(organisation: Organisation, last_day: date) -> bool:
    """True when something hangs below that is to be settled."""
    return any(not part.group.informs for part in below(organisation, last_day))


def left_over(organisations: Any, today: date) -> set[int]:
    """The numbers of those of some organisations that ended by today while something below them
    goes on.
    """
    ended = organisations.filter(until__lte=today, state__in=("public", "draft"))
    if not ended.exists():  # each group is a question of its own, and the desk asks them all
        return set()
    rows: set[tuple[int, str, int]] = set()
    for group in groups().values():
        if not group.informs:
            own = group.rows(ended.values("pk"), today).order_by()
            pairs = own.values_list(f"{group.organisation}_id", "pk")
            rows |= {(pk, group.key, row) for pk, row in pairs}
    decided = _decided({pk for pk, _key, _row in rows})
    return {pk for pk, key, row in rows if (key, row) not in decided}


def _decided(organisations: Iterable[int]) -> set[tuple[str, int]]:
    """The rows of which a closing that stands said what becomes of them; "I do not know"
    decides nothing.
    """
    lines = TrailEntry.objects.filter(
        target_type="organisation", target_id__in=organisations, verb=VERB, reverted_by__isnull=True
    )
    return {
        (key, pk)
        for details in lines.values_list("details", flat=True)
        for key, pk, _name, choice in details.get("decisions", ())
        if choice != UNKNOWN
    }


def close(
    actor: Actor,
    organisation: Organisation,
    last_day: date,
    answers: Answers,
    report: ProblemReport | None = None,
) -> TrailEntry:
    """End an organisation and do what was decided about each row; gives the line with which
    ``undo`` puts all back.

    ``answers`` are by the key of the group and the number of the row. ``report`` is the note of a
    reader that said so. Raises ValidationError when a row has no answer, or an answer does not fit
    it; then nothing has changed.
    """
    refuse_backwards(organisation.since, last_day)
    with transaction.atomic():
        trail.lock()
        parts = below(organisation, last_day)
        decisions: list[Any] = []

        def settle_all() -> None:
            decisions.extend(
                _settle(actor, part.group, row, last_day, answers)
                for part in parts
                for row in part.rows
            )
            if report:
                close_report(actor, report, ProblemReport.State.SOLVED)
            # The line of the closing is the last one, and so the one that remembers everything.
            if not change(actor, organisation, {"until": last_day}, verb=VERB):
                trail.record(actor, VERB, organisation)

        watched = _watched(parts, organisation, report)
        undoable.remember(actor, watched, settle_all, decisions=decisions)
        return trail.of(organisation)[0]


def _watched(
    parts: list[Below], organisation: Organisation, report: ProblemReport | None
) -> list[Any]:
    """Everything that a closing may change."""
    rows = [queryset for part in parts for row in part.rows for queryset in part.group.watched(row)]
    rows.append(Organisation.objects.filter(pk=organisation.pk))
    if report:
        rows.append(ProblemReport.objects.filter(pk=report.pk))
    return rows


def _settle(
    actor: Actor, group: ClosingGroup, row: Any, last_day: date, answers: Answers
) -> list[Any]:
    """Do what was decided about one row; gives its group, number, name and choice as the trail
    keeps them.
    """
    answer = Answer("") if group.choices is None else answers.get((group.key, row.pk))
    name = group.describe(row)
    if answer is None:
        raise ValidationError(_("Kies wat er gebeurt met: %(name)s.") % {"name": name})
    if answer.choice != UNKNOWN:
        decision = ClosingDecision(actor, answer.choice, last_day, answer.successor)
        try:
            group.settle(row, decision)
        except ValidationError as problem:
            words = " ".join(problem.messages)
            raise ValidationError(f"{name}: {words}") from problem
    return [group.key, row.pk, name[:200], answer.choice]


def last_closing(organisation: Organisation) -> TrailEntry | None:
    """The newest closing of an organisation that was not undone."""
    return trail.of(organisation).filter(verb=VERB, reverted_by__isnull=True).first()


def undo(actor: Actor, line: TrailEntry) -> None:
    """Put back everything that one closing changed.

    Raises row_changes.ChangedSince when something of it changed since.
    """
    with transaction.atomic():
        trail.lock()
        numbers = {(item["table"], item["pk"]) for item in line.details["rows"]}
        for group, row in _settled(line):
            if (row._meta.label_lower, row.pk) in numbers and not group.may_restore(row):
                raise row_changes.ChangedSince(str(row))
        undoable.undo(actor, line, UNDONE)


def _settled(line: TrailEntry) -> list[tuple[ClosingGroup, Any]]:
    """The rows about which a closing decided something, with their groups, as far as they are
    still there.
    """
    known, found = groups(), []
    for key, pk, _name, choice in line.details.get("decisions", ()):
        group = known.get(key)
        if group and choice != UNKNOWN:
            model = group.rows(Organisation.objects.none(), line.at.date()).model
            row = model._base_manager.filter(pk=pk).first()
            found += [(group, row)] if row is not None else []
    return found
