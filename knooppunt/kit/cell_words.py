"""Knows what people and spreadsheets write in a cell that holds nothing: none, unknown, the
same, an error.
"""

from __future__ import annotations

import re
import unicodedata

from knooppunt.kit.text import normalise

_NOTHING = {
    "geen",
    "nvt",
    "n v t",
    "niet van toepassing",
    "onbekend",
    "niet bekend",
    "nog onbekend",
    "nog niet bekend",
    "leeg",
    "niet ingevuld",
    "none",
    "n a",
    "na",
    "not applicable",
    "unknown",
    "empty",
    "null",
    "nan",
    "tbd",
    "volgt",
    "volgt nog",
}
_DITTO = {"idem", "ditto", "zelfde", "hetzelfde", "dezelfde", "zie boven", "als boven", "same"}
_DITTO_SIGNS = {'"', "″", "''", "„", "”", "“", ",,", '""', "〃"}
_ERROR = re.compile(r"#(?:[A-ZÀ-Ý]+[!?]|N/[AB]|(?:DEEL|DIV)/0!|#+)", re.IGNORECASE)
_FORMULA = re.compile(r"=[A-Z][A-Z.]+\(.*\)", re.DOTALL)
_SCIENTIFIC = re.compile(r"(\d)(?:[.,](\d+))?E\+?(\d{1,2})", re.IGNORECASE)


def says_nothing(cell: str) -> bool:
    """True for a cell that says that there is nothing, or that it is not known: ``n.v.t.``,
    ``-``, ``?``.
    """
    key = normalise(cell)
    if key:
        return key in _NOTHING
    return all(unicodedata.category(sign)[0] in "PZC" or sign in "+=~|<>^" for sign in cell)


def is_ditto(cell: str) -> bool:
    """True for a cell that means what stands above it: ``idem``, or a mark of repetition."""
    return cell.strip() in _DITTO_SIGNS or normalise(cell) in _DITTO


def is_error(cell: str) -> bool:
    """True for what a spreadsheet shows or leaves when a formula fails: ``#N/B``, ``####``,
    ``=CONCAT(A1)``.
    """
    return bool(_ERROR.fullmatch(cell.strip()) or _FORMULA.fullmatch(cell.strip()))


def whole_number(cell: str) -> str:
    """The digits that a spreadsheet wrote as ``1,2345678E+07`` or ``12345678.0``; else the text
    itself.

    Only when no digit was lost: ``6,12E+08`` stays.
    """
    plain = cell.strip()
    short = _SCIENTIFIC.fullmatch(plain)
    if short:
        digits = short[1] + (short[2] or "")
        return digits if len(digits) == int(short[3]) + 1 else cell
    behind = re.fullmatch(r"(\d+)[.,]0{1,2}", plain)
    return behind[1] if behind else cell
