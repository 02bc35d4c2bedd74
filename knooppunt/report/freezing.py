"""Keeps a report for ever: packs every number with its list, puts a checksum on it, opens it again, and counts it over.

The checksum of a figure is the SHA-256 of its canonical JSON: mark, what is told about it, and its lines. The checksum of
an edition is that of its content and of the marks and checksums of its figures, in the order of the marks.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from knooppunt.core.figures import Item, total
from knooppunt.report.book import Book, Line, Number
from knooppunt.report.composing import tellable_in
from knooppunt.report.models import Edition, Frozen, Report


def canonical(value: Any) -> bytes:
    """The one way in which something is written before its checksum is taken."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(value: Any) -> str:
    """The SHA-256 of something."""
    return hashlib.sha256(canonical(value)).hexdigest()


def freeze(report: Report, book: Book, number: int, day: date) -> Edition:
    """Write an edition with all its numbers; call it inside a transaction."""
    frozen = [_frozen(one) for one in book.every()]
    content = json.loads(canonical(book.content))
    edition = Edition.objects.create(
        report=report,
        number=number,
        published_on=day,
        content=content,
        checksum=_of_edition(content, frozen),
    )
    for one in frozen:
        one.edition = edition
    Frozen.objects.bulk_create(frozen, batch_size=50)
    edition.stories.set(
        [one["id"] for chapter in content["chapters"] for one in chapter["stories"]]
    )
    return edition


def _frozen(one: Number) -> Frozen:
    lines = canonical(one.lines)
    checksum = digest([one.mark, one.told, one.lines])
    return Frozen(
        mark=one.mark,
        day=one.told["day"],
        told=one.told,
        value=one.value,
        packed=zlib.compress(lines, 6),
        checksum=checksum,
    )


def _of_edition(content: dict[str, Any], figures: Iterable[Frozen]) -> str:
    return digest([content, sorted([one.mark, one.checksum] for one in figures)])


def lines_of(frozen: Frozen) -> list[Line]:
    """The list behind a frozen number."""
    lines: list[Line] = json.loads(zlib.decompress(bytes(frozen.packed)))
    return lines


def opened(edition: Edition) -> Book:
    """A published report, with the stories that may still be told."""

    def find(mark: str) -> Number | None:
        one = edition.figures.filter(mark=mark).first()
        return Number(one.mark, one.told, lines_of(one)) if one else None

    def every() -> Iterator[Number]:
        for one in edition.figures.iterator(50):
            yield Number(one.mark, one.told, lines_of(one))

    return Book(
        edition.content,
        find,
        every,
        edition.get_absolute_url(),
        edition,
        tellable_in(edition.content),
    )


def recount(told: dict[str, Any], lines: list[Line]) -> int | None:
    """The number that a list makes, worked out from the list alone."""
    if told["part"]:
        return len(lines)
    return total(
        told["form"],
        [Item(0, "", "", line["amount"], whole=line.get("whole", 0)) for line in lines],
    )


def wrong(edition: Edition) -> list[str]:
    """What is not as it was published, in words; nothing when all is well."""
    found, figures = [], list(edition.figures.all())
    for one in figures:
        lines = lines_of(one)
        if digest([one.mark, one.told, lines]) != one.checksum:
            found.append(_("%(mark)s is niet meer zoals het is gepubliceerd.") % {"mark": one.mark})
        elif recount(one.told, lines) != one.told["value"] or one.value != one.told["value"]:
            found.append(_("%(mark)s is niet het getal dat de lijst geeft.") % {"mark": one.mark})
    if _of_edition(edition.content, figures) != edition.checksum:
        found.append(_("De controlesom van het bericht klopt niet."))
    return found
