"""Keeps the whole site in one file and puts it back, on SQLite or PostgreSQL alike, checked from end to end.

A backup is a ZIP with one line of JSON per row, the photos, the coalition's file, the signing key, and a list of checksums
that is itself part of the check. It holds personal data: keep it where nobody else can read it. It reads one consistent moment while the site goes on working.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import Any, cast

from django.apps import apps
from django.conf import settings
from django.core import serializers
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.utils import timezone

from knooppunt.core import triggers

FORMAT = "knooppunt-backup-1"
SKIPPED = {"sessions.session", "django_tasks_db.dbtaskresult"}
OWN = ("coalition.toml", "secret.key")


class DamagedBackup(ValueError):
    """The file is no backup, or not a whole one; nothing was changed."""


class NotEmpty(ValueError):
    """The site already holds records; a backup is restored on an empty one only."""


def _tables() -> list[type[models.Model]]:
    """Every table of the site, those that others point at first."""
    wanted = [
        model
        for model in apps.get_models(include_auto_created=True)
        if not model._meta.proxy and model._meta.managed
    ]
    return [model for model in wanted if model._meta.label_lower not in SKIPPED]


@contextmanager
def _one_moment() -> Iterator[None]:
    """A transaction in which all reading sees the same moment."""
    is_inside = connection.in_atomic_block
    with transaction.atomic():
        if connection.vendor == "postgresql" and not is_inside:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def write(path: Path) -> dict[str, int]:
    """Write a backup and read it back to check it; gives the number of rows per table. Raises OSError."""
    partial = path.with_name(path.name + ".part")
    sums: dict[str, str] = {}
    counts: dict[str, int] = {}
    try:
        with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as pack:
            with _one_moment():
                for model in _tables():
                    name = f"tables/{model._meta.label_lower}.jsonl"
                    counts[model._meta.label_lower], sums[name] = _write_table(pack, name, model)
            for file in _files():
                name = f"media/{file.relative_to(settings.MEDIA_ROOT).as_posix()}"
                pack.write(file, name)
                sums[name] = hashlib.sha256(file.read_bytes()).hexdigest()
            for file in _own_files():
                pack.write(file, file.name)
                sums[file.name] = hashlib.sha256(file.read_bytes()).hexdigest()
            manifest = {
                "format": FORMAT,
                "made_at": timezone.now().isoformat(),
                "counts": counts,
                "sums": sums,
            }
            text = json.dumps(manifest, indent=1)
            pack.writestr("manifest.json", text)
            pack.writestr("manifest.sha256", hashlib.sha256(text.encode()).hexdigest())
        check(partial)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
    return counts


def _own_files() -> list[Path]:
    """The coalition's own file, and the key with which links already sent were signed, as far as they are there."""
    return [file for name in OWN if (file := Path(settings.DATA) / name).exists()]


def _files() -> list[Path]:
    root = Path(settings.MEDIA_ROOT)
    return sorted(file for file in root.rglob("*") if file.is_file()) if root.exists() else []


def _write_table(pack: zipfile.ZipFile, name: str, model: type[models.Model]) -> tuple[int, str]:
    """Write one table; gives its number of rows and its checksum."""
    digest, number = hashlib.sha256(), 0
    with pack.open(name, "w", force_zip64=True) as out:
        rows = model._base_manager.order_by("pk").iterator(chunk_size=1000)
        for row in rows:
            # Django's own JSON form drops microseconds; a backup must not.
            fields = serializers.serialize("python", [row])[0]
            line = json.dumps(fields, ensure_ascii=False, default=_text).encode() + b"\n"
            digest.update(line)
            out.write(line)
            number += 1
    return number, digest.hexdigest()


def _text(value: Any) -> str:
    """A day, moment or other plain value as text that reads back the same."""
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def check(path: Path) -> dict[str, Any]:
    """Read a backup through and compare every checksum; gives its manifest. Raises DamagedBackup."""
    try:
        with zipfile.ZipFile(path) as pack:
            text = pack.read("manifest.json")
            if hashlib.sha256(text).hexdigest() != pack.read("manifest.sha256").decode():
                raise DamagedBackup("manifest")
            manifest = json.loads(text)
            if manifest["format"] != FORMAT:
                raise DamagedBackup(manifest["format"])
            names = set(pack.namelist()) - {"manifest.json", "manifest.sha256"}
            if names != set(manifest["sums"]):
                raise DamagedBackup("list of files")
            for name, wanted in manifest["sums"].items():
                with pack.open(name) as file:
                    if hashlib.file_digest(cast(Any, file), "sha256").hexdigest() != wanted:
                        raise DamagedBackup(name)
    except DamagedBackup:
        raise
    except Exception as problem:  # a damaged file can fail in as many ways as there are bytes
        raise DamagedBackup(type(problem).__name__) from problem
    return cast("dict[str, Any]", manifest)


def is_empty() -> bool:
    """True if nothing was entered yet: no accounts and no records beyond what a new site has of itself."""
    return not any(
        model._base_manager.exists() for model in _tables()
        if model._meta.label_lower in ("people.user", "directory.organisation", "directory.place")
    )  # fmt: skip


def restore(path: Path) -> dict[str, int]:
    """Put a backup back on an empty site, whole or not at all; gives the number of rows per table.

    Raises DamagedBackup or NotEmpty; then nothing was changed.
    """
    manifest = check(path)
    if not is_empty():
        raise NotEmpty
    with zipfile.ZipFile(path) as pack, transaction.atomic(), triggers.resting():
        with (
            connection.constraint_checks_disabled()
            if connection.vendor == "sqlite"
            else _deferred()
        ):
            for model in reversed(_tables()):
                model._base_manager.all()._raw_delete(connection.alias)
            for model in _tables():
                name = f"tables/{model._meta.label_lower}.jsonl"
                if name in manifest["sums"]:
                    _read_table(pack, name, model)
        connection.check_constraints()
        _reset_sequences()
        for name in manifest["sums"]:
            if name.startswith("media/") or name in OWN:
                _put_file(pack, name)
    counts = {model._meta.label_lower: model._base_manager.count() for model in _tables()}
    wanted = {name: number for name, number in manifest["counts"].items() if name in counts}
    if any(counts[name] != number for name, number in wanted.items()):
        raise DamagedBackup("count of rows")
    return wanted


@contextmanager
def _deferred() -> Iterator[None]:
    """Check foreign keys at the end of the transaction only."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    yield


def _read_table(pack: zipfile.ZipFile, name: str, model: type[models.Model]) -> None:
    with pack.open(name) as file:
        batch: list[Any] = []
        for line in TextIOWrapper(file, "utf-8"):
            batch += [
                found.object for found in serializers.deserialize("python", [json.loads(line)])
            ]
            if len(batch) == 500:
                _insert(model, batch)
                batch = []
        _insert(model, batch)


def _insert(model: type[models.Model], rows: list[Any]) -> None:
    """Insert rows as they were, moments that are set of themselves included."""
    set_of_itself = [
        field
        for field in model._meta.local_fields
        if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    ]
    before = [
        (field, field.auto_now, field.auto_now_add) for field in cast("list[Any]", set_of_itself)
    ]
    for field, _now, _add in before:
        field.auto_now = field.auto_now_add = False
    try:
        model._base_manager.bulk_create(rows, batch_size=200)
    finally:
        for field, now, add in before:
            field.auto_now, field.auto_now_add = now, add


def _reset_sequences() -> None:
    statements = connection.ops.sequence_reset_sql(no_style(), _tables())
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _put_file(pack: zipfile.ZipFile, name: str) -> None:
    """Write one file below the data folder; a name that leads elsewhere is refused."""
    root = Path(settings.MEDIA_ROOT) if name.startswith("media/") else Path(settings.DATA)
    target = (root / name.removeprefix("media/")).resolve()
    if root.resolve() not in target.parents:
        raise DamagedBackup(name)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as file:
        file.write(pack.read(name))
    Path(file.name).replace(target)
