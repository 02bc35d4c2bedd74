"""The commands of the register: import lists and areas, tell figures, make an example, and the daily round."""

from __future__ import annotations

import json
import sys
import time
from argparse import ArgumentParser, Namespace
from collections import Counter
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from knooppunt.core import published
from knooppunt.core.modules import Command
from knooppunt.core.trail import Actor
from knooppunt.directory.actions.areas import UnreadableAreas, import_areas
from knooppunt.directory.demo import load_example
from knooppunt.directory.importing import register
from knooppunt.directory.importing.codes import field_label, message
from knooppunt.directory.importing.columns import BadMapping, read_mapping
from knooppunt.directory.importing.run import Job, Progress
from knooppunt.directory.importing.sources import UnknownSource, remember_reading, source_for
from knooppunt.directory.invented import invent
from knooppunt.directory.models import Area, Organisation, Place
from knooppunt.kit.dates import parse_day
from knooppunt.kit.findings import Finding, Report
from knooppunt.kit.tables import UnreadableFile

BY_IMPORT = Actor(None, "import")


def _directory_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "file",
        type=Path,
        help="CSV or XLSX, or register.json (or its folder) from knooppunt export",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="report what would happen, change nothing"
    )
    parser.add_argument("--report", type=Path, help="write every finding to this CSV file")
    parser.add_argument("--map", type=Path, help="TOML file that says which column is which field")
    parser.add_argument(
        "--source", default="", help="read the columns and words as those of this source of lists"
    )
    sheet_arguments(parser)


def sheet_arguments(parser: ArgumentParser) -> None:
    """The choice of sheet and heading row, for every command that reads a list."""
    parser.add_argument("--sheet", default="", help="read only the sheet of this name")
    parser.add_argument(
        "--header-row", type=int, default=0, help="the line on which the names of the columns stand"
    )


def _directory(options: Namespace) -> int:
    path: Path = options.file
    if not path.exists():
        print(f"{path} is er niet / is not there.", file=sys.stderr)
        return 2
    if path.is_dir() or path.suffix == ".json":
        return _exported(path / "register.json" if path.is_dir() else path)
    try:
        mapping = read_mapping(options.map) if options.map else {}
    except BadMapping as problem:
        print(f"--map: {problem}", file=sys.stderr)
        return 2
    with Report(options.report, label=field_label) as report:
        job = Job(
            path,
            BY_IMPORT,
            mapping,
            options.dry_run,
            sheet=options.sheet,
            header_row=options.header_row,
            progress=_progress(),
        )
        try:
            source = source_for(job, options.source)
            columns = job.run(report)
        except UnknownSource:
            print(f"--source: {options.source} is onbekend / is unknown.", file=sys.stderr)
            return 2
        except UnreadableFile as problem:
            report.add(
                Finding(
                    0, "error", "", "unreadable_file", message("unreadable_file", value=problem)
                )
            )
            print(report.first[-1].message, file=sys.stderr)
            return 2
    for name, field in columns.by_name.items():
        print(f"  {name!r:32} -> {field or '(bewaard)'}")
    _summary(report, options.dry_run)
    if not options.dry_run:
        remember_reading(BY_IMPORT, job, source, columns, report)
    return 0


def _exported(path: Path) -> int:
    try:
        counts = register.take_in(BY_IMPORT, path)
    except register.UnreadableRegister as problem:
        print(str(problem), file=sys.stderr)
        return 2
    print(", ".join(f"{number} {what}" for what, number in counts.items()))
    return 0


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


def _summary(report: Report, is_dry_run: bool) -> None:
    if is_dry_run:
        print("Proef: er is niets veranderd. / Dry run: nothing was changed.")
    for outcome in ("created", "updated", "unchanged", "warning", "error"):
        print(f"{outcome:10} {report.counts[outcome]:7}")
    for code, number in report.codes.most_common():
        print(f"  {code:22} {number:7}  {message_of(code)}")
    for (name, word), asked in report.words.items():
        print(f"  ? {field_label(name)}: {word} ({asked.rows}) {asked.hint}".rstrip())
    for finding in report.first[:20]:
        print(
            f"  regel {finding.place or '-'} {finding.name}: {finding.field} {finding.message}"
            f" {finding.suggestion}".rstrip()
        )


def message_of(code: str) -> str:
    """The sentence of a code without its values."""
    return message(code)


def _areas_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "file", type=Path, help="GeoJSON of the CBS Wijk- en Buurtkaart, in degrees (WGS84)"
    )


def _areas(options: Namespace) -> int:
    try:
        report = import_areas(BY_IMPORT, options.file)
    except UnreadableAreas as problem:
        print(
            f"{options.file}: {problem}. Er is niets veranderd / nothing was changed.",
            file=sys.stderr,
        )
        return 2
    for what in ("created", "updated", "unchanged", "not_published"):
        names = getattr(report, what)
        print(f"{what:14} {len(names):4}  {', '.join(names[:12])}")
    for name, total in report.totals.items():
        print(f"{name}: {total if total is not None else 'geen gegevens'} inwoners")
    return 0


def _figures_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--on", default="", help="reference day, such as 2026-07-01 (today when not given)"
    )
    parser.add_argument("--area", default="", help="slug, name or code of an area")
    parser.add_argument(
        "--json", action="store_true", help="with definition and the list behind each number"
    )


def _figures(options: Namespace) -> int:
    day = parse_day(options.on) if options.on else timezone.localdate()
    if day is None:
        print(
            f"--on {options.on}: typ een dag als 2026-07-01 / type a day such as 2026-07-01.",
            file=sys.stderr,
        )
        return 2
    area = find_area(options.area) if options.area else None
    if options.area and area is None:
        names = ", ".join(Area.objects.doors().values_list("slug", flat=True))
        print(f"--area {options.area}: onbekend / unknown; {names}", file=sys.stderr)
        return 2
    told = published.told(day, area, settings.PUBLIC_URL)
    if options.json:
        print(json.dumps(list(told), ensure_ascii=False, indent=1))
    else:
        for row in told:
            value = "-" if row["value"] is None else row["value"]  # what is unknown is no zero
            print(f"{value:>7}  {row['unit']}  {row['title']}")
    return 0


def find_area(word: str) -> Area | None:
    """The area with a slug, code or name; for a name the wijk goes before the area around it."""
    by_slug = (
        Area.objects.filter(slug=word.lower()).first()
        or Area.objects.filter(code__iexact=word).first()
    )
    if by_slug:
        return by_slug
    same = list(Area.objects.filter(name__iexact=word))
    return min(same, key=lambda area: {"wijk": 0, "buurt": 1}.get(area.level, 2)) if same else None


def _example_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--organisations",
        type=int,
        default=0,
        help="how many invented organisations to add, for load tests",
    )
    parser.add_argument(
        "--seed", type=int, default=1, help="the same seed invents the same neighbourhood"
    )


def _example(options: Namespace) -> int:
    if options.organisations < 0 or options.organisations > 200_000:
        print("--organisations: 0 tot 200000 / 0 to 200000.", file=sys.stderr)
        return 2
    if not options.organisations:
        if Organisation.objects.exists():
            print(
                "Het register is niet leeg; het voorbeeld laden kan alleen op een lege site. / The register is not empty.",
                file=sys.stderr,
            )
            return 2
        load_example()
        print(f"{Organisation.objects.count()} organisations, {Place.objects.count()} places.")
        return 0
    print(
        ", ".join(
            f"{number} {what}"
            for what, number in invent(options.organisations, options.seed).items()
        )
    )
    return 0


COMMANDS = (
    Command(
        "import directory",
        "read a spreadsheet of organisations and places",
        _directory,
        _directory_arguments,
    ),
    Command("import areas", "read official areas (CBS GeoJSON)", _areas, _areas_arguments),
    Command(
        "example",
        "load the example, or invent a neighbourhood of any size",
        _example,
        _example_arguments,
    ),
    Command("figures", "tell every figure with its list", _figures, _figures_arguments),
)
