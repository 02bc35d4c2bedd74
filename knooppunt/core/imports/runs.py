"""Lists that are uploaded on the site: kept, looked through, then read in by the worker."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone, translation
from django.utils.translation import get_language

from knooppunt.core.audit.trail import Actor
from knooppunt.core.imports.answers import Answers
from knooppunt.core.imports.problems import describe_problem
from knooppunt.core.imports.sources import (
    asked_words,
    find_source,
    new_source,
    note_words,
    sheet_in,
    still_asked,
)
from knooppunt.core.models import ImportRun, ImportSource
from knooppunt.core.registry.list_kinds import ListKind, Reading
from knooppunt.kit.columns import Columns, ListFile
from knooppunt.kit.findings import Report
from knooppunt.kit.table_overview import SheetOverview, overview
from knooppunt.kit.tables import UnreadableFile

STALE_SECONDS = 120
# How many lists that were not read in yet are kept for one person.
MOST_WAITING = 10
SHOWN, PREVIEW_SHOWN, LONGEST_EXAMPLE = 200, 50, 80


@dataclass
class Preview:
    """What a look through a list shows: sheets, columns with an example, what would happen."""

    sheets: list[SheetOverview]
    columns: Columns
    report: Report
    examples: list[str]
    is_table: bool = True

    @property
    def can_be_read(self) -> bool:
        """True when a column holds names, without which a table cannot be read."""
        return not self.is_table or "name" in self.columns.fields


def receive(
    kind: ListKind,
    user: Any,
    upload: UploadedFile,
    source: ImportSource | None = None,
    owner: str = "",
    options: dict[str, Any] | None = None,
) -> ImportRun:
    """Keep an uploaded list, read as the last one of its source.

    Raises UnreadableFile for what is no spreadsheet. Without a source it is that of earlier lists
    with this name and these columns; a list that cannot be read is not kept, nor one too many of
    the same person.
    """
    waiting = ImportRun.objects.filter(started_by=user, state=ImportRun.State.UPLOADED)
    if waiting.count() >= MOST_WAITING:
        raise UnreadableFile("too_many_waiting", str(MOST_WAITING))
    if (upload.size or 0) > kind.most_bytes:
        raise UnreadableFile("too_large", f"{kind.most_bytes // 1024 // 1024} MB")
    run = ImportRun(
        kind=kind.name,
        owner=owner,
        options=options or {},
        name=(upload.name or "lijst")[-200:],
        started_by=user,
        language=get_language() or "",
    )
    run.file.save("list.bin", upload, save=False)
    try:
        file = file_of(kind, run)
        if kind.is_table(file):
            read_as(kind, run, source or find_source(kind, file, owner))
    except UnreadableFile:
        run.file.delete(save=False)
        raise
    run.save()
    return run


def discard(run: ImportRun) -> None:
    """Throw a list away, read in or not: its file, its report and what was chosen for it."""
    for file in (run.file, run.report):
        if file:
            file.delete(save=False)
    run.delete()


def read_as(
    kind: ListKind, run: ImportRun, source: ImportSource | None, sheet: str = "", row: int = 0
) -> None:
    """Read a list as those of a source, from a sheet and row of headings when these are chosen."""
    run.source, run.mapping = source, dict(source.mapping) if source else {}
    run.sheet, run.header_row = sheet, row
    if source and not sheet:
        run.sheet = sheet_in(file_of(kind, run), source.sheet)
    run.mapping = file_of(kind, run).columns().by_name


def source_of(kind: ListKind, run: ImportRun) -> ImportSource:
    """The source of a list; one without gets a source of its own."""
    if run.source is None:
        run.source = new_source(kind, file_of(kind, run), run.mapping, run.owner)
        run.save(update_fields=["source", "touched_at"])
    return run.source


def file_of(kind: ListKind, run: ImportRun) -> ListFile:
    """The file of an uploaded list, with what was chosen for it.

    Raises UnreadableFile when it is not there.
    """
    if not run.file or not Path(run.file.path).is_file():
        raise UnreadableFile("file_gone")
    file = kind.file(Path(run.file.path), run.name)
    file.mapping, file.sheet, file.header_row = run.mapping, run.sheet, run.header_row
    return file


def reading_of(kind: ListKind, run: ImportRun, **options: Any) -> Reading:
    """The reading of an uploaded list, with everything that was chosen and answered for it."""
    actor = Actor(run.started_by, "import")
    return Reading(file_of(kind, run), actor, Answers.of(run.source), run, **options)


def sheets_of(kind: ListKind, run: ImportRun) -> list[SheetOverview]:
    """What the file holds, sheet by sheet."""
    file = file_of(kind, run)
    return overview(file.table(), kind.columns.knowing(run.mapping), run.header_row)


def look_through(kind: ListKind, run: ImportRun) -> Preview:
    """Try the first rows without changing anything. Raises UnreadableFile."""
    reading = reading_of(kind, run, is_dry_run=True, most_rows=kind.previewed)
    if not kind.is_table(reading.file):
        reading.most_rows = kind.previewed_events
        with Report(keep=PREVIEW_SHOWN, label=kind.field_label) as report:
            kind.read(reading, report)
        return Preview([], Columns([], [], []), report, [], is_table=False)
    table = reading.file.table()
    columns = reading.file.columns(table)
    rows = [row.cells for row in islice(table.rows(), 20)]
    with Report(keep=PREVIEW_SHOWN, label=kind.field_label) as report:
        if "name" in columns.fields:
            kind.read(reading, report)
    sheets = overview(table, kind.columns.knowing(run.mapping), run.header_row)
    return Preview(sheets, columns, report, [_example(rows, at) for at in range(len(table.header))])


def _example(rows: list[list[str]], number: int) -> str:
    """The first cell of a column that has something in it."""
    cells = (row[number] for row in rows if number < len(row) and row[number])
    return next(cells, "")[:LONGEST_EXAMPLE]


def words_to_ask(run: ImportRun, preview: Preview | None = None) -> list[dict[str, Any]]:
    """The words that nobody answered yet, of a preview, else of the last reading of its source."""
    if preview:
        return asked_words(preview.report)
    return still_asked(run.source) if run.source else []


def read_in(kind: ListKind, run: ImportRun) -> None:
    """Read a list in, keep the report, and say how it ended; may be done again after a crash.

    The report is in the language of whoever began it.
    """
    with translation.override(run.language or settings.LANGUAGE_CODE):
        _read_in(kind, run)


def _read_in(kind: ListKind, run: ImportRun) -> None:
    report_path = Path(run.file.path).with_suffix(".report.csv")

    def tell(done: int, counts: Counter[str]) -> None:
        ImportRun.objects.filter(pk=run.pk).update(
            state="running", done=done, counts=dict(counts), touched_at=timezone.now()
        )

    tell(0, Counter())
    with Report(report_path, keep=SHOWN, label=kind.field_label) as report:
        try:
            kind.read(reading_of(kind, run, progress=tell), report)
            state, problem = ImportRun.State.DONE, ""
        except UnreadableFile as trouble:
            state, problem = ImportRun.State.FAILED, describe_problem(trouble)
    run.refresh_from_db()
    if state == ImportRun.State.DONE and kind.is_table(file_of(kind, run)):
        note_words(source_of(kind, run), report)
    run.state, run.problem, run.counts = state, problem, dict(report.counts)
    run.findings = [asdict(finding) for finding in report.first]
    run.report.save("report.csv", ContentFile(report_path.read_bytes()), save=False)
    report_path.unlink()
    run.save()


def has_stopped(run: ImportRun) -> bool:
    """True for a run that gave no sign of life for two minutes.

    It can be started again, and doubles nothing.
    """
    return run.is_under_way and (timezone.now() - run.touched_at).total_seconds() > STALE_SECONDS
