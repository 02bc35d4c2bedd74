"""Lists that are uploaded on the site: kept, looked through first, then read in while the page shows how far it is."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone, translation
from django.utils.translation import get_language

from knooppunt.core.models import ImportRun
from knooppunt.core.trail import Actor
from knooppunt.directory.importing.codes import field_label, message
from knooppunt.directory.importing.columns import Columns
from knooppunt.directory.importing.run import Job
from knooppunt.kit.findings import Report
from knooppunt.kit.tables import LARGEST_FILE, UnreadableFile, open_table

PREVIEWED = 500
STALE_SECONDS = 120


def receive(user: object, upload: UploadedFile) -> ImportRun:
    """Keep an uploaded list. Raises UnreadableFile for what is no spreadsheet; then nothing is kept."""
    if (upload.size or 0) > LARGEST_FILE:
        raise UnreadableFile("too_large", f"{LARGEST_FILE // 1024 // 1024} MB")
    run = ImportRun(
        name=(upload.name or "lijst")[-200:], started_by=user, language=get_language() or ""
    )  # type: ignore[misc]
    run.file.save("list.bin", upload, save=False)
    try:
        columns = Job(Path(run.file.path), Actor()).columns()
    except UnreadableFile:
        run.file.delete(save=False)
        raise
    run.mapping = columns.by_name
    run.save()
    return run


def look_through(run: ImportRun) -> tuple[Columns, Report, list[list[str]]]:
    """Try the first rows without changing anything: how columns are read, what would be found, and some rows to show."""
    path = Path(run.file.path)
    job = Job(path, Actor(None, "import"), run.mapping, is_dry_run=True, most_rows=PREVIEWED)
    rows = []
    for row in open_table(path).rows():
        rows.append(row.cells)
        if len(rows) == 3:
            break
    with Report(keep=50, label=field_label) as report:
        columns = job.columns()
        if "name" in columns.fields:
            job.run(report)
    return columns, report, rows


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
            Job(
                Path(one.file.path),
                Actor(one.started_by, "import"),
                one.mapping,
                name=one.name,
                progress=tell,
            ).run(report)
            state, problem = ImportRun.State.DONE, ""
        except UnreadableFile as trouble:
            state, problem = ImportRun.State.FAILED, message("unreadable_file", value=trouble)
    one.refresh_from_db()
    one.state, one.problem, one.counts = state, problem, dict(report.counts)
    one.findings = [asdict(finding) for finding in report.first]
    one.report.save("report.csv", ContentFile(report_path.read_bytes()), save=False)
    report_path.unlink()
    one.save()


def has_stopped(run: ImportRun) -> bool:
    """True for a run that gave no sign of life for two minutes; it can be started again, and doubles nothing."""
    waiting = run.state in (ImportRun.State.RUNNING, ImportRun.State.QUEUED)
    return waiting and (timezone.now() - run.touched_at).total_seconds() > STALE_SECONDS
