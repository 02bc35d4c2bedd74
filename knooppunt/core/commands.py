"""The commands of the house itself: backup and restore, and the daily round."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from django.core.management import call_command

from knooppunt.core import backup, modules
from knooppunt.core.modules import Command


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
    try:
        backup.check(options.file)
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        counts = backup.restore(options.file)
    except backup.DamagedBackup as problem:
        print(
            f"{options.file} is beschadigd of geen back-up / is damaged or no backup ({problem}). Er is niets veranderd.",
            file=sys.stderr,
        )
        return 2
    except backup.NotEmpty:
        print(
            "Deze site is niet leeg; zet een back-up terug in een lege map: --data DIR / this site is not empty.",
            file=sys.stderr,
        )
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
