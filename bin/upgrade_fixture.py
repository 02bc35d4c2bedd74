"""Keeps a site of this version beside the tests, for every later version to take over.

``python bin/upgrade_fixture.py VERSION`` makes the example in an empty folder and writes to
``tests/upgrades/VERSION/`` its database, its backup and what both must show (``expected.json``).
"""

from __future__ import annotations

import json
import lzma
import os
import secrets
import shutil
import sqlite3
import sys
import tempfile
import zipfile
from datetime import datetime
from pathlib import Path

import django
import time_machine

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "knooppunt" / "example" / "delfshaven"
UPGRADES = ROOT / "tests" / "upgrades"
AS_HARD_AS_IT_CAN = 9 | lzma.PRESET_EXTREME


def make(folder: Path, version: str, data: Path) -> None:
    """Make the example in ``data`` as it is at noon today, and keep it in ``folder``."""
    moment = datetime.now().astimezone().replace(hour=12, minute=0, second=0, microsecond=0)
    # Its own coalition file, whatever becomes of the example's.
    shutil.copytree(EXAMPLE, data, dirs_exist_ok=True)
    os.environ |= {
        "KNOOPPUNT_DATA": str(data),
        "KNOOPPUNT_SECRET_KEY": secrets.token_hex(32),  # given, so that no key lies in the folder
        "KNOOPPUNT_MEANING": "0",
        "KNOOPPUNT_URL": "",
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "knooppunt.config.settings",
    }
    sys.path.insert(0, str(ROOT))
    with time_machine.travel(moment, tick=False):
        django.setup()
        from knooppunt.core.background import stored_results  # noqa: PLC0415 - Django must be set up first
        from tests import observed  # noqa: PLC0415

        stored_results.CHEAP = 60_000  # a slow machine keeps the same as a quick one
        run("prepare", "--example")
        run("backup", str(data / "backup.zip"))
        kept = {"version": version, "moment": moment.isoformat(), **observed.expected()}
    folder.mkdir(parents=True)
    text = json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True)
    (folder / "expected.json").write_text(text + "\n", encoding="utf-8")
    pack(stored(data / "backup.zip"), folder / "backup.zip.xz")
    pack(vacuumed(data / "knooppunt.sqlite3"), folder / "knooppunt.sqlite3.xz")


def run(*arguments: str) -> None:
    """Run the command ``knooppunt``; raises RuntimeError when it fails."""
    from knooppunt.config.cli import main  # noqa: PLC0415 - the settings are read with it

    try:
        main(arguments)
    except SystemExit as ended:
        if ended.code:
            raise RuntimeError(f"knooppunt {arguments[0]} failed") from None


def stored(backup: Path) -> Path:
    """The same backup with every file in it as it is: packed as a whole it takes half the room."""
    path = backup.with_suffix(".stored")
    with zipfile.ZipFile(backup) as source, zipfile.ZipFile(path, "w") as copy:
        for info in source.infolist():
            copy.writestr(zipfile.ZipInfo(info.filename, info.date_time), source.read(info))
    return path


def vacuumed(database: Path) -> Path:
    """A copy of the database without the room that deleted rows left."""
    path = database.with_suffix(".vacuumed")
    connection = sqlite3.connect(database)
    connection.execute("VACUUM INTO ?", (str(path),))
    connection.close()
    return path


def pack(source: Path, target: Path) -> None:
    """Compress a file, and say how large it became."""
    target.write_bytes(lzma.compress(source.read_bytes(), preset=AS_HARD_AS_IT_CAN))
    print(f"{target.relative_to(ROOT)}: {target.stat().st_size // 1024} kB")


if __name__ == "__main__":
    if len(sys.argv) != 2 or not sys.argv[1][:1].isdigit():
        raise SystemExit("python bin/upgrade_fixture.py VERSION, such as 0.2.0")
    target = UPGRADES / sys.argv[1]
    if target.exists():
        raise SystemExit(f"{target} is there already: what a version left is never made again.")
    with tempfile.TemporaryDirectory(prefix="knooppunt-upgrade-") as name:
        make(target, sys.argv[1], Path(name))
