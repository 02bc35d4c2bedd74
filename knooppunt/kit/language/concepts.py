"""The vocabulary of the house: what people call what they need, in eight languages, and which
concept that is.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from knooppunt.kit.language.stems import STOP, light, root
from knooppunt.kit.text import normalise

FILE = Path(__file__).parent / "concepts.toml"
LANGUAGES = ("nl", "en", "tr", "ar", "pt", "pl", "es", "pap")
DOCUMENT_LANGUAGES = ("nl", "en")
LONGEST_PHRASE, MOST_READ = 6, 5000
EXACT, BY_ROOT, BEGUN, NEARLY = 1.0, 0.8, 0.7, 0.6
Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Concept:
    """Something that people need, with its words per language and the concepts that help too."""

    slug: str
    names: dict[str, str]
    words: dict[str, tuple[str, ...]]
    related: tuple[str, ...] = ()

    def name(self, language: str) -> str:
        """Its name in a language, else in Dutch."""
        return self.names.get(language) or self.names["nl"]


@dataclass
class Asked:
    """What a question is about: concepts with how sure we are (0 to 1), in which languages its
    words are, and which we do not know.
    """

    concepts: dict[str, float] = field(default_factory=dict)
    languages: Counter[str] = field(default_factory=Counter)
    unknown: list[str] = field(default_factory=list)

    @property
    def language(self) -> str:
        """The language in which most of it was recognised; empty when two do equally well."""
        best = self.languages.most_common(2)
        return best[0][0] if best and (len(best) == 1 or best[0][1] > best[1][1]) else ""


class Vocabulary:
    """All concepts, and the phrases by which they are recognised."""

    def __init__(self, concepts: Iterable[Concept], added: Iterable[tuple[str, str]] = ()) -> None:
        """``added`` are words of the coalition's own as (concept, word); they count in texts
        and in questions.
        """
        self.concepts = {concept.slug: concept for concept in concepts}
        self.phrases: dict[Phrase, set[str]] = defaultdict(set)
        self.in_documents: dict[Phrase, set[str]] = defaultdict(set)
        self.roots: dict[str, dict[Phrase, set[str]]] = {
            code: defaultdict(set) for code in LANGUAGES
        }
        self.spoken: dict[Phrase, set[str]] = defaultdict(set)
        # The labels of a kind are the same in thousands of things.
        self._read: dict[str, list[str]] = {}
        for concept in self.concepts.values():
            for language, known in concept.words.items():
                for word in known:
                    self._add(concept.slug, word, language)
        for slug, word in added:
            self._add(slug, word, "nl")
        # A mark of what texts are understood by; when it is another one, they must be read anew.
        told = sorted((phrase, sorted(slugs)) for phrase, slugs in self.in_documents.items())
        self.mark = hashlib.md5(repr(told).encode(), usedforsecurity=False).hexdigest()

    def _add(self, slug: str, word: str, language: str) -> None:
        phrase = tuple(lightened(word))
        if not phrase or len(phrase) > LONGEST_PHRASE or slug not in self.concepts:
            return
        self.phrases[phrase].add(slug)
        self.spoken[phrase].add(language)
        if language in DOCUMENT_LANGUAGES:
            self.in_documents[phrase].add(slug)
        if language in self.roots:
            self.roots[language][tuple(root(language, part) for part in phrase)].add(slug)

    def concepts_in(self, text: str) -> list[str]:
        """The concepts that a Dutch or English text is about, each as often as it is named."""
        if text not in self._read:
            if len(self._read) > MOST_READ:
                self._read.clear()
            self._read[text] = [
                slug
                for _start, _end, found in _spotted(lightened(text), self.in_documents)
                for slug in found
            ]
        return self._read[text]

    def asked_in(self, text: str) -> Asked:
        """The concepts that a question in any language is about: by its words as they are, else
        by their roots.
        """
        asked, parts = Asked(), lightened(text)
        left = set(range(len(parts)))
        for start, end, found in _spotted(parts, self.phrases):
            left -= set(range(start, end))
            asked.languages.update(self.spoken[tuple(parts[start:end])])
            self._note(asked, found, EXACT)
        for language in LANGUAGES:
            stems = [root(language, part) for part in parts]
            for start, end, found in _spotted(stems, self.roots[language]):
                if left & set(range(start, end)) and self._tells(parts[start:end]):
                    asked.languages[language] += 1
                    self._note(asked, found, BY_ROOT)
                    left -= set(range(start, end))
        for at in left:
            if self._tells([parts[at]]):
                begun = self._begun(parts[at])
                self._note(asked, begun, BEGUN)
                if not begun:
                    asked.unknown.append(parts[at])
        return asked

    def nearly(self, word: str) -> list[str]:
        """The concepts of a word that differs from a known one by one typing error, or two in a
        long word.
        """
        typed = light(word)
        most = 0 if len(typed) < 6 else 1 if len(typed) < 9 else 2
        close = (
            process.extractOne(
                typed, self._single, scorer=DamerauLevenshtein.distance, score_cutoff=most
            )
            if most
            else None
        )
        return sorted(self.phrases[(close[0],)]) if close else []

    @cached_property
    def _single(self) -> list[str]:
        return sorted(
            phrase[0] for phrase in self.phrases if len(phrase) == 1 and len(phrase[0]) >= 5
        )

    def _note(self, asked: Asked, found: Iterable[str], sure: float) -> None:
        for slug in found:
            asked.concepts[slug] = max(sure, asked.concepts.get(slug, 0.0))

    def _tells(self, parts: list[str]) -> bool:
        return any(part not in STOP and len(part) > 2 for part in parts)

    def _begun(self, word: str) -> list[str]:
        """The concepts of a word that is a known one with something behind it, as Turkish,
        Polish and Arabic do.
        """
        least = 4 if not word.isascii() else 5
        for length in range(len(word) - 1, max(least, len(word) - 6) - 1, -1):
            if known := self.phrases.get((word[:length],)):
                return sorted(known)
        return []


def lightened(text: str) -> list[str]:
    """The words of a text in the form in which words of any language are compared."""
    return [light(word) for word in normalise(text).split()]


def _spotted(words: list[str], phrases: dict[Phrase, set[str]]) -> list[tuple[int, int, list[str]]]:
    """Where known phrases stand, the longest first; a word that is part of one is not looked at
    again.
    """
    found, at = [], 0
    while at < len(words):
        for length in range(min(LONGEST_PHRASE, len(words) - at), 0, -1):
            known = phrases.get(tuple(words[at : at + length]))
            if known:
                found.append((at, at + length, sorted(known)))
                at += length
                break
        else:
            at += 1
    return found


@lru_cache(maxsize=1)
def base() -> tuple[Concept, ...]:
    """The concepts that come with the house."""
    raw = tomllib.loads(FILE.read_text(encoding="utf-8"))
    concepts = []
    for entry in raw["concepts"]:
        known = {
            key: tuple(value)
            for key, value in entry.items()
            if key not in ("slug", "name", "related")
        }
        concepts.append(
            Concept(entry["slug"], entry["name"], known, tuple(entry.get("related", ())))
        )
    return tuple(concepts)


@lru_cache(maxsize=1)
def plain() -> Vocabulary:
    """The vocabulary without words of a coalition's own."""
    return Vocabulary(base())
