"""Runs an import: reads rows in batches, each batch whole or not at all, and reports every row."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from django.db import DatabaseError, transaction
from django.utils import timezone

from knooppunt.core.trail import Actor
from knooppunt.directory.geography import AreaMap
from knooppunt.directory.importing.batches import Batch, Done, Shelf
from knooppunt.directory.importing.codes import message
from knooppunt.directory.importing.columns import Columns, recognise
from knooppunt.directory.importing.drafts import Draft, Reader
from knooppunt.directory.importing.matching import Index
from knooppunt.directory.importing.networks import settle_networks
from knooppunt.directory.importing.words import Words
from knooppunt.directory.models import Organisation
from knooppunt.kit.findings import Finding, Report
from knooppunt.kit.tables import Row, UnreadableFile, open_table

BATCH = 400
SAME_LIST = 0.3
Progress = Callable[[int, Counter[str]], None]


class NoNames(UnreadableFile):
    """No column holds names."""


@dataclass
class Job:
    """One import: the file, how its columns are understood, and whether it only tries."""

    path: Path
    actor: Actor
    mapping: dict[str, str] = field(default_factory=dict)
    is_dry_run: bool = False
    most_rows: int | None = None
    progress: Progress = lambda done, counts: None

    def columns(self) -> Columns:
        """How the header is understood. Raises UnreadableFile."""
        return recognise(open_table(self.path).header, self.mapping)

    def run(self, report: Report) -> Columns:
        """Read all rows. Raises UnreadableFile when the file as a whole cannot be read; then nothing is changed."""
        table = open_table(self.path)
        columns = recognise(table.header, self.mapping)
        if "name" not in columns.fields:
            raise NoNames("no_name_column")
        _read_through(table.rows())
        with transaction.atomic() if self.is_dry_run else _nothing():
            _Run(self, columns, report).go(table.rows())
            if self.is_dry_run:
                transaction.set_rollback(True)
        return columns


def _read_through(rows: Iterator[Row]) -> None:
    """Walk the file once before anything is written, so that a file damaged halfway changes nothing."""
    for _row in rows:
        pass


class _nothing:
    """No transaction around the batches: each has its own."""

    def __enter__(self) -> None: ...

    def __exit__(self, *error: object) -> None: ...


class _Run:
    """The state of one running import."""

    def __init__(self, job: Job, columns: Columns, report: Report) -> None:
        self.job, self.columns, self.report = job, columns, report
        self.index = Index()
        self.index.load()
        self.shelf = Shelf(self.index, AreaMap())
        self.reader = Reader(columns.fields, columns.header, self.shelf.areas, Words())
        self.taken: dict[int, int] = {}
        self.lists: Counter[str] = Counter()
        self.done = 0

    def go(self, rows: Iterator[Row]) -> None:
        """Batch by batch, then the networks, then what is no longer in the file."""
        self._about_columns()
        limited = islice(rows, self.job.most_rows)
        while batch := list(islice(limited, BATCH)):
            self._batch(batch)
            self.done += len(batch)
            self.report.flush()
            self.job.progress(self.done, self.report.counts)
        settle_networks(self.job.actor, self.shelf, self.report)
        self._missing()
        self.job.progress(self.done, self.report.counts)

    def _about_columns(self) -> None:
        for number in self.columns.guessed:
            name = self.columns.header[number]
            words = message("guessed_column", value=self.columns.fields[number])
            self.report.add(Finding(1, "warning", name, "guessed_column", words))
        for name in self.columns.unmapped:
            self.report.add(Finding(1, "warning", name, "kept_unmapped", message("kept_unmapped")))

    def _batch(self, rows: list[Row]) -> None:
        """Write a batch as a whole; when the database refuses it, row by row, so that one bad row stops no other."""
        drafts = [draft for row in rows if (draft := self._read(row))]
        try:
            results = self._write(drafts)
        except (DatabaseError, ValueError):
            results = [done for draft in drafts for done in self._alone(draft)]
        for done in results:
            self._tell(done)

    def _read(self, row: Row) -> Draft | None:
        try:
            draft = self.reader.read(row.line, row.cells)
        except Exception as problem:  # a cell nobody foresaw must not stop the rows after it
            self._fail(row.line, problem)
            return None
        if "name" not in draft.parts:
            self.report.add(Finding(row.line, "error", "name", "empty_name", message("empty_name")))
            return None
        return draft

    def _write(self, drafts: list[Draft]) -> list[Done]:
        taken, known = dict(self.taken), self.shelf.mark()
        try:
            with transaction.atomic():
                return Batch(self.job.actor, self.shelf, self.taken, self.lists).write(drafts)
        except Exception:
            self.taken.clear()
            self.taken.update(taken)
            self.shelf.back_to(known)
            raise

    def _alone(self, draft: Draft) -> list[Done]:
        try:
            return self._write([draft])
        except (DatabaseError, ValueError) as problem:
            self._fail(draft.line, problem)
            return []

    def _fail(self, line: int, problem: Exception) -> None:
        words = message("failed_row", value=f"{type(problem).__name__}: {problem}")
        self.report.add(Finding(line, "error", "", "failed_row", words))

    def _tell(self, done: Done) -> None:
        self.report.add(Finding(done.draft.line, done.outcome, record=done.slug))
        for finding in done.draft.findings:
            self.report.add(
                Finding(
                    finding.line,
                    finding.outcome,
                    finding.field,
                    finding.code,
                    finding.message,
                    finding.suggestion,
                    done.slug,
                )
            )

    def _missing(self) -> None:
        """Give this list its key, and name what an earlier version of it had and this one has not."""
        if self.job.most_rows and self.done >= self.job.most_rows:
            return
        earlier = [key for key, number in self.lists.items() if key and number >= SAME_LIST * self._size(key)]
        key = max(earlier, key=lambda one: self.lists[one]) if earlier else uuid.uuid4().hex[:12]
        here = set(self.taken)
        gone = [known.pk for known in self.index.known.values() if known.list_key in earlier and known.pk not in here]
        fresh = [pk for pk in here if self.index.known[pk].list_key != key]
        for start in range(0, len(fresh), 500):
            Organisation.objects.filter(pk__in=fresh[start : start + 500]).update(list_key=key)
        if here:
            Organisation.objects.filter(list_key=key, missing_since__isnull=False, pk__in=list(here)[:900]).update(
                missing_since=None
            )
        self._name_missing(gone)

    def _size(self, key: str) -> int:
        return sum(known.list_key == key for known in self.index.known.values())

    def _name_missing(self, gone: list[int]) -> None:
        for start in range(0, len(gone), 500):
            rows = Organisation.objects.filter(pk__in=gone[start : start + 500], state__in=("public", "draft"))
            for one in rows.order_by("name_key"):
                self.report.add(
                    Finding(0, "warning", "", "missing_from_file", message("missing_from_file"), record=one.slug)
                )
            rows.filter(missing_since__isnull=True).update(missing_since=timezone.localdate())
