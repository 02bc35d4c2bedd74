"""Cleans and compares what people type: names, words, markup and cells that a spreadsheet would
run.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import nh3
from rapidfuzz import fuzz, process
from rapidfuzz.distance import DamerauLevenshtein

FORMULA_START = ("=", "+", "-", "@", "\t", "\r")
_RISKY_START = (*FORMULA_START, "'")
_DIGITS = re.compile(r"^[+-]?[\d\s().,/-]*$")
_NO_WORD = re.compile(r"[\W_]+")
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9-]*(?=[\s/>])[^>@]*>|<!--|<!doctype", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_POSTCODE = re.compile(r"(?<!\w)([1-9]\d{3})[ \xa0]+([A-Za-z]{2})(?!\w)")
_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef\ufffe\uffff]"
)


def fold(text: str) -> str:
    """Lower case without accents, the ligature ij as two letters."""
    small = unicodedata.normalize("NFKD", text.casefold().replace("ĳ", "ij")).casefold()
    flat = unicodedata.normalize("NFKD", small)
    return "".join(letter for letter in flat if not unicodedata.combining(letter))


@lru_cache(maxsize=20_000)
def normalise(text: str) -> str:
    """The form in which two names are compared: folded, and every run of other signs one space."""
    folded = text.lower() if text.isascii() else fold(text).replace("’", "")
    return _NO_WORD.sub(" ", folded.replace("'", "")).strip()


def joined_postcodes(text: str) -> str:
    """The text with both halves of a Dutch postcode as one word: ``9991 AB`` becomes ``9991AB``."""
    return _POSTCODE.sub(r"\1\2", text)


def slugify(text: str, longest: int = 60) -> str:
    """An address part from a name: ``Buurthuis 't Lage Land`` becomes
    ``buurthuis-t-lage-land``; never empty.
    """
    plain = "".join(sign if sign.isascii() else " " for sign in normalise(text))
    slug = "-".join(plain.split())
    return slug[:longest].rstrip("-") or "naamloos"


def first_sentence(text: str, longest: int) -> str:
    """The first sentence of a text, cut off between two words when it has more signs than
    ``longest``.
    """
    sentence = text.strip().split("\n")[0]
    for mark in (". ", "? ", "! "):
        head, mark_of_end, _rest = sentence.partition(mark)
        sentence = head + mark_of_end.strip()
    if len(sentence) <= longest:
        return sentence
    return f"{sentence[: longest - 3].rsplit(' ', 1)[0]}…"


def clean(text: str) -> str:
    """What was typed, without invisible control signs and with plain spaces; line ends are kept."""
    tidy = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).replace("\xa0", " ")
    return "\n".join(" ".join(line.split()) for line in tidy.split("\n")).strip()


def decoded(text: str) -> str:
    """The text with its HTML character references (``&amp;``, ``&#8211;``) as the signs they
    mean, however often escaped.
    """
    for _turn in range(3):
        if "&" not in text or ";" not in text:
            return text
        plain = _REFERENCE.sub(lambda found: html.unescape(found[0]), text)
        if plain == text:
            return text
        text = plain
    return text


def without_markup(text: str) -> str:
    """The text a reader would see, when somebody pasted HTML: no tags, and references as the signs
    they mean.

    Scripts and styles go with their content.
    """
    text = decoded(text)
    if not _TAG.search(text):
        return text
    spaced = re.sub(r"(?i)<(br|/p|/div|/li)\b[^>]*>", "\n", text)
    return clean(decoded(nh3.clean(spaced, tags=set(), clean_content_tags={"script", "style"})))


def is_formula(cell: str) -> bool:
    """True for a cell that a spreadsheet would run as a formula; numbers and phone numbers are
    not.
    """
    return cell.startswith(FORMULA_START) and not _DIGITS.match(cell)


def defused(cell: str) -> str:
    """The cell as text that no spreadsheet runs: an apostrophe is put before a formula."""
    if not cell.startswith(_RISKY_START):
        return cell
    return (
        f"'{cell}" if cell.startswith(FORMULA_START) or re.match(r"^'+[=+\-@\t\r]", cell) else cell
    )


def refused(cell: str) -> str:
    """The reverse of ``defused``: the cell as it was before the apostrophe."""
    return cell[1:] if re.match(r"^'+[=+\-@\t\r]", cell) else cell


def nearest(word: str, known: Iterable[str], at_least: float = 75.0) -> str | None:
    """The known word that was most likely meant, or None; compared in normalised form."""
    choices = {name: normalise(name) for name in known}
    found = process.extractOne(normalise(word), choices, scorer=alike, score_cutoff=at_least)
    return found[2] if found else None


def alike(left: str, right: str, **_: object) -> float:
    """Likeness 0 to 100 in which one swapped, missing or doubled letter costs little."""
    return DamerauLevenshtein.normalized_similarity(left, right) * 100


def is_slip(left: str, right: str) -> bool:
    """True for two normalised names that differ by a typing error: word for word alike, with
    the same numbers.
    """
    words, others = left.split(), right.split()
    if left.replace(" ", "") == right.replace(" ", ""):
        return True
    if len(words) != len(others):
        return alike(left, right) >= 92 and not _digits(left) ^ _digits(right)
    pairs = [pair for pair in zip(words, others, strict=True) if pair[0] != pair[1]]
    return all(alike(*pair) >= 70 and not _digits(pair[0]) ^ _digits(pair[1]) for pair in pairs)


def _digits(text: str) -> set[str]:
    return set(re.findall(r"\d+", text))


def similarity(left: str, right: str) -> float:
    """How alike two normalised names are, 0 to 100, whatever the order of their words."""
    return fuzz.token_sort_ratio(left, right)


def several(cell: str, separators: str = r"[;\n|]+|\s+/\s+|,\s*") -> list[str]:
    """The values of a cell that holds more than one, in order and once each."""
    values = (part.strip() for part in re.split(separators, cell))
    return list(dict.fromkeys(value for value in values if value))
