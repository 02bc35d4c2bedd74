"""What stands in the chapters of a report: figures, paragraphs, stories, and what modules offer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from knooppunt.core.registry.chapters import OFFERED, Block, Element, Text


@dataclass(frozen=True)
class FigureMarks:
    """The marks of one figure: now, on the day before the period, what came and what went.

    A mark is empty when that number is not known.
    """

    now: str
    before: str = ""
    new: str = ""
    gone: str = ""

    def known(self) -> Iterator[str]:
        """The marks that are not empty."""
        return (mark for mark in (self.now, self.before, self.new, self.gone) if mark)


@dataclass(frozen=True)
class StoryReference:
    """A story that stood in a chapter; ``sha`` tells whether it is still the same."""

    id: int
    sha: str


@dataclass(frozen=True)
class NumberRow(Block):
    """Figures in large digits, beside each other."""

    draw: ClassVar[str] = "numbers"
    figures: tuple[FigureMarks, ...]


@dataclass(frozen=True)
class StoryBox(Block):
    """A story, if it may still be told."""

    draw: ClassVar[str] = "story"
    column: ClassVar[str] = "below"
    story: StoryReference


@dataclass(frozen=True)
class Figures(Element):
    """The figures of a chapter."""

    kind: ClassVar[str] = "figures"
    rank: ClassVar[int] = 0
    figures: tuple[FigureMarks, ...]

    def marks(self) -> Iterable[str]:
        """The marks of each figure."""
        return (mark for figure in self.figures for mark in figure.known())

    def blocks(self) -> Iterable[Block]:
        """One row of numbers."""
        return (NumberRow(self.figures),)


@dataclass(frozen=True)
class Paragraphs(Element):
    """What the editors wrote, or the first draft."""

    kind: ClassVar[str] = "paragraphs"
    rank: ClassVar[int] = 10
    paragraphs: tuple[str, ...]

    def texts(self) -> Iterable[str]:
        """Each paragraph."""
        return self.paragraphs

    def blocks(self) -> Iterable[Block]:
        """Each paragraph."""
        return (Text(text) for text in self.paragraphs)


@dataclass(frozen=True)
class Stories(Element):
    """The stories of a chapter, in their order; their words stand elsewhere, and can be erased."""

    kind: ClassVar[str] = "stories"
    rank: ClassVar[int] = 30
    stories: tuple[StoryReference, ...]

    def blocks(self) -> Iterable[Block]:
        """Each story."""
        return (StoryBox(story) for story in self.stories)


_ALL: tuple[type[Element], ...] = (Figures, Paragraphs, Stories, *OFFERED)
KINDS: dict[str, type[Element]] = {element.kind: element for element in _ALL}
