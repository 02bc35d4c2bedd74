"""Keeps a report for ever: packs every number with its list, puts a checksum on it, opens it again,
and counts it over.

The checksum of a figure is the SHA-256 of its canonical JSON: mark, what is told about it, and its
lines. The checksum of an edition is that of its content and of the marks and checksums of its
figures, in the order of the marks.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import gettext as _

from knooppunt.core.registry.figures import Item, total
from knooppunt.report import formats
from knooppunt.report.document import NumberFacts
from knooppunt.report.drafting import tellable_in
from knooppunt.report.models import Edition, FigureSnapshot, Report
from knooppunt.report.readable import Line, Number, ReadableReport


def canonical(value: object) -> bytes:
    """The one way in which something is written before its checksum is taken."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(value: object) -> str:
    """The SHA-256 of something."""
    return hashlib.sha256(canonical(value)).hexdigest()


def freeze(report: Report, readable: ReadableReport, number: int, day: date) -> Edition:
    """Write an edition with all its numbers; call it inside a transaction."""
    frozen = [_frozen(row) for row in readable.all_numbers()]
    content = json.loads(canonical(formats.write(readable.document)))
    edition = Edition.objects.create(
        report=report,
        number=number,
        published_on=day,
        content=content,
        checksum=_of_edition(content, frozen),
    )
    for row in frozen:
        row.edition = edition
    FigureSnapshot.objects.bulk_create(frozen, batch_size=50)
    edition.stories.set([row.id for row in readable.document.stories()])
    return edition


def _frozen(number: Number) -> FigureSnapshot:
    facts = number.told()
    return FigureSnapshot(
        mark=number.mark,
        day=number.facts.day,
        told=facts,
        value=number.facts.value,
        packed=zlib.compress(canonical(number.lines), 6),
        checksum=digest([number.mark, facts, number.lines]),
    )


def _of_edition(content: object, figures: Iterable[FigureSnapshot]) -> str:
    return digest([content, sorted([row.mark, row.checksum] for row in figures)])


def lines_of(frozen: FigureSnapshot) -> list[Line]:
    """The list behind a frozen number."""
    lines: list[Line] = json.loads(zlib.decompress(bytes(frozen.packed)))
    return lines


def number_of(frozen: FigureSnapshot) -> Number:
    """A frozen number with its list."""
    return Number(frozen.mark, formats.read_number(frozen.told), lines_of(frozen))


def opened(edition: Edition) -> ReadableReport:
    """A published report, with the stories that may still be told."""

    def find_number(mark: str) -> Number | None:
        row = edition.figures.filter(mark=mark).first()
        return number_of(row) if row else None

    def all_numbers() -> Iterator[Number]:
        return (number_of(row) for row in edition.figures.iterator(50))

    document = formats.read(edition.content)
    return ReadableReport(
        document,
        find_number,
        all_numbers,
        edition.get_absolute_url(),
        edition,
        tellable_in(document),
    )


def recount(facts: NumberFacts, lines: list[Line]) -> int | None:
    """The number that a list makes, worked out from the list alone."""
    if facts.part:
        return len(lines)
    return total(
        facts.form,
        [Item(0, "", "", line["amount"], whole=line.get("whole", 0)) for line in lines],
    )


def _is_counted(number: Number, value: int | None) -> bool:
    """True if the list makes the number that was told, and that stands in its column."""
    return recount(number.facts, number.lines) == number.facts.value == value


def wrong(edition: Edition) -> list[str]:
    """What is not as it was published, in words; nothing when all is well."""
    problems, figures = [], list(edition.figures.all())
    for row in figures:
        if digest([row.mark, row.told, lines_of(row)]) != row.checksum:
            problem = _("%(mark)s is niet meer zoals het is gepubliceerd.")
        elif not _is_counted(number_of(row), row.value):
            problem = _("%(mark)s is niet het getal dat de lijst geeft.")
        else:
            continue
        problems.append(problem % {"mark": row.mark})
    if _of_edition(edition.content, figures) != edition.checksum:
        problems.append(_("De controlesom van het bericht klopt niet."))
    return problems
