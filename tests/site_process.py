"""A whole site in processes of its own, on the database that the tests run on, for tests that
kill it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).resolve().parent.parent


@dataclass
class Site:
    """A data folder with its database; commands run in processes of their own."""

    data: Path
    database: str = ""
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """What a process of this site finds in its environment."""
        own = {"KNOOPPUNT_DATA": str(self.data), "DATABASE_URL": self.database}
        own |= {"DJANGO_SETTINGS_MODULE": "knooppunt.config.settings", "KNOOPPUNT_MEANING": "0"}
        return {**os.environ, **own, **self.settings}

    def start(self, *arguments: str, **options: Any) -> subprocess.Popen[str]:
        """Begin a process of ``python`` with these arguments."""
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            **options,
        )

    def command(self, *arguments: str, **options: Any) -> subprocess.Popen[str]:
        """Begin the command ``knooppunt``."""
        return self.start("-m", "knooppunt.config.cli", *arguments, **options)

    def run(self, *arguments: str, status: int = 0) -> str:
        """Run the command ``knooppunt`` to its end; gives what it said."""
        process = self.command(*arguments)
        said, _error = process.communicate(timeout=180)
        assert process.returncode == status, said
        return said

    def python(self, code: str) -> str:
        """Run some lines inside the site; gives what they printed."""
        process = self.start("-c", f"import django; django.setup()\n{code}")
        said, _error = process.communicate(timeout=120)
        assert process.returncode == 0, said
        return said.strip()


@contextmanager
def new_site(folder: Path, like: Site | None = None) -> Iterator[Site]:
    """A site, empty or a copy of another that is at rest; on the kind of database that the
    tests run on.
    """
    if like:
        shutil.copytree(like.data, folder)
    given = os.environ.get("DATABASE_URL", "")
    if not given:
        yield Site(folder)
        return
    name = f"site_{uuid.uuid4().hex[:12]}"
    source = urlsplit(like.database).path.strip("/") if like else "template1"
    with psycopg.connect(given, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {source}")
        try:
            yield Site(folder, urlunsplit(urlsplit(given)._replace(path=f"/{name}")))
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
