"""The commands of the house itself: backup and restore, and the daily round."""

from __future__ import annotations

import logging
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from django.core.management import call_command

from knooppunt.core.background import rounds
from knooppunt.core.backup import archive
from knooppunt.core.backup.restore import NotEmpty, restore
from knooppunt.core.backup.verification import DamagedBackup, check
from knooppunt.core.database.site_lock import preparing
from knooppunt.core.mail import delivery
from knooppunt.core.registry import modules
from knooppunt.core.registry.modules import Command, Module

MOST_SHOWN = 20
logger = logging.getLogger(__name__)
UNCHANGED = "Er is niets veranderd. / Nothing was changed."


def _file(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the backup file (a ZIP)")


def _backup(options: Namespace) -> int:
    try:
        counts = archive.write(options.file)
    except OSError as problem:
        print(
            f"{options.file}: {problem.strerror}. Kies een andere plaats / choose another place.",
            file=sys.stderr,
        )
        return 2
    print(
        f"{options.file}: {sum(counts.values())} rows, {options.file.stat().st_size // 1024} kB, "
        f"checked."
    )
    return 0


def _restore(options: Namespace) -> int:
    """Check first, so that a refused file leaves even an empty folder as it was."""
    try:
        check(options.file)
        with preparing():
            call_command("migrate", verbosity=0, interactive=False)
            call_command("createcachetable", verbosity=0)
            counts = restore(options.file)
    except DamagedBackup as problem:
        print(
            f"{options.file}: deze back-up is niet teruggezet / this backup was not restored: "
            f"{problem}. {UNCHANGED}",
            file=sys.stderr,
        )
        return 2
    except NotEmpty:
        print(
            "Deze site is niet leeg; zet een back-up terug in een lege map: --data DIR / "
            f"this site is not empty: choose an empty folder with --data DIR. {UNCHANGED}",
            file=sys.stderr,
        )
        return 2
    except OSError as problem:
        print(f"{problem.filename}: {problem.strerror}. {UNCHANGED}", file=sys.stderr)
        return 2
    print(f"{sum(counts.values())} rows restored and counted.")
    return 0


def _daily(options: Namespace) -> int:
    """Every part erases before it writes to people; what fails is told, and the rest is done."""
    with rounds.watching() as failures:
        for module in modules.active():
            if module.daily:
                _say_daily(module, failures)
        # Where no worker runs beside the server, the round itself sends what it put in the queue.
        print(f"mail: {rounds.run_steps(('mails sent', delivery.deliver_due))}")
    if failures:
        print(
            f"{len(failures)} keer ging iets niet, al het andere is gedaan; het staat op de "
            f"werklijst. / "
            f"{len(failures)} things failed, all the rest was done; see the worklist.",
            *failures[:MOST_SHOWN],
            sep="\n  ",
            file=sys.stderr,
        )
    return 1 if failures else 0


def _say_daily(module: Module, failures: list[str]) -> None:
    try:
        print(f"{module.name}: {module.daily() if module.daily else ''}")
    except Exception as problem:  # one part's trouble must not keep the others from their round
        logger.exception("%s: the daily round failed", module.name)
        failures.append(f"{module.name}: {type(problem).__name__}: {problem}")


COMMANDS = (
    Command("backup", "keep the whole site in one checked file, while it runs", _backup, _file),
    Command("restore", "put a backup back on an empty site", _restore, _file),
    Command(
        "daily",
        "the daily round: ask for confirmation, forget what is due; run it once a day",
        _daily,
    ),
)
