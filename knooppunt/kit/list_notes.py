"""Knows a row that is about a list and no record in it: page numbers, sources, explanations and
examples.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_NOTE = re.compile(
    r"(?:pagina|page|blad|p\.)\s*\d+(?:\s*(?:van|of|/|-)\s*\d+)?|\d+\s*/\s*\d+|-\s*\d+\s*-"
    r"|(?:bron|bronnen|source|nb|n\.b\.|let op|opmerking|toelichting|legenda|noot|note)\s*:.*"
    r"|(?:(?:sub|eind)?totaal|aantal|total|number of)\b[^.]{0,40}\d+[^.]{0,30}"
    r"|.{0,30}\blaatst (?:bijgewerkt|gewijzigd|aangepast)\b.*"
    r"|(?:stand|afgedrukt|geprint|printdatum|peildatum|opgemaakt|bijgewerkt)\b.*\d{4}.*"
    r"|(?:ein(?:d|de)|end)(?: van de| of)?(?: deze)? (?:lijst|list|overzicht)"
    r"|\(?(?:wordt )?vervolgd?\)?|[-–—_=*.~ ]{3,}|[©*].*|\(.*\)",
    re.IGNORECASE | re.DOTALL,
)
_EXAMPLE = re.compile(
    r"(?:voorbeeld|bijvoorbeeld|example)\s*[:\-–].*|.*\((?:voorbeeld|example)\)", re.I | re.DOTALL
)


def is_note(cells: Sequence[str]) -> bool:
    """True for a row that only says something about the list.

    One cell of a wider table with a page number, a source, a remark; a row in which everything
    stands in brackets; a row that begins with "Voorbeeld:".
    """
    filled = [cell.strip() for cell in cells if cell.strip()]
    if len(cells) < 2 or not filled:
        return False
    if len(filled) == 1 and _NOTE.fullmatch(filled[0]):
        return True
    is_explained = all(re.fullmatch(r"\(.*\)", cell, re.DOTALL) for cell in filled)
    return is_explained or bool(_EXAMPLE.fullmatch(filled[0]))
