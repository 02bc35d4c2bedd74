"""Finds the source that a list comes from, and what is known of it: columns, sheet and the meaning of words."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import Any

from knooppunt.core.models import ImportSource
from knooppunt.core.trail import Actor
from knooppunt.directory.actions.sources import note_reading, remember_columns, word_key
from knooppunt.directory.importing.answers import Answers
from knooppunt.directory.importing.columns import Columns
from knooppunt.directory.importing.run import Job, list_stem
from knooppunt.kit.findings import Report
from knooppunt.kit.text import normalise

KIND = "directory"
HeaderReader = Callable[[dict[str, str]], list[str]]
# So many of its columns must be in a file before its name makes it a file of a source.
SAME_COLUMNS = 0.5


def find_source(file_name: str, header: HeaderReader) -> ImportSource | None:
    """The source of a file: one whose files are called so, but for numbers and dates, and have its columns.

    ``header`` gives the names of the columns of the file, read by what is known of a source.
    """
    stem = list_stem(file_name)
    rows = ImportSource.objects.filter(kind=KIND)
    for source in rows.filter(key=stem) | rows.filter(key__startswith=f"{stem}~"):
        known = {normalise(name) for name in source.mapping if name}
        names = {normalise(name) for name in header(source.mapping) if name}
        if not known or len(names & known) >= SAME_COLUMNS * min(len(known), len(names) or 1):
            return source
    return None


def named_source(name: str) -> ImportSource | None:
    """The source with a name or key."""
    rows = ImportSource.objects.filter(kind=KIND)
    return rows.filter(key=name).first() or rows.filter(name__iexact=name).first()


def new_source(file_name: str, header: Iterable[str]) -> ImportSource:
    """A source for a file that has none yet, recognised by the name of the file."""
    stem = list_stem(file_name)
    key = stem
    if ImportSource.objects.filter(kind=KIND, key=stem).exists():
        key = _own_key(stem, {normalise(name) for name in header if name})
    source, _is_new = ImportSource.objects.get_or_create(
        kind=KIND, key=key, defaults={"name": file_name[:200]}
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
    rows = {(one["field"], word_key(one["word"])): one["rows"] for one in source.asked}
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
    return [one for one in source.asked if (one["field"], word_key(one["word"])) not in answered]


class UnknownSource(ValueError):
    """No source goes by this name."""


def source_for(job: Job, name: str = "") -> ImportSource | None:
    """The source of the file of an import, by its name when one is given; the import reads it with what is known of it.

    Raises UnknownSource, and UnreadableFile.
    """
    source = named_source(name) if name else None
    if name and source is None:
        raise UnknownSource(name)
    source = source or find_source(job.name or job.path.name, job.header)
    if source:
        job.answers = Answers.of(source)
        job.mapping = {**source.mapping, **job.mapping}
        job.sheet = job.sheet or sheet_in(job, source.sheet)
    return source


def sheet_in(job: Job, sheet: str) -> str:
    """The sheet of earlier lists, when the file has it."""
    table = job.table() if sheet else None
    names = {one.name for one in table.sheets} | set(table.unread) if table else set()
    return sheet if sheet in names else ""


def remember_reading(
    actor: Actor, job: Job, source: ImportSource | None, columns: Columns, report: Report
) -> None:
    """Keep how a list was read and what was not understood, for the next list of its source."""
    source = source or new_source(job.name or job.path.name, columns.header)
    remember_columns(actor, source, columns.by_name, job.sheet)
    note_words(source, report)
