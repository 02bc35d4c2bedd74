"""Takes texts apart into the terms by which they are found: words without endings, and the concepts they are about."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

import snowballstemmer

from knooppunt.core.searching import Entry
from knooppunt.find.vocabulary import Vocabulary
from knooppunt.kit.text import normalise

LONGEST = 40
TITLE, LABEL, WHERE, TEXT = 4.0, 2.0, 1.5, 1.0
SATURATION, AVERAGE, LENGTH = 1.2, 45.0, 0.4
CONCEPT = "#"
# Words that say nothing about what somebody looks for, in the languages that are typed most.
STOP = frozenset(
    """de het een en of in op aan van voor met bij naar om te is ik je mijn we wij ons onze mij me jij u er die dat dit deze daar hier wat waar wie
    hoe kan kun moet wil wilt graag zoek zoeken heb heeft hebben ben zijn was niet geen wel ook nog maar als dan tot uit door over onder iemand iets
    alle alles al zo zich haar hem hun hen ze zij hij worden wordt kunnen mag mogen gaan gaat doen doet goed goede veel meer
    the a an and or in on at of for with to from is are am be i you my me we our us where what who how can could want need looking find there some
    bir ve bu ben bana icin var ile ne nerede mi
    um uma o os as e de do da em no na para com que eu meu minha onde preciso
    un una el la los las y en con para que yo mi donde
    i w z na do jest sie mam gdzie
    mi ta un na di pa ku
    في من على الى إلى عن أنا انا هل أين اين مع""".split()
)
_stemmer = snowballstemmer.stemmer("dutch")


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A word without its Dutch ending; words in other scripts and short words as they are."""
    if len(word) < 4 or not word.isascii():
        return word[:LONGEST]
    return str(_stemmer.stemWord(word))[:LONGEST] or word[:LONGEST]


def words(text: str) -> list[str]:
    """The words of a text, normalised; single letters are no words."""
    return [word for word in normalise(text).split() if len(word) > 1 or word.isdecimal()]


def telling(text: str) -> list[str]:
    """The words that say something."""
    return [word for word in words(text) if word not in STOP]


def terms_of(entry: Entry, vocabulary: Vocabulary) -> dict[str, float]:
    """The terms of a thing, each with how much it says about it."""
    counts: Counter[str] = Counter()
    length = 0
    for field, weight in ((entry.title, TITLE), (" ".join(entry.labels), LABEL), (" ".join(entry.where), WHERE), (entry.text, TEXT)):
        found = telling(field)
        length += len(found)
        for word in found:
            counts[stem(word)] += weight  # type: ignore[assignment]
        for concept in vocabulary.concepts_in(field):
            counts[CONCEPT + concept] += weight  # type: ignore[assignment]
    norm = SATURATION * (1 - LENGTH + LENGTH * length / AVERAGE)
    return {term: count * (SATURATION + 1) / (count + norm) for term, count in counts.items() if term}


def rarity(documents: int, total: int) -> float:
    """How much a term tells by being rare (inverse document frequency, always above zero)."""
    return math.log(1 + (total - documents + 0.5) / (documents + 0.5)) if total else 0.0


def text_for_meaning(entry: Entry) -> str:
    """The text of which the meaning is taken: title, what it is, where, and what it says; some 120 words."""
    parts: Iterable[str] = (entry.title, ", ".join(entry.labels[:6]), ", ".join(entry.where[:3]), entry.text)
    return re.sub(r"\s+", " ", ". ".join(part for part in parts if part))[:900]
