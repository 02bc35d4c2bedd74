"""The commands of the house itself: backup and restore, and the daily round."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from django.core.management import call_command

from knooppunt.core import backup, delivery, modules
from knooppunt.core.backup_check import DamagedBackup, check
from knooppunt.core.modules import Command
from knooppunt.core.restore import NotEmpty, restore
from knooppunt.core.site_lock import preparing

UNCHANGED = "Er is niets veranderd. / Nothing was changed."


def _file(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="the backup file (a ZIP)")


def _backup(options: Namespace) -> int:
    try:
        counts = backup.write(options.file)
    except OSError as problem:
        print(
            f"{options.file}: {problem.strerror}. Kies een andere plaats / choose another place.",
            file=sys.stderr,
        )
        return 2
    print(
        f"{options.file}: {sum(counts.values())} rows, {options.file.stat().st_size // 1024} kB, checked."
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
    status = 0
    for module in modules.active():
        if module.daily:
            try:
                print(f"{module.name}: {module.daily()}")
            except (
                Exception
            ) as problem:  # one module's trouble must not keep the others from their round
                print(f"{module.name}: {type(problem).__name__}: {problem}", file=sys.stderr)
                status = 1
    # Where no worker runs beside the server, the round itself sends what it put in the queue.
    print(f"mail: {delivery.deliver_due()} sent")
    return status


COMMANDS = (
    Command("backup", "keep the whole site in one checked file, while it runs", _backup, _file),
    Command("restore", "put a backup back on an empty site", _restore, _file),
    Command(
        "daily",
        "the daily round: ask for confirmation, forget what is due; run it once a day",
        _daily,
    ),
)
