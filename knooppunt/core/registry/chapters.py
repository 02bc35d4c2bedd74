"""What a report can tell: chapters, which modules offer, and the elements that stand in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from knooppunt.core.labels import Label

SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


class Block:
    """A piece of a chapter on paper: which drawing of the sheet sets it, and in which column.

    ``column`` is ``text``, ``beside`` (next to the text) or ``below`` (under both, as wide).
    """

    draw: ClassVar[str]
    column: ClassVar[str] = "text"


@dataclass(frozen=True)
class Text(Block):
    """A paragraph with marks."""

    draw: ClassVar[str] = "text"
    text: str


@dataclass(frozen=True)
class Table(Block):
    """Numbers as a table: cells are words or marks."""

    draw: ClassVar[str] = "table"
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Drawing(Block):
    """An SVG with its title, and in words what it shows."""

    draw: ClassVar[str] = "drawing"
    column: ClassVar[str] = "beside"
    title: str
    svg: str
    alt: str


class Element:
    """Something that stands in a chapter: a frozen dataclass of plain data, kept as it is.

    ``kind`` is its name in what is stored and names its template; ``rank`` is its place in a
    chapter, the lowest first. See "An element of a chapter" in CONTRIBUTING.md.
    """

    kind: ClassVar[str]
    rank: ClassVar[int] = 20

    def texts(self) -> Iterable[str]:
        """Its texts with marks in them."""
        return ()

    def marks(self) -> Iterable[str]:
        """The marks of the numbers that stand in it apart from its texts."""
        return ()

    def blocks(self) -> Iterable[Block]:
        """What it is on paper."""
        raise NotImplementedError


@dataclass(frozen=True)
class Picture(Element):
    """An SVG that is drawn once, for screen and paper; ``alt`` says what it shows."""

    kind: ClassVar[str] = "picture"
    key: str
    title: str
    alt: str
    svg: str
    table: Table
    is_wide: bool = False

    @property
    def width(self) -> int:
        """How wide it is drawn, in pixels."""
        return round(float(SIZE.findall(self.svg)[0][0]))

    @property
    def height(self) -> int:
        """How high it is drawn, in pixels."""
        return round(float(SIZE.findall(self.svg)[0][1]))

    def texts(self) -> Iterable[str]:
        """The cells of its table, which may be marks."""
        return (cell for row in self.table.rows for cell in row)

    def blocks(self) -> Iterable[Block]:
        """The table below the text, the drawing beside it."""
        return (self.table, Drawing(self.title, self.svg, self.alt))


# The kinds of elements that a module can put in a chapter.
OFFERED: tuple[type[Element], ...] = (Picture,)


@dataclass(frozen=True)
class Chapter:
    """A chapter that a module offers: its figures, the first draft of its sentences, its elements.

    ``sentences`` and ``elements`` get the ``Facts`` of the period (``Any`` here, because facts
    know the modules, and modules know chapters). Sentences hold marks where numbers come.
    """

    key: str
    title: Label
    lead: Label
    figures: tuple[str, ...]
    sentences: Callable[[Any], list[str]]
    elements: Callable[[Any], Sequence[Element]] = lambda facts: ()
    order: int = 50
