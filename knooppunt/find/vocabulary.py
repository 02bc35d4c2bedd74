"""Our own vocabulary: what people call what they need, in their language, and which concept that is."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from django.utils.translation import get_language

from knooppunt.kit.text import fold, normalise

FILE = Path(__file__).parent / "vocabulary.toml"
DOCUMENT_LANGUAGES = ("nl", "en")
LONGEST_PHRASE = 6
_BEFORE = ("وال", "بال", "فال", "كال", "لل", "ال")


@dataclass(frozen=True)
class Concept:
    """Something that people need, with its words per language and the concepts that help too."""

    slug: str
    names: dict[str, str]
    words: dict[str, tuple[str, ...]]
    related: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Its name in the reader's language, else in Dutch."""
        return self.names.get(get_language() or "nl") or self.names["nl"]


def light(word: str) -> str:
    """A word in the form in which words of any language are compared: folded, without the Arabic article and what hangs before it."""
    plain = fold(word).replace("ى", "ي").replace("ة", "ه").replace("أ", "ا").replace("إ", "ا").replace("آ", "ا").replace("ı", "i")
    before = next((part for part in _BEFORE if plain.startswith(part) and len(plain) - len(part) >= 3), "")
    return plain[len(before) :]


def lightened(text: str) -> list[str]:
    """The words of a text in that form."""
    return [light(word) for word in normalise(text).split()]


@dataclass
class Vocabulary:
    """All concepts, and the phrases by which they are recognised."""

    concepts: dict[str, Concept]
    phrases: dict[tuple[str, ...], set[str]] = field(default_factory=lambda: defaultdict(set))
    in_documents: dict[tuple[str, ...], set[str]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        for concept in self.concepts.values():
            for language, words in concept.words.items():
                for word in words:
                    phrase = tuple(lightened(word))
                    if phrase and len(phrase) <= LONGEST_PHRASE:
                        self.phrases[phrase].add(concept.slug)
                        if language in DOCUMENT_LANGUAGES:
                            self.in_documents[phrase].add(concept.slug)

    def concepts_in(self, text: str) -> list[str]:
        """The concepts that a Dutch or English text is about, each as often as it is named."""
        return self._spotted(text, self.in_documents)

    def asked_in(self, text: str) -> list[str]:
        """The concepts that a question in any language is about."""
        found = self._spotted(text, self.phrases)
        for word in lightened(text):
            if (word,) not in self.phrases:
                found += self._begun(word)
        return list(dict.fromkeys(found))

    def _begun(self, word: str) -> list[str]:
        """The concepts of a word that is a known one with something behind it, as Turkish, Polish and Arabic do."""
        least = 4 if not word.isascii() else 5
        for length in range(len(word) - 1, max(least, len(word) - 6) - 1, -1):
            if known := self.phrases.get((word[:length],)):
                return sorted(known)
        return []

    def _spotted(self, text: str, phrases: dict[tuple[str, ...], set[str]]) -> list[str]:
        """Longest phrases first; a word that is part of a found phrase is not looked at again."""
        words, found, at = lightened(text), [], 0
        while at < len(words):
            for length in range(min(LONGEST_PHRASE, len(words) - at), 0, -1):
                known = phrases.get(tuple(words[at : at + length]))
                if known:
                    found += sorted(known)
                    at += length
                    break
            else:
                at += 1
        return found


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The vocabulary of the house."""
    raw = tomllib.loads(FILE.read_text(encoding="utf-8"))
    concepts = {}
    for entry in raw["concepts"]:
        languages = {key: tuple(value) for key, value in entry.items() if key not in ("slug", "name", "related")}
        concepts[entry["slug"]] = Concept(entry["slug"], entry["name"], languages, tuple(entry.get("related", ())))
    return Vocabulary(concepts)
