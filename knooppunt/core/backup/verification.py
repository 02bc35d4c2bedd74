"""Reads a backup through from end to end and says what is wrong with it, before anything of it is
put back.

Every table, photo and file is streamed and compared with its checksum and number of rows; names
that lead elsewhere, a coalition file that cannot be used, a key that is none and more data than the
disk has room for are refused.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.apps import apps
from django.conf import settings
from django.db import models

from knooppunt.core.coalition import configuration

FORMAT = "knooppunt-backup-1"
SKIPPED = {"sessions.session", "django_tasks_db.dbtaskresult", "core.storedresult"}
# Tables that had another name in older versions, by what they are called now.
FORMER_NAMES = {
    "core.cachegeneration": "core.stamp",
    "core.ratelimitcounter": "core.tally",
    "find.zeroresultquery": "find.gap",
    "report.figuresnapshot": "report.frozen",
}
_PRESENT_NAMES = {former: present for present, former in FORMER_NAMES.items()}
OWN = ("coalition.toml", "secret.key")
BESIDE = "beside/"  # files that coalition.toml names, such as the outlines of areas
LARGEST_MANIFEST, LARGEST_OWN_FILE = 32 * 1024 * 1024, 4 * 1024 * 1024
LONGEST_KEY = 1000
_PIECE = 1024 * 1024


class DamagedBackup(ValueError):
    """The file is no backup, or not a whole one; the text says what is wrong.

    Nothing was changed.
    """


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself: rows per table by its present name, and the SHA-256 of every
    file in it by name.
    """

    counts: dict[str, int]
    sums: dict[str, str]

    def table_names(self) -> set[str]:
        """The tables in it by their present names, such as ``directory.organisation``."""
        return {table_of(name) for name in self.sums if name.startswith("tables/")}

    def table_file(self, table: str) -> str | None:
        """The name of the file with the rows of a table, or None when the backup lacks it."""
        names = (f"tables/{name}.jsonl" for name in (table, FORMER_NAMES.get(table, table)))
        return next((name for name in names if name in self.sums), None)


def table_of(name: str) -> str:
    """The present name of the table whose rows are in a file of a backup."""
    table = name.removeprefix("tables/").removesuffix(".jsonl")
    return _PRESENT_NAMES.get(table, table)


def table_models() -> list[type[models.Model]]:
    """Every table of the site that a backup holds, those that others point at first."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if not model._meta.proxy and model._meta.managed and model._meta.label_lower not in SKIPPED
    ]


def check(path: Path) -> Manifest:
    """Read a backup through and compare everything; gives its manifest. Raises DamagedBackup."""
    try:
        with zipfile.ZipFile(path) as pack:
            manifest = _read_manifest(pack)
            _check_names(pack, manifest)
            _check_size(pack)
            for name, wanted in manifest.sums.items():
                _check_file(pack, name, wanted, manifest)
            _check_own_files(pack)
    except DamagedBackup:
        raise
    except FileNotFoundError:
        raise DamagedBackup("het bestand is er niet / the file is not there") from None
    except Exception as problem:  # a damaged file can fail in as many ways as there are bytes
        raise DamagedBackup(
            f"het bestand is niet te lezen / the file cannot be read ({type(problem).__name__})"
        ) from problem
    return manifest


def _read_manifest(pack: zipfile.ZipFile) -> Manifest:
    if not {"manifest.json", "manifest.sha256"} <= set(pack.namelist()):
        raise DamagedBackup("de inhoudsopgave ontbreekt / the list of contents is missing")
    if pack.getinfo("manifest.json").file_size > LARGEST_MANIFEST:
        raise DamagedBackup("de inhoudsopgave is te groot / the list of contents is too large")
    text = pack.read("manifest.json")
    if hashlib.sha256(text).hexdigest() != pack.read("manifest.sha256").decode().strip():
        raise DamagedBackup("de inhoudsopgave klopt niet / the list of contents is wrong")
    given: dict[str, Any] = json.loads(text)
    if given.get("format") != FORMAT:
        raise DamagedBackup(f"onbekende vorm / unknown format: {str(given.get('format'))[:40]}")
    counts, sums = given.get("counts"), given.get("sums")
    if not isinstance(counts, dict) or not isinstance(sums, dict):
        raise DamagedBackup("de inhoudsopgave klopt niet / the list of contents is wrong")
    if not all(type(number) is int and number >= 0 for number in counts.values()):
        raise DamagedBackup("de aantallen kloppen niet / the numbers of rows are wrong")
    return Manifest(
        {_PRESENT_NAMES.get(str(table), str(table)): number for table, number in counts.items()},
        {str(name): str(digest) for name, digest in sums.items()},
    )


def _check_names(pack: zipfile.ZipFile, manifest: Manifest) -> None:
    """Every file is listed once and leads below its own folder; every table is one of this
    version.
    """
    names = pack.namelist()
    if len(names) != len(set(names)) or set(names) != {
        *manifest.sums,
        "manifest.json",
        "manifest.sha256",
    }:
        raise DamagedBackup("de lijst van bestanden klopt niet / the list of files is wrong")
    for name in manifest.sums:
        if name not in OWN and not name.startswith(("tables/", "media/", BESIDE)):
            raise DamagedBackup(f"onbekend bestand / unknown file: {name[:100]}")
        if ".." in PurePosixPath(name).parts or "\\" in name or "\x00" in name:
            raise DamagedBackup(f"verboden pad / forbidden path: {name[:100]}")
    known = {model._meta.label_lower for model in table_models()}
    newer = sorted(
        name
        for name in manifest.table_names() - known
        if manifest.counts.get(name) and name not in SKIPPED
    )
    if newer:
        raise DamagedBackup(
            f"deze versie kent {newer[0]} niet: neem de versie die de back-up maakte, of nieuwer / "
            f"this version does not know {newer[0]}: use the version that made it, or a newer one"
        )
    if set(manifest.counts) != manifest.table_names():
        raise DamagedBackup("een tabel ontbreekt / a table is missing")


def _check_size(pack: zipfile.ZipFile) -> None:
    """There is room for what it says to hold; each file is held to that when it is streamed."""
    needed = sum(info.file_size for info in pack.infolist())
    folder = next(parent for parent in (settings.DATA, *settings.DATA.parents) if parent.exists())
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise DamagedBackup(
            f"er is {needed // _PIECE} MB nodig en {free // _PIECE} MB vrij / "
            f"it needs {needed // _PIECE} MB and {free // _PIECE} MB are free"
        )


def _check_file(pack: zipfile.ZipFile, name: str, wanted: str, manifest: Manifest) -> None:
    digest, size, rows = hashlib.sha256(), 0, 0
    with pack.open(name) as file:
        for piece in pieces(file):
            digest.update(piece)
            size += len(piece)
            rows += piece.count(b"\n")
    if digest.hexdigest() != wanted or size != pack.getinfo(name).file_size:
        raise DamagedBackup(f"{name[:100]} is beschadigd / is damaged")
    if name.startswith("tables/") and rows != manifest.counts.get(table_of(name)):
        raise DamagedBackup(
            f"{table_of(name)}: aantal rijen klopt niet / the number of rows is wrong"
        )


def pieces(file: IO[bytes]) -> Iterator[bytes]:
    """What an open file holds, a megabyte at a time."""
    while piece := file.read(_PIECE):
        yield piece


def _check_own_files(pack: zipfile.ZipFile) -> None:
    """The coalition's file can be used, and the signing key is a key."""
    for name in set(OWN) & set(pack.namelist()):
        if pack.getinfo(name).file_size > LARGEST_OWN_FILE:
            raise DamagedBackup(f"{name} is te groot / is too large")
    if "secret.key" in pack.namelist():
        key = pack.read("secret.key").decode("ascii").strip()
        if not 20 <= len(key) <= LONGEST_KEY or not key.isprintable():
            raise DamagedBackup("secret.key is geen sleutel / is no key")
    if "coalition.toml" in pack.namelist():
        _check_coalition(pack)


def _check_coalition(pack: zipfile.ZipFile) -> None:
    """The coalition's file can be used with the files it names; those may also be in the data
    folder.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "coalition.toml"
        file.write_bytes(pack.read("coalition.toml"))
        for companion in configuration.companions(file):
            inside, here = BESIDE + companion, Path(settings.DATA) / companion
            target = folder / companion
            target.parent.mkdir(parents=True, exist_ok=True)
            if inside in pack.namelist():
                with pack.open(inside) as source, target.open("wb") as copy:
                    shutil.copyfileobj(source, copy)
            elif here.exists():
                shutil.copyfile(here, target)
        try:
            configuration.load(file)
        except configuration.BadCoalition as problem:
            raise DamagedBackup(str(problem)) from None
