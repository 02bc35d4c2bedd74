"""Every setting that can be given from outside, with what it means; a wrong one stops the start
with one sentence.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

HELP: dict[str, Setting] = {}


class BadSetting(SystemExit):
    """A setting that cannot be used; the text says which and what to type."""


@dataclass(frozen=True)
class Setting:
    """One line of docs/settings.md."""

    name: str
    default: str
    help: str


def text(name: str, default: str, help: str) -> str:
    """The setting ``name`` as text; its help goes to docs/settings.md."""
    HELP[name] = Setting(name, default, help)
    return os.environ.get(name, "").strip() or default


def number(name: str, default: int, least: int, most: int, help: str) -> int:
    """The setting ``name`` as a whole number between two bounds."""
    given = text(name, str(default), help)
    if not given.isdigit() or not least <= int(given) <= most:
        raise BadSetting(
            f"{name}={given}: type a whole number from {least} to {most}, such as {name}={default}."
        )
    return int(given)


def folder(name: str, default: Path, shown: str, help: str) -> Path:
    """The setting ``name`` as a folder; ``shown`` stands for the default in the documentation."""
    given = text(name, "", help)
    HELP[name] = Setting(name, shown, help)
    return Path(given).expanduser().resolve() if given else default


def address(name: str, help: str) -> str:
    """The setting ``name`` as a web address without a path, or empty."""
    given = text(name, "", help).rstrip("/")
    parts = urlsplit(given)
    if given and (parts.scheme not in ("http", "https") or not parts.hostname or parts.path):
        raise BadSetting(
            f"{name}={given}: type an address such as {name}=https://knooppunt.example.nl."
        )
    return given


def link(name: str, help: str) -> str:
    """The setting ``name`` as a web address with its path, or empty."""
    given = text(name, "", help)
    parts = urlsplit(given)
    if given and (parts.scheme not in ("http", "https") or not parts.hostname):
        raise BadSetting(f"{name}={given}: type a whole web address that begins with https://.")
    return given


def database(name: str, help: str, sqlite: Path) -> dict[str, object]:
    """Django's description of the database: SQLite in the data folder, or PostgreSQL by address."""
    given = text(name, "", help)
    if not given:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": sqlite,
            # A new connection an hour knows how full the tables are by now
            # (core/database/query_statistics.py).
            "CONN_MAX_AGE": 3600,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                # FULL: what a person was told is kept also when the power goes. It costs one write
                # to the disk for each act, some five milliseconds.
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                " PRAGMA foreign_keys=ON; PRAGMA cache_size=-16000;",
            },
        }
    parts = urlsplit(given)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise BadSetting(
            f"{name}: type an address such as "
            f"{name}=postgresql://user:password@localhost:5432/knooppunt."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parse_qs(parts.query).get("host", [parts.hostname or ""])[0]),
        "PORT": str(parts.port or ""),
        # Compiling a question takes longer than answering it here (0.1 to 0.3 s of 0.4 in
        # bench/large.py).
        "OPTIONS": {"connect_timeout": 5, "options": "-c jit=off"},
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def as_markdown() -> str:
    """docs/settings.md: every setting with its default and what it means."""
    rows = [
        f"| `{one.name}` | {one.default or '(empty)'} | {one.help} |"
        for one in sorted(HELP.values(), key=lambda one: one.name)
    ]
    head = (
        "# Settings\n\nEvery setting is an environment variable, and the site starts without any. "
        "A wrong value stops the start and says what to type.\nThis page is made by `python "
        "bin/settings_page.py` and compared in the check.\n\n| name | default | meaning |\n"
        "|---|---|---|\n"
    )
    return head + "\n".join(rows) + "\n"
