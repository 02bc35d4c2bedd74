"""Lets one process at a time prepare a site; who comes meanwhile waits until it is ready.

A lock on a file in the data folder, and on PostgreSQL one in the database as well, as two machines
may share that. Both are gone by themselves when their process is killed.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

_ADVISORY_KEY = 0x6B6E6F6F70  # "knoop"


@contextmanager
def preparing() -> Iterator[None]:
    """The site is made or updated inside this; a second process waits before it comes in.

    Raises OSError.
    """
    settings.DATA.mkdir(parents=True, exist_ok=True)
    with (settings.DATA / "prepare.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        _keep_database_private()
        with _advisory_lock():
            yield


def wait_until_prepared() -> None:
    """Wait while another process prepares this site; returns at once when none does."""
    path = settings.DATA / "prepare.lock"
    if path.exists():
        with path.open() as file:
            fcntl.flock(file, fcntl.LOCK_SH)


@contextmanager
def _advisory_lock() -> Iterator[None]:
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_ADVISORY_KEY])
    try:
        yield
    finally:
        if connection.connection is not None:  # a closed one gave the lock back
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_ADVISORY_KEY])


def _keep_database_private() -> None:
    """Only its owner may read the database of SQLite, whatever the machine gives new files."""
    if connection.vendor != "sqlite":
        return
    database = Path(str(connection.settings_dict["NAME"]))
    database.touch(mode=0o600)
    for path in (database, *database.parent.glob(f"{database.name}-*")):
        path.chmod(0o600)
