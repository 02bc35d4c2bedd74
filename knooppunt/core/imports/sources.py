"""Finds the source that a list comes from, and what is known of its columns and words."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from knooppunt.core.audit.trail import Actor
from knooppunt.core.imports.actions import note_reading, remember_columns
from knooppunt.core.imports.answers import word_key
from knooppunt.core.models import ImportSource
from knooppunt.core.registry.list_kinds import ListKind
from knooppunt.kit.columns import Columns, ListFile
from knooppunt.kit.findings import Report
from knooppunt.kit.text import normalise

# So many of its columns must be in a file before its name makes it a file of a source.
SAME_COLUMNS = 0.5


def find_source(kind: ListKind, file: ListFile, owner: str = "") -> ImportSource | None:
    """The source of a file: its files are called so, but for numbers and dates.

    They have its columns too. Only one of the same owner. Raises UnreadableFile.
    """
    rows = ImportSource.objects.filter(kind=kind.name, owner__in=kind.owners(owner))
    for source in rows.filter(key=file.stem) | rows.filter(key__startswith=f"{file.stem}~"):
        known = {normalise(name) for name in source.mapping if name}
        names = {normalise(name) for name in file.header(source.mapping) if name}
        if not known or len(names & known) >= SAME_COLUMNS * min(len(known), len(names) or 1):
            return source
    return None


def named_source(kind: ListKind, name: str, owner: str = "") -> ImportSource | None:
    """The source of an owner with a name or key."""
    rows = ImportSource.objects.filter(kind=kind.name, owner__in=kind.owners(owner))
    return rows.filter(key=name).first() or rows.filter(name__iexact=name).first()


def new_source(
    kind: ListKind, file: ListFile, header: Iterable[str], owner: str = ""
) -> ImportSource:
    """A source for a file that has none yet, recognised by the name of the file."""
    key = file.stem
    if ImportSource.objects.filter(kind=kind.name, owner=owner, key=key).exists():
        key = _own_key(key, {normalise(name) for name in header if name})
    source, _is_new = ImportSource.objects.get_or_create(
        kind=kind.name, owner=owner, key=key, defaults={"name": file.name[:200]}
    )
    return source


def _own_key(stem: str, names: set[str]) -> str:
    """A key for a list with the name of another list, but with other columns."""
    return f"{stem}~{hashlib.sha256('|'.join(sorted(names)).encode()).hexdigest()[:8]}"


def note_words(source: ImportSource, report: Report) -> None:
    """Keep the words of a reading that were not understood."""
    note_reading(source, asked_words(report))


def asked_words(report: Report) -> list[dict[str, Any]]:
    """The words of a report that were not understood, as a JSON field holds them."""
    return [
        {"field": name, "word": word, "rows": asked.rows, "hint": asked.hint}
        for (name, word), asked in report.words.items()
    ]


def answered_words(source: ImportSource) -> list[dict[str, Any]]:
    """The words of a source that were answered, each with its answer, as a form shows them."""
    rows = {(asked["field"], word_key(asked["word"])): asked["rows"] for asked in source.asked}
    return [
        {
            "field": row.field,
            "word": row.word,
            "rows": rows.get((row.field, row.key), 0),
            "hint": "",
            "answer": f"={row.meaning}" if row.meaning else row.answer,
            "name": row.meaning,
        }
        for row in source.words.all()
    ]


def still_asked(source: ImportSource) -> list[dict[str, Any]]:
    """The words of the last reading that nobody answered yet."""
    answered = {(row.field, row.key) for row in source.words.all()}
    return [
        asked for asked in source.asked if (asked["field"], word_key(asked["word"])) not in answered
    ]


class UnknownSource(ValueError):
    """No source goes by this name."""


def source_for(
    kind: ListKind, file: ListFile, name: str = "", owner: str = ""
) -> ImportSource | None:
    """The source of a file, by its name when one is given.

    The file is read with what is known of it from then on. Raises UnknownSource, and
    UnreadableFile.
    """
    source = named_source(kind, name, owner) if name else None
    if name and source is None:
        raise UnknownSource(name)
    source = source or find_source(kind, file, owner)
    if source:
        file.mapping = {**source.mapping, **file.mapping}
        file.sheet = file.sheet or sheet_in(file, source.sheet)
    return source


def sheet_in(file: ListFile, sheet: str) -> str:
    """The sheet of earlier lists, when the file has it."""
    table = file.table() if sheet else None
    names = {read.name for read in table.sheets} | set(table.unread) if table else set()
    return sheet if sheet in names else ""


def remember_reading(
    actor: Actor, source: ImportSource, file: ListFile, columns: Columns, report: Report
) -> None:
    """Keep how a list was read and what was not understood, for the next list of its source."""
    remember_columns(actor, source, columns.by_name, file.sheet)
    note_words(source, report)
