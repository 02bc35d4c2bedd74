"""Texts of a report with marks in them, such as ``{places.new}``: which marks, and what is
wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from knooppunt.core.reporting.facts import DAYS, MARK

BRACED = re.compile(r"\{([^{}]*)\}")


def marks_in(texts: Iterable[str]) -> list[str]:
    """What stands between braces in some texts, in order."""
    return [mark for text in texts for mark in BRACED.findall(text)]


def sentences(paragraphs: Iterable[str]) -> list[str]:
    """The sentences of some paragraphs."""
    return [
        sentence
        for text in paragraphs
        for sentence in re.split(r"(?<=[.!?]) (?=[A-Z{‘“])", text)
        if sentence.strip()
    ]


def unknown_marks(text: str, known: Callable[[str], bool]) -> list[str]:
    """The marks in a text that mean nothing, and a lone brace if there is one."""
    wrong = [
        mark
        for mark in BRACED.findall(text)
        if mark not in DAYS and not (MARK.fullmatch(mark) and known(mark))
    ]
    rest = BRACED.sub("", text)
    return [mark for mark in wrong if mark.strip()] + [
        sign for sign in "{}" if sign in rest or not all(map(str.strip, wrong))
    ]


def typed_numbers(text: str) -> list[str]:
    """Numbers in a text that somebody typed, and that nobody can follow to a list."""
    return re.findall(r"\d[\d.,]*%?", BRACED.sub("", text))
