"""The command that makes a report in all its forms: from what was published, or as a draft of
this moment.
"""

from __future__ import annotations

import sys
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from knooppunt.core.pdf.documents import PaperError
from knooppunt.core.registry.modules import Command
from knooppunt.directory.models import Area, Organisation
from knooppunt.kit.periods import BadPeriod, Period, parse_period
from knooppunt.report.actions.reports import address_of, blank, refuse_period
from knooppunt.report.drafting import draft
from knooppunt.report.freezing import opened
from knooppunt.report.models import Edition, Funder, Report
from knooppunt.report.outputs.folder import write_all
from knooppunt.report.readable import ReadableReport

# Where ./start serves the site while it is tried out.
HERE = "http://127.0.0.1:8000"
UNKNOWN = "{what}: onbekend / unknown. {known}"


def _arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "period", help="a half-year such as 2026-1, or days such as 2026-03-01--2026-05-31"
    )
    parser.add_argument(
        "--scope",
        default="",
        help="slug of a wijk, a network or a funder; everything when not given",
    )
    parser.add_argument(
        "--draft", action="store_true", help="count it now, also when it was published"
    )
    parser.add_argument(
        "--out", type=Path, help="the folder to write to (halfjaarbericht-PERIOD when not given)"
    )


def _run(options: Namespace) -> int:
    try:
        period = parse_period(options.period)
        area, network, funder = _scope(options.scope)
        readable = _readable(period, area, network, options.draft)
    except (BadPeriod, LookupError, ValidationError) as problem:
        print(_sentence(problem, options), file=sys.stderr)
        return 2
    readable.site = settings.PUBLIC_URL or HERE
    if funder and readable.document.funder(funder) is None:
        print(
            f"--scope {options.scope}: dit fonds staat niet in deze editie; met --draft wel / not "
            f"in this edition; try --draft.",
            file=sys.stderr,
        )
        return 2
    folder: Path = options.out or Path(f"halfjaarbericht-{address_of(period, area, network)}")
    wrong = next(
        (path for path in (folder, folder / "pictures") if path.exists() and not path.is_dir()),
        None,
    )
    if wrong:
        print(f"--out {wrong}: dit is geen map / not a folder.", file=sys.stderr)
        return 2
    began = time.perf_counter()
    try:
        made = write_all(
            readable, folder, lambda name, seconds: print(f"{seconds:7.2f} s  {name}"), funder
        )
    except PaperError as problem:
        print(f"{problem} {problem.__cause__ or ''}", file=sys.stderr)
        return 1
    print(f"{time.perf_counter() - began:7.2f} s  {len(made)} files in {folder}")
    return 0


def _sentence(problem: Exception, options: Namespace) -> str:
    if isinstance(problem, BadPeriod):
        return (
            f"{options.period}: typ een half jaar als 2026-1 of dagen als 2026-03-01--2026-05-31 "
            f"/ type a half-year or days."
        )
    if isinstance(problem, ValidationError):
        return f"{options.period}: {' '.join(problem.messages)}"
    return str(problem.args[0])


def _scope(text: str) -> tuple[Area | None, Organisation | None, str]:
    """The wijk, the network, or the funder that is asked for.

    Raises LookupError with a sentence.
    """
    if not text:
        return None, None, ""
    name = text.strip()
    same = Q(slug=name) | Q(name__iexact=name)
    area = Area.objects.filter(same | Q(code=name)).order_by("pk").first() if name else None
    network = (
        Organisation.objects.public().networks().filter(slug=name).first() if area is None else None
    )
    funder = Funder.objects.filter(same).first() if area is None and network is None else None
    if area is None and network is None and funder is None:
        known = [
            *Area.objects.doors().values_list("slug", flat=True),
            *Organisation.objects.public().networks().values_list("slug", flat=True),
            *Funder.objects.values_list("slug", flat=True),
        ]
        raise LookupError(UNKNOWN.format(what=f"--scope {text}", known=", ".join(known)))
    return area, network, funder.slug if funder else ""


def _readable(
    period: Period, area: Area | None, network: Organisation | None, is_draft: bool
) -> ReadableReport:
    """What was published; else, or when a draft is asked for, the report as it is now."""
    refuse_period(period)
    address = address_of(period, area, network)
    edition = Edition.objects.select_related("report").filter(report__slug=address).first()
    if edition is not None and not is_draft:
        return opened(edition)
    began = time.perf_counter()
    report = Report.objects.filter(slug=address).first() or blank(period, area, network)
    readable = draft(report, f"/beheer/halfjaarbericht/{address}/voorbeeld/")
    print(
        f"{time.perf_counter() - began:7.2f} s  geteld / counted: "
        f"{len(readable.document.marks())} getallen"
    )
    if not is_draft:
        print(
            "Dit bericht is nog niet gepubliceerd; dit is een concept / not published yet: this "
            "is a draft.",
            file=sys.stderr,
        )
    if period.until >= timezone.localdate():
        print(
            f"De periode loopt nog; geteld tot en met {readable.document.until} / the period "
            f"still runs.",
            file=sys.stderr,
        )
    return readable


COMMANDS = (
    Command(
        "report",
        "make a report in all its forms: page, PDF, tables, pictures and mail",
        _run,
        _arguments,
    ),
)
