"""The pictures of a report: as they stand in it (SVG), and to share (PNG) with a title, the
date and where it comes from.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from knooppunt.core.pdf.documents import pngs
from knooppunt.report.outputs.paper import FOLDER
from knooppunt.report.readable import ReadableReport

CARDS = 4


def drawings(readable: ReadableReport) -> dict[str, str]:
    """Every drawing by its name; those of the series begin with ``reeks-``."""
    document = readable.document
    pictures = {
        picture.key: picture.svg for chapter in document.chapters for picture in chapter.pictures
    }
    return pictures | {series_name(row.key): row.svg for row in document.series}


def series_name(key: str) -> str:
    """The name of a small picture over the years."""
    return f"reeks-{key}".replace(":", "-")


def shared(readable: ReadableReport) -> dict[str, bytes]:
    """Pictures to share, PNG of 1080 wide by name: each picture, and the first numbers, large."""
    document = readable.document
    cards = {
        picture.key: {"title": picture.title, "svg": picture.svg, "shown": ""}
        for chapter in document.chapters
        for picture in chapter.pictures
    }
    first = [figure for chapter in document.chapters for figure in chapter.figures[:1]]
    for figure in first[:CARDS]:
        number = readable.numbers[figure.now]
        cards[f"getal-{number.key}"] = {"title": number.title, "svg": "", "shown": number.shown}
    if not cards:
        return {}
    foot = _foot(readable)
    pages = pngs(
        FOLDER / "pictures.typ",
        {"lang": document.lang, "pictures": [card | {"foot": foot} for card in cards.values()]},
    )
    return {f"{name}.png": page for name, page in zip(cards, pages, strict=True)}


def _foot(readable: ReadableReport) -> str:
    """What stands below a picture that goes round: from whom, of which day, where to read on."""
    document = readable.document
    parts = [
        document.coalition,
        _("stand van %(day)s") % {"day": document.days.until},
        readable.absolute_link().split("://")[-1],
    ]
    return " · ".join([_("Concept"), *parts] if readable.is_draft else parts)
