"""Runs an import: reads rows in batches, each batch whole or not at all, and reports every row."""

from __future__ import annotations

import gc
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from itertools import islice

from django.db import OperationalError, transaction
from django.utils import timezone

from knooppunt.core.imports.structure import report_structure
from knooppunt.core.registry.list_kinds import Reading
from knooppunt.directory.actions import care
from knooppunt.directory.geography import AreaMap
from knooppunt.directory.importing.batches import Batch, Done, ImportContext
from knooppunt.directory.importing.codes import message
from knooppunt.directory.importing.draft import Draft
from knooppunt.directory.importing.drafts import Reader
from knooppunt.directory.importing.matching import Index, name_key
from knooppunt.directory.importing.networks import settle_networks
from knooppunt.directory.importing.odd_rows import KNOWS, OddRows
from knooppunt.directory.importing.words import Words
from knooppunt.directory.models import Organisation
from knooppunt.kit.columns import Columns
from knooppunt.kit.findings import Finding, Report, name_of_row
from knooppunt.kit.headings import STEP, Row
from knooppunt.kit.tables import UnreadableFile

BATCH = 400
SAME_LIST, SAME_NAMED_LIST = 0.5, 0.2


class NoNames(UnreadableFile):
    """No column holds names."""


def run_import(reading: Reading, report: Report) -> None:
    """Read all rows.

    Raises UnreadableFile when the file as a whole cannot be read; then nothing is changed.
    """
    table = reading.file.table()
    columns = reading.file.columns(table)
    if "name" not in columns.fields:
        where = [sheet.name for sheet in table.sheets]
        raise NoNames("no_name_column", ", ".join([*where, str(table.heading.line)]))
    report_structure(table, columns, report, message)
    seen = _read_through(table.rows(), columns)
    with _few_collections(), transaction.atomic() if reading.is_dry_run else nullcontext():
        _Run(reading, columns, report, seen, table.width).go(table.rows())
        if reading.is_dry_run:
            transaction.set_rollback(True)


@contextmanager
def _few_collections() -> Iterator[None]:
    """Let Python look for circular garbage less often: an import makes many objects and hardly
    any circles.
    """
    before = gc.get_threshold()
    gc.set_threshold(20_000, 10, 10)
    try:
        yield
    finally:
        gc.set_threshold(*before)


@dataclass
class Seen:
    """What one look through the whole file tells: how often each name is there, and whether
    numbers just count rows.
    """

    names: Counter[str]
    counts_rows: bool


def _read_through(rows: Iterator[Row], columns: Columns) -> Seen:
    """Walk the file once before anything is written, so that a file damaged halfway changes
    nothing.
    """
    name = columns.fields.index("name")
    number = columns.fields.index("identifier") if "identifier" in columns.fields else -1
    names: Counter[str] = Counter()
    offsets: set[int | None] = set()
    place, sheet, on_side = -1, 0, 0
    for row in rows:
        cell = row.cells[name] if name < len(row.cells) else ""
        on_side += len(cell) > 3 and bool(KNOWS(cell))
        # Numbers that count the rows of each sheet begin anew on each.
        place, sheet = (place + 1 if row.line // STEP == sheet else 0), row.line // STEP
        names[name_key(row.cells[name] if name < len(row.cells) else "")] += 1
        if number >= 0 and len(offsets) < 2:
            cell = row.cells[number] if number < len(row.cells) else ""
            offsets.add(int(cell) - place if cell.isdecimal() and len(cell) < 9 else None)
    # Names of columns where the names should be, and no column that is known but the first.
    if on_side > 1 and on_side * 2 > names.total() and set(columns.fields) == {"name", ""}:
        raise UnreadableFile("transposed")
    return Seen(names, offsets in ({0}, {1}))


class _Run:
    """The state of one running import."""

    def __init__(
        self, reading: Reading, columns: Columns, report: Report, seen: Seen, width: int
    ) -> None:
        self.reading, self.columns, self.report, self.seen = reading, columns, report, seen
        words = Words(reading.answers)
        self.shelf = ImportContext(self._index(), AreaMap(reading.answers.words_for("area")))
        self.reader = Reader(columns.fields, columns.header, self.shelf.areas, words, width)
        self.shelf.reader = self.reader
        self.odd_rows = OddRows(self.shelf.areas, words)
        self.taken: dict[int, int] = {}
        self.lists: Counter[str] = Counter()
        self.done = 0
        self.claims: list[tuple[Done, str, str, int]] = []

    def go(self, rows: Iterator[Row]) -> None:
        """Batch by batch, then the networks, then what is no longer in the file."""
        limited = islice(rows, self.reading.most_rows)
        while batch := list(islice(limited, BATCH)):
            self._batch(batch)
            self.done += len(batch)
            self.report.flush()
            self.reading.progress(self.done, self.report.counts)
        reading = self.reading
        settle_networks(reading.actor, self.shelf, self.report, reading.answers, reading.is_dry_run)
        for finding, slug, name in self.shelf.shared.findings(self.shelf.index):
            self.report.add_for(finding, slug, name)
        self._missing()
        self.reading.progress(self.done, self.report.counts)

    def _index(self) -> Index:
        index = Index(counts_rows=self.seen.counts_rows, names_in_file=self.seen.names)
        index.load()
        return index

    def _batch(self, rows: list[Row]) -> None:
        """Write a batch as a whole; when it is refused, row by row, so that one bad row stops
        no other.
        """
        drafts = [draft for row in rows if (draft := self._read(row))]
        try:
            results = self._write(drafts)
        except OperationalError:  # a full disk or a lost server is not about one row
            raise
        except Exception:
            results = [done for draft in drafts for done in self._alone(draft)]
        for done in results:
            self._tell(done)

    def _read(self, row: Row) -> Draft | None:
        code, value = self.odd_rows.why(row)
        if code:
            refusal = Finding(row.line, "error", "name", code, message(code, value=value))
            self.report.add_for(refusal, "", name_of_row("", row.cells))
            return None
        try:
            draft = self.reader.read(row.line, row.cells)
        except Exception as problem:  # a cell nobody foresaw must not stop the rows after it
            self._fail(row, problem)
            return None
        if not draft.values.get("name"):
            refusal = Finding(row.line, "error", "name", "empty_name", message("empty_name"))
            for finding in (refusal, *draft.findings):
                self.report.add_for(finding, "", name_of_row("", row.cells))
            return None
        return draft

    def _write(self, drafts: list[Draft]) -> list[Done]:
        """Write drafts together; when it fails, everything held in memory is as if it had not
        been tried.
        """
        taken, lists, findings = (
            dict(self.taken),
            self.lists.copy(),
            [len(draft.findings) for draft in drafts],
        )
        networks, shared = dict(self.shelf.networks), self.shelf.shared.copy()
        rows = dict(self.shelf.rows)
        try:
            with transaction.atomic():
                return Batch(self.reading.actor, self.shelf, self.taken, self.lists).write(drafts)
        except Exception:
            self.taken.clear()
            self.taken.update(taken)
            self.lists.clear()
            self.lists.update(lists)
            self.shelf.index, self.shelf.networks = self._index(), networks
            self.shelf.shared, self.shelf.rows = shared, rows
            for draft, number in zip(drafts, findings, strict=True):
                del draft.findings[number:]
            raise

    def _alone(self, draft: Draft) -> list[Done]:
        try:
            return self._write([draft])
        except OperationalError:
            raise
        except Exception as problem:
            self._fail(Row(draft.line, list(draft.raw.values())), problem, draft.raw["name"])
            return []

    def _fail(self, row: Row, problem: Exception, name: str = "") -> None:
        words = message("failed_row", value=f"{type(problem).__name__}: {problem}")
        finding = Finding(row.line, "error", "", "failed_row", words)
        self.report.add_for(finding, "", name_of_row(name, row.cells))

    def _tell(self, done: Done) -> None:
        self.claims += [(done, *claim) for claim in done.draft.claims]
        name = str(done.draft.values["name"])
        for finding in (Finding(done.draft.line, done.outcome), *done.draft.findings):
            self.report.add_for(finding, done.slug, name)

    def _missing(self) -> None:
        """Give this list its key, and name what an earlier version of it had and this one has
        not.
        """
        known = self.shelf.index.known
        sizes = Counter(one.list_key for one in known.values() if one.list_key)
        stem = self.reading.file.stem
        earlier = [
            key
            for key, number in self.lists.items()
            if key and self._is_same_list(key, number / max(sizes[key], 1), stem)
        ]
        self._name_claims(set(earlier))
        if self.reading.most_rows and self.done >= self.reading.most_rows:
            return
        key = (
            max(earlier, key=lambda one: self.lists[one])
            if earlier
            else f"{stem}~{uuid.uuid4().hex[:8]}"
        )
        here = sorted(self.taken)
        gone = [
            one.pk for one in known.values() if one.list_key in earlier and one.pk not in self.taken
        ]
        for start in range(0, len(here), 500):
            rows = Organisation.objects.filter(pk__in=here[start : start + 500])
            rows.exclude(list_key=key).update(list_key=key)
            rows.filter(missing_since__isnull=False).update(missing_since=None)
        self._name_missing(gone)

    @staticmethod
    def _is_same_list(key: str, share: float, stem: str) -> bool:
        """Half of an earlier list coming back makes it the same list; a fifth does when the
        file's name is alike too.
        """
        return share >= SAME_LIST or (share >= SAME_NAMED_LIST and key.split("~")[0] == stem)

    def _name_claims(self, earlier: set[str]) -> None:
        """Name every number that came with another name than it had in an earlier version of this
        list.

        Everybody numbers rows from one, so the numbers of another list say nothing.
        """
        known = self.shelf.index.known
        claims = [
            claim
            for claim in self.claims
            if claim[1] == "kvk" or known[claim[3]].list_key in earlier
        ]
        names = dict(
            Organisation.objects.filter(pk__in={claim[3] for claim in claims}).values_list(
                "pk", "name"
            )
        )
        for done, scheme, value, other in claims:
            words = message("number_of_another", value=value, other=names.get(other, ""))
            column = "identifier" if scheme == "own" else scheme
            finding = Finding(done.draft.line, "warning", column, "number_of_another", words)
            self.report.add_for(finding, done.slug, str(done.draft.values["name"]))
        new = [
            (done.pk, other) for done, _scheme, _value, other in claims if other not in self.taken
        ]
        care.flag_duplicates([(one, other, "number") for one, other in new])

    def _name_missing(self, gone: list[int]) -> None:
        for start in range(0, len(gone), 500):
            rows = Organisation.objects.filter(
                pk__in=gone[start : start + 500], state__in=("public", "draft")
            )
            for one in rows.order_by("name_key"):
                words = message("missing_from_file")
                finding = Finding(0, "warning", "", "missing_from_file", words)
                self.report.add_for(finding, one.slug, one.name)
            rows.filter(missing_since__isnull=True).update(missing_since=timezone.localdate())
