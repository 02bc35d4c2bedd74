"""Does something so that it can be undone: its line in the trail remembers what it changed in
which rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import transaction
from django.db.models import Max

from knooppunt.core.audit import row_changes, trail
from knooppunt.core.audit.trail import Actor
from knooppunt.core.models import TrailEntry
from knooppunt.core.registry import modules
from knooppunt.directory.models import Record

UNDONE = "undo"


def remember(
    actor: Actor, watched: Iterable[Any], act: Callable[[], Any], **details: Any
) -> TrailEntry | None:
    """Do something to the rows of some questions; gives its last line in the trail, None when it
    wrote none.

    Whatever ``act`` raises is raised, and then nothing has changed.
    """
    querysets = list(watched)
    with transaction.atomic():
        trail.lock()
        last = TrailEntry.objects.aggregate(last=Max("pk"))["last"] or 0
        before = row_changes.read_rows(querysets)
        act()
        line = TrailEntry.objects.filter(pk__gt=last, actor=actor.account).first()
        if line is not None:
            changes = row_changes.compare(before, row_changes.read_again(before, querysets))
            line.details = {**line.details, **details, "rows": changes}
            line.save(update_fields=["details"])
    return line


def can_undo(line: TrailEntry) -> bool:
    """True for a line that remembers rows and was not undone."""
    return "rows" in line.details and not line.reverted_by_id and not line.is_refused


def undo(actor: Actor, line: TrailEntry, verb: str = UNDONE) -> None:
    """Put back what a line remembers.

    Raises row_changes.ChangedSince when something of it changed since.
    """
    with transaction.atomic():
        trail.lock()
        changes = line.details["rows"]
        for item in changes:
            row = row_changes.row_of(item)
            if item["old"] is None and isinstance(row, Record):
                trail.record(actor, verb, row)  # what is taken away leaves lists and search
        row_changes.put_back(changes)
        restorers = dict(modules.gathered("restorers"))
        told = None
        for item in changes:
            row = row_changes.row_of(item)
            if item["table"] in restorers and row is not None:
                restorers[item["table"]](row)
            if row is not None and item["old"] is not None:
                back = {name: (item["new"][name], old) for name, old in item["old"].items()}
                written = trail.record(actor, verb, row, back)
                is_subject = (written.target_type, written.target_id) == (
                    line.target_type,
                    line.target_id,
                )
                told = written if is_subject or told is None else told
        line.reverted_by = told
        line.save(update_fields=["reverted_by"])
