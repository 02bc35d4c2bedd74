"""Recognises questions of people in danger, by patterns of words that were written down and
reviewed per language.

A pattern in ``danger_phrases/<language>.toml`` is a row of words that must stand in this order,
with at most GAP other words between two of them (WIDE where ``...`` stands). ``a|b`` is a choice,
``word*`` a beginning, ``a_b`` words that follow each other directly, ``<name>`` a list of words of
that language, ``^`` and ``$`` the beginning and the end of the question. What ``harmless``
describes is taken out first, and what ``short`` lists is read as the words it is short for. There
is no correction of typing: a word is only ever compared as it is, without accents, capitals, vowel
signs and forms of one letter.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from knooppunt.kit.text import normalise

FOLDER = Path(__file__).parent / "danger_phrases"
# The order in which languages are tried; of two that recognise equally much the reader's own wins.
LANGUAGES = ("nl", "en", "tr", "ar", "pt", "es", "pl", "pap")
# What asks for the quickest help comes first.
KINDS = ("medical", "suicide", "crime", "sexual", "child", "violence", "homeless", "urgent")
LONGEST, GAP, WIDE = 1000, 2, 5
_SAME = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي", "ـ": ""}
)
# What hangs before an Arabic word: and, so, the, with, for.
_BEFORE = re.compile("^[وف]?(?:ال|لل|بال|[بل])?(?=[\u0621-\u064a]{2})")
_LONG_RUN = re.compile(r"([^\W\d_])\1{2,}")
# The forms in which one word of a question is compared; none for what was taken out.
Forms = frozenset[str]
_CUT: Forms = frozenset()


@dataclass(frozen=True)
class Danger:
    """What somebody may be in: kinds (of KINDS), the most urgent first, and the language of the
    question.
    """

    kinds: tuple[str, ...]
    language: str


@dataclass(frozen=True)
class _Choice:
    """One step of a pattern: words, beginnings of words, and rows of words, any of which may
    stand there.
    """

    words: frozenset[str]
    beginnings: frozenset[str]
    rows: tuple[tuple[_Choice, ...], ...] = ()

    def ends(self, forms: list[Forms], at: int) -> Iterator[int]:
        """Where a match that begins at a word may end, as the number of the next word."""
        if at >= len(forms):
            return
        if forms[at] & self.words or any(
            form.startswith(begin) for begin in self.beginnings for form in forms[at]
        ):
            yield at + 1
        for row in self.rows:
            if at + len(row) <= len(forms) and all(
                any(part.ends(forms, at + step)) for step, part in enumerate(row)
            ):
                yield at + len(row)

    def joined(self, other: _Choice) -> _Choice:
        """What either of two allows."""
        return _Choice(
            self.words | other.words, self.beginnings | other.beginnings, self.rows + other.rows
        )


_NOTHING = _Choice(frozenset(), frozenset())


@dataclass(frozen=True)
class _Pattern:
    """A row of steps, each with how many other words may stand before it."""

    kind: str
    steps: tuple[tuple[int, _Choice], ...]
    is_at_start: bool
    is_at_end: bool

    def span(self, forms: list[Forms], at: int) -> int:
        """The number of the word after the longest match that begins at a word; 0 without one."""
        if self.is_at_start and at:
            return 0
        return max(self._ends(forms, at, 0), default=0)

    def _ends(self, forms: list[Forms], at: int, step: int) -> Iterator[int]:
        gap, choice = self.steps[step]
        for start in range(at, min(at + (gap if step else 0), len(forms) - 1) + 1):
            for end in choice.ends(forms, start):
                if step + 1 < len(self.steps):
                    yield from self._ends(forms, end, step + 1)
                elif not self.is_at_end or end == len(forms):
                    yield end
            if not forms[start]:
                return


@dataclass
class _Language:
    """The patterns of one language, by the words and beginnings of words with which they may
    begin.
    """

    code: str
    short: tuple[tuple[re.Pattern[str], str], ...] = ()
    by_word: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    by_beginning: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    patterns: list[_Pattern] = field(default_factory=list)

    def add(self, pattern: _Pattern) -> None:
        """Take up a pattern."""
        number = len(self.patterns)
        self.patterns.append(pattern)
        first = pattern.steps[0][1]
        for choice in (first, *(row[0] for row in first.rows)):
            for word in choice.words:
                self.by_word[word].add(number)
            for beginning in choice.beginnings:
                self.by_beginning[beginning].add(number)

    def in_full(self, text: str) -> str:
        """A text with its short forms written out."""
        for pattern, words in self.short:
            text = pattern.sub(words, text)
        return text

    def matches(self, forms: list[Forms]) -> Iterator[tuple[_Pattern, int, int]]:
        """Every pattern that matches, with the numbers of its first word and of the word after
        it.
        """
        for at, variants in enumerate(forms):
            numbers: set[int] = set()
            for form in variants:
                numbers |= self.by_word.get(form, set())
                for length in range(1, len(form) + 1):
                    numbers |= self.by_beginning.get(form[:length], set())
            for number in sorted(numbers):
                end = self.patterns[number].span(forms, at)
                if end:
                    yield self.patterns[number], at, end

    def kinds(self, forms: list[Forms]) -> dict[str, int]:
        """The kinds of danger in a question, each with how many words tell of it; what is
        harmless does not count.
        """
        left = list(forms)
        spans = [
            (at, end) for pattern, at, end in self.matches(forms) if pattern.kind == "harmless"
        ]
        for at, end in spans:
            left[at:end] = [_CUT] * (end - at)
        kinds: dict[str, int] = {}
        for pattern, at, end in self.matches(left):
            if pattern.kind != "harmless":
                kinds[pattern.kind] = max(end - at, kinds.get(pattern.kind, 0))
        return kinds


def danger_in(text: str, preferred: str = "") -> Danger | None:
    """The danger that a question tells of, or None.

    ``preferred`` is the language that wins when several fit.
    """
    text = text[:LONGEST]
    as_typed = _words(text)
    best: tuple[int, int, Danger] | None = None
    for rank, language in enumerate(_languages()):
        kinds = language.kinds(_words(language.in_full(text)) if language.short else as_typed)
        if kinds:
            danger = Danger(tuple(kind for kind in KINDS if kind in kinds), language.code)
            key = (max(kinds.values()), 1 if language.code == preferred else -rank)
            if best is None or key > best[:2]:
                best = (*key, danger)
    return best[2] if best else None


def _words(text: str) -> list[Forms]:
    """The words of a question in the forms in which they are compared."""
    return [_forms(word) for word in _plain(text).split()]


def _plain(text: str) -> str:
    """A text as words with spaces between them, in the form in which they are compared."""
    return normalise(text).translate(_SAME)


def _forms(word: str) -> Forms:
    """A word as it is, with a letter that was held down counted twice or once, and without what
    hangs before it.
    """
    forms = {_LONG_RUN.sub(r"\1\1", word), _LONG_RUN.sub(r"\1", word)}
    if not word.isascii():
        forms |= {_BEFORE.sub("", form) for form in forms}
        forms |= {form[1:] for form in forms if form[0] in "وف" and len(form) > 3}
    return frozenset(forms)


@lru_cache(maxsize=1)
def _languages() -> tuple[_Language, ...]:
    return tuple(_read(code) for code in LANGUAGES)


def _read(code: str) -> _Language:
    """The patterns of a language; raises ValueError for a kind or a word that cannot be."""
    raw = tomllib.loads((FOLDER / f"{code}.toml").read_text(encoding="utf-8"))
    lists = {name: _choice(words, {}) for name, words in raw.pop("words", {}).items()}
    short = tuple((_short(brief), words) for brief, words in raw.pop("short", {}).items())
    unknown = set(raw) - {*KINDS, "harmless"}
    if unknown:
        raise ValueError(f"{code}.toml: unknown kinds {sorted(unknown)}")
    language = _Language(code, short)
    for kind, part in raw.items():
        for pattern in part["patterns"]:
            language.add(_pattern(kind, pattern.split(), lists))
    return language


def _short(brief: str) -> re.Pattern[str]:
    """Finds a short form, in the middle also without its apostrophe: ``i'm`` and ``im``, but
    only ``'s`` with one.
    """
    begin, _mark, end = brief.partition("'")
    mark = "['’`´]?" if begin else "['’`´]"
    return re.compile(
        rf"(?<![^\W\d_]){begin}{mark}{end}\b" if begin else rf"(?<=\w){mark}{end}\b", re.I
    )


def _pattern(kind: str, tokens: list[str], lists: dict[str, _Choice]) -> _Pattern:
    steps: list[tuple[int, _Choice]] = []
    gap = GAP
    for token in tokens:
        if token == "...":  # noqa: S105 - a word of a pattern
            gap = WIDE
        elif token not in ("^", "$"):
            steps.append((gap, _choice(token, lists)))
            gap = GAP
    return _Pattern(kind, tuple(steps), "^" in tokens, "$" in tokens)


def _choice(token: str, lists: dict[str, _Choice]) -> _Choice:
    choice = _NOTHING
    for part in token.split("|"):
        is_list = part.startswith("<")
        choice = choice.joined(lists[part[1:-1]] if is_list else _row(part.split("_")))
    return choice


def _row(parts: Iterable[str]) -> _Choice:
    """What stands between two signs of choice: a word, its beginning, or several words in a row."""
    row = []
    for part in parts:
        word = _plain(part.removesuffix("*"))
        if not word or " " in word:
            raise ValueError(f"no word: {part!r}")
        words = frozenset({word})
        row.append(
            _Choice(frozenset(), words) if part.endswith("*") else _Choice(words, frozenset())
        )
    return row[0] if len(row) == 1 else _Choice(frozenset(), frozenset(), (tuple(row),))
