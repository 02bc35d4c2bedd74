"""Compares two texts word by word, so that people see what was taken out and what was put in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_PARTS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True)
class Piece:
    """A run of words that is the same in both texts, only in the old one (``out``), or only in
    the new one (``new``).
    """

    kind: str
    text: str


def compare(old: str, new: str) -> list[Piece]:
    """The pieces in reading order; those that are ``same`` or ``out`` make the old text,
    ``same`` or ``new`` the new one.
    """
    before, after = _PARTS.findall(old), _PARTS.findall(new)
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(before[a:b])))
            continue
        if b > a:
            pieces.append(Piece("out", "".join(before[a:b])))
        if d > c:
            pieces.append(Piece("new", "".join(after[c:d])))
    return pieces
