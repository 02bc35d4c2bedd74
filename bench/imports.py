"""Measures how long a list takes to read in, and how much memory that needs.

Run: python bench/imports.py [--rows 100000]. Makes a list of that many invented rows and one of a
tenth, with the oddities of real lists, reads both into sites of their own, reads the large one
again, and prints seconds, peak memory in MB and the ratio between the two.
"""

from __future__ import annotations

import argparse
import csv
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KNOOPPUNT = [sys.executable, "-m", "knooppunt.config.cli"]
HEADER = [
    "Naam",
    "Soort",
    "Wijk",
    "Koepel",
    "Adres",
    "Postcode",
    "Plaats",
    "Lat",
    "Lon",
    "Website",
    "Omschrijving",
    "Thema",
    "Kleur",
]


def write_list(path: Path, rows: int) -> None:
    """A list of invented organisations, with a mistake in one row of ten."""
    dice = random.Random(1)
    kinds = [
        "groenplek",
        "speeltuin",
        "buurthuiskamer",
        "sportclub",
        "straatvereniging",
        "inloophuis",
    ]
    areas = ["Middelland", "Spangen", "Bospolder", "Schiemond", "Nieuwe Westen", "Midelland"]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(HEADER)
        for number in range(rows):
            odd = number % 10 == 0
            writer.writerow(
                [
                    f"{dice.choice(('De', 'Het', 'Ons'))} "
                    f"{dice.choice(('Huis', 'Plein', 'Hof', 'Park'))} {number}",
                    dice.choice(kinds),
                    dice.choice(areas),
                    f"Netwerk {number % 400}" if number % 3 else "",
                    f"Straat {number}",
                    "3021 AB",
                    "Rotterdam",
                    f"51,9{dice.randint(100, 299)}",
                    f"4,4{dice.randint(300, 699)}",
                    "geen" if odd else f"www.plek{number}.example",
                    f"Hier <b>doen</b> we van alles, nummer {number}"
                    if odd
                    else f"Hier doen we van alles, nummer {number}",
                    "armoede",
                    "rood",
                ]
            )


def read_in(path: Path, data: str) -> tuple[float, float, str]:
    """Seconds, peak memory in MB, and the summary of one import in a process of its own."""
    began = time.perf_counter()
    command = [
        *KNOOPPUNT,
        "import",
        "directory",
        str(path),
        "--data",
        data,
        "--report",
        str(path.with_suffix(".report.csv")),
    ]
    code = (
        "import resource, subprocess, sys;"
        "done = subprocess.run(sys.argv[1:], capture_output=True, text=True);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss); print(done.stdout); "
        "print(done.stderr, file=sys.stderr); sys.exit(done.returncode)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *command], capture_output=True, text=True, check=True, cwd=ROOT
    )
    first, _newline, rest = done.stdout.partition("\n")
    return (
        time.perf_counter() - began,
        int(first) / (1024 if sys.platform == "linux" else 1024 * 1024),
        rest,
    )


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    rows = parser.parse_args().rows
    print(f"{'rows':>8} {'seconds':>8} {'MB':>6}")
    seconds = {}
    with tempfile.TemporaryDirectory() as folder:
        for number in (rows // 10, rows):
            data, path = str(Path(folder) / f"site{number}"), Path(folder) / f"lijst{number}.csv"
            write_list(path, number)
            subprocess.run([*KNOOPPUNT, "prepare", "--data", data], check=True, cwd=ROOT)
            seconds[number], memory, summary = read_in(path, data)
            print(f"{number:8} {seconds[number]:8.1f} {memory:6.0f}", flush=True)
        again, memory, summary = read_in(path, data)
        print(f"{number:8} {again:8.1f} {memory:6.0f}   again: nothing changes")
        print(
            "\n".join(
                line
                for line in summary.splitlines()
                if line.startswith(("created", "updated", "unchanged", "warning", "error"))
            )
        )
    print(f"ratio of {rows} to {rows // 10} rows: {seconds[rows] / seconds[rows // 10]:.1f}")


if __name__ == "__main__":
    main()
