"""A report as it is read: chapters, sentences with numbers in them, pictures and stories; the same for web and paper.

``content`` holds only words, numbers and drawings, so that it can be kept as it is. ``lists`` gives the list behind a number,
``every`` all of them in the order of the report.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from knooppunt.core.facts import DAYS, MARK

BRACED = re.compile(r"\{([^{}]*)\}")
LINE = ("id", "name", "address", "amount", "note", "whole")
Line = dict[str, Any]


@dataclass(frozen=True)
class Run:
    """A piece of a sentence: words, and the mark of the number if it is one."""

    words: str
    mark: str = ""


@dataclass(frozen=True)
class Number:
    """One number of a report as it was counted, with what it means."""

    mark: str
    told: dict[str, Any]
    lines: list[Line]

    @property
    def value(self) -> int | None:
        """What was counted."""
        value: int | None = self.told["value"]
        return value


@dataclass
class Book:
    """One report: what it says, who may still be heard in it, and where it stands; ``site`` is the name of the site before it."""

    content: dict[str, Any]
    lists: Callable[[str], Number | None]
    every: Callable[[], Iterator[Number]]
    base: str = ""
    edition: Any = None
    stories: dict[int, Any] = field(default_factory=dict)
    site: str = ""

    @property
    def numbers(self) -> dict[str, dict[str, Any]]:
        """What stands in the report, by mark: shown, title, unit, day and more."""
        found: dict[str, dict[str, Any]] = self.content["numbers"]
        return found

    def link(self, mark: str) -> str:
        """Where a number is explained: a page of the site, or a place on the same page when the report stands on its own."""
        return (
            f"{self.base}cijfer/{mark}/" if not self.base.startswith("#") else f"{self.base}{mark}"
        )

    def far(self, mark: str = "") -> str:
        """The same from elsewhere, as from paper or a mail; without a mark the report itself."""
        return f"{self.site}{self.base}cijfer/{mark}/" if mark else f"{self.site}{self.base}"

    @property
    def is_draft(self) -> bool:
        """True for what was not published."""
        return self.edition is None

    def runs(self, text: str) -> list[Run]:
        """A sentence in pieces, its marks turned into numbers and days; a mark that nobody knows stays as it was typed."""
        pieces, at = [], 0
        for found in BRACED.finditer(text):
            if found.start() > at:
                pieces.append(Run(text[at : found.start()]))
            at, mark = found.end(), found[1]
            if mark in DAYS:
                pieces.append(Run(self.content["days"][mark]))
            elif mark in self.numbers:
                pieces.append(Run(self.numbers[mark]["shown"], mark))
            else:
                pieces.append(Run(found[0]))
        return [*pieces, Run(text[at:])] if at < len(text) else pieces

    def plain(self, text: str) -> str:
        """A sentence as words alone."""
        return "".join(run.words for run in self.runs(text))

    def told(self, chapter: dict[str, Any]) -> list[Any]:
        """The stories of a chapter that may still be told, in their order."""
        return [self.stories[one["id"]] for one in chapter["stories"] if one["id"] in self.stories]

    @property
    def withdrawn(self) -> int:
        """How many stories stood in it and may no longer be told."""
        return sum(
            one["id"] not in self.stories
            for chapter in self.content["chapters"]
            for one in chapter["stories"]
        )

    def texts(self) -> Iterator[str]:
        """Every text with marks in it, and every cell of its tables."""
        yield from self.content["foreword"]
        yield from self.content["outlook"]
        for chapter in self.content["chapters"]:
            yield from _texts_of(chapter)

    def marks(self) -> list[str]:
        """The mark of every number that stands in it, each once, in the order of the report."""
        found = self._in_texts(self.texts())
        for chapter in self.content["chapters"]:
            found += self._of_figures(chapter["figures"])
        found += [mark for one in self.content["series"] for mark in one["marks"] if mark]
        found += [
            mark
            for funder in self.content["funders"]
            for goal in funder["goals"]
            for mark in self._of_figures(goal["figures"])
        ]
        found += [one["mark"] for one in self.content["remarks"]]
        return list(dict.fromkeys(found))

    def marks_for(self, arranged: dict[str, Any]) -> list[str]:
        """The same of what one funder sees: the figures of its goals, and the chapters that belong to them."""
        keys = {key for goal in arranged["goals"] for key in goal["chapters"]}
        chapters = [chapter for chapter in self.content["chapters"] if chapter["key"] in keys]
        found = [mark for goal in arranged["goals"] for mark in self._of_figures(goal["figures"])]
        return list(
            dict.fromkeys(
                found + self._in_texts(text for chapter in chapters for text in _texts_of(chapter))
            )
        )

    def _in_texts(self, texts: Iterable[str]) -> list[str]:
        return [mark for text in texts for mark in BRACED.findall(text) if mark in self.numbers]

    def _of_figures(self, figures: list[dict[str, str]]) -> list[str]:
        return [
            figure[name]
            for figure in figures
            for name in ("now", "before", "new", "gone")
            if figure.get(name, "") in self.numbers
        ]


def _texts_of(chapter: dict[str, Any]) -> Iterator[str]:
    """The paragraphs of a chapter and the cells of its tables."""
    yield from chapter["paragraphs"]
    for picture in chapter["pictures"]:
        for row in picture["rows"]:
            yield from row


def sentences(paragraphs: list[str]) -> list[str]:
    """The sentences of some paragraphs."""
    return [
        one
        for text in paragraphs
        for one in re.split(r"(?<=[.!?]) (?=[A-Z{‘“])", text)
        if one.strip()
    ]


def unknown_marks(text: str, known: Callable[[str], bool]) -> list[str]:
    """The marks in a text that mean nothing, and a lone brace if there is one."""
    wrong = [
        found
        for found in BRACED.findall(text)
        if found not in DAYS and not (MARK.fullmatch(found) and known(found))
    ]
    rest = BRACED.sub("", text)
    return [found for found in wrong if found.strip()] + [
        sign for sign in "{}" if sign in rest or not all(map(str.strip, wrong))
    ]


def typed_numbers(text: str) -> list[str]:
    """Numbers in a text that somebody typed, and that nobody can follow to a list."""
    return re.findall(r"\d[\d.,]*%?", BRACED.sub("", text))


def day_of(text: str) -> date:
    """A day as it stands in the content."""
    return date.fromisoformat(text)
