"""Measures how fast needs and offers are compared, and how fast and light the data of the map is.

Run: python bench/matching.py [--needs 5000] [--offers 20000] [--places 100000]. Fills a site in a
temporary folder (or in the empty PostgreSQL database of DATABASE_URL) with invented rows, for the
map straight in the index, and prints: seconds for all needs against all offers, milliseconds for
one new need (read, compared, with reasons), and for one view of the map (the squares on a screen)
the milliseconds and kilobytes at several depths.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile

from pages import KNOOPPUNT, ROOT, inside

MATCHING = """
import sys, time, django

django.setup()
from random import Random
from django.utils import timezone
from knooppunt.core.database import bulk
from knooppunt.directory.models import Organisation, Place
from knooppunt.help import matching
from knooppunt.help.models import Notice

needs, offers, dice, today = int(sys.argv[1]), int(sys.argv[2]), Random(7), timezone.localdate()
who = list(Organisation.objects.filter(role='initiative').values_list('pk', flat=True))
places = list(Place.objects.values_list('pk', 'area'))
WHAT = (
    'keuken zaal tafels stoelen oven bakfiets gereedschap podium tent geluid boekhouder website '
    'vrijwilligers timmerman kok tuinman drukwerk subsidie vertaler muziek'
).split()
HOW = (
    'voor de oogst,op donderdag,met uitzicht,voor twintig mensen,in de avond,om te lenen,voor '
    'kinderen,met koffie,voor een feest,elke week'
).split(',')
rows = []
for n in range(needs + offers):
    place, area = dice.choice(places)
    title, text = (
        f'{dice.choice(WHAT)} {dice.choice(HOW)}',
        f'{dice.choice(WHAT)} en {dice.choice(WHAT)} {dice.choice(HOW)}',
    )
    rows.append(
        Notice(
            side='need' if n < needs else 'offer',
            kind=dice.choice(Notice.Kind.values),
            organisation_id=dice.choice(who),
            title=title,
            text=text,
            place_id=place,
            area_id=area,
            days=dice.sample(range(7), dice.randint(0, 3)),
            terms=matching.terms_of(title, text),
        )
    )
for start in range(0, len(rows), 500):
    bulk.create(rows[start : start + 500])
began = time.perf_counter()
found = 0
boards = {}
for one in Notice.objects.filter(side='need').select_related('place'):
    if one.kind not in boards:
        boards[one.kind] = matching.Board('offer', one.kind, today)
    found += len(boards[one.kind].suggest(one))
print(
    f'{needs} needs against {offers} offers: {time.perf_counter() - began:.1f} s, {found} '
    f'suggestions'
)
times = []
for one in Notice.objects.filter(side='need').select_related('place')[:40]:
    began = time.perf_counter()
    matching.suggestions(one, today)
    times.append((time.perf_counter() - began) * 1000)
times.sort()
print(f'one need: p50 {times[20]:.0f} ms, slowest {times[-1]:.0f} ms')
"""
MAP = """
import sys, time, gzip, django

django.setup()
import numpy
from random import Random
from django.test import Client
from knooppunt.core.database import bulk
from knooppunt.find import process_cache
from knooppunt.find.models import Document
from knooppunt.find.segments import index

dice, places = Random(7), int(sys.argv[1])
Document.objects.all().delete()
version = process_cache.next_version()
process_cache.begin_anew()
rows = [
    Document(
        type='place',
        number=n,
        title=f'Plek {n}',
        title_key=f'plek {n}',
        address=f'/plekken/plek-{n}/',
        mark='bench',
        version=version,
        longitude=dice.gauss(4.445, 0.02),
        latitude=dice.gauss(51.915, 0.012),
    )
    for n in range(places)
]
for start in range(0, len(rows), 500):
    bulk.create(rows[start : start + 500])
index()
points = numpy.concatenate([one.points for one in index().segments])
points = points[~numpy.isnan(points[:, 0])]
lon, lat = numpy.median(points, axis=0)
client = Client(HTTP_HOST='127.0.0.1')
print(len(points), 'points')
for zoom in (11, 13, 15, 17, 19):
    x, y = (
        int((lon + 180) / 360 * 2**zoom),
        int((1 - numpy.arcsinh(numpy.tan(numpy.radians(lat))) / numpy.pi) / 2 * 2**zoom),
    )
    size, times = 0, []
    for attempt in range(3):
        size, took = 0, 0.0
        for dx in (-1, 0, 1):
            for dy in (-1, 0, 1):
                began = time.perf_counter()
                answer = client.get(f'/kaart/vak/{zoom}/{x + dx}/{y + dy}.json?n={attempt}')
                took = max(took, time.perf_counter() - began)
                size += len(answer.content)
        times.append(took * 1000)
    print(
        f'depth {zoom}: slowest of nine squares {min(times):.0f} ms, all nine {size / 1024:.1f} kB'
    )
began = time.perf_counter()
answer = client.get('/kaart/?n=1')
print(
    f'the page with its picture: {(time.perf_counter() - began) * 1000:.0f} ms, '
    f'{len(gzip.compress(answer.content)) / 1024:.1f} kB packed'
)
"""


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--needs", type=int, default=5000)
    parser.add_argument("--offers", type=int, default=20000)
    parser.add_argument("--places", type=int, default=100_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as data:
        subprocess.run([*KNOOPPUNT, "prepare", "--data", data], check=True, cwd=ROOT)
        subprocess.run(
            [*KNOOPPUNT, "example", "--organisations", "2000", "--data", data], check=True, cwd=ROOT
        )
        inside(MATCHING, data, str(options.needs), str(options.offers))
        if options.places:
            inside(MAP, data, str(options.places))


if __name__ == "__main__":
    main()
