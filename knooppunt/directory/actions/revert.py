"""Put a record back to what it was before one line of the trail."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models, transaction

from knooppunt.core.audit import trail
from knooppunt.core.audit.row_changes import ChangedSince
from knooppunt.core.audit.trail import Actor
from knooppunt.core.models import TrailEntry
from knooppunt.directory.actions import closing, undoable
from knooppunt.directory.actions.care import doubt_again, reopen_report
from knooppunt.directory.actions.confirm import undo_confirm
from knooppunt.directory.actions.links import change_link, remove_link
from knooppunt.directory.actions.merge import undo_merge
from knooppunt.directory.actions.records import change
from knooppunt.directory.models import Membership, Organisation, Place, PlaceRole

MODELS: dict[str, Any] = {"organisation": Organisation, "place": Place}
LINKS: dict[str, Any] = {"membership": Membership, "placerole": PlaceRole}
LINK_VERBS = {"join", "assign", "end", "change_link"}
REVERTIBLE = (
    LINK_VERBS
    | {"confirm", "close_report", "keep_apart", closing.VERB}
    | {"change", "merge", "set_state", "revert", "merge_values"}
)


class CannotRevert(ValueError):
    """This line cannot be put back: it is of a kind, or about a field, that keeps no earlier
    value.
    """


def can_revert(line: TrailEntry) -> bool:
    """True for a line that keeps what was there before."""
    if undoable.can_undo(line):
        return True
    if (
        line.reverted_by_id
        or line.is_refused
        or line.verb not in REVERTIBLE
        or line.target_type not in MODELS
    ):
        return False
    if line.verb in LINK_VERBS:
        return _link(line) is not None
    if line.verb == "confirm":
        return "confirmation" in line.details
    if line.verb in ("merge", "close_report", "keep_apart"):
        return True
    return bool(_values(line))


def revert(actor: Actor, line: TrailEntry) -> None:
    """Give the record of this line its earlier values back. Raises CannotRevert."""
    if not can_revert(line):
        raise CannotRevert(line.pk)
    if "rows" in line.details:
        _undo(actor, line)
        return
    if line.verb == "merge":
        undo_merge(actor, line)
        return
    if line.verb in LINK_VERBS:
        _revert_link(actor, line)
        return
    if line.verb == "confirm":
        undo_confirm(actor, line)
        return
    if line.verb in ("close_report", "keep_apart"):
        _revert_decision(actor, line)
        return
    with transaction.atomic():
        record = MODELS[line.target_type].objects.get(pk=line.target_id)
        change(actor, record, _values(line), verb="revert")
        line.reverted_by = trail.of(record).first()
        line.save(update_fields=["reverted_by"])


def _undo(actor: Actor, line: TrailEntry) -> None:
    try:
        if line.verb == closing.VERB:
            closing.undo(actor, line)
        else:
            undoable.undo(actor, line)
    except ChangedSince as problem:
        raise CannotRevert(line.pk) from problem


def _revert_decision(actor: Actor, line: TrailEntry) -> None:
    """Let a report or a pair of look-alikes that was decided about wait again."""
    with transaction.atomic():
        if line.verb == "close_report":
            reopen_report(line.details["report"])
        else:
            doubt_again(line.target_id, line.details["other"])
        record = MODELS[line.target_type].objects.get(pk=line.target_id)
        line.reverted_by = trail.record(actor, "reopen", record)
        line.save(update_fields=["reverted_by"])


def _link(line: TrailEntry) -> Any:
    """The membership or role at a place that a line is about; None when it is gone, or is
    something else.
    """
    details = line.details
    if line.verb == "join" and "membership" in details:
        kind, pk = "membership", details["membership"]
    elif line.verb == "join":  # of a list that was read in: the network alone is told
        return Membership.objects.filter(
            organisation=line.target_id, network=details.get("network"), until__isnull=True
        ).first()
    elif line.verb == "assign":
        kind, pk = "placerole", details.get("role")
    else:
        kind, _space, pk = str(details.get("link", "")).partition(" ")
    return LINKS[kind].objects.filter(pk=pk or None).first() if kind in LINKS else None


def _revert_link(actor: Actor, line: TrailEntry) -> None:
    """Undo the beginning of a link, or give it the days and role it had.

    Raises ValidationError on overlap.
    """
    link = _link(line)
    with transaction.atomic():
        if line.verb in ("join", "assign"):
            remove_link(actor, link)
        else:
            values = {"since": link.since, "until": link.until, "role": link.role}
            for name, (old, _new) in line.changes.items():
                values[name] = link._meta.get_field(name).to_python(old)
            change_link(actor, link, **values, verb="revert")
        record = MODELS[line.target_type].objects.get(pk=line.target_id)
        line.reverted_by = trail.of(record).first()
        line.save(update_fields=["reverted_by"])


def _values(line: TrailEntry) -> dict[str, Any]:
    """The earlier values of the plain fields and lists of rows that the line names."""
    model, values = MODELS[line.target_type], {}
    for name, (old, _new) in line.changes.items():
        try:
            field = model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        if isinstance(field, (models.ManyToManyField, models.ForeignKey)):
            found = _rows(field, old)
            if found is not None:
                values[name] = found
        elif not field.is_relation and not isinstance(field, models.FileField):
            values[name] = field.to_python(old) if old is not None else None
    return values


def _rows(field: Any, old: Any) -> Any:
    """The rows that a line names by their words; None when one is no longer to be found."""
    rows = {str(row): row for row in field.related_model.objects.all()} if old else {}
    if isinstance(field, models.ManyToManyField):
        return [rows[word] for word in old] if all(word in rows for word in old or ()) else None
    return rows.get(old) if old else None
