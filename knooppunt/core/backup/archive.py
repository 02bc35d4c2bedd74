"""Keeps the whole site in one file, on SQLite or PostgreSQL alike, and reads it back to check it.

A backup is a ZIP with one line of JSON per row, the photos, the coalition's file with what it
names, the signing key, and a list of checksums that is itself part of the check. It holds personal
data, so only its owner can read it. It reads one consistent moment while the site goes on working.
``restore`` puts it back.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import serializers
from django.db import connection, models, transaction
from django.utils import timezone

from knooppunt.core.backup.verification import BESIDE, FORMAT, OWN, check, pieces, table_models
from knooppunt.core.coalition import configuration


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
    """Write a backup and read it back to check it; gives the number of rows per table.

    Raises OSError.
    """
    partial = path.with_name(path.name + ".part")
    sums: dict[str, str] = {}
    counts: dict[str, int] = {}
    try:
        # Made before anything is in it, so that nobody else can ever read it.
        os.close(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        partial.chmod(0o600)
        with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as pack:
            with _one_moment():
                for model in table_models():
                    name = f"tables/{model._meta.label_lower}.jsonl"
                    counts[model._meta.label_lower], sums[name] = _write_table(pack, name, model)
            for name, file in {**_media_files(), **_own_files()}.items():
                sums[name] = _write_file(pack, name, file)
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


def _own_files() -> dict[str, Path]:
    """The coalition's own file with those it names, and the key that signed the links already
    sent, if there.
    """
    data = Path(settings.DATA)
    files = {name: data / name for name in OWN}
    if files["coalition.toml"].exists():
        names = configuration.companions(files["coalition.toml"])
        files |= {BESIDE + name: data / name for name in names}
    return {name: file for name, file in files.items() if file.exists()}


def _media_files() -> dict[str, Path]:
    root = Path(settings.MEDIA_ROOT)
    files = sorted(file for file in root.rglob("*") if file.is_file()) if root.exists() else []
    return {f"media/{file.relative_to(root).as_posix()}": file for file in files}


def _write_file(pack: zipfile.ZipFile, name: str, file: Path) -> str:
    """Copy a file into the backup; gives its checksum.

    The sum is of what was copied, also if it changes meanwhile.
    """
    digest = hashlib.sha256()
    with file.open("rb") as source, pack.open(name, "w", force_zip64=True) as copy:
        for piece in pieces(source):
            digest.update(piece)
            copy.write(piece)
    return digest.hexdigest()


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
