"""What to look after for a plan, by what belongs to it: read from a file, with sources."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

FILE = Path(__file__).parent / "permits.toml"

# What can belong to a plan, in the words of the form.
FEATURES = {
    "street": _("buiten op straat"),
    "food": _("eten en drinken"),
    "music": _("muziek"),
    "alcohol": _("bier of wijn"),
    "tent": _("een tent of podium"),
    "fire": _("vuur of een barbecue"),
    "lottery": _("een bingo of loterij"),
    "photos": _("foto's"),
}


@dataclass(frozen=True)
class Permit:
    """One thing to look after: for which features, in which words per language, and its source."""

    key: str
    features: tuple[str, ...]
    texts: tuple[tuple[str, str], ...]
    source: str
    source_name: str

    @property
    def text(self) -> str:
        """What to do, in the reader's language, else in Dutch."""
        words = dict(self.texts)
        return words.get(get_language() or "nl") or words["nl"]


@cache
def permits() -> tuple[Permit, ...]:
    """All of them, in the order of the file."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["permits"]
    return tuple(
        Permit(
            row["key"],
            tuple(row["features"]),
            tuple(row["text"].items()),
            row["source"],
            row["source_name"],
        )
        for row in rows
    )


def permits_for(features: list[str]) -> list[Permit]:
    """Those for some features."""
    return [permit for permit in permits() if set(permit.features) & set(features)]
