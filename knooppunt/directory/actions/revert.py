"""Put a record back to what it was before one line of the trail."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models, transaction

from knooppunt.core import trail
from knooppunt.core.models import TrailEntry
from knooppunt.core.trail import Actor
from knooppunt.directory.actions.merge import undo_merge
from knooppunt.directory.actions.records import change
from knooppunt.directory.models import Organisation, Place

MODELS: dict[str, Any] = {"organisation": Organisation, "place": Place}
REVERTIBLE = {"change", "merge", "set_state", "revert", "merge_values"}


class CannotRevert(ValueError):
    """This line cannot be put back: it is of a kind, or about a field, that keeps no earlier value."""


def can_revert(line: TrailEntry) -> bool:
    """True for a line that keeps what was there before."""
    if (
        line.reverted_by_id
        or line.is_refused
        or line.verb not in REVERTIBLE
        or line.target_type not in MODELS
    ):
        return False
    return line.verb == "merge" or bool(_values(line))


def revert(actor: Actor, line: TrailEntry) -> None:
    """Give the record of this line its earlier values back. Raises CannotRevert."""
    if not can_revert(line):
        raise CannotRevert(line.pk)
    if line.verb == "merge":
        undo_merge(actor, line)
        return
    with transaction.atomic():
        record = MODELS[line.target_type].objects.get(pk=line.target_id)
        change(actor, record, _values(line), verb="revert")
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
