"""Reads what was published in any format: older formats are brought to today's step by step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from knooppunt.core.registry.chapters import Element
from knooppunt.kit.plain_data import from_plain, to_plain
from knooppunt.report.document import FORMAT, NumberFacts, ReportDocument
from knooppunt.report.elements import KINDS

# The JSON of an edition: its shape is what this file is about, so nothing is said of it here.
Content = dict[str, Any]


class NewerFormat(ValueError):
    """An edition was written by a later version than this one."""


def read(content: Mapping[str, Any]) -> ReportDocument:
    """The document of an edition. Raises NewerFormat, or WrongShape for what no format allows."""
    current: Content = dict(content)
    version = current.get("format_version", 1)
    if version > FORMAT:
        raise NewerFormat(f"format {version} of a report; this version reads up to {FORMAT}")
    while version < FORMAT:
        current = UPGRADES[version](current)
        version += 1
    return from_plain(ReportDocument, current, {Element: KINDS})


def read_number(told: Mapping[str, Any]) -> NumberFacts:
    """What is kept of a number beside its list; the same in every format so far."""
    return from_plain(NumberFacts, dict(told))


def write(document: ReportDocument) -> Content:
    """A document as it is stored, in today's format."""
    content = to_plain(document)
    assert isinstance(content, dict)
    return content


def _from_1_to_2(old: Content) -> Content:
    """Format 1 had no number; a chapter had a list, which could be empty, for each kind of
    element.
    """
    return old | {
        "format_version": 2,
        "chapters": [_chapter_of_1(chapter) for chapter in old["chapters"]],
        "series": [_renamed(row, "told", "alt") for row in old["series"]],
    }


def _chapter_of_1(old: Content) -> Content:
    lists = ("figures", "paragraphs", "stories")
    figures, paragraphs, stories = (
        [{"kind": kind, kind: old[kind]}] if old[kind] else [] for kind in lists
    )
    pictures = [_picture_of_1(picture) for picture in old["pictures"]]
    return {
        "key": old["key"],
        "title": old["title"],
        "lead": old["lead"],
        "elements": [*figures, *paragraphs, *pictures, *stories],
    }


def _picture_of_1(old: Content) -> Content:
    """The size stood beside the drawing that says it itself."""
    return {
        "kind": "picture",
        "key": old["key"],
        "title": old["title"],
        "alt": old["told"],
        "svg": old["svg"],
        "is_wide": old["is_wide"],
        "table": {"header": old["header"], "rows": old["rows"]},
    }


def _renamed(old: Content, before: str, after: str) -> Content:
    return {after if key == before else key: value for key, value in old.items()}


UPGRADES: dict[int, Callable[[Content], Content]] = {1: _from_1_to_2}
