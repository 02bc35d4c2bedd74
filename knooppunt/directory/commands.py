"""The commands of the register: import lists and areas, tell figures, make an example, and the
daily round.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from knooppunt.core.imports.commands import BY_IMPORT, list_arguments, read_list
from knooppunt.core.registry import figure_registry, modules
from knooppunt.core.registry.modules import Command
from knooppunt.directory.actions.areas import UnreadableAreas, import_areas
from knooppunt.directory.importing import register
from knooppunt.directory.list_kind import REGISTER_LISTS
from knooppunt.directory.models import Area, Organisation, Place
from knooppunt.directory.synthetic import make_synthetic_neighbourhood
from knooppunt.kit.dates import parse_day


def _directory_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "file",
        type=Path,
        help="CSV or XLSX, or register.json (or its folder) from knooppunt export",
    )
    list_arguments(parser)


def _directory(options: Namespace) -> int:
    path: Path = options.file
    if not path.exists():
        print(f"{path} is er niet / is not there.", file=sys.stderr)
        return 2
    if path.is_dir() or path.suffix == ".json":
        return _exported(path / "register.json" if path.is_dir() else path)
    return read_list(REGISTER_LISTS, options)


def _exported(path: Path) -> int:
    try:
        counts = register.take_in(BY_IMPORT, path)
    except register.UnreadableRegister as problem:
        print(str(problem), file=sys.stderr)
        return 2
    print(", ".join(f"{number} {what}" for what, number in counts.items()))
    return 0


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
    told = figure_registry.figures_as_json(day, area, settings.PUBLIC_URL)
    if options.json:
        print(json.dumps(list(told), ensure_ascii=False, indent=1))
    else:
        for row in told:
            value = "-" if row["value"] is None else row["value"]  # what is unknown is no zero
            lines = sum(item["is_example"] for item in row["items"])
            beside = f" (regels voorbeeld / lines of the example: {lines})" if lines else ""
            print(f"{value:>7}  {row['unit']}  {row['title']}{beside}")
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
                "Het register is niet leeg; het voorbeeld laden kan alleen op een lege site. / "
                "The register is not empty.",
                file=sys.stderr,
            )
            return 2
        modules.load_examples()
        print(f"{Organisation.objects.count()} organisations, {Place.objects.count()} places.")
        return 0
    print(
        ", ".join(
            f"{number} {what}"
            for what, number in make_synthetic_neighbourhood(
                options.organisations, options.seed
            ).items()
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
