"""Knows a cell that is a link, however a spreadsheet or web page writes it: the words, and the
address behind them.
"""

from __future__ import annotations

import html
import re

_FORMULA = re.compile(
    r"=\s*HYPERLINK\(\s*\"(?P<address>[^\"]*)\"\s*(?:[,;]\s*(?:\"(?P<words>(?:[^\"]|\"\")*)\"|"
    r"[^\"()]*)\s*)?\)",
    re.IGNORECASE,
)
_TEXT_FORMULA = re.compile(r"=\s*\"((?:[^\"]|\"\")*)\"")
_MARKDOWN = re.compile(r"\[(?P<words>[^\[\]]+)\]\((?P<address>[^\s()]+)\)")
# No part tries again what it passed over, so that a long cell takes no longer than its length.
_ANCHOR = re.compile(
    r"<a\s(?:(?!href\s*=)[^<>])*+href\s*+=\s*+[\"']?(?P<address>[^\"'\s<>]++)[^<>]*+>(?P<words>.*)</a>",
    re.IGNORECASE | re.DOTALL,
)
_SCHEME = re.compile(r"(?i)(?:https?://|mailto:|tel:|www\.)")


class LinkedCell(str):
    """The words of a cell, with the address to which it leads in ``link``."""

    __slots__ = ("link",)
    link: str

    def __new__(cls, words: str, link: str) -> LinkedCell:
        """A cell that shows words and leads to an address."""
        cell = super().__new__(cls, words)
        cell.link = link
        return cell


def link_of(cell: str) -> str:
    """The address to which a cell leads, of the web, mail or phone; else empty."""
    return cell.link if isinstance(cell, LinkedCell) else ""


def with_link(words: str, address: str) -> str:
    """A cell that shows words and leads to an address; an address inside a file or folder leads
    nowhere.
    """
    address = html.unescape(address.strip())
    if not _SCHEME.match(address):
        return words
    return LinkedCell(words or re.sub(r"(?i)^(?:mailto|tel):", "", address), address)


def linked_cell(cell: str) -> str:
    """A cell in which a link was written out, as what it shows with its address; another as it is.

    Understands the formula of a spreadsheet, an HTML anchor and Markdown, when the cell is nothing
    else; ``="text"`` is the text.
    """
    if cell[:1] not in ("=", "[", "<"):
        return cell
    for form in (_FORMULA, _MARKDOWN, _ANCHOR):
        link = form.fullmatch(cell)
        if link:
            words = (link["words"] or "").replace('""', '"').strip()
            return with_link(words, link["address"]) if words or form is _FORMULA else cell
    text = _TEXT_FORMULA.fullmatch(cell)
    return text[1].replace('""', '"') if text else cell
