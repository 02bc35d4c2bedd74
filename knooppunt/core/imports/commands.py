"""What every command that reads in a list has in common: options, source and summary."""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from knooppunt.core.audit.trail import Actor
from knooppunt.core.imports.answers import Answers
from knooppunt.core.imports.problems import describe_problem
from knooppunt.core.imports.sources import UnknownSource, new_source, remember_reading, source_for
from knooppunt.core.registry.list_kinds import ListKind, Progress, Reading
from knooppunt.kit.columns import BadMapping, Columns
from knooppunt.kit.findings import Finding, Report
from knooppunt.kit.tables import UnreadableFile

BY_IMPORT = Actor(None, "import")
OUTCOMES = ("created", "updated", "unchanged", "warning", "error")
PRINTED = 20
Read = Callable[[Reading, Report], None]


def list_arguments(parser: ArgumentParser) -> None:
    """The options of a command that reads in a list."""
    parser.add_argument(
        "--dry-run", action="store_true", help="report what would happen, change nothing"
    )
    parser.add_argument("--report", type=Path, help="write every finding to this CSV file")
    parser.add_argument("--map", type=Path, help="TOML file that says which column is which field")
    parser.add_argument(
        "--source", default="", help="read the columns and words as those of this source of lists"
    )
    parser.add_argument("--sheet", default="", help="read only the sheet of this name")
    parser.add_argument(
        "--header-row", type=int, default=0, help="the line on which the names of the columns stand"
    )


def read_list(kind: ListKind, options: Namespace, read: Read | None = None, owner: str = "") -> int:
    """Read in the file of a command as a list of a kind; gives the exit status.

    ``read`` replaces that of the kind.
    """
    file = kind.file(options.file)
    file.sheet, file.header_row = options.sheet, options.header_row
    try:
        file.mapping = kind.columns.read_mapping(options.map) if options.map else {}
    except BadMapping as problem:
        print(f"--map: {problem}", file=sys.stderr)
        return 2
    with Report(options.report, label=kind.field_label) as report:
        try:
            is_table = kind.is_table(file)
            source = source_for(kind, file, options.source, owner) if is_table else None
            columns = file.columns() if is_table else Columns([], [], [])
            reading = Reading(file, BY_IMPORT, Answers.of(source), is_dry_run=options.dry_run)
            reading.progress = _progress()
            (read or kind.read)(reading, report)
        except UnknownSource:
            print(f"--source: {options.source} is onbekend / is unknown.", file=sys.stderr)
            return 2
        except UnreadableFile as problem:
            return refuse(report, problem)
    for name, field in columns.by_name.items():
        print(f"  {name!r:32} -> {field or '(bewaard)'}")
    summarise(kind, report, options.dry_run)
    if is_table and not options.dry_run:
        source = source or new_source(kind, file, columns.header, owner)
        remember_reading(BY_IMPORT, source, file, columns, report)
    return 0


def refuse(report: Report, problem: UnreadableFile) -> int:
    """Say why the whole could not be read, in the report and on the screen.

    Gives the exit status.
    """
    sentence = describe_problem(problem)
    report.add(Finding(0, "error", "", "unreadable_file", sentence))
    print(sentence, file=sys.stderr)
    return 2


def _progress() -> Progress:
    began = time.monotonic()

    def tell(done: int, counts: Counter[str]) -> None:
        if sys.stderr.isatty():
            print(
                f"\r{done} regels, {counts['error']} fouten, {time.monotonic() - began:.0f} s",
                end="",
                file=sys.stderr,
            )

    return tell


def summarise(kind: ListKind, report: Report, is_dry_run: bool) -> None:
    """Print what became of a list: counts, kinds of findings, words to ask, first findings."""
    if is_dry_run:
        print("Proef: er is niets veranderd. / Dry run: nothing was changed.")
    for outcome in OUTCOMES:
        print(f"{outcome:10} {report.counts[outcome]:7}")
    for code, number in report.codes.most_common():
        print(f"  {code:22} {number:7}  {kind.message(code)}")
    for (name, word), asked in report.words.items():
        print(f"  ? {kind.field_label(name)}: {word} ({asked.rows}) {asked.hint}".rstrip())
    for finding in report.first[:PRINTED]:
        print(
            f"  {finding.place or '-'} {finding.name}: {finding.field} {finding.message}"
            f" {finding.suggestion}".rstrip()
        )
