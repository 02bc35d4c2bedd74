"""What we make of a question: its words and what may be meant by them, what it is about, where,
which kind and which day.

Words for a wijk, a kind and a weekday work as filters that the reader sees and can take off.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from django.conf import settings
from django.utils import timezone, translation
from django.utils.dates import WEEKDAYS
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from knooppunt.directory.models import Area, Kind
from knooppunt.find import process_cache
from knooppunt.find.analysis import CONCEPT, FACET, door_on
from knooppunt.find.segments import Index
from knooppunt.find.vocabulary import vocabulary
from knooppunt.kit.language.concepts import NEARLY, Asked
from knooppunt.kit.language.moments import Moment, moment_in
from knooppunt.kit.language.stems import light, stem, telling, words
from knooppunt.kit.text import clean, joined_postcodes, normalise

LONGEST, MOST_WORDS = 200, 12
EXACT, JOINED, PART, INSIDE, STARTS, TYPO, RELATED = 1.0, 0.9, 0.7, 0.55, 0.6, 0.75, 0.4
DOUBT = 0.5
WEEKDAY_LANGUAGES = ("nl", "en", "tr", "ar", "pt", "es", "pl")
# Django does not know these.
PAPIAMENTU_WEEKDAYS = (
    "djaluna",
    "djamars",
    "djarason",
    "djaweps",
    "djabierne",
    "djasabra",
    "djadumingu",
)
PARTS = ("wijk", "soort", "dag")


@dataclass(frozen=True)
class Narrowing:
    """A word of the question that works as a filter: which one (wijk, soort, dag), its name,
    and the values that fit.
    """

    part: str
    name: str
    values: frozenset[str]
    words: frozenset[str] = frozenset()


@dataclass
class Question:
    """What was asked, and what we make of it."""

    text: str
    words: list[str] = field(default_factory=list)
    groups: list[dict[str, float]] = field(default_factory=list)
    concepts: dict[str, float] = field(default_factory=dict)
    corrected: dict[str, str] = field(default_factory=dict)
    narrowings: list[Narrowing] = field(default_factory=list)
    language: str = ""
    moment: Moment | None = None
    # Concepts that only a typing error away from a word would be meant: they count, and are no
    # reason to show.
    guessed: set[str] = field(default_factory=set)

    @property
    def is_empty(self) -> bool:
        """True if there is nothing in it to look for."""
        return not self.groups and not self.concepts and not self.narrowings


class Spelling:
    """The words of the index, and the ways to find one that looks like what was typed."""

    def __init__(self, index: Index) -> None:
        self.index = index
        plain = [
            term
            for term in index.terms
            if term[0] not in (CONCEPT, FACET) and len(term) >= 4 and index.has_ever(term)
        ]
        self._line = "\n" + "\n".join(plain) + "\n"
        # Typing errors are made in words as they are written, not in their stems.
        self._term_of = {index.shown.get(term, term): term for term in plain}
        by_length: dict[int, list[str]] = {}
        for word in self._term_of:
            by_length.setdefault(len(word), []).append(word)
        self._by_length = {length: sorted(words) for length, words in by_length.items()}

    def __contains__(self, term: str) -> bool:
        return self.index.count(term) > 0

    def with_part(self, root: str, most: int = 12) -> list[str]:
        """Words that hold a root, those that begin with it first, the shortest first."""
        found: list[str] = []
        at = self._line.find(root)
        while at >= 0 and len(found) < 400:
            start, end = self._line.rfind("\n", 0, at) + 1, self._line.find("\n", at)
            found.append(self._line[start:end])
            at = self._line.find(root, end)
        return sorted(
            (term for term in found if term != root),
            key=lambda term: (not term.startswith(root), len(term), term),
        )[:most]

    def nearly(self, word: str) -> dict[str, float]:
        """Terms of words that differ by one typing error, two in a longer word, three in a long
        one; short ones begin the same.
        """
        most = 1 if len(word) < 7 else 2 if len(word) < 11 else 3
        choices = [
            known
            for length in range(len(word) - most, len(word) + most + 1)
            for known in self._by_length.get(length, ())
        ]
        close = process.extract(
            word, choices, scorer=DamerauLevenshtein.distance, score_cutoff=most, limit=8
        )
        fitting = [
            (known, distance)
            for known, distance, _place in close
            if len(word) >= 7 or known[0] == word[0]
        ]
        found = {
            self._term_of[known]: TYPO * (1 - 0.22 * distance) for known, distance in fitting[:5]
        }
        return {term: weight for term, weight in found.items() if term in self}

    def written(self, term: str) -> str:
        """A word as it is written."""
        return self.index.shown.get(term, term)


def spelling(index: Index) -> Spelling:
    """The words of the index, worked out anew when there are new ones."""
    found = process_cache.hold("spelling", index.last_term, lambda: Spelling(index))
    found.index = index
    return found


def parse_query(text: str, index: Index, dropped: Iterable[str] = ()) -> Question:
    """Take a question apart.

    ``dropped`` names the parts (wijk, soort, dag) that the reader does not want as a filter.
    """
    question = Question(joined_postcodes(" ".join(clean(text).split()))[:LONGEST])
    terms = spelling(index)
    moment = moment_in(question.text, timezone.localdate())
    rest = _without(question.text, moment)
    question.narrowings = [
        one for one in _narrowings(rest, index.version) if one.part not in dropped
    ]
    if moment and "dag" not in dropped:
        question.moment = moment
        question.narrowings = [one for one in question.narrowings if one.part != "dag"]
        question.narrowings.append(_on(moment))
    asked = telling(rest)[:MOST_WORDS] or ([] if question.moment else words(rest)[:MOST_WORDS])
    pairs = [first + second for first, second in pairwise(asked) if stem(first + second) in terms]
    named = {word for one in question.narrowings for word in one.words}
    about = rest if telling(rest) else question.text
    unknown = _about(question, about, pairs, index.version) - named
    for number, word in enumerate(asked):
        group = _meant(word, terms, number == len(asked) - 1, light(word) in unknown)
        question.words.append(word)
        question.groups.append(group)
        _note_correction(question, word, group, terms)
    for joined in pairs:
        question.words.append(joined)
        question.groups.append({stem(joined): JOINED})
    return question


def _note_correction(
    question: Question, word: str, group: dict[str, float], terms: Spelling
) -> None:
    """Remember how a mistyped word was read, so that the reader can be told."""
    root = stem(word)
    if group and root not in terms:
        best = max(group, key=lambda term: group[term])
        if group[best] < PART and root not in best:
            question.corrected[word] = terms.written(best)


def _without(text: str, moment: Moment | None) -> str:
    """A question without its words of time, which say when and not what."""
    if moment is None:
        return text
    return f" {normalise(text)} ".replace(f" {' '.join(moment.words)} ", " ", 1).strip()


def _on(moment: Moment) -> Narrowing:
    """The filter of a moment: what takes place then, and doors that are open on such a weekday."""
    weekdays = set() if moment.part else {day.weekday() for day in moment.days}
    values = moment.keys | {door_on(weekday) for weekday in weekdays}
    return Narrowing("dag", moment.name, frozenset(values))


def _about(question: Question, text: str, pairs: list[str], version: int) -> set[str]:
    """Note the concepts that are asked for, and those near them at less weight; gives the words
    that nothing is known of.
    """
    known = vocabulary(version)
    asked: Asked = known.asked_in(text)
    for word in pairs:
        _note(asked, known.asked_in(word).concepts, JOINED)
    sure_of = set(asked.concepts)
    # A guess counts for little beside what is sure.
    guess = NEARLY * (DOUBT if asked.concepts else 1.0)
    for word in asked.unknown:
        _note(asked, dict.fromkeys(known.nearly(word), guess), 1.0)
    question.language = asked.language
    question.concepts = dict(asked.concepts)
    for slug, sure in asked.concepts.items():
        for rank, near in enumerate(known.concepts[slug].related):
            question.concepts[near] = max(
                question.concepts.get(near, 0.0), sure * RELATED / (1 + rank / 3)
            )
    near_sure = {near for slug in sure_of for near in known.concepts[slug].related}
    question.guessed = set(question.concepts) - sure_of - near_sure
    return set(asked.unknown)


def _note(asked: Asked, found: dict[str, float], sure: float) -> None:
    for slug, weight in found.items():
        asked.concepts[slug] = max(asked.concepts.get(slug, 0.0), weight * sure)


def _meant(word: str, terms: Spelling, is_last: bool, is_unknown: bool) -> dict[str, float]:
    """The terms of the index that a typed word may mean: itself, its parts, what it is part of,
    or, unknown, nearly it.
    """
    root = stem(word)
    found = {root: EXACT} if root in terms else {}
    if word[:4].isdecimal() and len(word) == 6 and not found and word[:4] in terms:
        return {word[:4]: PART}  # a postcode of which only the digits are known
    if len(root) >= 4 and root.isascii():
        found |= {part: PART for part in _parts(root, terms) if part not in found}
        for term in terms.with_part(root):
            found.setdefault(term, STARTS if is_last and term.startswith(root) else INSIDE)
    is_plain = root in terms or any(weight >= PART for weight in found.values())
    if is_unknown and not is_plain and len(word) >= 4:
        found |= {term: weight for term, weight in terms.nearly(word).items() if term not in found}
    return found


def _parts(root: str, terms: Spelling) -> list[str]:
    """The two words of which a compound consists, when both are known."""
    for cut in range(len(root) - 3, 3, -1):
        first, second = root[:cut], root[cut:]
        for head in (first, first.removesuffix("s"), first.removesuffix("en")):
            if len(head) >= 4 and stem(head) in terms and stem(second) in terms:
                return [stem(head), stem(second)]
    return []


def _narrowings(text: str, version: int) -> list[Narrowing]:
    names = process_cache.hold("narrowings", version, _names)
    parts, found, at = normalise(text).split(), {}, 0
    while at < len(parts):
        for length in range(min(4, len(parts) - at), 0, -1):
            phrase = " ".join(parts[at : at + length])
            one = (
                names.get(phrase)
                or names.get(stem(phrase) if length == 1 else phrase)
                or _nearly(phrase, names)
            )
            if one and one.part not in found:
                found[one.part] = Narrowing(
                    one.part,
                    one.name,
                    one.values,
                    frozenset(light(part) for part in parts[at : at + length]),
                )
            if one:
                at += length
                break
        else:
            at += 1
    return list(found.values())


def _nearly(phrase: str, names: dict[str, Narrowing]) -> Narrowing | None:
    """The wijk that was meant by somebody who writes by ear; kinds and days are too short for
    that.
    """
    if len(phrase) < 7 or " " in phrase:
        return None
    wijken = [name for name, one in names.items() if one.part == "wijk" and len(name) >= 7]
    close = process.extractOne(
        phrase, wijken, scorer=DamerauLevenshtein.distance, score_cutoff=1 if len(phrase) < 9 else 2
    )
    return names[close[0]] if close else None


def _names() -> dict[str, Narrowing]:
    """Every word that works as a filter."""
    names: dict[str, Narrowing] = {}
    for code in WEEKDAY_LANGUAGES:
        with translation.override(code):
            for number, name in WEEKDAYS.items():
                names[normalise(str(name))] = Narrowing(
                    "dag", str(number), frozenset({str(number)})
                )
    for number, word in enumerate(PAPIAMENTU_WEEKDAYS):
        names[word] = Narrowing("dag", str(number), frozenset({str(number)}))
    for kind in Kind.objects.filter(is_used=True):
        for word in (*kind.names.values(), *kind.plurals.values(), *kind.synonyms):
            one = Narrowing("soort", kind.slug, frozenset({kind.slug}))
            names[normalise(word)] = one
            if " " not in word:
                names.setdefault(stem(normalise(word)), one)
    areas = list(Area.objects.exclude(level="city").defer("outline"))
    order = {"area": 0, "felt": 1, "buurt": 2, "wijk": 3}
    for area in sorted(areas, key=lambda one: order[one.level]):
        for word in (*area.aliases, area.name):
            names[normalise(word)] = Narrowing("wijk", area.name, frozenset({str(area.pk)}))
    by_slug = {area.slug: area for area in areas}
    for name, members in settings.COALITION.groups.items():
        values = frozenset(str(by_slug[slug].pk) for slug in members if slug in by_slug)
        if values:
            names.setdefault(normalise(name), Narrowing("wijk", name, values))
    names.pop("", None)
    return names
