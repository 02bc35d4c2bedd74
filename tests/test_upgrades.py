"""Sites and backups of every earlier version are taken over, and show the same as they did."""

from __future__ import annotations

import json
import lzma
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from knooppunt.core.backup.verification import BESIDE
from knooppunt.core.coalition import configuration
from tests import observed

ROOT = Path(__file__).resolve().parent.parent
UPGRADES = ROOT / "tests" / "upgrades"
VERSIONS = sorted(folder.name for folder in UPGRADES.iterdir() if folder.is_dir())
RELEASED = re.compile(r"^## \[(\d[^\]]*)\]", re.MULTILINE)
MAIL = re.compile(rb"@(?!example\.invalid)[\w-]+\.[a-z]+")  # of anyone but an example person
LARGEST = 1_600_000  # bytes that one version may add to the repository
OWN = ("coalition.toml", BESIDE + "areas.geojson")


@pytest.fixture
def before(version: str, time_machine: Any) -> observed.Expected:
    """What the site showed at that version, on its day, which it is again."""
    text = (UPGRADES / version / "expected.json").read_text(encoding="utf-8")
    expected: observed.Expected = json.loads(text)
    time_machine.move_to(expected["moment"], tick=False)
    return expected


@pytest.fixture
def backup_file(version: str, tmp_path: Path) -> Path:
    """The backup that was kept, with the coalition file of that site in use."""
    path = tmp_path / "backup.zip"
    unpack(UPGRADES / version / "backup.zip.xz", path)
    return path


def unpack(source: Path, target: Path) -> None:
    """Write a compressed file as it was."""
    target.write_bytes(lzma.decompress(source.read_bytes()))


def use_coalition_of(backup: Path, settings: Any) -> None:
    """The coalition file of a backup in the data folder and in use, as at the start of a site."""
    with zipfile.ZipFile(backup) as pack:
        for name in OWN:
            path = settings.DATA / name.removeprefix(BESIDE)
            path.write_bytes(pack.read(name))
    settings.COALITION_FILE = settings.DATA / "coalition.toml"
    settings.COALITION = configuration.load(settings.COALITION_FILE)


@contextmanager
def database_file(path: Path) -> Iterator[None]:
    """Another SQLite database than that of the tests, for a while."""
    name = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = str(path)
    ContentType.objects.clear_cache()
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name
        ContentType.objects.clear_cache()


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="a database of SQLite")
def test_a_database_of_an_earlier_version_is_taken_over(
    version: str,
    before: observed.Expected,
    backup_file: Path,
    settings: Any,
    knooppunt: Callable[..., int],
    django_db_blocker: Any,
) -> None:
    use_coalition_of(backup_file, settings)
    path = settings.DATA / "knooppunt.sqlite3"
    unpack(UPGRADES / version / "knooppunt.sqlite3.xz", path)
    with django_db_blocker.unblock(), database_file(path):
        assert knooppunt("prepare") == 0
        assert observed.differences(before) == []


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.django_db(transaction=True)
def test_a_backup_of_an_earlier_version_is_restored(
    version: str,
    before: observed.Expected,
    backup_file: Path,
    settings: Any,
    knooppunt: Callable[..., int],
) -> None:
    assert knooppunt("restore", str(backup_file)) == 0
    use_coalition_of(backup_file, settings)  # a restored site is started again
    assert knooppunt("prepare") == 0
    assert observed.differences(before) == []


@pytest.mark.parametrize("version", VERSIONS)
def test_what_is_kept_of_a_version_is_small_and_holds_nobody(
    version: str, backup_file: Path, tmp_path: Path
) -> None:
    assert sum(file.stat().st_size for file in (UPGRADES / version).iterdir()) < LARGEST
    database = tmp_path / "database"
    unpack(UPGRADES / version / "knooppunt.sqlite3.xz", database)
    with zipfile.ZipFile(backup_file) as pack:
        assert "secret.key" not in pack.namelist()
        assert pack.read("tables/people.user.jsonl").count(b"@example.invalid") > 0
        texts = [*(pack.read(name) for name in pack.namelist()), database.read_bytes()]
    assert {address for text in texts for address in MAIL.findall(text)} == set()


def test_every_released_version_left_a_site_to_take_over() -> None:
    released = RELEASED.findall((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    # Make it with bin/upgrade_fixture.py; see "A release" in CONTRIBUTING.md.
    assert [version for version in released if version not in VERSIONS] == []
    assert VERSIONS
