"""Which numbers to call in danger, and the words around them in eight languages, with what the
coalition changed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from knooppunt.core.coalition.configuration import Coalition, EmergencyNumber
from knooppunt.kit.language.danger import LANGUAGES, danger_in

FILE = Path(__file__).parent / "emergency.toml"
COALITION = "coalition"


@dataclass(frozen=True)
class Line:
    """One way to get help: the words of the button, the address behind it, and what it is for."""

    key: str
    call: SafeString
    address: str
    text: str


@dataclass(frozen=True)
class Panel:
    """Numbers for one danger, or all, in one language; ``direction`` is ltr or rtl."""

    language: str
    name: str
    direction: str
    title: str
    lead: str
    lines: tuple[Line, ...]
    kept: str
    more: str


def panel_for(text: str) -> Panel | None:
    """What to show above the answers to a question, in the language of the question; None
    without danger.
    """
    danger = danger_in(text, (get_language() or "nl")[:2]) if text else None
    if danger is None:
        return None
    words = _read()[danger.language]
    title, lead = words["say"][danger.kinds[0]]
    keys = [key for kind in danger.kinds for key in _keys_of(kind)]
    return _panel(danger.language, title, lead, keys)


def all_panels() -> list[Panel]:
    """All numbers in every language, the reader's own first."""
    own = (get_language() or "nl")[:2]
    order = sorted(LANGUAGES, key=lambda code: code != own)
    raw = _read()
    keys = _keys_of("page")
    return [_panel(code, raw[code]["title"], raw[code]["lead"], keys) for code in order]


def line_on_paper() -> str:
    """What stands on every sheet of paper: where to call in danger, and the coalition's own
    phone when it has one.
    """
    urgent = _number("112")
    parts = [_("Nood? Bel %(number)s.") % {"number": urgent.number if urgent else "112"}]
    if settings.COALITION.phone:
        parts.append(_("Vraag? Bel %(number)s.") % {"number": settings.COALITION.phone})
    return " ".join(parts)


def dial(number: str) -> str:
    """The address behind a phone number, with its digits only: ``tel:08002000``."""
    return "tel:" + re.sub(r"(?!^\+)\D", "", number.strip())


def _panel(language: str, title: str, lead: str, keys: Iterable[str]) -> Panel:
    words = _read()[language]
    lines = [_line(key, words, language) for key in dict.fromkeys(keys)]
    return Panel(
        language=language,
        name=words["name"],
        direction=words["direction"],
        title=title,
        lead=lead,
        lines=tuple(line for line in lines if line),
        kept=words["kept"],
        more=words["more"],
    )


def _line(key: str, words: dict[str, Any], language: str) -> Line | None:
    number = _number(key)
    if number is None:
        return None
    own = number.name.get(language) or ("" if key in words["lines"] else number.name.get("nl", ""))
    text = own or words["lines"].get(key, "")
    shown = format_html('<bdi dir="ltr">{}</bdi>', number.number)
    call = shown if number.url else format_html(words["call"], number=shown)
    return Line(key, call, number.url or dial(number.number), text)


def _keys_of(kind: str) -> list[str]:
    """The keys of the numbers of a kind of danger, or of the page; a coalition's own keys come
    before the last.
    """
    order = list(_read()["order"][kind])
    own = [
        one.key
        for one in settings.COALITION.emergency
        if one.key not in order and (kind == "page" or kind in one.kinds)
    ]
    return [*order[:1], *own, *order[1:]]


def _number(key: str) -> EmergencyNumber | None:
    """The number of a key as it holds for this coalition; None when there is none."""
    coalition: Coalition = settings.COALITION
    for own in coalition.emergency:
        if own.key == key:
            return own if own.number else None
    if key == COALITION:
        return EmergencyNumber(key, coalition.phone) if coalition.phone else None
    return _known().get((key, coalition.country)) or _known().get((key, ""))


@lru_cache(maxsize=1)
def _read() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _known() -> dict[tuple[str, str], EmergencyNumber]:
    """The numbers that come with the house, by key and country."""
    return {
        (entry["key"], entry["country"]): EmergencyNumber(
            key=entry["key"],
            number=entry["number"],
            url=entry.get("url", ""),
            kinds=tuple(entry["kinds"]),
            checked=entry["checked"],
            source=entry["source"],
        )
        for entry in _read()["numbers"]
    }
