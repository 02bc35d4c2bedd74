"""Measures how fast the agenda is: pages and calendars a second, the daily expansion, and one
change among many.

Run: python bench/agenda.py [--organisations 80] [--weekly 0] [--seconds 2]. With 80 organisations
it has some 1,800 single times of which 300 are to come; ``--organisations 5000 --weekly 20000``
makes that many series of every week. Prints pages a second drawn anew and as long as nothing
changes, p99 in milliseconds, the size on the wire, and seconds.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from pages import KNOOPPUNT, ROOT, free_port, load, start, tag_of

MAKE = """
import sys, time, django

django.setup()
from datetime import date, timedelta
from django.utils import timezone
from knooppunt.agenda.actions.activities import Organising, enter_many, slugs_for
from knooppunt.agenda.models import Activity, Occurrence
from knooppunt.core.audit.trail import SYSTEM
from knooppunt.directory.models import Organisation, Place

places, who = (
    list(Place.objects.select_related('area').order_by('pk')),
    list(Organisation.objects.filter(role='initiative').order_by('pk')),
)
weekly, today = int(sys.argv[1]), timezone.localdate()
rows, days = [], ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
if weekly:
    for n in range(weekly):
        rows.append(
            dict(
                name=f'Activiteit {n}',
                starts_on=today - timedelta(days=today.weekday()) + timedelta(days=n % 7),
                starts_at=f'{8 + n % 12:02}:00',
                minutes=60,
                rules=[f'FREQ=WEEKLY;BYDAY={days[n % 7]}'],
                places=[places[n % len(places)]],
                organisers=[Organising(who[n % len(who)], '', 'local')],
            )
        )
else:
    for n in range(300):  # six times each: one to come, five past
        rows.append(
            dict(
                name=f'Activiteit {n}',
                starts_on=today - timedelta(days=35 - n % 7),
                starts_at=f'{8 + n % 12:02}:00',
                minutes=60,
                rules=['FREQ=WEEKLY;COUNT=6'],
                places=[places[n % len(places)]],
                organisers=[Organising(who[n % len(who)], '', 'local')],
            )
        )
from datetime import time as clock

for row in rows:
    row['starts_at'] = clock.fromisoformat(row['starts_at'])
slugs, began = slugs_for(everything=True), time.perf_counter()
for start in range(0, len(rows), 500):
    enter_many(SYSTEM, rows[start : start + 500], slugs)
print(
    f'entered {len(rows)} activities with {Occurrence.objects.count()} single times in '
    f'{time.perf_counter() - began:.1f} s;',
    Occurrence.objects.filter(starts__gte=timezone.now()).count(),
    'are to come',
)
print(Activity.objects.order_by('pk').first().get_absolute_url(), places[0].slug)
"""
EXPAND = """
import time, django

django.setup()
from datetime import timedelta
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from knooppunt.agenda.actions import activities
from knooppunt.agenda.actions.materialise import materialise_ahead
from knooppunt.agenda.models import Activity, Occurrence
from knooppunt.core.audit.trail import SYSTEM

before, began = Occurrence.objects.count(), time.perf_counter()
number = materialise_ahead(timezone.localdate() + timedelta(days=31))
print(
    f'daily expansion of {number} series that are all due: {time.perf_counter() - began:.1f} s, '
    f'{Occurrence.objects.count() - before} times more'
)
one = Activity.objects.order_by('pk')[Activity.objects.count() // 2]
began = time.perf_counter()
with CaptureQueriesContext(connection) as asked:
    activities.change(
        SYSTEM,
        one,
        {
            'starts_at': (timezone.localtime() + timedelta(hours=1))
            .time()
            .replace(second=0, microsecond=0)
        },
    )
print(f'one series changed: {(time.perf_counter() - began) * 1000:.0f} ms, {len(asked)} statements')
"""


def run(code: str, data: str, *arguments: str) -> list[str]:
    """Run a piece of code on a site; gives what it printed."""
    env = {
        **os.environ,
        "KNOOPPUNT_DATA": data,
        "DJANGO_SETTINGS_MODULE": "knooppunt.config.settings",
    }
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(
        command, env=env, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT
    ).stdout.splitlines()


def measure(port: int, path: str, connections: int, seconds: float) -> None:
    """One line of the table."""
    load(port, path, connections, 0.3)
    got = load(port, path, connections, seconds)
    fresh = load(port, path, connections, seconds, fresh=True)
    print(
        f"{path[:44]:44} {fresh['rate']:7.1f} {fresh['p99']:8.1f} {got['rate']:7.0f} "
        f"{got['p99']:8.1f} {got['kB']:7.1f} {got['status']:.0f}",
        flush=True,
    )


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--organisations", type=int, default=80)
    parser.add_argument("--weekly", type=int, default=0)
    parser.add_argument("--connections", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as data:
        subprocess.run([*KNOOPPUNT, "prepare", "--data", data], check=True, cwd=ROOT)
        subprocess.run(
            [*KNOOPPUNT, "example", "--organisations", str(options.organisations), "--data", data],
            check=True,
            cwd=ROOT,
        )
        made, last = run(MAKE, data, str(options.weekly))
        print(made)
        page, place = last.split()
        port = free_port()
        server = start(data, port)
        try:
            print(
                f"{'page':44} {'drawn/s':>7} {'p99 ms':>8} {'req/s':>7} {'p99 ms':>8} {'kB':>7} "
                f"status"
            )
            for path in (
                "/agenda/",
                "/agenda/?toon=week",
                "/agenda/?toon=maand",
                page,
                f"/plekken/{place}/",
                f"/plekken/{place}.ics",
                "/agenda.ics",
                "/cijfers/aandeel/",
            ):
                measure(port, path, options.connections, options.seconds)
            got = load(
                port,
                "/agenda.ics",
                options.connections,
                options.seconds,
                tag_of(port, "/agenda.ics"),
            )
            print(f"{'/agenda.ics (304)':61} {got['rate']:7.0f} {got['p99']:8.1f}")
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(timeout=15)
        print("\n".join(run(EXPAND, data)))


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main()
