"""What the open data offers the house."""

from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from knooppunt.core.registry.modules import Command, Module, Nav, register
from knooppunt.opendata import exports


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument(
        "dir", type=Path, help="folder to write CSV, JSON and the data dictionary into"
    )
    parser.add_argument(
        "--on", type=date.fromisoformat, help="as of this day, such as 2026-03-01; else today"
    )


def _export(options: Namespace) -> int:
    for name in exports.write_all(options.dir, options.on):
        print(options.dir / name)
    return 0


register(
    Module(
        name="opendata",
        label=_("Open data"),
        path="open/",
        urlconf="knooppunt.opendata.urls",
        nav=(
            Nav(
                _("Open data"),
                "opendata:index",
                "screen",
                _("Alles wat openbaar is, om zelf mee te werken."),
                group="know",
                order=60,
            ),
        ),
        commands=(
            Command("export", "write everything public as CSV and JSON", _export, _configure),
        ),
    )
)
