"""The judged questions about the example neighbourhood are answered as well as was agreed.

The judgements are not part of this repository: see ``test_ical``.
"""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from typing import Any

import pytest

from knooppunt.core.coalition import configuration
from knooppunt.directory.actions.terms import sync_coalition
from knooppunt.directory.demo import load_example
from knooppunt.find import indexing, segments
from knooppunt.find.searching import search
from tests.conformance.test_ical import ASSETS

FILE = ASSETS / "find" / "judgements_dev.csv"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not FILE.is_file(), reason=f"no judgements in {ASSETS}"),
]


def test_the_agreed_quality_is_reached(settings: Any) -> None:
    settings.COALITION = configuration.load(settings.EXAMPLE_COALITION)
    settings.MEANING = True
    segments.forget()
    sync_coalition()
    load_example()
    indexing.rebuild()
    gains: list[float] = []
    hits: dict[str, list[bool]] = defaultdict(list)
    for row in csv.DictReader(FILE.open(encoding="utf-8")):
        judged = {
            name: int(grade)
            for name, grade in (part.rsplit("=", 1) for part in row["relevant"].split(";") if part)
        }
        if judged:
            names = [
                one.document.title
                for one in search(row["query"], {"wat": ["organisation"]}).found[:5]
            ]
            gain = sum(
                (2 ** judged.get(name, 0) - 1) / math.log2(place + 2)
                for place, name in enumerate(names)
            )
            best = sum(
                (2**grade - 1) / math.log2(place + 2)
                for place, grade in enumerate(sorted(judged.values(), reverse=True)[:5])
            )
            gains.append(gain / best)
            for group in ("all", row["language"], row["type"]):
                hits[group].append(any(name in judged for name in names[:3]))
    share = {group: sum(found) / len(found) for group, found in hits.items()}
    assert sum(gains) / len(gains) >= 0.70 and share["all"] >= 0.85 and share["misspelled"] >= 0.80
    assert {
        group: found for group, found in share.items() if len(hits[group]) >= 9 and found < 0.70
    } == {}
