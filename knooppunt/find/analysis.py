"""Takes what can be found apart into the terms by which it is found, and into the text of which
the meaning is taken.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections import Counter

from knooppunt.core.registry.searchables import Entry
from knooppunt.kit.language.concepts import Vocabulary
from knooppunt.kit.language.stems import stem, telling

TITLE, LABEL, WHERE, TEXT = 4.0, 2.0, 1.5, 1.0
SATURATION, AVERAGE, LENGTH = 1.2, 45.0, 0.4
CONCEPT = "#"
FACET = "@"
LONGEST_MEANING = 400


def terms_of(
    entry: Entry, vocabulary: Vocabulary, type_: str
) -> tuple[dict[str, float], dict[str, str]]:
    """The terms of a thing, each with how much it says about it, and how the words behind them are
    written.

    Concepts begin with CONCEPT, what a filter looks at with FACET.
    """
    counts: Counter[str] = Counter()
    written: dict[str, str] = {}
    length = 0
    for field, weight in (
        (entry.title, TITLE),
        (" ".join(entry.labels), LABEL),
        (" ".join(entry.where), WHERE),
        (entry.text, TEXT),
    ):
        found = telling(field)
        length += len(found)
        for word in found:
            term = stem(word)
            counts[term] += weight  # type: ignore[assignment]
            if word != term:
                written.setdefault(term, word[:40])
        for concept in vocabulary.concepts_in(field):
            counts[CONCEPT + concept] += weight  # type: ignore[assignment]
    norm = SATURATION * (1 - LENGTH + LENGTH * length / AVERAGE)
    terms = {
        term: count * (SATURATION + 1) / (count + norm) for term, count in counts.items() if term
    }
    return terms | dict.fromkeys(facets_of(entry, type_), 0.0), written


def facets_of(entry: Entry, type_: str) -> list[str]:
    """The terms at which filters look."""
    several = (
        ("soort", [entry.kind] if entry.kind else []),
        ("wijk", entry.areas),
        ("thema", entry.themes),
        ("taal", entry.languages),
        ("dag", entry.days),
        ("dag", entry.moments or [door_on(day) for day in entry.days]),
    )
    return [
        facet("wat", type_),
        *(facet(part, value) for part, values in several for value in values),
    ]


def door_on(weekday: int) -> str:
    """The value of the filter for days of something that is open on a weekday, and does not
    take place.
    """
    return f"door-{weekday}"


def facet(part: str, value: object) -> str:
    """The term of one value of one filter."""
    return f"{FACET}{part}:{value}"[:60]


def rarity(documents: int, total: int) -> float:
    """How much a term tells by being rare (inverse document frequency, always above zero)."""
    return math.log(1 + (total - documents + 0.5) / (documents + 0.5)) if total else 0.0


def text_for_meaning(entry: Entry) -> str:
    """The text of which the meaning is taken: title, what it is, where, and what it says first;
    some 60 words.
    """
    parts = (entry.title, ", ".join(entry.labels[:4]), ", ".join(entry.where[:2]), entry.text)
    return re.sub(r"\s+", " ", ". ".join(part for part in parts if part))[:LONGEST_MEANING]


def mark(text: str) -> str:
    """A short mark by which a text is compared with an earlier one."""
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
