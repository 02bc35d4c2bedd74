"""A running site stays up: a worker that is killed comes back, goes on with the queue, and is
missed when it does not.
"""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from knooppunt.config import worker
from knooppunt.config.supervisor import Supervisor, pause_after
from knooppunt.core.background import health, heartbeat
from knooppunt.core.database import process_identity
from tests.site_process import Site, new_site

ENQUEUE = """
from knooppunt.core.mail import outbox
outbox.enqueue_text('a@example.org', 'Onderwerp', 'Tekst', kind='test')
"""
ADD = """
from knooppunt.core.audit.trail import SYSTEM
from knooppunt.directory.actions.records import create
from knooppunt.directory.models import Organisation
create(SYSTEM, Organisation, {"name": "Speelplek De Wip"})
"""


def until(happens: Callable[[], Any], seconds: float) -> float:
    """Wait until something happens; gives after how many seconds.

    Raises AssertionError when it takes longer.
    """
    began = time.monotonic()
    while not happens():
        assert time.monotonic() - began < seconds
        time.sleep(0.05)
    return time.monotonic() - began


def workers(parent: int) -> list[int]:
    """The worker processes below a server, by number."""
    said = subprocess.run(
        ["ps", "-o", "pid=,args=", "--ppid", str(parent)],
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    return [int(line.split()[0]) for line in said.splitlines() if "config.worker" in line]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answer_to(port: int, address: str) -> tuple[int, str]:
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        client.request("GET", address)
        answer = client.getresponse()
    except ConnectionError:  # the pages are not up yet
        return 0, ""
    return answer.status, answer.read().decode()


def ask_health(port: int) -> tuple[int, str]:
    return answer_to(port, "/gezond/")


def ask(port: int, address: str) -> str:
    return answer_to(port, address)[1]


@contextmanager
def served(site: Site) -> Iterator[tuple[int, int]]:
    """The site as people run it: the number of the server's process, and its port."""
    port = free_port()
    server = site.command(
        "serve", "--empty", "--workers", "1", "--port", str(port), start_new_session=True
    )
    try:
        assert server.stdout
        assert any("http" in line for line in server.stdout)
        yield server.pid, port
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.communicate()


def test_a_killed_worker_is_back_and_goes_on(tmp_path: Path) -> None:
    with new_site(tmp_path / "site") as site, served(site) as (server, port):
        until(lambda: workers(server), 60)
        until(lambda: ask_health(port) == (200, "ok\n"), 60)
        for _time in range(2):
            before = workers(server)
            os.kill(before[0], signal.SIGKILL)
            # It is back within a second; a busy machine may take longer to start a process.
            until(lambda before=before: set(workers(server)) - set(before), 60)  # type: ignore[misc]
        site.python(ENQUEUE)
        mailbox = tmp_path / "site" / "mailbox"
        until(lambda: len(list(mailbox.glob("*.json"))) == 1, 60)
        site.python(ADD)
        until(lambda: "Speelplek" in ask(port, "/vind/?q=speelplek"), 60)


def test_a_worker_goes_on_after_the_database_was_away(tmp_path: Path) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite is a file and cannot be restarted")
    with new_site(tmp_path / "site") as site, served(site) as (_server, port):
        until(lambda: ask_health(port) == (200, "ok\n"), 60)
        name = urlsplit(site.database).path.strip("/")
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as control:
            control.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
            control.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
            )
            until(lambda: ask_health(port)[0] == 503, 60)
            control.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
        until(lambda: ask_health(port) == (200, "ok\n"), 60)
        site.python(ENQUEUE + ADD)
        mailbox = tmp_path / "site" / "mailbox"
        until(lambda: len(list(mailbox.glob("*.json"))) == 1, 60)
        until(lambda: "Speelplek" in ask(port, "/vind/?q=speelplek"), 60)


def test_a_round_that_hangs_ends_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: list[int] = []
    loop = worker.Loop("test", lambda: None, pause=1, longest=60, began=time.monotonic() - 59)
    monkeypatch.setattr(worker, "LOOPS", [loop])
    monkeypatch.setattr(worker.os, "_exit", ended.append)
    monkeypatch.setattr(heartbeat, "beat", lambda: None)
    worker._beat()
    assert ended == []
    loop.began = time.monotonic() - 61
    worker._beat()
    assert ended == [worker.LOST]


def test_a_part_that_is_busy_keeps_no_other_waiting() -> None:
    names = [loop.name for loop in worker._loops()]
    assert names[:2] == ["heartbeat", "mail"]
    assert {"core", "find"} <= set(names) and len(names) == len(set(names))


def test_a_round_that_fails_is_done_again(monkeypatch: pytest.MonkeyPatch) -> None:
    lost: list[str] = []
    monkeypatch.setattr(worker, "_reconnect", lambda: lost.append("connection"))

    def fail() -> None:
        raise RuntimeError("away")

    worker.Loop("test", fail, pause=1, longest=60)._round()
    assert lost == ["connection"]


def test_pauses_grow_while_a_worker_keeps_crashing() -> None:
    assert [pause_after(crashes) for crashes in (1, 2, 3, 4, 20)] == [0.5, 1, 2, 4, 30]


def test_the_first_worker_is_there_before_the_server_forks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # A fork while Popen waits in another thread leaves it waiting for ever.
    threads: list[str] = []
    begin = subprocess.Popen

    def popen(*given: Any, **options: Any) -> Any:
        threads.append(threading.current_thread().name)
        return begin(*given, **options)

    monkeypatch.setattr(subprocess, "Popen", popen)
    supervisor = Supervisor(("sleep", "60"))
    supervisor.start()
    assert threads == [threading.current_thread().name]
    supervisor.stop()


def test_a_worker_that_cannot_be_started_is_tried_again_until_it_is_told_to_stop() -> None:
    supervisor = Supervisor(("/there/is/no/such/program",))
    supervisor.start()
    supervisor.stop()
    assert supervisor._thread is not None and not supervisor._thread.is_alive()


def test_a_worker_that_ends_is_started_again_until_it_is_told_to_stop(tmp_path: Path) -> None:
    marks = tmp_path / "marks"
    supervisor = Supervisor(("sh", "-c", f"echo x >> {marks}; exit 1"))
    supervisor.start()
    until(lambda: marks.exists() and len(marks.read_text()) >= 4, 10)
    supervisor.stop()
    number = len(marks.read_text())
    assert not supervisor._thread.is_alive() and len(marks.read_text()) == number


@pytest.fixture
def watched(settings: Any, db: None) -> Any:
    """A site with a worker."""
    settings.HAS_WORKER = True
    return settings


def test_the_watchman_hears_of_a_silent_worker(
    watched: Any, stranger: Client, time_machine: Any
) -> None:
    time_machine.move_to("2026-03-02 10:00+01:00", tick=False)
    assert "nooit begonnen" in stranger.get("/gezond/").content.decode()
    heartbeat.beat()
    answer = stranger.get("/gezond/")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert answer.headers["Cache-Control"] == "no-store"
    time_machine.shift(60)
    assert stranger.get("/gezond/").status_code == 200
    time_machine.shift(1)
    answer = stranger.get("/gezond/")
    assert answer.status_code == 503 and "61 seconden stil" in answer.content.decode()
    watched.HAS_WORKER = False
    assert stranger.get("/gezond/").status_code == 200


def test_the_watchman_hears_of_a_full_disk(
    watched: Any, stranger: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    heartbeat.beat()
    monkeypatch.setattr(health, "LEAST_SPACE", 10**18)
    answer = stranger.get("/gezond/")
    assert answer.status_code == 503 and "schijf is vol" in answer.content.decode()
    monkeypatch.undo()
    watched.DATA = watched.DATA / "not there"
    answer = stranger.get("/gezond/")
    assert answer.status_code == 503 and "map met gegevens" in answer.content.decode()


def test_the_watchman_hears_of_a_database_that_is_away(
    watched: Any, stranger: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_args: Any) -> None:
        raise OperationalError("away")

    heartbeat.beat()
    monkeypatch.setattr(heartbeat, "seconds_silent", away)
    monkeypatch.setattr(health.connection, "close", lambda: None)
    answer = stranger.get("/gezond/")
    assert answer.status_code == 503 and "database antwoordt niet" in answer.content.decode()


@pytest.mark.django_db
def test_a_task_of_a_dead_worker_is_done_again_but_not_for_ever() -> None:
    gone = ":".join((process_identity.identity().rsplit(":", 2)[0], str(os.getpid()), "earlier"))
    for number, names in enumerate(([gone], [gone] * 3, ["elsewhere:1:x"])):
        DBTaskResult.objects.create(
            args_kwargs={"args": [number], "kwargs": {}},
            status="RUNNING",
            worker_ids=names,
            task_path="knooppunt.directory.tasks.run_import",
            backend_name="default",
            run_after=timezone.now(),
            exception_class_path="",
            traceback="",
        )
    worker._requeue_abandoned()
    found = {row.args_kwargs["args"][0]: row.status for row in DBTaskResult.objects.all()}
    assert found == {0: "READY", 1: "FAILED", 2: "RUNNING"}
