"""Every command on a site where nothing was entered yet, and read by somebody who closes the
terminal early.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from knooppunt.config.serve import COMMANDS
from knooppunt.core.registry import modules
from knooppunt.directory.tests.make import write_csv
from tests.site_process import ROOT, Site

SERVING = {"serve", "prepare", "worker"}
FILES = {
    "list.csv": ["Naam", "Soort"],
    "agenda.csv": ["Titel", "Wanneer"],
}
RIGHT = {  # what each command is given, and its exit status on an empty site
    "backup {out}/site.zip": 0,
    "restore {out}/nothing.zip": 2,
    "daily": 0,
    "coordinator new@example.org": 0,
    "coordinator nobody": 2,
    "import directory {list}": 0,
    "import directory {out}/nothing.csv": 2,
    "import areas {out}/nothing.geojson": 2,
    "import agenda {agenda}": 0,
    "example": 0,
    "figures": 0,
    "figures --json": 0,
    "figures --on 1990-01-01": 0,
    "agenda": 0,
    "agenda --json": 0,
    "shares": 0,
    "shares --json": 0,
    "reindex --words-only": 0,
    "find fiets --words-only": 0,
    "find fiets --words-only --json": 0,
    "export {out}/open": 0,
    "report 2026-1 --draft --out {out}/report": 2,
}


def test_every_command_is_tried() -> None:
    names = {command.name for command in (*COMMANDS, *modules.gathered("commands"))}
    tried = {name for name in names if any(line.startswith(name) for line in RIGHT)}
    assert names - tried == SERVING


@pytest.mark.django_db
@pytest.mark.parametrize("line", RIGHT)
def test_a_command_on_an_empty_site_answers(
    line: str, terms: None, knooppunt: Callable[..., int], tmp_path: Path, capsys: Any
) -> None:
    lists = {name.split(".")[0]: write_csv(tmp_path / name, head) for name, head in FILES.items()}
    words = line.format(out=tmp_path, **lists).split()
    assert knooppunt(*words) == RIGHT[line], capsys.readouterr()
    if "--json" in words:
        json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("words", ["figures", "agenda", "shares --json", "--help", "find fiets"])
def test_a_reader_who_closes_early_sees_no_error(words: str, tmp_path: Path) -> None:
    site = Site(tmp_path / "site")
    if words != "--help":
        site.run("prepare")
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "knooppunt.config.cli", *words.split()]
    process = subprocess.run(
        command,
        cwd=ROOT,
        env=site.environment,
        stdout=writing,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writing)
    assert "Traceback" not in process.stderr and "Exception" not in process.stderr
