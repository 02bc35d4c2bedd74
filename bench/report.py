"""Measures how long a half-yearly report takes, step by step, with how much memory, and how fast it
is read afterwards.

Run: python bench/report.py [--organisations 5000] [--activities 5000] [--seconds 4]. With
``--organisations 0`` the example neighbourhood is used. Prints seconds for each file of ``knooppunt
report``, first as a draft that counts everything and then from what was published; seconds for
publishing; the largest memory of any process; and pages a second drawn anew of the report, one of
its numbers, and beside them a list of the register.
"""

from __future__ import annotations

import argparse
import resource
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from pages import KNOOPPUNT, ROOT, free_port, inside, load, start

FILL = """
import sys, django

django.setup()
from datetime import date, time, timedelta
from django.utils import timezone
from knooppunt.agenda.actions.activities import Organising, enter_many, slugs_for
from knooppunt.agenda.models import Activity
from knooppunt.core.audit.trail import SYSTEM
from knooppunt.directory.models import Organisation, Place
from knooppunt.kit.periods import half_year_of

last = half_year_of(timezone.localdate()).previous
for model in (Organisation, Place):
    for part in range(10):
        day = last.since - timedelta(days=700) if part < 8 else last.since + timedelta(days=20)
        model.objects.filter(
            pk__in=[pk for pk in model.objects.values_list('pk', flat=True) if pk % 10 == part]
        ).update(listed_on=day)
places, who = (
    list(Place.objects.order_by('pk')),
    list(Organisation.objects.filter(role='initiative').order_by('pk')),
)
days, groups = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'], ['local', 'local', 'formal', 'paid']
rows = [
    dict(
        name=f'Activiteit {n}',
        since=last.since,
        starts_on=last.since + timedelta(days=n % 7),
        starts_at=time(8 + n % 12),
        minutes=60,
        rules=[f'FREQ=WEEKLY;BYDAY={days[n % 7]}'],
        places=[places[n % len(places)]],
        organisers=[Organising(who[n % len(who)], '', groups[n % 4])],
    )
    for n in range(int(sys.argv[1]))
]
slugs = slugs_for(everything=True)
for start in range(0, len(rows), 500):
    enter_many(SYSTEM, rows[start : start + 500], slugs)
print(Organisation.objects.count(), 'organisations,', Activity.objects.count(), 'activities')
"""
PUBLISH = """
import time, django

django.setup()
from django.utils import timezone
from knooppunt.core.audit.trail import SYSTEM
from knooppunt.kit.periods import half_year_of
from knooppunt.report import freezing
from knooppunt.report.actions import reports
from knooppunt.report.models import Edition, FigureSnapshot, Report

if not Edition.objects.exists():
    one = reports.begin(SYSTEM, half_year_of(timezone.localdate()).previous)
    reports.offer(SYSTEM, Report.objects.get(pk=one.pk))
    began = time.perf_counter()
    reports.publish(SYSTEM, one)
    print(f'publishing: {time.perf_counter() - began:.2f} s')
edition, began = Edition.objects.get(), time.perf_counter()
problems = freezing.wrong(edition)
print(
    f'counting it all over: {time.perf_counter() - began:.2f} s, {len(problems)} problems;',
    edition.figures.count(),
    'numbers,',
    sum(one.told['lines'] for one in edition.figures.all()),
    'lines,',
    sum(len(one.packed) for one in edition.figures.all()) // 1000,
    'kB packed',
)
"""


def made(data: str, period: str, out: Path, *more: str) -> None:
    """Run the command as a keeper would, and print what it prints without the single drawings."""
    began = time.perf_counter()
    told = subprocess.run(
        [*KNOOPPUNT, "report", period, "--data", data, "--out", str(out), *more],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    print("\n".join(line for line in told.splitlines() if ".svg" not in line))
    print(
        f"{time.perf_counter() - began:7.2f} s  the whole command; largest process so far "
        f"{resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000:.0f} MB"
    )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--organisations", type=int, default=5000)
    parser.add_argument("--activities", type=int, default=5000)
    parser.add_argument("--seconds", type=float, default=4)
    options = parser.parse_args()
    year, month = time.localtime()[:2]
    period = f"{year}-1" if month > 6 else f"{year - 1}-2"
    with tempfile.TemporaryDirectory() as data:
        example = [] if options.organisations else ["--example"]
        subprocess.run(
            [*KNOOPPUNT, "prepare", "--data", data, *example],
            check=True,
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
        )
        if options.organisations:
            subprocess.run(
                [
                    *KNOOPPUNT,
                    "example",
                    "--organisations",
                    str(options.organisations),
                    "--data",
                    data,
                ],
                check=True,
                cwd=ROOT,
                stdout=subprocess.DEVNULL,
            )
            inside(FILL, data, str(options.activities))
        print("counted now (--draft):")
        made(data, period, Path(data) / "draft", "--draft")
        inside(PUBLISH, data)
        print("as published:")
        made(data, period, Path(data) / "published")
        port = free_port()
        server = start(data, port)
        try:
            for path in (
                f"/halfjaarbericht/{period}/",
                f"/halfjaarbericht/{period}/editie/1/cijfer/organisations/",
                f"/halfjaarbericht/{period}/editie/1/beeld/map.svg",
                "/initiatieven/",
                "/cijfers/organisations/",
            ):
                load(port, path, 4, 1, fresh=True)
                got = load(port, path, 4, options.seconds, fresh=True)
                print(
                    f"{path:62} {got['rate']:6.0f}/s drawn anew  p50 {got['p50']:6.1f} ms  p99 "
                    f"{got['p99']:6.1f} ms  {got['kB']:.1f} kB"
                )
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(timeout=20)


if __name__ == "__main__":
    main()
