"""Rules that the database itself keeps where one row must agree with another, on SQLite and
PostgreSQL alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, migrations
from django.db.migrations.loader import MigrationLoader

_REFUSED = "integrity_constraint_violation"


@dataclass(frozen=True)
class Trigger:
    """That every new or changed row of a table, ``when`` a condition is true, must make ``holds``
    true.

    Both are SQL that both databases read, about ``NEW``. ``columns`` are those whose change is
    looked at.
    """

    name: str
    table: str
    when: str
    holds: str
    columns: str

    def statements(self, vendor: str) -> list[str]:
        """What creates it in a kind of database."""
        broken = f"({self.when}) AND NOT ({self.holds})"
        if vendor == "postgresql":
            body = (
                f"BEGIN IF {broken} THEN RAISE EXCEPTION '{self.name}' USING ERRCODE = "
                f"'{_REFUSED}'; END IF; RETURN NEW; END"
            )
            return [
                f"CREATE FUNCTION {self.name}() RETURNS trigger AS $$ {body} $$ LANGUAGE plpgsql",
                f"CREATE TRIGGER {self.name} BEFORE INSERT OR UPDATE OF {self.columns} ON "
                f"{self.table} FOR EACH ROW EXECUTE FUNCTION {self.name}()",
            ]
        return [
            f"CREATE TRIGGER {self.name}_{moment.split()[0].lower()} BEFORE {moment} ON "
            f"{self.table} WHEN {broken} "
            f"BEGIN SELECT RAISE(ABORT, '{self.name}'); END"
            for moment in ("INSERT", f"UPDATE OF {self.columns}")
        ]

    def names(self, vendor: str) -> list[str]:
        """What it is called in a kind of database."""
        if vendor == "postgresql":
            return [self.name]
        return [f"{self.name}_{moment}" for moment in ("insert", "update")]

    def operation(self) -> migrations.RunPython:
        """The step of a migration that creates it."""
        return _creating(self)


@dataclass(frozen=True)
class Unchanging:
    """That the rows of a table are never changed once they are written."""

    name: str
    table: str

    def statements(self, vendor: str) -> list[str]:
        """What creates it in a kind of database."""
        if vendor == "postgresql":
            body = f"BEGIN RAISE EXCEPTION '{self.name}' USING ERRCODE = '{_REFUSED}'; END"
            return [
                f"CREATE FUNCTION {self.name}() RETURNS trigger AS $$ {body} $$ LANGUAGE plpgsql",
                f"CREATE TRIGGER {self.name} BEFORE UPDATE ON {self.table} FOR EACH ROW EXECUTE "
                f"FUNCTION {self.name}()",
            ]
        return [
            f"CREATE TRIGGER {self.name} BEFORE UPDATE ON {self.table} BEGIN SELECT RAISE(ABORT, "
            f"'{self.name}'); END"
        ]

    def names(self, vendor: str) -> list[str]:
        """What it is called in a kind of database."""
        return [self.name]

    def operation(self) -> migrations.RunPython:
        """The step of a migration that creates it."""
        return _creating(self)


class CreateTrigger(migrations.RunPython):
    """A step of a migration that creates what keeps a rule; it names the rule, to look for it
    later.
    """

    def __init__(self, rule: Trigger | Unchanging) -> None:
        self.rule = rule
        super().__init__(self._create, migrations.RunPython.noop)

    def _create(self, apps: Any, editor: Any) -> None:
        for statement in self.rule.statements(editor.connection.vendor):
            editor.execute(statement)


def _creating(rule: Trigger | Unchanging) -> migrations.RunPython:
    return CreateTrigger(rule)


def missing() -> list[str]:
    """The triggers that an applied migration created and that the database no longer has.

    SQLite builds a table anew for many a change of it, and then forgets what watched over it.
    """
    loader = MigrationLoader(connection)
    expected = {
        name
        for key in loader.applied_migrations
        if key in loader.graph.nodes
        for operation in loader.graph.nodes[key].operations
        if isinstance(operation, CreateTrigger)
        for name in operation.rule.names(connection.vendor)
    }
    return sorted(expected - _names())


def _names() -> set[str]:
    """The triggers that the database has."""
    query = (
        "SELECT DISTINCT trigger_name FROM information_schema.triggers WHERE trigger_schema = "
        "current_schema()"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name for (name,) in cursor.fetchall()}


@contextmanager
def resting() -> Iterator[None]:
    """Let these rules rest while a whole site is put back; what a backup holds was checked on
    its own day.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            found = cursor.fetchall()
            for name, _sql in found:
                cursor.execute(f"DROP TRIGGER {connection.ops.quote_name(name)}")
            yield
            for _name, sql in found:
                cursor.execute(sql)
            return
        cursor.execute(
            "SELECT DISTINCT event_object_table FROM information_schema.triggers WHERE "
            "trigger_schema = current_schema()"
        )
        tables = [connection.ops.quote_name(name) for (name,) in cursor.fetchall()]
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
