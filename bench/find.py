"""Measures how well and how fast the search answers, and how long the index takes to make.

Run: python bench/find.py [--records 2000] [--meaning 1] [--seconds 4] [--judgements FILE.csv]
[--data FOLDER]. Makes an invented neighbourhood in a temporary folder (or in the empty PostgreSQL
database of DATABASE_URL) and prints: seconds for the index by words and by meaning; for each half
the p50 and p99 in milliseconds of one search inside the process; searches a second over HTTP from
four connections, each drawn anew; and memory. With ``--judgements`` it loads the example
neighbourhood instead, and prints nDCG@5 and hit@3 per language for both halves and for words alone.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import signal
import subprocess
import tempfile
from collections import defaultdict
from pathlib import Path

import psutil
from pages import KNOOPPUNT, ROOT, free_port, inside, load, start

QUESTIONS = [
    "taalles",
    "samen eten zuid",
    "ik ben vaak alleen",
    "hulp met formulieren",
    "tuin",
    "fiets repareren",
    "koffie drinken",
    "kinderen spelen buiten",
    "geldzorgen",
    "türkçe konuşan",
    "yalnızım",
    "أريد تعلم الهولندية",
    "comida para a família",
    "naaien",
    "huiswerk",
    "zonnige keuken",
    "werkplaats",
    "vrijwillger worden",
    "wie helpt met brieven",
    "iets doen op woensdag",
    "groene molen 44",
    "buurthuis",
    "wandelen met anderen",
    "muziek maken",
    "warme kamer",
    "open haven",
    "I need legal help",
    "where can I learn Dutch",
    "brede school",
    "oude linde",
    "taalcafe maandag",
    "eten met buren",
]
INSIDE = """
import json, sys, time, django

django.setup()
import psutil
from knooppunt.find.searching import search

questions, with_meaning = json.loads(sys.argv[1]), sys.argv[2] == '1'
search('warm', None, with_meaning)
times = []
for round in range(8):
    for text in questions:
        text = f'{text} {round}'
        began = time.perf_counter()
        search(text, None, with_meaning)
        times.append((time.perf_counter() - began) * 1000)
times.sort()
print(
    f'{"both halves" if with_meaning else "words alone":12} p50 {times[len(times) // 2]:6.1f} ms  '
    f'p99 {times[int(len(times) * 0.99)]:6.1f} ms  memory '
    f'{psutil.Process().memory_info().rss / 1e6:.0f} MB'
)
"""
INDEX = """
import sys, time, django

django.setup()
from knooppunt.find import document_embeddings, indexing
from knooppunt.find.models import Term

began = time.perf_counter()
number = indexing.rebuild(with_meaning=False)
print(
    f'index by words: {number} things in {time.perf_counter() - began:.1f} s; '
    f'{Term.objects.count()} terms',
    flush=True,
)
began = time.perf_counter()
indexing.rebuild(with_meaning=False)
print(f'the same again, nothing changed: {time.perf_counter() - began:.1f} s', flush=True)
if sys.argv[1] == '1':
    began = time.perf_counter()
    number = document_embeddings.embed_documents()
    print(f'index by meaning: {number} things in {time.perf_counter() - began:.1f} s', flush=True)
"""


def speed(data: str, records: int, seconds: float, with_meaning: bool) -> None:
    """Time the index, the search and the page."""
    if records:
        subprocess.run([*KNOOPPUNT, "prepare", "--data", data], check=True, cwd=ROOT)
        subprocess.run(
            [*KNOOPPUNT, "example", "--organisations", str(records), "--data", data],
            check=True,
            cwd=ROOT,
        )
        inside(INDEX, data, str(int(with_meaning)))
    for half in ("0", "1") if with_meaning else ("0",):
        inside(
            INSIDE, data, json.dumps(QUESTIONS), half, OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1"
        )  # as in the server
    port = free_port()
    server = start(data, port)
    try:
        for path in (
            "/vind/?q=samen+eten",
            "/vind/?q=tuin&wijk=noord",
            "/vind/?q=ik+ben+vaak+alleen",
            "/vind/",
        ):
            load(port, path, 4, 1, fresh=True)
            got = load(port, path, 4, seconds, fresh=True)
            print(
                f"{path:32} {got['rate']:6.0f}/s drawn anew  p50 {got['p50']:6.1f} ms  p99 "
                f"{got['p99']:6.1f} ms  {got['kB']:.1f} kB"
            )
        family = [psutil.Process(server.pid), *psutil.Process(server.pid).children(recursive=True)]
        print(
            "memory per process, MB:",
            ", ".join(f"{process.memory_info().rss / 1e6:.0f}" for process in family),
        )
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=15)


def quality(data: str, file: Path) -> None:
    """Ask the judged questions of the example neighbourhood."""
    subprocess.run([*KNOOPPUNT, "prepare", "--example", "--data", data], check=True, cwd=ROOT)
    rows = list(csv.DictReader(file.open(encoding="utf-8-sig")))
    for name, more in (("both halves", []), ("words alone", ["--words-only"])):
        told = subprocess.run(
            [*KNOOPPUNT, "find", "--data", data, "--file", str(file), "--json", *more],
            check=True,
            cwd=ROOT,
            capture_output=True,
        )
        ranking = json.loads(told.stdout)
        groups: dict[str, list[tuple[float, bool]]] = defaultdict(list)
        for row in rows:
            judged = {
                part.rsplit("=", 1)[0]: int(part.rsplit("=", 1)[1])
                for part in row["relevant"].split(";")
                if part
            }
            if judged:
                for group in ("all", row["language"], row["type"]):
                    groups[group].append(scores(ranking[row["query_id"]], judged))
        print(name)
        for group, found in groups.items():
            print(
                f"  {group:12} {len(found):3}  nDCG@5 "
                f"{sum(one for one, _hit in found) / len(found):.3f}  hit@3 "
                f"{sum(hit for _one, hit in found) / len(found):.3f}"
            )


def scores(names: list[str], judged: dict[str, int]) -> tuple[float, bool]:
    """nDCG over the first five names, and whether one of the first three is right."""
    gain = sum(
        (2 ** judged.get(name, 0) - 1) / math.log2(place + 2)
        for place, name in enumerate(names[:5])
    )
    best = sum(
        (2**grade - 1) / math.log2(place + 2)
        for place, grade in enumerate(sorted(judged.values(), reverse=True)[:5])
    )
    return gain / best, any(name in judged for name in names[:3])


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=2000)
    parser.add_argument("--meaning", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--judgements", type=Path)
    parser.add_argument(
        "--data",
        type=Path,
        help="time the search of a site that is there already, without filling it",
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as data:
        if options.data:
            speed(str(options.data), 0, options.seconds, options.meaning == 1)
        elif options.judgements:
            quality(data, options.judgements.resolve())
        else:
            speed(data, options.records, options.seconds, options.meaning == 1)


if __name__ == "__main__":
    main()
