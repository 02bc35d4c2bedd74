"""Reads Dutch postcodes as people write them, by themselves and inside an address; one form:
``1234 AB``.
"""

from __future__ import annotations

import re

_CODE = r"([1-9]\d{3})[\s.\-_]{0,3}([A-Za-z]{2})"
_WHOLE = re.compile(rf"(?:nl\s*-?\s*|(?:pc|postcode)\W*)?{_CODE}[.,;]?", re.IGNORECASE)
_INSIDE = re.compile(rf"(?<![\w-]){_CODE}(?![\w-])")
_PLACE_NAME = re.compile(r"['’]?[^\W\d_][^\W\d_'’.\- ]*(?:['’.\- ]+[^\W\d_]+)*")


def tidy_postcode(text: str) -> str:
    """A Dutch postcode as ``1234 AB``; another text in capitals, with single spaces."""
    return dutch_postcode(text) or " ".join(text.upper().split())


def dutch_postcode(text: str) -> str:
    """The Dutch postcode that a text is, as ``1234 AB``; the four digits of one; else empty."""
    plain = " ".join(text.split())
    code = _WHOLE.fullmatch(plain)
    if code:
        return f"{code[1]} {code[2].upper()}"
    return plain if re.fullmatch(r"[1-9]\d{3}", plain) else ""


def split_address(text: str) -> tuple[str, str, str]:
    """Street, postcode and city of an address on one line.

    Postcode and city are empty when there is no Dutch postcode in the text, or more than one, or
    when what stands behind it is no name of a city.
    """
    codes = list(_INSIDE.finditer(text))
    if len(codes) != 1:
        return text, "", ""
    street = text[: codes[0].start()].strip(" ,;-\n")
    city = " ".join(text[codes[0].end() :].split()).strip(" ,;-")
    if city and not _PLACE_NAME.fullmatch(city):
        return text, "", ""
    return street, f"{codes[0][1]} {codes[0][2].upper()}", city
