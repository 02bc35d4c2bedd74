"""A backup that does not hold together is refused, and then nothing at all was changed."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from knooppunt.core.backup import archive, restore
from knooppunt.core.backup.verification import DamagedBackup, table_models
from knooppunt.core.models import SiteFact
from knooppunt.directory.models import Organisation
from knooppunt.directory.tests import make
from knooppunt.people.models import User

pytestmark = pytest.mark.django_db
Files = dict[str, bytes]
KEY = b"k" * 40


def everything() -> tuple[dict[str, list[Any]], dict[str, bytes]]:
    """Every row of the site and every file in its data folder, the backups of the test aside."""
    rows = {
        model._meta.label: list(model._base_manager.order_by("pk").values_list())
        for model in table_models()
    }
    folder = Path(settings.DATA)
    files = {str(file): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    return rows, {name: data for name, data in files.items() if not name.endswith(".zip")}


@pytest.fixture
def good(terms: None) -> Path:
    """A backup of a site with two organisations, an account, a photo, a key and a coalition
    file; then an empty site.
    """
    data = Path(settings.DATA)
    make.organisation("De Tuin", kind="groenplek")
    make.organisation("De Keuken")
    User.objects.create_user("host@example.org")
    (data / "secret.key").write_bytes(KEY)
    (data / "media" / "photos").mkdir(parents=True)
    (data / "media" / "photos" / "x.jpg").write_bytes(b"picture")
    tiny = settings.COALITION_FILE
    (data / "coalition.toml").write_bytes(tiny.read_bytes())
    (data / "areas.geojson").write_bytes((tiny.parent / "areas.geojson").read_bytes())
    archive.write(data / "good.zip")
    for name in ("coalition.toml", "areas.geojson", "media/photos/x.jpg"):
        (data / name).unlink()
    (data / "secret.key").write_bytes(b"n" * 40)
    Organisation.objects.all().delete()
    User.objects.all().delete()
    return data / "good.zip"


def rewritten(source: Path, change: Callable[[Files, dict[str, int]], None]) -> Path:
    """The same backup with its files or counts changed, and all its checksums right again."""
    with zipfile.ZipFile(source) as pack:
        files = {name: pack.read(name) for name in pack.namelist()}
    manifest = json.loads(files.pop("manifest.json"))
    del files["manifest.sha256"]
    change(files, manifest["counts"])
    manifest["sums"] = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    text = json.dumps(manifest)
    path = source.with_name("changed.zip")
    with zipfile.ZipFile(path, "w") as pack:
        for name, data in files.items():
            pack.writestr(name, data)
        pack.writestr("manifest.json", text)
        pack.writestr("manifest.sha256", hashlib.sha256(text.encode()).hexdigest())
    return path


def with_row(table: str, **fields: Any) -> Callable[[Files, dict[str, int]], None]:
    """Change fields of the first row of a table."""

    def change(files: Files, counts: dict[str, int]) -> None:
        name = f"tables/{table}.jsonl"
        first, *rest = files[name].decode().splitlines()
        row = json.loads(first)
        row["fields"] |= fields
        files[name] = "\n".join([json.dumps(row), *rest, ""]).encode()

    return change


def file(name: str, data: bytes) -> Callable[[Files, dict[str, int]], None]:
    """Put a file in it, or another in its place."""
    return lambda files, counts: files.update({name: data})


def count(table: str, number: Any) -> Callable[[Files, dict[str, int]], None]:
    """Say another number of rows."""
    return lambda files, counts: counts.update({table: number})


def unknown_table(files: Files, counts: dict[str, int]) -> None:
    files["tables/later.thing.jsonl"] = b'{"model": "later.thing", "pk": 1, "fields": {}}\n'
    counts["later.thing"] = 1


def two_of_the_same(files: Files, counts: dict[str, int]) -> None:
    files["tables/people.user.jsonl"] *= 2
    counts["people.user"] *= 2


WRONG = {
    "too few rows": count("directory.organisation", 3),
    "a count that is none": count("directory.organisation", "many"),
    "no key": file("secret.key", b"\xff\xfe\x00"),
    "an empty key": file("secret.key", b""),
    "no coalition": file("coalition.toml", b"name = "),
    "a coalition with a mistake": file("coalition.toml", b"name = 'X'\nlanguages = ['xx']\n"),
    "outlines that are none": file("beside/areas.geojson", b"{}"),
    "a path that leads elsewhere": file("media/../../evil", b"x"),
    "another path that leads elsewhere": file("beside/../evil", b"x"),
    "a file nobody knows": file("evil.sh", b"x"),
    "a table of a later version": unknown_table,
    "a field of a later version": with_row("directory.organisation", flavour="sweet"),
    "a value that does not fit": with_row("directory.organisation", confirmed_on="yesterday"),
    "a reference to nobody": with_row("directory.organisation", kind=987654),
    "the same twice": two_of_the_same,
    "a row of another table": file(
        "tables/people.user.jsonl",
        b'{"model": "core.sitefact", "pk": "x", "fields": {"value": 1}}\n',
    ),
    "lines that are no rows": file("tables/people.user.jsonl", b"hello\n"),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_does_not_hold_together_is_refused_and_changes_nothing(good: Path, what: str) -> None:
    changed = rewritten(good, WRONG[what])
    before = everything()
    with pytest.raises(DamagedBackup):
        restore.restore(changed)
    assert everything() == before


def test_more_than_the_disk_has_room_for_is_refused(good: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(
        "shutil.disk_usage", lambda path: type("Usage", (), {"free": 1000, "total": 0, "used": 0})
    )
    before = everything()
    with pytest.raises(DamagedBackup, match="MB"):
        restore.restore(good)
    assert everything() == before


def test_a_good_one_brings_back_rows_files_key_and_coalition(good: Path) -> None:
    restore.restore(good)
    data = Path(settings.DATA)
    assert {org.name for org in Organisation.objects.all()} == {"De Tuin", "De Keuken"}
    assert (data / "secret.key").read_bytes() == KEY
    assert (data / "secret.key").stat().st_mode & 0o777 == 0o600
    assert (data / "media" / "photos" / "x.jpg").read_bytes() == b"picture"
    assert (data / "areas.geojson").exists() and (data / "coalition.toml").exists()
    assert not SiteFact.objects.filter(key="restoring").exists()
    assert not list(data.glob(f"{restore.READY}*"))


def test_a_restore_that_was_stopped_before_its_files_took_their_places_is_finished(
    good: Path, monkeypatch: Any
) -> None:
    with monkeypatch.context() as stopped:
        calls = iter([lambda: None])  # the first call tidies up; the second would move the files
        stopped.setattr(restore, "finish_restore", lambda: next(calls)())
        with pytest.raises((StopIteration, RuntimeError)):
            restore.restore(good)
    data = Path(settings.DATA)
    assert (data / "secret.key").read_bytes() != KEY
    restore.finish_restore()
    assert (data / "secret.key").read_bytes() == KEY


def test_a_backup_can_be_read_by_its_owner_alone(good: Path) -> None:
    assert good.stat().st_mode & 0o777 == 0o600


def test_the_command_says_what_it_did(
    good: Path, knooppunt: Callable[..., int], capsys: Any
) -> None:
    changed = rewritten(good, with_row("directory.organisation", kind=987654))
    assert knooppunt("restore", str(changed)) == 2
    assert "Nothing was changed" in capsys.readouterr().err
    assert knooppunt("restore", str(good)) == 0
    assert knooppunt("restore", str(good)) == 2
    assert "not empty" in capsys.readouterr().err
