"""Sees that the cells of a row stand one column beside where they belong."""

from __future__ import annotations

import re

_POSTCODE = re.compile(r"\d{4}\s?[A-Za-z]{2}")
_MAIL = re.compile(r"\S+@\S+\.\w+")
_FITS = {"postcode": _POSTCODE, "email": _MAIL}


def slid(fields: list[str], cells: list[str]) -> str:
    """The field whose cell does not fit while a cell beside it does, such as a postcode under
    "city"; else empty.
    """
    for number, name in enumerate(fields):
        form = _FITS.get(name)
        if form is None or number >= len(cells) or form.fullmatch(cells[number]):
            continue
        for beside in (number - 1, number + 1):
            is_there = 0 <= beside < len(cells) and form.fullmatch(cells[beside])
            if is_there and (beside >= len(fields) or fields[beside] not in _FITS):
                return name
    return ""
