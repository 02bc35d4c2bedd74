"""Answers a question: by words where they match well, by what it is about, and by its meaning; each
answer says why.

Words lead. Concepts of our own vocabulary carry everyday needs in other languages. Meaning fills in
what neither knows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy
from django.utils import timezone

from knooppunt.core.web import page_cache
from knooppunt.find import embedding_model
from knooppunt.find.analysis import CONCEPT, facet, rarity
from knooppunt.find.models import Document
from knooppunt.find.query_parser import Narrowing, Question, Spelling, parse_query, spelling
from knooppunt.find.segments import Array, Index, Segment
from knooppunt.find.segments import index as index_now
from knooppunt.kit.language.concepts import BEGUN
from knooppunt.kit.language.moments import Moment
from knooppunt.kit.language.moments import key as key_of

MOST_FOUND = 300
# For so many days ahead the index knows what takes place on a day.
FARTHEST = 28
# An answer as good as this by its words needs no help of the model, which takes more time than all
# the rest.
SURE = 1.25
BY_WORDS, BY_CONCEPTS, BY_MEANING, SPOKEN = 1.0, 0.8, 0.9, 0.1
KIND = 0.15
LEAST, SHARE_OF_BEST, FITTING = 0.28, 0.2, 0.5
# Words that fit less than this tell nothing.
LITTLE = 0.2
# Below this the best answer is none that one would give with confidence; then only a few are shown,
# and it is said.
WEAK, MOST_WEAK = 0.58, 3
# Cosines of this model lie close together: below the first number is nothing, above the second as
# good as it gets.
COLD, WARM, MOST_NEAR = 0.785, 0.90, 150
# BM25 gives at most 2.2 for a term; a title with every word comes near 1.
FULL, MOST_CONCEPT = 1.7, 1.3
# Words that were meant less surely than this, by a typing error at best, do count but are no reason
# to show.
TOLD = 0.59
Where = Mapping[str, Iterable[object]]


@dataclass
class Hit:
    """One thing that was found: where it stands in the index, how well it fits, and which
    filters in the question it meets.
    """

    segment: Segment
    place: int
    score: float
    meets: list[Narrowing] = field(default_factory=list)
    fits: bool = True

    @property
    def number(self) -> int:
        """The number of the document."""
        return int(self.segment.numbers[self.place])

    def has(self, term: int) -> bool:
        """True if the document has a term, given by its number; 0 is no term."""
        places, _weights = self.segment.having(term)
        at = int(numpy.searchsorted(places, self.place))
        return bool(term) and at < len(places) and int(places[at]) == self.place


class Left(Sequence[Hit]):
    """All things of some segments that are left, by name, as hits that are made when they are
    looked at.
    """

    def __init__(self, masks: Iterable[tuple[Segment, Array]]) -> None:
        self._places = [(segment, numpy.flatnonzero(mask)) for segment, mask in masks]

    def __len__(self) -> int:
        return sum(len(places) for _segment, places in self._places)

    def __getitem__(self, asked: Any) -> Any:
        if isinstance(asked, slice):
            return [self[number] for number in range(*asked.indices(len(self)))]
        number = asked + len(self) if asked < 0 else asked
        for segment, places in self._places:
            if number < len(places):
                return Hit(segment, int(places[number]), 0.0)
            number -= len(places)
        raise IndexError(asked)


@dataclass
class Found:
    """One answer as it is shown: the document, how well it fits, and why: its words, what it is
    about, what it meets.
    """

    document: Any
    score: float = 0.0
    words: list[str] = field(default_factory=list)
    concepts: list[str] = field(default_factory=list)
    meets: list[Narrowing] = field(default_factory=list)
    fits: bool = True


@dataclass
class Answer:
    """What was found for a question, best first.

    ``is_weak``: nothing fits well, these are the nearest doors. ``was_by_meaning`` tells whether
    the model took part. ``nearest`` is the first later day with an activity, when there is none on
    the days that were asked for.
    """

    question: Question
    hits: list[Hit]
    index: Index
    is_weak: bool = False
    was_by_meaning: bool = False
    nearest: date | None = None

    def told(self, hits: Iterable[Hit]) -> list[Found]:
        """Some of the hits with their documents and reasons."""
        some = list(hits)
        documents = _documents(some)
        terms = spelling(self.index)
        return [
            Found(
                documents[one.number],
                one.score,
                _words(one, self, terms),
                _concepts(one, self),
                one.meets,
                one.fits,
            )
            for one in some
            if one.number in documents
        ]

    @property
    def found(self) -> list[Found]:
        """All hits with their documents and reasons."""
        return self.told(self.hits)


def with_documents(hits: Iterable[Hit]) -> list[Found]:
    """Hits with their documents, of a list without a question."""
    some = list(hits)
    documents = _documents(some)
    return [Found(documents[one.number]) for one in some if one.number in documents]


def _documents(hits: list[Hit]) -> dict[int, Document]:
    """The documents of some hits by number, remembered for as long as nothing changes."""
    rows = Document.objects.defer("terms", "vector", "mark", "text_mark")
    found = page_cache.remember_each("found documents", [one.number for one in hits], rows.in_bulk)
    return {one.pk: one for one in found}


def search(
    text: str, where: Where | None = None, with_meaning: bool = True, dropped: Iterable[str] = ()
) -> Answer:
    """The best answers to a question.

    ``where`` narrows the things that may be found: for a filter (wat, soort, wijk, thema, taal,
    dag) the values of which one must hold. ``dropped`` see ``understand``.
    """
    index = index_now()
    question = parse_query(text, index, dropped)
    by_words = [
        (segment, _by_words(question, index, segment) * BY_WORDS) for segment in index.segments
    ]
    is_told = _is_told(question, index, by_words)
    known = [
        (segment, scores + _by_concepts(question, index, segment) * BY_CONCEPTS)
        for segment, scores in by_words
    ]
    for segment, scores in known:
        if question.moment and not question.groups:
            scores[segment.mask([index.terms.get(facet("wat", "activity"), 0)])] = 1.0
        scores[~segment.is_alive] = 0.0
    best = max((float(scores.max(initial=0.0)) for _segment, scores in known), default=0.0)
    wants_meaning = with_meaning and not question.is_empty and best < SURE
    asked = embedding_model.of_question(question.text) if wants_meaning else None
    hits: list[Hit] = []
    for segment, scores in known:
        near = segment.nearness(asked) if asked is not None else None
        if near is not None:
            scores += BY_MEANING * _warmth(near, segment.is_alive)
    # What is good enough is decided over all things, so that a filter only takes away.
    best = max((float(scores.max(initial=0.0)) for _segment, scores in known), default=0.0)
    for segment, scores in known:
        scores[(scores < SHARE_OF_BEST * best) | ~allowed(index, segment, where)] = 0.0
        hits += _best(segment, scores)
    fitting = _once_per_series(ordered(hits, question, index, best), index)
    answer = Answer(question, fitting, index, best < WEAK or not is_told, asked is not None)
    if question.moment:
        _keep_to_the_days(answer, question.moment)
    if answer.is_weak:
        answer.hits = answer.hits[:MOST_WEAK]
    return answer


def _is_told(question: Question, index: Index, by_words: Iterable[tuple[Segment, Array]]) -> bool:
    """True if a question says something of what is here: by its words, a concept or a filter,
    not only by what is near.
    """
    if question.narrowings or any(
        sure >= BEGUN and index.count(CONCEPT + slug) for slug, sure in question.concepts.items()
    ):
        return True
    words = max((float(scores.max(initial=0.0)) for _segment, scores in by_words), default=0.0)
    return words >= LITTLE or not question.concepts


def _once_per_series(hits: list[Hit], index: Index) -> list[Hit]:
    """The hits without activities that have the name and the spot of one before them."""
    activity = index.terms.get(facet("wat", "activity"), 0)
    numbers = [hit.number for hit in hits if hit.has(activity)]
    if len(numbers) < 2:
        return hits
    spots = Document.objects.filter(pk__in=numbers).values_list(
        "pk", "title_key", "longitude", "latitude"
    )
    series = {pk: spot for pk, *spot in spots.order_by()}
    seen: list[Any] = []
    kept = []
    for hit in hits:
        spot = series.get(hit.number)
        if spot is None or spot not in seen:
            kept.append(hit)
        if spot is not None:
            seen.append(spot)
    return kept


def _keep_to_the_days(answer: Answer, moment: Moment) -> None:
    """Leave out activities on other days than were asked for; when that leaves none, name the
    first day that has one.
    """
    activity = answer.index.terms.get(facet("wat", "activity"), 0)
    activities = [hit for hit in answer.hits if hit.has(activity)]
    asked = [answer.index.terms.get(facet("dag", key), 0) for key in moment.keys]
    on_the_days = {id(hit) for hit in activities if any(hit.has(term) for term in asked)}
    if not on_the_days:
        after = moment.days[-1] if moment.days else timezone.localdate()
        for step in range(1, FARTHEST):
            later = after + timedelta(days=step)
            term = answer.index.terms.get(facet("dag", key_of(later)), 0)
            if any(hit.has(term) for hit in activities):
                answer.nearest = later
                on_the_days = {id(hit) for hit in activities if hit.has(term)}
                break
    others = {id(hit) for hit in activities} - on_the_days
    answer.hits = [hit for hit in answer.hits if id(hit) not in others]


def having(concepts: Iterable[str], where: Where) -> list[Hit]:
    """What is about any of some concepts, what says most about them first."""
    index = index_now()
    hits: list[Hit] = []
    for segment in index.segments:
        scores = numpy.zeros(len(segment), dtype="float32")
        for slug in concepts:
            places, weights = segment.having(index.terms.get(CONCEPT + slug, 0))
            scores[places] += weights
        scores[~allowed(index, segment, where)] = 0.0
        hits += _best(segment, scores)
    return sorted(hits, key=lambda one: (-one.score, one.place))


def allowed(index: Index, segment: Segment, where: Where | None) -> Array:
    """Which documents of a segment may be given."""
    mask = segment.is_alive
    for part, values in (where or {}).items():
        mask = mask & segment.mask(index.terms.get(facet(part, value), 0) for value in values)
    return mask


def _best(segment: Segment, scores: Array) -> list[Hit]:
    places = numpy.flatnonzero(scores >= LEAST)
    if len(places) > MOST_FOUND:
        places = places[numpy.argsort(-scores[places], kind="stable")[:MOST_FOUND]]
    return [Hit(segment, int(place), float(scores[place])) for place in places]


def ordered(hits: list[Hit], question: Question, index: Index, top: float) -> list[Hit]:
    """What is in the wijk and on the day of the question first; within that the best fit first."""
    _note_what_they_meet(hits, question, index)
    for one in hits:
        missed = {narrowing.part for narrowing in question.narrowings} - {
            narrowing.part for narrowing in one.meets
        }
        one.fits = not missed & {"wijk", "dag"} and (
            not question.narrowings or one.score >= FITTING * top
        )
    # Places in a segment are in the order of the titles.
    return sorted(hits, key=lambda one: (-one.fits, -round(one.score, 6), one.place, one.number))[
        :MOST_FOUND
    ]


def _note_what_they_meet(hits: list[Hit], question: Question, index: Index) -> None:
    for segment in index.segments:
        own = [one for one in hits if one.segment is segment]
        for narrowing in question.narrowings:
            mask = segment.mask(
                index.terms.get(facet(narrowing.part, value), 0) for value in narrowing.values
            )
            for one in own:
                if mask[one.place]:
                    one.meets.append(narrowing)
                    one.score += KIND * (narrowing.part == "soort")
        speaks = segment.mask([index.terms.get(facet("taal", question.language), 0)])
        for one in own:
            one.score += SPOKEN * bool(question.language and speaks[one.place])


def _by_words(question: Question, index: Index, segment: Segment) -> Array:
    """How well documents fit by their words, 0 to about 1."""
    scores = numpy.zeros(len(segment), dtype="float32")
    whole = 0.0
    for group in question.groups:
        rare = {term: rarity(index.count(term), index.total) for term in group}
        whole += max(
            (rare[term] * sure for term, sure in group.items()), default=rarity(0, index.total)
        )
        best = numpy.zeros(len(segment), dtype="float32")
        for term, sure in group.items():
            places, weights = segment.having(index.terms[term])
            best[places] = numpy.maximum(best[places], weights * numpy.float32(sure * rare[term]))
        scores += best
    return scores / numpy.float32(whole * FULL) if whole else scores


def _by_concepts(question: Question, index: Index, segment: Segment) -> Array:
    """How well documents fit by what they are about, 0 to about 1."""
    scores = numpy.zeros(len(segment), dtype="float32")
    asked = question.concepts
    rare = {slug: rarity(index.count(CONCEPT + slug), index.total) for slug in asked}
    whole = max((rare[slug] for slug, sure in asked.items() if sure >= 0.5), default=0.0) or 1.0
    main = max(1, sum(sure >= 0.5 for sure in asked.values()))
    for slug, sure in asked.items():
        places, weights = segment.having(index.terms.get(CONCEPT + slug, 0))
        scores[places] += weights * numpy.float32(sure * rare[slug] / (whole * FULL * main**0.5))
    return numpy.minimum(scores, MOST_CONCEPT)


def _warmth(near: Array, mask: Array) -> Array:
    """How near the nearest documents are in meaning, 0 to 1; nothing for the others."""
    near = numpy.where(mask, near, -1.0).astype("float32")
    if len(near) > MOST_NEAR:
        near[near < numpy.partition(near, -MOST_NEAR)[-MOST_NEAR]] = -1.0
    return numpy.clip((near - COLD) / (WARM - COLD), 0.0, 1.0)


def _words(hit: Hit, answer: Answer, terms: Spelling) -> list[str]:
    """For each typed word the one of the document by which it was found, where that is surely
    what was meant.
    """
    found = []
    for group in answer.question.groups:
        best = (0.0, "")
        for term, sure in group.items():
            weight = _weight(hit, answer.index.terms[term])
            best = max(
                best, (weight * sure * rarity(answer.index.count(term), answer.index.total), term)
            )
        found += [terms.written(best[1])] if best[1] and group[best[1]] >= TOLD else []
    return found


def _concepts(hit: Hit, answer: Answer) -> list[str]:
    """What a document is about of what was asked, what was asked for itself first."""
    found = []
    for slug, sure in answer.question.concepts.items():
        if slug in answer.question.guessed:
            continue
        if weight := _weight(hit, answer.index.terms.get(CONCEPT + slug, 0)):
            found.append((sure, weight, slug))
    return [slug for _sure, _weight, slug in sorted(found, reverse=True)]


def _weight(hit: Hit, term: int) -> float:
    """How much a term says about a document; 0 when it does not have it."""
    places, weights = hit.segment.having(term)
    at = int(numpy.searchsorted(places, hit.place))
    return float(weights[at]) if at < len(places) and places[at] == hit.place else 0.0
