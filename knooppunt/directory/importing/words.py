"""Knows the words of this coalition: which kind, theme, role, language, or yes or no a cell
means.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Any

from django.conf import settings

from knooppunt.core.imports.answers import Answers
from knooppunt.directory.models import Kind, Theme
from knooppunt.kit.text import nearest, normalise

ROLES = {
    "initiative": (
        "initiatief",
        "initiative",
        "bewonersinitiatief",
        "wijkinitiatief",
        "organisatie",
    ),
    "network": (
        "netwerk",
        "network",
        "koepel",
        "coalition",
        "coalitie",
        "wijknetwerk",
        "platform",
        "netwerkorganisatie",
        "koepelorganisatie",
        "samenwerkingsverband",
    ),
    "institution": (
        "instelling",
        "institution",
        "gemeente",
        "wijkraad",
        "fonds",
        "overheid",
        "welzijnsaanbieder",
        "fund",
    ),
}
LANGUAGES = {
    "nl": ("nederlands", "dutch", "ned"),
    "en": ("engels", "english", "eng"),
    "tr": ("turks", "turkish", "turkce"),
    "ar": ("arabisch", "arabic", "marokkaans", "darija"),
    "pt": ("portugees", "portuguese"),
    "es": ("spaans", "spanish"),
    "pl": ("pools", "polish"),
    "pap": ("papiaments", "papiamento", "papiamentu"),
    "fr": ("frans", "french"),
    "de": ("duits", "german"),
    "zgh": ("berbers", "tamazight", "riffijns", "berber"),
    "kea": ("kaapverdiaans", "creools", "kriolu"),
    "srn": ("sranan", "sranantongo", "surinaams"),
    "hi": ("hindi", "hindoestaans"),
    "so": ("somalisch", "somali"),
    "ti": ("tigrinya",),
    "fa": ("farsi", "perzisch", "dari"),
    "uk": ("oekraiens", "ukrainian"),
    "ru": ("russisch", "russian"),
    "bg": ("bulgaars", "bulgarian"),
    "ro": ("roemeens", "romanian"),
    "zh": ("chinees", "chinese"),
    "it": ("italiaans", "italian"),
    "ur": ("urdu",),
    "ku": ("koerdisch", "kurdish"),
    "dse": ("gebarentaal", "ngt", "sign language"),
}
# Words in a column of kinds that say no more than that it is something.
GENERAL = {
    "plek",
    "plaats",
    "locatie",
    "place",
    "initiatief",
    "initiative",
    "organisatie",
    "organisation",
    "overig",
    "overige",
    "anders",
    "other",
    "divers",
    "diversen",
    "onbekend",
    "unknown",
    "geen",
    "nvt",
    "n v t",
}
YES = {
    "ja",
    "j",
    "yes",
    "y",
    "x",
    "waar",
    "true",
    "1",
    "v",
    "wel",
    "aanwezig",
    "oui",
    "✓",
    "✔",
    "☑",
    "✅",
}
NO = {"nee", "n", "no", "onwaar", "false", "0", "geen", "niet", "afwezig", "✗", "✘", "☒", "❌"}


DENYING = {"geen", "niet", "zonder", "not", "no", "without"}
UNSURE = {
    "deels",
    "gedeeltelijk",
    "beperkt",
    "soms",
    "misschien",
    "onbekend",
    "bekend",
    "partly",
    "maybe",
    "unknown",
    "volgens",
    "denk",
    "vermoedelijk",
}
# "Geen drempel" says the opposite of "geen toilet".
HINDRANCES = {
    "drempel",
    "drempels",
    "trap",
    "trappen",
    "opstap",
    "obstakel",
    "obstakels",
    "probleem",
    "nodig",
    "bezwaar",
}
# Words beside a language that say how well, or that it is one.
BESIDE_LANGUAGE = {
    "vooral",
    "ook",
    "een",
    "beetje",
    "wat",
    "en",
    "and",
    "met",
    "goed",
    "taal",
    "o",
    "a",
    "vnl",
    "hoofdzakelijk",
}


_JOINED = re.compile(r"\s+(?:en|and)\s+|\s*[&+/]\s*|\s+[-–]\s+", re.IGNORECASE)


class Words:
    """Looks words up in the managed lists; held for as long as one import lasts."""

    def __init__(self, answers: Answers | None = None) -> None:
        self.country: str = settings.COALITION.country
        self.answers = answers or Answers()

    @cached_property
    def _kinds(self) -> dict[str, Any]:
        return words_of(Kind, self.answers.words_for("kind"))

    @cached_property
    def _themes(self) -> dict[str, Any]:
        return words_of(Theme, self.answers.words_for("themes"))

    def is_plural(self, word: str) -> bool:
        """True for the plural of a kind, such as a heading above its rows."""
        kind = self._kinds.get(normalise(word))
        plurals = {normalise(plural) for plural in kind.plurals.values()} if kind else set()
        return normalise(word) in plurals - {
            normalise(name) for name in (kind.names.values() if kind else ())
        }

    def kind(self, word: str) -> tuple[Any, str | None]:
        """The kind that a word means, else None and the name of the nearest one."""
        return look_up(self._kinds, word)

    def theme(self, word: str) -> tuple[Any, str | None]:
        """The theme that a word means, else None and the name of the nearest one."""
        return look_up(self._themes, word)

    def role(self, word: str) -> str | None:
        """initiative, network or institution, or None."""
        key = normalise(word)
        if key in (answered := self.answers.words_for("role")):
            return answered[key]
        return next((role for role, words in ROLES.items() if key == role or key in words), None)

    def language(self, word: str) -> str | None:
        """The code of a language by name or code, or None."""
        key = normalise(word)
        if key in (answered := self.answers.words_for("languages")):
            return answered[key]
        return next(
            (code for code, words in LANGUAGES.items() if key == code or key in words), None
        )

    def languages(self, words: str) -> list[str]:
        """The codes of the languages in a few words, such as "Nederlands (beetje Engels)"; none
        when a word is no language.
        """
        codes: list[str] = []
        for word in normalise(words).split():
            code = self.language(word)
            if code is None and word not in BESIDE_LANGUAGE:
                return []
            if code and code not in codes:
                codes.append(code)
        return codes

    def themes(self, word: str) -> tuple[list[Any], list[tuple[str, str | None]]]:
        """The themes that a word means, and each part that is none with the name of the nearest
        one.

        It is parted at "en", a slash, a plus or a dash when one of the parts is known.
        """
        pieces = [piece for piece in _JOINED.split(word) if piece.strip()]
        is_whole = normalise(word) in self._themes
        is_parted = not is_whole and any(normalise(piece) in self._themes for piece in pieces)
        looked_up = [(piece, *self.theme(piece)) for piece in (pieces if is_parted else [word])]
        themes = [theme for _piece, theme, _close in looked_up if theme is not None]
        return themes, [(piece, close) for piece, theme, close in looked_up if theme is None]

    def yes_no(self, word: str) -> bool | None:
        """True, False, or None for another answer."""
        key = normalise(word) or word.strip()
        if key in YES or key in NO:
            return key in YES
        words = key.split()
        if not words or len(words) > 12 or UNSURE & set(words):
            return None
        if HINDRANCES & set(words) and DENYING & set(words):
            return None
        answers = {part in YES for part in words if part in YES | NO and len(part) > 1}
        return answers.pop() if len(answers) == 1 else None


def words_of(model: Any, answered: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Every word for a term: its slug, its names and plurals, and what else people call it; names
    win from synonyms.

    ``answered`` gives further words with the slug of their term; they win from all others.
    """
    found: dict[str, Any] = {}
    for term in reversed(list(model.objects.filter(is_used=True))):
        found.update({normalise(word): term for word in term.synonyms})
    for term in model.objects.filter(is_used=True):
        for word in (term.slug, *term.names.values(), *term.plurals.values()):
            found[normalise(word)] = term
    by_slug = {term.slug: term for term in found.values()}
    found.update(
        {word: by_slug[slug] for word, slug in (answered or {}).items() if slug in by_slug}
    )
    return found


def look_up(words: dict[str, Any], word: str) -> tuple[Any, str | None]:
    """The term that a word means, else None and the name of the nearest one."""
    key = normalise(word)
    if key in words:
        return words[key], None
    inside = _inside(key, words)
    if inside is not None:
        return inside, None
    close = _nearest(key, tuple(words))
    return None, str(words[close]) if close else None


def _inside(key: str, words: dict[str, Any]) -> Any:
    """The term of the longest known name among the words of a cell; None when two terms are
    named, or it says "geen".
    """
    parts = key.split()
    if not 1 < len(parts) <= 12 or DENYING & set(parts):
        return None
    for size in range(len(parts) - 1, 0, -1):
        runs = (" ".join(parts[at : at + size]) for at in range(len(parts) - size + 1))
        terms = {words[run].pk: words[run] for run in runs if run in words and len(run) > 2}
        if terms:
            return terms.popitem()[1] if len(terms) == 1 else None
    return None


@lru_cache(maxsize=2000)
def _nearest(key: str, known: tuple[str, ...]) -> str | None:
    return nearest(key, known)
