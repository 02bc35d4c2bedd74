"""A site that is killed in the middle of its work loses nothing it acknowledged and leaves no
half record.
"""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlencode

import pytest

from knooppunt.directory.tests.make import write_csv

ROOT = Path(__file__).resolve().parent.parent
ROWS = 2400


def knooppunt(data: Path, *arguments: str, **options: object) -> subprocess.Popen[str]:
    env = {**os.environ, "KNOOPPUNT_DATA": str(data), "DATABASE_URL": ""}
    return subprocess.Popen(
        [sys.executable, "-m", "knooppunt.config.cli", *arguments],
        cwd=ROOT,
        env=env,
        text=True,
        stdout=subprocess.PIPE,
        **options,
    )  # type: ignore[call-overload, no-any-return]


def done(data: Path, *arguments: str) -> str:
    process = knooppunt(data, *arguments)
    out, _error = process.communicate(timeout=120)
    assert process.returncode == 0, out
    return out


def ask(data: Path, sql: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(data / "knooppunt.sqlite3", timeout=20) as connection:
        return connection.execute(sql).fetchall()


def wait_for(data: Path, number: int) -> None:
    """Until the killed process has written at least so many organisations."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if ask(data, "select count(*) from directory_organisation")[0][0] >= number:  # type: ignore[operator]
            return
        time.sleep(0.02)
    raise AssertionError("the import did not begin")


@pytest.mark.parametrize("moment", [1, 900])
def test_an_import_killed_halfway_leaves_whole_records_and_can_be_run_again(
    moment: int, tmp_path: Path
) -> None:
    rows = [
        [f"Tuin {n}", "groenplek", f"Straat {n}", f"Netwerk {n % 7}", f"{n % 40}"]
        for n in range(ROWS)
    ]
    path = write_csv(
        tmp_path / "lijst.csv", ["Naam", "Soort", "Adres", "Koepel", "Vrijwilligers"], *rows
    )
    data = tmp_path / "site"
    done(data, "prepare")
    process = knooppunt(data, "import", "directory", str(path))
    wait_for(data, moment)
    process.send_signal(signal.SIGKILL)
    process.wait()
    written = ask(data, "select count(*) from directory_organisation where role = 'initiative'")[0][
        0
    ]
    for table in ("directory_place", "directory_placerole", "directory_volunteerstatement"):
        assert ask(data, f"select count(*) from {table}") == [(written,)], table
    assert (
        ask(
            data,
            "select count(*) from core_trailentry where verb = 'create' and target_type = "
            "'organisation'",
        )[0][0]
        >= written
    )  # type: ignore[operator]
    assert ask(data, "pragma integrity_check") == [("ok",)]
    done(data, "import", "directory", str(path))
    assert ask(data, "select count(*) from directory_organisation where role = 'initiative'") == [
        (ROWS,)
    ]
    assert ask(data, "select count(*) from directory_membership") == [(ROWS,)]
    assert f"unchanged  {ROWS:7}" in done(data, "import", "directory", str(path))


def test_a_correction_that_was_acknowledged_survives_the_server(tmp_path: Path) -> None:
    data = tmp_path / "site"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    done(data, "prepare")
    done(
        data,
        "import",
        "directory",
        str(write_csv(tmp_path / "l.csv", ["Naam", "Soort"], ["De Tuin", "sportclub"])),
    )
    code = (
        "import django; django.setup(); from knooppunt.directory.models import Organisation as O; "
        "from knooppunt.directory.actions.confirm import make_link; "
        "print(make_link(O.objects.get()))"
    )
    env = {
        **os.environ,
        "KNOOPPUNT_DATA": str(data),
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "knooppunt.config.settings",
    }
    token = subprocess.run(
        [sys.executable, "-c", code], env=env, cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.strip()
    server = knooppunt(data, "serve", "--port", str(port), "--workers", "1", start_new_session=True)
    assert server.stdout and "http" in server.stdout.readline()
    acknowledged = ""
    for number in range(12):
        acknowledged = f"Tuin nummer {number}"
        assert correct(port, token, acknowledged) == 200
    os.killpg(server.pid, signal.SIGKILL)
    server.wait()
    assert ask(data, "select name from directory_organisation") == [(acknowledged,)]
    assert ask(data, "pragma integrity_check") == [("ok",)]


def correct(port: int, token: str, name: str) -> int:
    """Send one correction; waits while the server is still coming up."""
    body = urlencode({"r0-name": name, "r0-description": "", "r0-website": ""})
    for _ in range(100):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request(
                "POST",
                f"/klopt/{token}/",
                body,
                {"Content-Type": "application/x-www-form-urlencoded"},
            )
            answer = connection.getresponse()
            assert re.search("bewaard", answer.read().decode())
            return answer.status
        except ConnectionError:
            time.sleep(0.1)
    raise AssertionError("the server did not answer")
