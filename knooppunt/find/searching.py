"""Answers a question: by words where they match well, by what it is about, and by its meaning; each answer says why.

Words lead. Concepts of our own vocabulary carry everyday needs in other languages. Meaning fills in what neither knows.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from knooppunt.core import memo
from knooppunt.find import meaning
from knooppunt.find.analysis import CONCEPT, rarity, stem, telling, words
from knooppunt.find.models import Document, Posting, Term
from knooppunt.find.vocabulary import vocabulary

LONGEST, MOST_WORDS, MOST_POSTINGS = 200, 12, 4000
EXACT, JOINED, PART, INSIDE, STARTS, TYPO, RELATED = 1.0, 0.9, 0.7, 0.55, 0.6, 0.75, 0.4
BY_WORDS, BY_CONCEPTS, BY_MEANING = 1.0, 0.8, 0.9
LEAST = 0.28
# Cosines of this model lie close together: below the first number is nothing, above the second as good as it gets.
COLD, WARM = 0.785, 0.90


@dataclass
class Question:
    """What was asked, and what we make of it: for each word the terms that may be meant, and the concepts."""

    text: str
    groups: list[dict[str, float]] = field(default_factory=list)
    concepts: dict[str, float] = field(default_factory=dict)
    corrected: dict[str, str] = field(default_factory=dict)


@dataclass
class Found:
    """One answer: the document, how well it fits, and why."""

    document: Any
    score: float
    reasons: list[str] = field(default_factory=list)


def known_terms() -> dict[str, int]:
    """Every term of the index with the number of documents that have it."""
    return memo.remember("find terms", lambda: dict(Term.objects.filter(documents__gt=0).values_list("term", "documents")))


def understand(text: str) -> Question:
    """Take a question apart."""
    question = Question(" ".join(text.split())[:LONGEST])
    terms = known_terms()
    asked = telling(question.text)[:MOST_WORDS] or words(question.text)[:MOST_WORDS]
    for number, word in enumerate(asked):
        group = _meant(word, terms, is_last=number == len(asked) - 1)
        question.groups.append(group)
        if group and stem(word) not in terms:
            question.corrected[word] = max(group, key=lambda term: group[term])
    for first, second in pairwise(asked):
        if (both := stem(first + second)) in terms:
            question.groups.append({both: JOINED})
    _about(question)
    return question


def _about(question: Question) -> None:
    """The concepts that are asked for, those that are near them at less weight."""
    known = vocabulary()
    text = " ".join([question.text, *question.corrected.values()])
    for slug in known.asked_in(text):
        question.concepts[slug] = 1.0
    for slug in list(question.concepts):
        for rank, near in enumerate(known.concepts[slug].related):
            question.concepts.setdefault(near, RELATED / (1 + rank / 3))


def _meant(word: str, terms: dict[str, int], is_last: bool) -> dict[str, float]:
    """The terms of the index that a typed word may mean: itself, its parts, what it is part of, or nearly it."""
    root = stem(word)
    found = {root: EXACT} if root in terms else {}
    if len(root) >= 4 and root.isascii():
        found |= {part: PART for part in _parts(root, terms) if part not in found}
        inside = [term for term in terms if root in term and term != root and term[0] != CONCEPT]
        close = sorted(inside, key=len)[:12]
        weight = STARTS if is_last else INSIDE
        found |= {term: weight if term.startswith(root) else INSIDE for term in close if term not in found}
    if root not in terms and len(root) >= 4 and not any(weight >= PART for weight in found.values()):
        found |= {term: weight for term, weight in _nearly(root, terms).items() if term not in found}
    return found


def _parts(root: str, terms: dict[str, int]) -> list[str]:
    """The two words of which a compound consists, when both are known."""
    for cut in range(len(root) - 3, 3, -1):
        first, second = root[:cut], root[cut:]
        for head in (first, first.removesuffix("s"), first.removesuffix("en")):
            if len(head) >= 4 and stem(head) in terms and stem(second) in terms:
                return [stem(head), stem(second)]
    return []


def _nearly(root: str, terms: dict[str, int]) -> dict[str, float]:
    """Terms that differ by one typing error, or two in a long word."""
    most = 1 if len(root) < 6 else 2 if len(root) < 10 else 3
    choices = [term for term in terms if abs(len(term) - len(root)) <= most and term[0] != CONCEPT]
    close = process.extract(root, choices, scorer=DamerauLevenshtein.distance, score_cutoff=most, limit=5)
    return {term: TYPO * (1 - 0.22 * distance) for term, distance, _place in close}


def search(text: str, allowed: set[int] | None = None, limit: int = 30, with_meaning: bool = True) -> list[Found]:
    """The best answers to a question, best first; ``allowed`` are the documents that may be given (all when None)."""
    question = understand(text)
    total = memo.remember("find total", Document.objects.count)
    by_words, why = _by_words(question, total)
    by_concepts, about = _by_concepts(question, total)
    by_meaning = _by_meaning(question.text) if with_meaning else {}
    scores: dict[int, float] = defaultdict(float)
    for weight, part in ((BY_WORDS, by_words), (BY_CONCEPTS, by_concepts), (BY_MEANING, by_meaning)):
        for number, score in part.items():
            if allowed is None or number in allowed:
                scores[number] += weight * score
    best = sorted(((score, number) for number, score in scores.items() if score >= LEAST), reverse=True)[:limit]
    documents = Document.objects.defer("vector").in_bulk([number for _score, number in best])
    return [
        Found(documents[number], score, _reasons(why.get(number, []), about.get(number, []), by_meaning.get(number, 0.0)))
        for score, number in best if number in documents
    ]  # fmt: skip


def _postings(terms: list[str]) -> list[tuple[str, int, float]]:
    """What documents have the terms, the weightiest first for a term that many have."""
    known, found = known_terms(), []
    rare = [term for term in terms if known.get(term, 0) <= MOST_POSTINGS]
    rows = Posting.objects.values_list("term", "document_id", "weight")
    found += list(rows.filter(term__in=rare))
    for term in terms:
        if known.get(term, 0) > MOST_POSTINGS:
            found += list(rows.filter(term=term).order_by("-weight")[:MOST_POSTINGS])
    return found


def _by_words(question: Question, total: int) -> tuple[dict[int, float], dict[int, list[str]]]:
    """How well documents fit by their words, 0 to about 1, and the terms that did it."""
    known = known_terms()
    terms = list({term for group in question.groups for term in group})
    best: dict[tuple[int, int], tuple[float, str]] = {}
    rows = defaultdict(list)
    for term, number, weight in _postings(terms):
        rows[term].append((number, weight))
    whole = 0.0
    for place, group in enumerate(question.groups):
        tells = max((rarity(known.get(term, 0), total) * weight for term, weight in group.items()), default=rarity(0, total))
        whole += tells
        for term, sure in group.items():
            rare = rarity(known.get(term, 0), total)
            for number, weight in rows[term]:
                score = sure * rare * weight
                if score > best.get((place, number), (0.0, ""))[0]:
                    best[place, number] = (score, term)
    scores: dict[int, float] = defaultdict(float)
    why: dict[int, list[str]] = defaultdict(list)
    for (_place, number), (score, term) in best.items():
        scores[number] += score
        why[number].append(term)
    # BM25 gives at most 2.2 for a term; a title with every word comes near 1.
    return {number: score / (whole * 1.7) for number, score in scores.items()} if whole else {}, why


def _by_concepts(question: Question, total: int) -> tuple[dict[int, float], dict[int, list[str]]]:
    """How well documents fit by what they are about, 0 to about 1, and the concepts that did it."""
    known = known_terms()
    scores: dict[int, float] = defaultdict(float)
    about: dict[int, list[str]] = defaultdict(list)
    asked = {CONCEPT + slug: weight for slug, weight in question.concepts.items()}
    whole = max((rarity(known.get(term, 0), total) for term, weight in asked.items() if weight == 1.0), default=0.0) or 1.0
    main = max(1, sum(weight == 1.0 for weight in asked.values()))
    for term, number, weight in _postings(list(asked)):
        scores[number] += asked[term] * rarity(known.get(term, 0), total) * weight / (whole * 1.7 * main**0.5)
        about[number].append(term[1:])
    return {number: min(score, 1.3) for number, score in scores.items()}, about


def _by_meaning(text: str) -> dict[int, float]:
    """How near documents are in meaning, 0 to 1; nothing where the model is absent."""
    numbers, matrix = vectors()
    asked = meaning.of_question(text) if len(numbers) else None
    if asked is None:
        return {}
    near = (matrix @ asked) / 127
    order = near.argsort()[::-1][:60]
    return {numbers[at]: min(1.0, (float(near[at]) - COLD) / (WARM - COLD)) for at in order if near[at] > COLD}


def vectors() -> tuple[list[int], Any]:
    """The numbers of the documents and the array of their meanings, held for as long as nothing changes."""

    def load() -> tuple[list[int], Any]:
        rows = list(Document.objects.filter(vector__isnull=False).order_by("pk").values_list("pk", "vector"))
        if not rows or not meaning.is_there():
            return [], None
        import numpy  # noqa: PLC0415 - comes with the model, which a site may do without

        array = numpy.frombuffer(b"".join(bytes(vector or b"") for _pk, vector in rows), dtype="int8")
        return [pk for pk, _vector in rows], array.reshape(len(rows), meaning.SIZE).astype("float32")

    return memo.remember("find vectors", load)


def _reasons(terms: list[str], concepts: list[str], near: float) -> list[str]:
    """Why something was found, in words."""
    known = vocabulary().concepts
    found = []
    if about := [known[slug].name for slug in concepts if slug in known][:2]:
        found.append(_("gaat over %(what)s") % {"what": ", ".join(about)})
    if terms:
        found.append(_("heeft de woorden %(words)s") % {"words": ", ".join(sorted(set(terms), key=len, reverse=True)[:3])})
    if not found and near:
        found.append(_("lijkt op wat je vraagt"))
    return found
