"""The pictures of a report: as they stand in it (SVG), and to share (PNG) with a title, the date and where it comes from."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from knooppunt.core.paper import pngs
from knooppunt.report.book import Book
from knooppunt.report.outputs.paper import FOLDER

CARDS = 4


def drawings(book: Book) -> dict[str, str]:
    """Every drawing by its name; those of the series begin with ``reeks-``."""
    found = {
        one["key"]: one["svg"]
        for chapter in book.content["chapters"]
        for one in chapter["pictures"]
    }
    return found | {series_name(one["key"]): one["svg"] for one in book.content["series"]}


def series_name(key: str) -> str:
    """The name of a small picture over the years."""
    return f"reeks-{key}".replace(":", "-")


def shared(book: Book) -> dict[str, bytes]:
    """Pictures to share, PNG of 1080 wide by name: each picture, and the first numbers in large letters."""
    content = book.content
    site = book.far().split("://")[-1]
    foot = f"{content['coalition']} · {_('stand van %(day)s') % {'day': content['days']['until']}} · {site}"
    if book.is_draft:
        foot = f"{_('Concept')} · {foot}"
    made: list[tuple[str, dict[str, Any]]] = [
        (one["key"], {"title": one["title"], "svg": one["svg"], "shown": "", "foot": foot})
        for chapter in content["chapters"]
        for one in chapter["pictures"]
    ]
    for figure in [figure for chapter in content["chapters"] for figure in chapter["figures"][:1]][
        :CARDS
    ]:
        told = book.numbers[figure["now"]]
        made.append(
            (
                f"getal-{told['key']}",
                {"title": told["title"], "svg": "", "shown": told["shown"], "foot": foot},
            )
        )
    if not made:
        return {}
    pages = pngs(
        FOLDER / "pictures.typ", {"lang": content["lang"], "pictures": [one for _name, one in made]}
    )
    return {f"{name}.png": page for (name, _one), page in zip(made, pages, strict=True)}
