"""Puts a backup back on an empty site, whole or not at all.

Everything in the file is checked first. Then the files are laid ready in a folder of their own, the
rows are written in one transaction, and only when that holds do the files take their places. A
machine that stops in between finishes at its next start.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.core import serializers
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.management.color import no_style
from django.core.serializers.base import DeserializationError
from django.db import DatabaseError, connection, models, transaction

from knooppunt.core.backup.verification import (
    BESIDE,
    FORMER_NAMES,
    OWN,
    DamagedBackup,
    Manifest,
    check,
    table_models,
)
from knooppunt.core.database import triggers
from knooppunt.core.database.disk import is_disk_full
from knooppunt.core.mail import delivery
from knooppunt.core.models import SiteFact

READY = "restore-"  # how the name of the folder begins in which files are laid ready
_FACT = "restoring"


class NotEmpty(ValueError):
    """The site already holds records; a backup is restored on an empty one only."""


def is_empty() -> bool:
    """True if nothing was entered yet: no accounts and no records beyond what a new site has of
    itself.
    """
    entered = ("people.user", "directory.organisation", "directory.place")
    return not any(
        model._base_manager.exists()
        for model in table_models()
        if model._meta.label_lower in entered
    )


def restore(path: Path) -> dict[str, int]:
    """Put a backup back on an empty site; gives the number of rows per table.

    Raises DamagedBackup, NotEmpty, and OSError when the files cannot be written; then nothing was
    changed.
    """
    manifest = check(path)
    finish_restore()  # what an earlier one left behind
    if not is_empty():
        raise NotEmpty
    ready = Path(settings.DATA) / f"{READY}{secrets.token_hex(6)}"
    try:
        with zipfile.ZipFile(path) as pack:
            _lay_files_ready(pack, manifest, ready)
            _write_rows(pack, manifest, ready.name)
    except BaseException:
        shutil.rmtree(ready, ignore_errors=True)
        raise
    finish_restore()
    return {name: manifest.counts[name] for name in sorted(manifest.table_names())}


def finish_restore() -> None:
    """Give the files of a restore whose rows were written their places; take away those of one
    that was not.
    """
    fact = SiteFact.objects.filter(key=_FACT).first()
    data = Path(settings.DATA)
    if fact:
        ready = data / Path(str(fact.value)).name
        if ready.exists():
            for file in sorted(file for file in ready.rglob("*") if file.is_file()):
                target = _target(file.relative_to(ready).as_posix())
                target.parent.mkdir(parents=True, exist_ok=True)
                file.replace(target)
        fact.delete()
    for leftover in data.glob(f"{READY}*"):
        shutil.rmtree(leftover, ignore_errors=True)


def _target(name: str) -> Path:
    """Where a file of a backup belongs; ``check`` refused names that lead elsewhere."""
    if name.startswith("media/"):
        return Path(settings.MEDIA_ROOT) / name.removeprefix("media/")
    return Path(settings.DATA) / name.removeprefix(BESIDE)


def _lay_files_ready(pack: zipfile.ZipFile, manifest: Manifest, ready: Path) -> None:
    ready.mkdir(mode=0o700)
    for name in manifest.sums:
        if name.startswith(("media/", BESIDE)) or name in OWN:
            target = ready / name
            target.parent.mkdir(parents=True, exist_ok=True)
            mode = 0o600 if name in OWN else settings.FILE_UPLOAD_PERMISSIONS
            handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
            with pack.open(name) as source, os.fdopen(handle, "wb") as copy:
                shutil.copyfileobj(source, copy)


def _write_rows(pack: zipfile.ZipFile, manifest: Manifest, ready: str) -> None:
    """Replace every row by those of the backup, in one transaction that also counts them."""
    try:
        with transaction.atomic(), triggers.resting():
            with _later_constraints():
                for model in reversed(table_models()):
                    model._base_manager.all()._raw_delete(connection.alias)
                for model in table_models():
                    name = manifest.table_file(model._meta.label_lower)
                    if name is not None:
                        _read_table(pack, name, model)
            connection.check_constraints()
            _reset_sequences()
            _count(manifest)
            delivery.hold_back()
            SiteFact.objects.update_or_create(key=_FACT, defaults={"value": ready})
    except (
        DatabaseError,
        DeserializationError,
        FieldDoesNotExist,
        ValidationError,
        ValueError,
        TypeError,
        LookupError,
    ) as problem:
        if isinstance(problem, DamagedBackup) or is_disk_full(problem):
            raise
        raise DamagedBackup(
            f"een rij past niet in deze versie / a row does not fit this version "
            f"({type(problem).__name__}: {str(problem)[:200]})"
        ) from problem


def _count(manifest: Manifest) -> None:
    for model in table_models():
        name = model._meta.label_lower
        if name in manifest.counts and model._base_manager.count() != manifest.counts[name]:
            raise DamagedBackup(f"{name}: aantal rijen klopt niet / the number of rows is wrong")


@contextmanager
def _later_constraints() -> Iterator[None]:
    """Check foreign keys at the end only."""
    if connection.vendor == "sqlite":
        with connection.constraint_checks_disabled():
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    yield


def _read_table(pack: zipfile.ZipFile, name: str, model: type[models.Model]) -> None:
    """Write the rows of one table; a line about another table is refused."""
    label = model._meta.label_lower
    with pack.open(name) as file:
        batch: list[Any] = []
        for line in TextIOWrapper(file, "utf-8"):
            fields = json.loads(line)
            if fields.get("model") not in (label, FORMER_NAMES.get(label)):
                raise DamagedBackup(
                    f"{name}: een regel van een andere tabel / a line of another table"
                )
            rows = serializers.deserialize("python", [{**fields, "model": label}])
            batch += [row.object for row in rows]
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
    statements = connection.ops.sequence_reset_sql(no_style(), table_models())
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
