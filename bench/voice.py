"""Lets a whole neighbourhood answer at once, and counts that nothing is lost and nothing doubled.

Run: python bench/voice.py [--writes 100] [--seconds 60] [--workers 2] [--sqlite]. Starts a site of
its own with the example, on a PostgreSQL that the development packages carry (or on SQLite), and
lets visitors come at a steady rate, whether the site keeps up or not. Half of them support a point
(board, point, page of support, button, thanks, point), half say something (home, board, point,
wijk, form, sent). Every tenth supporter presses twice. Waiting for a free connection counts as
waiting for the site. Prints acknowledged and kept writes, p50 and p99 of writes and of views, and
what went wrong.
"""

from __future__ import annotations

import argparse
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from urllib.parse import urlencode

import pages
from crowd import come_steadily, database, environment, percentiles, serve, stop, told_by

TOKEN, MOMENT, COOKIE = (
    re.compile(rb'name="token" value="([^"]+)"'),
    re.compile(rb'name="moment" value="([^"]+)"'),
    re.compile(rb"steun=([^;]+)", re.I),
)


class Crowd:
    """Visitors who come at a steady rate; each goes its way over one open connection."""

    def __init__(self, port: int, point: str) -> None:
        self.port, self.point = port, point
        self.times: dict[str, list[float]] = {"view": [], "write": []}
        self.done = {"support": 0, "signal": 0}
        self.wrong: dict[str, int] = {}
        self.lock = threading.Lock()

    def ask(
        self,
        connection: socket.socket,
        number: int,
        path: str,
        since: float,
        form: dict[str, str] | None = None,
        cookie: str = "",
    ) -> tuple[int, bytes, bytes]:
        """One view or write; ``since`` is when the visitor wanted it."""
        body = urlencode(form).encode() if form is not None else b""
        head = (
            f"{'POST' if form is not None else 'GET'} {path} HTTP/1.1\r\nHost: "
            f"127.0.0.1:{self.port}\r\nX-Forwarded-For: "
            f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}\r\n"
        )
        head += f"Cookie: steun={cookie}\r\n" if cookie else ""
        head += (
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
            if form is not None
            else ""
        )
        status, answer, text = pages.exchange(connection, head.encode() + b"\r\n" + body)
        with self.lock:
            self.times["write" if form is not None else "view"].append(time.perf_counter() - since)
            if status not in (200, 302):
                self.wrong[f"{status} {path}"] = self.wrong.get(f"{status} {path}", 0) + 1
        return status, answer, text

    def support(self, connection: socket.socket, number: int, since: float) -> None:
        """Look around, and press the button; every tenth visitor presses twice."""
        button = f"{self.point}steun/"
        self.ask(connection, number, "/punten/", since)
        self.ask(connection, number, self.point, time.perf_counter())
        _status, head, text = self.ask(connection, number, button, time.perf_counter())
        token, cookie = TOKEN.search(text), COOKIE.search(head)
        if token is None or cookie is None:
            return
        form, mine = {"token": token[1].decode()}, cookie[1].decode()
        for _turn in range(2 if number % 20 == 1 else 1):
            status, _head, _text = self.ask(
                connection, number, button, time.perf_counter(), form, mine
            )
        with self.lock:
            self.done["support"] += status == 302
        self.ask(connection, number, f"{button}?klaar", time.perf_counter(), None, mine)
        self.ask(connection, number, self.point, time.perf_counter())

    def signal(self, connection: socket.socket, number: int, since: float) -> None:
        """Look around, and say something.

        The form was opened a while ago, as a person types for longer than two seconds.
        """
        for path in ("/", "/punten/", self.point, "/wijken/"):
            self.ask(connection, number, path, since)
            since = time.perf_counter()
        _status, _head, text = self.ask(connection, number, "/signaal/", since)
        form = {"moment": self.moment, "text": f"Nummer {number}", "reply_via": "none"}
        status, _head, text = self.ask(connection, number, "/signaal/", time.perf_counter(), form)
        with self.lock:
            self.done["signal"] += status == 200 and b"goed aangekomen" in text

    def come(self, rate: int, seconds: int) -> float:
        """Let everybody come; gives how long it took until the last one was done."""
        with socket.create_connection(("127.0.0.1", self.port)) as first:
            self.moment = MOMENT.search(self.ask(first, 0, "/signaal/", time.perf_counter())[2])[
                1
            ].decode()  # type: ignore[index]
        time.sleep(3)
        for path in (
            "/",
            "/punten/",
            self.point,
            "/wijken/",
            f"{self.point}steun/",
        ) * 6:  # a site that was asked before, in every process
            with socket.create_connection(("127.0.0.1", self.port)) as one:
                self.ask(one, 0, path, time.perf_counter())
        self.times = {"view": [], "write": []}

        def visit(connection: socket.socket, number: int, since: float) -> None:
            (self.support if number % 2 else self.signal)(connection, number, since)

        return come_steadily(self.port, visit, rate, seconds)


def main() -> int:
    """Run it and print what came of it; 1 when anything was lost or doubled."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--writes",
        type=int,
        default=100,
        help="how many visitors a second, each with one write and five views",
    )
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--workers", type=int, default=2, help="server processes")
    parser.add_argument("--sqlite", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as data, database(options.sqlite) as where:
        env = environment(data, where)
        subprocess.run(
            [*pages.KNOOPPUNT, "prepare", "--data", data, "--example"],
            env=env,
            cwd=pages.ROOT,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        point = told_by(
            "from knooppunt.voice.models import Point; "
            "print(Point.objects.order_by('-pk')[0].get_absolute_url())",
            env,
        )
        before = told_by(
            "from knooppunt.voice.models import Signal; print(Signal.objects.count())", env
        )
        port = pages.free_port()
        server = serve(data, port, options.workers)
        crowd = Crowd(port, point)
        took = crowd.come(options.writes, options.seconds)
        kept = told_by(
            "from knooppunt.voice.models import *; print(Support.objects.count(), "
            "Signal.objects.count())",
            env,
        ).split()
        stop(server)
    return told(options, crowd, took, int(kept[0]), int(kept[1]) - int(before))


def told(
    options: argparse.Namespace, crowd: Crowd, took: float, supports: int, signals: int
) -> int:
    """Print the figures; 1 when anything was lost or doubled."""
    people = options.writes * options.seconds
    print(
        f"{'SQLite' if options.sqlite else 'PostgreSQL'}, {os.cpu_count()} cores, "
        f"{options.workers} processes: {people} visitors at {options.writes} a second, done after "
        f"{took:.1f} s"
    )
    print(
        f"support: {crowd.done['support']} acknowledged, {supports} kept; signals: "
        f"{crowd.done['signal']} acknowledged, {signals} kept"
    )
    print(f"writes: {percentiles(crowd.times['write'])}")
    print(f"views:  {percentiles(crowd.times['view'])}")
    for what, number in sorted(crowd.wrong.items()):
        print(f"wrong: {number} times {what}")
    is_whole = (crowd.done["support"], crowd.done["signal"]) == (supports, signals) and sum(
        crowd.done.values()
    ) == people
    print("nothing lost, nothing doubled" if is_whole else "SOMETHING WAS LOST OR DOUBLED")
    return 0 if is_whole else 1


if __name__ == "__main__":
    sys.exit(main())
