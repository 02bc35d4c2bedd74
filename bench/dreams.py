"""Measures how fast dreams that are like another are found, and lets a crowd dream along at once.

Run: python bench/dreams.py [--dreams 20000] [--rate 100] [--seconds 60] [--workers 2] [--sqlite].
Fills a site of its own, on a PostgreSQL that the development packages carry (or on SQLite), with
invented dreams, and prints: milliseconds to find the dreams that are like one of 300 new ones;
then visitors at a steady rate, each reading the wall and one dream, every tenth of whom dreams
along and some of those twice: acknowledged and kept, p50 and p99 of reading and joining, and what
went wrong. Waiting for a free connection counts as waiting for the site. Gives 1 when anyone was
lost or doubled.
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

MOMENT = re.compile(rb'name="moment" value="([^"]+)"')
JOINS_EVERY, TWICE_EVERY = 10, 50
FILL = """
import sys, time, django

django.setup()
from random import Random
from django.utils import timezone
from knooppunt.core.audit import trail
from knooppunt.directory.models import Area
from knooppunt.dreams.models import Dream
from knooppunt.dreams.near import near_dreams
from knooppunt.find import indexing

dice, today, number = Random(7), timezone.localdate(), int(sys.argv[1])
areas = list(Area.objects.doors().defer('outline'))
WHAT = (
    'kas bankje koor tafel schommel boekenkast moestuin feest filmavond werkplaats speeltuin '
    'koffiehoek podium fontein boomhut wandelroute taalles repaircafe voetbalveld logeerkamer'
).split()
WHERE = 'dak plein park straat school kade hof brug markt tuin'.split()
WHO = 'kinderen ouderen buren nieuwkomers jongeren iedereen ouders vaders moeders katten'.split()
HOW = 'samen elke week in de zomer zonder geld met muziek in de avond bij regen'.split()
def text():
    return (
        f'Een {dice.choice(WHAT)} op het {dice.choice(WHERE)} voor {dice.choice(WHO)} en '
        f'{dice.choice(WHO)}, {dice.choice(HOW)} {dice.choice(WHAT)} {dice.choice(HOW)}'
    )
Dream.objects.bulk_create(
    (
        Dream(
            code=f'B-{n}', text=text(), area=dice.choice(areas), state='public', said_on=today,
            published_on=today, answer_by=today,
        )
        for n in range(number)
    ),
    batch_size=500,
)
began = time.perf_counter()
indexing.rebuild(with_meaning=False)
print(f'{number} dreams in the index after {time.perf_counter() - began:.1f} s', flush=True)
near_dreams('warm', areas[0])
times = []
for n in range(300):
    new, area = text(), dice.choice(areas)
    began = time.perf_counter()
    near_dreams(new, area)
    times.append((time.perf_counter() - began) * 1000)
times.sort()
print(f'dreams that are like one: p50 {times[150]:.0f} ms, p99 {times[297]:.0f} ms', flush=True)
"""
COUNT = (
    "from knooppunt.dreams.models import Participant; "
    "print(Participant.objects.exclude(email='').count())"
)
FIRST = (
    "from knooppunt.dreams.models import Dream; "
    "print(Dream.objects.on_wall().order_by('pk')[0].get_absolute_url())"
)


class Crowd:
    """Visitors who come at a steady rate; each reads, and some dream along."""

    def __init__(self, port: int, dream: str) -> None:
        self.port, self.dream = port, dream
        self.reading: list[float] = []
        self.joining: list[float] = []
        self.acknowledged: set[int] = set()
        self.wrong: dict[str, int] = {}
        self.moment = ""
        self.lock = threading.Lock()

    def ask(
        self,
        connection: socket.socket,
        number: int,
        path: str,
        since: float,
        form: dict[str, str] | None = None,
    ) -> tuple[int, bytes]:
        """Read a page, or send a form; ``since`` is when the visitor wanted it."""
        body = urlencode(form).encode() if form else b""
        head = (
            f"{'POST' if form else 'GET'} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n"
            f"X-Forwarded-For: 10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}\r\n"
        )
        if form:
            head += (
                "Content-Type: application/x-www-form-urlencoded\r\n"
                f"Content-Length: {len(body)}\r\n"
            )
        status, _head, text = pages.exchange(connection, head.encode() + b"\r\n" + body)
        with self.lock:
            (self.joining if form else self.reading).append(time.perf_counter() - since)
            if status != 200:
                self.wrong[f"{status} {path}"] = self.wrong.get(f"{status} {path}", 0) + 1
        return status, text

    def visit(self, connection: socket.socket, number: int, since: float) -> None:
        """Read the wall and a dream; every tenth dreams along, and some press twice."""
        self.ask(connection, number, "/dromen/", since)
        self.ask(connection, number, self.dream, time.perf_counter())
        if number % JOINS_EVERY:
            return
        form = {"moment": self.moment, "email": f"buur-{number}@example.org", "kinds": "hands"}
        for _turn in range(2 if number % TWICE_EVERY == 0 else 1):
            status, text = self.ask(
                connection, number, f"{self.dream}doe-mee/", time.perf_counter(), form
            )
            if status == 200 and b"in je mail" in text:
                with self.lock:
                    self.acknowledged.add(number)

    def come(self, rate: int, seconds: int) -> float:
        """Let everybody come; gives how long it took until the last one was done."""
        with socket.create_connection(("127.0.0.1", self.port)) as first:
            _status, page = self.ask(first, 0, f"{self.dream}doe-mee/", time.perf_counter())
            match = MOMENT.search(page)
            assert match, "the form has no moment"
            self.moment = match[1].decode()
            time.sleep(3)  # a person types for longer than two seconds
            for path in ("/dromen/", self.dream) * 6:
                self.ask(first, 0, path, time.perf_counter())
        self.reading, self.joining = [], []
        return come_steadily(self.port, self.visit, rate, seconds)


def report(options: argparse.Namespace, crowd: Crowd, took: float, kept: int) -> int:
    """Print the figures; 1 when anyone was lost or doubled."""
    print(
        f"{'SQLite' if options.sqlite else 'PostgreSQL'}, {os.cpu_count()} cores, "
        f"{options.workers} processes: {options.rate * options.seconds} visitors at "
        f"{options.rate} a second, done after {took:.1f} s"
    )
    print(f"dreaming along: {len(crowd.acknowledged)} acknowledged, {kept} kept")
    print(f"joining: {percentiles(crowd.joining)}")
    print(f"reading: {percentiles(crowd.reading)}")
    for what, number in sorted(crowd.wrong.items()):
        print(f"wrong: {number} times {what}")
    due = len(range(0, options.rate * options.seconds, JOINS_EVERY))
    is_whole = len(crowd.acknowledged) == kept == due
    print("nobody lost, nobody doubled" if is_whole else "SOMEBODY WAS LOST OR DOUBLED")
    return 0 if is_whole else 1


def main() -> int:
    """Run it and print what came of it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--dreams", type=int, default=20_000)
    parser.add_argument("--rate", type=int, default=100, help="visitors a second")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--workers", type=int, default=2, help="server processes")
    parser.add_argument("--sqlite", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as data, database(options.sqlite) as where:
        env = environment(data, where)
        subprocess.run(
            [*pages.KNOOPPUNT, "prepare", "--data", data],
            cwd=pages.ROOT,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        pages.inside(FILL, data, str(options.dreams))
        dream, before = told_by(FIRST, env), int(told_by(COUNT, env))
        port = pages.free_port()
        server = serve(data, port, options.workers)
        crowd = Crowd(port, dream)
        took = crowd.come(options.rate, options.seconds)
        kept = int(told_by(COUNT, env)) - before
        stop(server)
    return report(options, crowd, took, kept)


if __name__ == "__main__":
    sys.exit(main())
