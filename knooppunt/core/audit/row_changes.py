"""Remembers what an act changed in rows of the database, and puts exactly that back as long as
nobody changed it since.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypedDict

from django.apps import apps
from django.db import models

from knooppunt.core.audit import trail

# What follows from other fields, says when something was written, or may not be kept in the trail.
BOOKKEEPING = {
    "changed_at",
    "modified_at",
    "sequence",
    "search_text",
    "expanded_until",
    "imported",
    "list_key",
    "reply_address",
    "note",
    "kept",
}

Values = dict[str, Any]
Rows = dict[tuple[str, int], Values]


class RowChange(TypedDict):
    """What became of one row: its table, its number, and its old and new values; a new row has
    no old ones.
    """

    table: str
    pk: int
    old: Values | None
    new: Values


class ChangedSince(ValueError):
    """Somebody changed or removed one of the rows afterwards; its words tell which."""


def read_rows(querysets: Iterable[models.QuerySet[Any]]) -> Rows:
    """The rows of some questions as they are now, by table and number."""
    return {
        (row._meta.label_lower, row.pk): _values(row)
        for queryset in querysets
        for row in queryset.all()
    }


def read_again(before: Rows, querysets: Iterable[models.QuerySet[Any]]) -> Rows:
    """The same rows after an act, with those that came; also rows that the questions no longer
    give.
    """
    numbers: dict[str, list[int]] = {}
    for table, pk in before:
        numbers.setdefault(table, []).append(pk)
    known = [
        apps.get_model(table)._base_manager.filter(pk__in=pks) for table, pks in numbers.items()
    ]
    return read_rows([*known, *querysets])


def _values(row: models.Model) -> Values:
    return {
        field.attname: trail.plain(field.value_from_object(row))
        for field in row._meta.concrete_fields
        if not field.primary_key and field.name not in BOOKKEEPING
    }


def compare(before: Rows, after: Rows) -> list[RowChange]:
    """What differs between two readings.

    Raises ValueError when a row was removed, which cannot be put back.
    """
    if before.keys() - after.keys():
        raise ValueError(f"rows were removed: {sorted(before.keys() - after.keys())}")
    changes: list[RowChange] = []
    for (table, pk), new in after.items():
        old = before.get((table, pk))
        if old is None:
            changes.append({"table": table, "pk": pk, "old": None, "new": new})
        elif old != new:
            names = [name for name in new if old[name] != new[name]]
            changes.append(
                {
                    "table": table,
                    "pk": pk,
                    "old": {name: old[name] for name in names},
                    "new": {name: new[name] for name in names},
                }
            )
    return changes


def put_back(changes: Iterable[RowChange]) -> None:
    """Give every row its old values, and remove the new ones; call it inside a transaction.

    Raises ChangedSince.
    """
    found = [(change, _unchanged(change)) for change in changes]
    # New rows go first: an old one may only be open again when nothing stands in its place.
    for change, row in sorted(found, key=lambda pair: pair[0]["old"] is not None):
        if change["old"] is None:
            row.delete()
            continue
        old = {name: _value(row, name, value) for name, value in change["old"].items()}
        type(row)._base_manager.filter(pk=row.pk).update(**old)


def row_of(change: RowChange) -> Any:
    """The row that a change is about, as it is now; None when it is gone."""
    return apps.get_model(change["table"])._base_manager.filter(pk=change["pk"]).first()


def _unchanged(change: RowChange) -> Any:
    """The row of a change, which must still have the values that it was given."""
    row = row_of(change)
    if row is None:
        raise ChangedSince(change["table"])
    values = _values(row)
    if any(values.get(name) != value for name, value in change["new"].items()):
        raise ChangedSince(str(row))
    return row


def _value(row: models.Model, attname: str, value: Any) -> Any:
    """A value as the database keeps it, from how the trail keeps it."""
    field = next(field for field in row._meta.concrete_fields if field.attname == attname)
    return field.to_python(value) if value is not None else None
