"""The command ``knooppunt``: everything a keeper of the site does from a terminal."""

from __future__ import annotations

import argparse
import os
import sqlite3
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import django

from knooppunt.core.database.disk import is_disk_full

DESCRIPTION = (
    "Knooppunt: a node of neighbourhood networks. Commands work on the site in the data folder, "
    "while it runs."
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the command line, and end with the command's status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    _choose_data(given)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "knooppunt.config.settings")
    try:
        django.setup()
        from knooppunt.core.database import site_lock  # noqa: PLC0415 - Django must be set up first

        parser = build()
        options = parser.parse_args(given)
        if options.needs_site:
            site_lock.wait_until_prepared()
        raise SystemExit(options.run(options))
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
    except Exception as problem:
        sentence = explained(problem)
        if sentence is None:
            raise
        print(sentence, file=sys.stderr)
        raise SystemExit(1) from None


def _choose_data(given: list[str]) -> None:
    """``--data DIR`` counts wherever it stands, and must be known before the settings are read."""
    early = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    early.add_argument("--data", type=Path)
    known, rest = early.parse_known_args(given)
    if known.data:
        os.environ["KNOOPPUNT_DATA"] = str(known.data.expanduser().resolve())
    given[:] = rest


def build() -> argparse.ArgumentParser:
    """The parser with the commands of every module that is on; ``import directory`` is
    ``import`` with a part.
    """
    from knooppunt.config.serve import COMMANDS  # noqa: PLC0415 - Django must be set up first
    from knooppunt.core.registry import modules  # noqa: PLC0415

    parser = argparse.ArgumentParser(
        "knooppunt", description=DESCRIPTION, epilog="--data DIR works with every command."
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    groups: dict[str, Any] = {}
    for command in [*COMMANDS, *modules.gathered("commands")]:
        first, _space, second = command.name.partition(" ")
        if second and first not in groups:
            group = commands.add_parser(
                first, help=f"{first} something: see 'knooppunt {first} --help'"
            )
            groups[first] = group.add_subparsers(title="commands", required=True, metavar="WHAT")
        sub = (groups[first] if second else commands).add_parser(
            second or first, help=command.help, description=command.help
        )
        command.configure(sub)
        sub.set_defaults(run=command.run, needs_site=command not in COMMANDS)
    return parser


def explained(problem: Exception) -> str | None:
    """One sentence for what can go wrong on a small server; None for anything else."""
    text = str(problem).lower()
    if is_disk_full(problem):
        return (
            "De schijf is vol: maak ruimte vrij en begin opnieuw. / The disk is full: free some "
            "space and try again."
        )
    if isinstance(problem, PermissionError):
        return f"{problem.filename}: geen toegang / no access; kies een andere map met --data."
    if (
        isinstance(problem, (FileNotFoundError, IsADirectoryError, NotADirectoryError))
        and problem.filename
    ):
        return f"{problem.filename}: {problem.strerror}. Kies een ander pad / choose another path."
    if "no such table" in text or ('relation "' in text and "does not exist" in text):
        return (
            "Er is hier nog geen site: begin met ./start of knooppunt prepare. / There is no site "
            "here yet: run ./start or knooppunt prepare."
        )
    if isinstance(problem.__cause__, sqlite3.OperationalError) and "unable to open" in text:
        return (
            "De database kan niet worden geopend: kies een andere map met --data. / The database "
            "cannot be opened."
        )
    return None


if __name__ == "__main__":
    main()
