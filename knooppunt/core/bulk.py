"""Writes many plain rows at once, without making an object of each; for long lists that are read in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models


def insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert rows of values in the order of ``columns`` (field names; a foreign key as its number).

    Nothing is filled in or checked but what the database does itself. Call it inside a transaction.
    """
    fields: list[Any] = [model._meta.get_field(name) for name in columns]
    prepare = [field.get_db_prep_save for field in fields]
    values = [[one(value, connection) for one, value in zip(prepare, row, strict=True)] for row in rows]
    if not values:
        return
    quote = connection.ops.quote_name
    names = ", ".join(quote(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks})", values)  # noqa: S608 - names of our own tables
