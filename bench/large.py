"""Measures the large site: 5,000 organisations, 500 networks and 20,000 weekly series (1.15 million
times).

Run: python bench/large.py [--data DIR] [--organisations 5000] [--weekly 20000] [--seconds 3]. The
site is made once in ``--data`` (and in the database of DATABASE_URL, if given) and used again by
later runs. Waits until the worker has counted what the pages show. Prints for every public page p50
and p99 in milliseconds with 4 connections, the first answer after a change, the slowest of 200
addresses never asked before in a row, and the memory of all processes; then whether each figure is
within what is asked.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import psutil
from agenda import MAKE
from pages import KNOOPPUNT, ROOT, ask, free_port, inside, load, start

MOST_P99, MOST_FIRST, MOST_NEW, MOST_MEMORY = 300, 1000, 500, 900
LONGEST_FILLING = 300.0
PATHS = """
import django

django.setup()
from knooppunt.agenda.models import Activity
from knooppunt.directory.models import Area, Organisation, Place, Theme

first = lambda rows: rows.order_by('pk').first()
area, place, theme = (
    Area.objects.doors().order_by('pk').first(),
    first(Place.objects.public()),
    Theme.objects.first(),
)
series, network = first(Activity.objects.all()), first(Organisation.objects.filter(role='network'))
initiative = first(Organisation.objects.filter(role='initiative'))
print(
    '\\n'.join(
        [
            '/',
            '/initiatieven/',
            '/initiatieven/?q=tuin',
            '/netwerken/',
            '/instellingen/',
            '/plekken/',
            '/plekken/?open=nu',
            '/wijken/',
            area.get_absolute_url(),
            initiative.get_absolute_url(),
            network.get_absolute_url(),
            place.get_absolute_url(),
            series.get_absolute_url(),
            '/vind/?q=tuin',
            '/kaart/',
            '/agenda/',
            '/agenda/?toon=week',
            '/agenda/?toon=maand',
            '/punten/',
            '/toezeggingen/',
            '/vraag-en-aanbod/',
            '/overleg/',
            '/open/',
            '/cijfers/',
            f'/cijfers/?wijk={area.slug}',
            '/cijfers/organisations/',
            '/cijfers/members/',
            '/cijfers/activities/',
            '/cijfers/share_residents/',
            '/cijfers/times/',
            '/cijfers/aandeel/',
            f'/cijfers/aandeel/?wijk={area.slug}',
            '/cijfers/aandeel.svg',
            '/agenda.ics',
            f'/wijken/{area.slug}.ics',
            f'/netwerken/{network.slug}.ics',
            f'/plekken/{place.slug}.ics',
            f'/themas/{theme.slug}.ics',
        ]
    )
)
"""
CHANGE = """
import sys, django

django.setup()
from knooppunt.core.audit.trail import bump_generation

bump_generation()
"""
IS_MADE = (
    "import django; django.setup(); from knooppunt.agenda.models import Activity; "
    "print(Activity.objects.count())"
)


def output_of(code: str, data: str) -> str:
    """What a piece of Python prints in the site in ``data``."""
    env = {
        **os.environ,
        "KNOOPPUNT_DATA": data,
        "DJANGO_SETTINGS_MODULE": "knooppunt.config.settings",
    }
    command = [sys.executable, "-c", code]
    return subprocess.run(
        command, env=env, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT
    ).stdout


def build(data: str, organisations: int, weekly: int) -> None:
    """Make the large site, unless it is there already."""
    subprocess.run([*KNOOPPUNT, "prepare", "--data", data], check=True, cwd=ROOT)
    if int(output_of(IS_MADE, data)) >= weekly:
        return
    began = time.perf_counter()
    command = [*KNOOPPUNT, "example", "--organisations", str(organisations), "--data", data]
    subprocess.run(command, check=True, cwd=ROOT)
    inside(MAKE, data, str(weekly))
    print(f"made in {time.perf_counter() - began:.0f} s", flush=True)


def timed(port: int, path: str) -> tuple[int, float]:
    """Status and milliseconds of one request over a connection of its own."""
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Encoding: gzip\r\n\r\n"
    began = time.perf_counter()
    with socket.create_connection(("127.0.0.1", port)) as connection:
        status, _size, _head = ask(connection, request.encode())
    return status, (time.perf_counter() - began) * 1000


def never_asked(number: int) -> list[str]:
    """Addresses that no earlier run asked: made-up parameters, days far back, and wijken and
    pages that are not there.
    """
    long_ago = date(1950, 1, 1) + timedelta(days=int(time.time()) // 60 % 20_000)
    kinds = (
        lambda at: f"/cijfers/?n={at}",
        lambda at: f"/cijfers/aandeel/?n={at}",
        lambda at: f"/cijfers/?op={long_ago + timedelta(days=at)}",
        lambda at: f"/cijfers/aandeel/?op={long_ago + timedelta(days=at)}",
        lambda at: f"/cijfers/aandeel.csv?op={long_ago + timedelta(days=at)}",
        lambda at: f"/cijfers/organisations/?op={long_ago + timedelta(days=at)}",
        lambda at: f"/agenda/?dag={date.today() + timedelta(days=at)}&toon=week",
        lambda at: f"/agenda.ics?n={at}",
    )
    return [kinds[at % len(kinds)](at) for at in range(number)]


def fill(port: int, paths: list[str]) -> None:
    """Ask every page until the worker has counted what it shows, so that no waiting page is
    measured in its stead.
    """
    began = time.perf_counter()
    waiting = paths
    while waiting and time.perf_counter() - began < LONGEST_FILLING:
        waiting = [path for path in waiting if timed(port, path)[0] in (202, 503)]
        time.sleep(1 if waiting else 0)
    print(
        f"counted by the worker within {time.perf_counter() - began:.0f} s of the start", flush=True
    )


def table(port: int, paths: list[str], seconds: float) -> list[str]:
    """Print a line for each page; gives what took longer than is asked."""
    slow = []
    print(f"{'page':44} {'p50 ms':>8} {'p99 ms':>8} {'kB':>8} status")
    for path in paths:
        load(port, path, 1, 0.2)
        measured = load(port, path, 4, seconds)
        print(
            f"{path[:44]:44} {measured['p50']:8.1f} {measured['p99']:8.1f} {measured['kB']:8.1f} "
            f"{measured['status']:.0f}",
            flush=True,
        )
        if measured["p99"] > MOST_P99 or measured["status"] != 200:
            slow.append(f"{path} p99 {measured['p99']:.0f} ms, status {measured['status']:.0f}")
    return slow


def memory_of(server: subprocess.Popen[bytes]) -> list[float]:
    """Megabytes of the server and of every process below it."""
    parent = psutil.Process(server.pid)
    family = [parent, *parent.children(recursive=True)]
    return [process.memory_info().rss / 1e6 for process in family]


def measure(server: subprocess.Popen[bytes], port: int, data: str, seconds: float) -> list[str]:
    """Print everything; gives what is not as it is asked."""
    paths = output_of(PATHS, data).split()
    fill(port, paths)
    trouble = table(port, paths, seconds)
    print(f"\n{'first after a change':44} {'ms':>8} status")
    for path in [path for path in paths if "cijfers" in path or path.endswith((".ics", "/"))]:
        inside(CHANGE, data)
        status, took = timed(port, path)
        print(f"{path[:44]:44} {took:8.0f} {status}", flush=True)
        if took > MOST_FIRST:
            trouble.append(f"{path} first after a change {took:.0f} ms")
    answers = [(path, *timed(port, path)) for path in never_asked(200)]
    answers.sort(key=lambda answer: -answer[2])
    slowest = answers[0]
    print("\n200 addresses never asked before, the slowest:")
    print(
        *(f"  {path} {took:.0f} ms, status {status}" for path, status, took in answers[:5]),
        sep="\n",
    )
    statuses = sorted({status for _path, status, _took in answers})
    print(
        "their statuses:",
        ", ".join(
            f"{each} x {sum(status == each for _p, status, _t in answers)}" for each in statuses
        ),
    )
    if slowest[2] > MOST_NEW:
        trouble.append(f"never asked before: {slowest[0]} {slowest[2]:.0f} ms")
    memory = memory_of(server)
    print(f"memory {sum(memory):.0f} MB:", ", ".join(f"{each:.0f}" for each in memory))
    if sum(memory) > MOST_MEMORY:
        trouble.append(f"memory {sum(memory):.0f} MB")
    return trouble


def main() -> int:
    """Print the measurements; 1 when one of them is not as it is asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("/tmp/knooppunt-large"))
    parser.add_argument("--organisations", type=int, default=5000)
    parser.add_argument("--weekly", type=int, default=20000)
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--only-build", action="store_true")
    options = parser.parse_args()
    data = str(options.data.resolve())
    build(data, options.organisations, options.weekly)
    if options.only_build:
        return 0
    port = options.port or free_port()
    server = start(data, port)
    try:
        trouble = measure(server, port, data, options.seconds)
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=20)
    print("\nnot as it is asked:" if trouble else "\nall as it is asked", *trouble, sep="\n  ")
    return 1 if trouble else 0


if __name__ == "__main__":
    sys.exit(main())
