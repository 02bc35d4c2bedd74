"""Lists that are uploaded on the site: kept, looked through first, then read in while the page shows how far it is."""

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

from knooppunt.core.models import ImportRun, ImportSource
from knooppunt.core.trail import Actor
from knooppunt.directory.importing.answers import Answers
from knooppunt.directory.importing.codes import field_label, message
from knooppunt.directory.importing.columns import Columns, knowing
from knooppunt.directory.importing.run import Job
from knooppunt.directory.importing.sources import (
    asked_words,
    find_source,
    new_source,
    note_words,
    sheet_in,
    still_asked,
)
from knooppunt.kit.findings import Report
from knooppunt.kit.table_overview import SheetOverview, overview
from knooppunt.kit.tables import LARGEST_FILE, UnreadableFile

PREVIEWED = 500
STALE_SECONDS = 120


@dataclass
class Preview:
    """What a look through an uploaded list shows: its sheets, its columns with an example each, and what would happen."""

    sheets: list[SheetOverview]
    columns: Columns
    report: Report
    examples: list[str]

    @property
    def has_name(self) -> bool:
        """True when a column holds names, without which nothing can be read."""
        return "name" in self.columns.fields


def receive(user: Any, upload: UploadedFile, source: ImportSource | None = None) -> ImportRun:
    """Keep an uploaded list, read as the last one of its source. Raises UnreadableFile for what is no spreadsheet.

    Without a source it is that of earlier lists with this name and these columns; a list that cannot be read is not kept.
    """
    if (upload.size or 0) > LARGEST_FILE:
        raise UnreadableFile("too_large", f"{LARGEST_FILE // 1024 // 1024} MB")
    run = ImportRun(
        name=(upload.name or "lijst")[-200:], started_by=user, language=get_language() or ""
    )
    run.file.save("list.bin", upload, save=False)
    try:
        read_as(run, source or find_source(run.name, job_of(run).header))
    except UnreadableFile:
        run.file.delete(save=False)
        raise
    run.save()
    return run


def read_as(run: ImportRun, source: ImportSource | None, sheet: str = "", row: int = 0) -> None:
    """Read a list as the lists of a source, from a sheet and a row of headings when these are chosen."""
    run.source, run.mapping = source, dict(source.mapping) if source else {}
    run.sheet, run.header_row = sheet, row
    if source and not sheet:
        run.sheet = sheet_in(job_of(run), source.sheet)
    run.mapping = job_of(run).columns().by_name


def source_of(run: ImportRun) -> ImportSource:
    """The source of a list; one without gets a source of its own."""
    if run.source is None:
        run.source = new_source(run.name, run.mapping)
        run.save(update_fields=["source", "touched_at"])
    return run.source


def job_of(run: ImportRun, **options: Any) -> Job:
    """The import of an uploaded list, with everything that was chosen and answered for it."""
    return Job(
        Path(run.file.path),
        Actor(run.started_by, "import"),
        run.mapping,
        name=run.name,
        sheet=run.sheet,
        header_row=run.header_row,
        answers=Answers.of(run.source),
        **options,
    )


def sheets_of(run: ImportRun) -> list[SheetOverview]:
    """What the file holds, sheet by sheet."""
    return overview(job_of(run).table(), knowing(run.mapping), run.header_row)


def look_through(run: ImportRun) -> Preview:
    """Try the first rows without changing anything."""
    job = job_of(run, is_dry_run=True, most_rows=PREVIEWED)
    table, columns = job.table(), job.columns()
    rows = [row.cells for row in islice(table.rows(), 20)]
    with Report(keep=50, label=field_label) as report:
        if "name" in columns.fields:
            job.run(report)
    sheets = overview(table, knowing(run.mapping), run.header_row)
    return Preview(sheets, columns, report, [_example(rows, at) for at in range(len(table.header))])


def _example(rows: list[list[str]], number: int) -> str:
    """The first cell of a column that has something in it."""
    return next((row[number][:80] for row in rows if number < len(row) and row[number]), "")


def words_to_ask(run: ImportRun, preview: Preview | None = None) -> list[dict[str, Any]]:
    """The words of a list that nobody answered yet: those of a preview, else of the last reading of its source."""
    if preview:
        return asked_words(preview.report)
    return still_asked(run.source) if run.source else []


def run(pk: int) -> None:
    """Read a list in, keep the report, and say how it ended; may be run again after a crash.

    The report is in the language of whoever began it.
    """
    one = ImportRun.objects.select_related("started_by").get(pk=pk)
    with translation.override(one.language or settings.LANGUAGE_CODE):
        _read_in(one)


def _read_in(one: ImportRun) -> None:
    report_path = Path(one.file.path).with_suffix(".report.csv")

    def tell(done: int, counts: Counter[str]) -> None:
        ImportRun.objects.filter(pk=one.pk).update(
            state="running", done=done, counts=dict(counts), touched_at=timezone.now()
        )

    tell(0, Counter())
    with Report(report_path, keep=200, label=field_label) as report:
        try:
            job_of(one, progress=tell).run(report)
            state, problem = ImportRun.State.DONE, ""
        except UnreadableFile as trouble:
            state, problem = ImportRun.State.FAILED, message("unreadable_file", value=trouble)
    one.refresh_from_db()
    if state == ImportRun.State.DONE:
        note_words(source_of(one), report)
    one.state, one.problem, one.counts = state, problem, dict(report.counts)
    one.findings = [asdict(finding) for finding in report.first]
    one.report.save("report.csv", ContentFile(report_path.read_bytes()), save=False)
    report_path.unlink()
    one.save()


def has_stopped(run: ImportRun) -> bool:
    """True for a run that gave no sign of life for two minutes; it can be started again, and doubles nothing."""
    waiting = run.state in (ImportRun.State.RUNNING, ImportRun.State.QUEUED)
    return waiting and (timezone.now() - run.touched_at).total_seconds() > STALE_SECONDS
