"""Measures how many pages a second the site serves, and how long the slowest hundredth takes.

Run: python bench/pages.py [--organisations 80] [--connections 4] [--seconds 4]. Starts a site of
its own with an invented neighbourhood in a temporary folder, asks each page from several
connections at once, and prints how many a second it draws anew (an address that was never asked),
how many it serves as long as nothing changes, p50 and p99 in milliseconds, the size on the wire,
the memory per process, and the speed of 304. No browser cache takes part in any of them.
"""

from __future__ import annotations

import argparse
import itertools
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
KNOOPPUNT = [sys.executable, "-m", "knooppunt.config.cli"]


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def exchange(connection: socket.socket, request: bytes) -> tuple[int, bytes, bytes]:
    """Send a request over an open connection and read the whole answer: status, head and body."""
    connection.sendall(request)
    data = b""
    while b"\r\n\r\n" not in data:
        data += connection.recv(65536)
    head, _, body = data.partition(b"\r\n\r\n")
    low = head.lower()
    if b"content-length:" in low:
        length = int(low.split(b"content-length:")[1].split(b"\r\n")[0])
        while len(body) < length:
            body += connection.recv(65536)
    elif b"chunked" in low:
        while not body.endswith(b"0\r\n\r\n"):
            body += connection.recv(65536)
    return int(head[9:12]), head, body


def ask(connection: socket.socket, request: bytes) -> tuple[int, int, bytes]:
    """One request over an open connection: status, bytes of the whole answer, and its head."""
    status, head, body = exchange(connection, request)
    return status, len(head) + 4 + len(body), head


def inside(code: str, data: str, *arguments: str, **more: str) -> None:
    """Run a piece of Python in the site that keeps its data in ``data``, and print what it
    prints; ``more`` is for its environment.
    """
    env = {
        **os.environ,
        "KNOOPPUNT_DATA": data,
        "DJANGO_SETTINGS_MODULE": "knooppunt.config.settings",
        **more,
    }
    subprocess.run([sys.executable, "-c", code, *arguments], env=env, check=True, cwd=ROOT)


def load(
    port: int, path: str, connections: int, seconds: float, tag: str = "", fresh: bool = False
) -> dict[str, float]:
    """Ask one page from several connections for some seconds; ``fresh`` makes the site draw it
    anew each time.
    """
    extra = f"If-None-Match: {tag}\r\n" if tag else ""
    rest = f" HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Encoding: gzip\r\n{extra}\r\n"
    numbers = itertools.count()
    times: list[float] = []
    statuses: set[int] = set()
    sizes: list[int] = []
    until = time.perf_counter() + seconds

    def work() -> None:
        with socket.create_connection(("127.0.0.1", port)) as connection:
            while time.perf_counter() < until:
                began = time.perf_counter()
                unique = f"{'&' if '?' in path else '?'}n={next(numbers)}" if fresh else ""
                status, size, _head = ask(connection, f"GET {path}{unique}{rest}".encode())
                times.append(time.perf_counter() - began)
                statuses.add(status)
                sizes.append(size)

    threads = [threading.Thread(target=work) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times.sort()
    return {
        "rate": len(times) / seconds,
        "p50": times[len(times) // 2] * 1000,
        "p99": times[int(len(times) * 0.99)] * 1000,
        "kB": max(sizes) / 1024,
        "status": max(statuses),
    }


def start(data: str, port: int) -> subprocess.Popen[bytes]:
    """Serve the site and wait until it answers."""
    server = subprocess.Popen(
        [*KNOOPPUNT, "serve", "--port", str(port), "--data", data, "--empty"],
        stdout=subprocess.DEVNULL,
        cwd=ROOT,
    )
    for _ in range(100):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1) as probe:
                if (
                    ask(probe, f"GET /gezond/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())[
                        0
                    ]
                    == 200
                ):
                    return server
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the site did not start")


def tag_of(port: int, path: str) -> str:
    """The ETag that a page carries now."""
    with socket.create_connection(("127.0.0.1", port)) as connection:
        head = ask(connection, f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())[2]
    return head.decode().lower().split("etag: ")[1].split("\r\n")[0]


def pages(data: str) -> list[str]:
    """The pages to ask: home, every list, and one of each kind of page."""
    code = (
        "import django; django.setup(); from knooppunt.directory.models import *;"
        "f=lambda q: q.order_by('pk').first().get_absolute_url();"
        "print(f(Organisation.objects.filter(role='initiative')), "
        "f(Organisation.objects.filter(role='network')), f(Place.objects.all()), "
        "f(Area.objects.doors()))"
    )
    env = {
        **os.environ,
        "KNOOPPUNT_DATA": data,
        "DJANGO_SETTINGS_MODULE": "knooppunt.config.settings",
    }
    found = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True, cwd=ROOT
    )
    lists = [
        "/",
        "/initiatieven/",
        "/initiatieven/?q=tuin",
        "/plekken/",
        "/plekken/?open=nu",
        "/netwerken/",
        "/instellingen/",
        "/wijken/",
        "/cijfers/",
        "/cijfers/organisations/",
    ]
    return lists + found.stdout.split()


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--organisations", type=int, default=80)
    parser.add_argument("--connections", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=4)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as data:
        subprocess.run([*KNOOPPUNT, "prepare", "--data", data], check=True, cwd=ROOT)
        subprocess.run(
            [*KNOOPPUNT, "example", "--organisations", str(options.organisations), "--data", data],
            check=True,
            cwd=ROOT,
        )
        port = free_port()
        server = start(data, port)
        try:
            print(
                f"{'page':44} {'drawn/s':>7} {'p99 ms':>7} {'req/s':>7} {'p50 ms':>7} "
                f"{'p99 ms':>7} {'kB':>6} status"
            )
            for path in pages(data):
                load(port, path, options.connections, 0.5)
                got = load(port, path, options.connections, options.seconds)
                fresh = load(port, path, options.connections, options.seconds / 2, fresh=True)
                print(
                    f"{path[:44]:44} {fresh['rate']:7.0f} {fresh['p99']:7.1f} {got['rate']:7.0f} "
                    f"{got['p50']:7.1f} {got['p99']:7.1f} {got['kB']:6.1f} {got['status']:.0f}"
                )
            got = load(port, "/", options.connections, options.seconds, tag_of(port, "/"))
            print(
                f"{'/ (304)':60} {got['rate']:7.0f} {got['p50']:7.1f} {got['p99']:7.1f} "
                f"{got['kB']:6.1f} {got['status']:.0f}"
            )
            family = [
                psutil.Process(server.pid),
                *psutil.Process(server.pid).children(recursive=True),
            ]
            print(
                "memory per process, MB:",
                ", ".join(f"{process.memory_info().rss / 1e6:.0f}" for process in family),
            )
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(timeout=15)


if __name__ == "__main__":
    main()
