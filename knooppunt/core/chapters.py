"""What a report can tell: chapters, which modules offer, with figures, a first draft of sentences, and pictures with tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from knooppunt.core.figures import Label


@dataclass(frozen=True)
class Table:
    """The numbers of a picture as a table: cells are words or marks."""

    header: tuple[Label, ...]
    rows: tuple[tuple[Label, ...], ...]


@dataclass(frozen=True)
class Picture:
    """A picture that is drawn once, for the screen and for paper: SVG, what it shows in words, and its numbers as a table."""

    key: str
    title: Label
    told: Label
    svg: str
    table: Table
    is_wide: bool = False


@dataclass(frozen=True)
class Chapter:
    """A chapter that a module offers: which figures stand in it, the first draft of its sentences, and its pictures.

    ``sentences`` and ``pictures`` get the ``Facts`` of the period. Sentences hold marks where numbers come.
    """

    key: str
    title: Label
    lead: Label
    figures: tuple[str, ...]
    sentences: Callable[[Any], list[str]]
    pictures: Callable[[Any], list[Picture]] = lambda facts: []
    order: int = 50
