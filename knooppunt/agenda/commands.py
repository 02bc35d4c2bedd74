"""The commands of the agenda: read in calendars and lists, tell what is on, and tell the shares."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from knooppunt.agenda import lists, shares
from knooppunt.agenda.importing.run import Job
from knooppunt.agenda.importing.words import Lookup
from knooppunt.agenda.list_kind import ACTIVITY_LISTS
from knooppunt.agenda.models import Occurrence, Organiser
from knooppunt.core.imports.commands import list_arguments, read_list
from knooppunt.core.registry.list_kinds import Reading
from knooppunt.core.registry.modules import Command
from knooppunt.directory.models import Organisation, Place
from knooppunt.kit.dates import parse_day
from knooppunt.kit.findings import Report


def _import_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="calendar (.ics) or list (.csv, .xlsx)")
    parser.add_argument("--organiser", help="slug of the organisation that organises all of it")
    parser.add_argument("--place", help="slug of the place where all of it is")
    list_arguments(parser)


def _import(options: Namespace) -> int:
    path: Path = options.file
    if not path.exists():
        print(f"{path} is er niet / is not there.", file=sys.stderr)
        return 2
    found: dict[str, Any] = {}
    for name, model in (("organiser", Organisation), ("place", Place)):
        slug = getattr(options, name)
        found[name] = model._default_manager.filter(slug=slug).first() if slug else None
        if slug and found[name] is None:
            print(
                f"--{name}: {slug!r} staat niet in het register / is not in the register.",
                file=sys.stderr,
            )
            return 2
    organiser = found["organiser"]

    def read(reading: Reading, report: Report) -> None:
        lookup = Lookup(reading.answers)
        job = Job(
            reading.actor, reading.file, is_dry_run=reading.is_dry_run, lookup=lookup, **found
        )
        job.run(report)

    return read_list(ACTIVITY_LISTS, options, read, str(organiser.pk) if organiser else "")


def _agenda_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--from", dest="first", help="first day, such as 2026-12-01; today when left out"
    )
    parser.add_argument("--to", dest="last", help="last day; a week after the first when left out")
    parser.add_argument("--json", action="store_true", help="as a JSON list")


def _day(text: str | None, otherwise: date) -> date:
    found = parse_day(text) if text else otherwise
    if found is None:
        raise SystemExit(f"{text!r} is geen dag: typ jjjj-mm-dd / is no day: type yyyy-mm-dd")
    return found


def _agenda(options: Namespace) -> int:
    first = _day(options.first, timezone.localdate())
    last = _day(options.last, first + timedelta(days=6))
    rows = lists.filled(Occurrence.objects.shown().between(first, last).in_order())
    told = [_told(row) for row in rows]
    if options.json:
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        for one in told:
            print(
                f"{one['start'][:16]}  {one['title']}  {one['place'] or ''}  "
                f"{'' if one['status'] == 'confirmed' else one['status']}".rstrip()
            )
    return 0


def _told(row: lists.Row) -> dict[str, Any]:
    """One time as data; a whole day has days for its begin and end, the end not included."""
    activity = row.activity
    if row.is_all_day:
        start, end = (
            row.occurrence.day.isoformat(),
            (row.occurrence.last_day + timedelta(days=1)).isoformat(),
        )
    else:
        start, end = row.starts.isoformat(), row.ends.isoformat()
    place = (
        row.occurrence.location
        or ", ".join(one.name for one in row.places)
        or activity.location
        or None
    )
    return {
        "uid": activity.uid,
        "title": row.name,
        "start": start,
        "end": end,
        "status": row.occurrence.status,
        "place": place,
    }


def _shares_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--on", help="reference day, such as 2026-07-01; today when left out")
    parser.add_argument("--json", action="store_true", help="as a JSON list, one entry per wijk")


def _shares(options: Namespace) -> int:
    day = _day(options.on, timezone.localdate())
    counts = [shares.as_json(one, day) for one in shares.count(day)]
    if options.json:
        print(json.dumps(counts, ensure_ascii=False, indent=1))
        return 0
    print(str(shares.DEFINITION))
    for one in counts:
        print(
            f"\n{one['name'] or 'Alles / all'}: {one['total']:.2f} per week, {one['beside']} niet "
            f"geteld"
        )
        for part in one["classes"]:
            share = "-" if part["share"] is None else f"{part['share'] * 100:.1f}%"
            print(
                f"  {Organiser.Group(part['class']).label:45} {share:>7} "
                f"{part['weekly_equivalents']:8.2f} {part['items']:5}"
            )
    return 0


COMMANDS = (
    Command(
        "import agenda",
        "read in a calendar (.ics) or a list of activities (.csv, .xlsx)",
        _import,
        _import_arguments,
    ),
    Command("agenda", "tell what is in the agenda between two days", _agenda, _agenda_arguments),
    Command("shares", "tell who organises it, per wijk and class", _shares, _shares_arguments),
)
