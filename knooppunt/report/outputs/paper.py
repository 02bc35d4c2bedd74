"""A report on paper: the whole of it, arranged for a funder, and in plain words on two pages;
all accessible PDF (PDF/UA-1).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from knooppunt.core.pdf.documents import pdf
from knooppunt.core.registry.chapters import Block, Drawing, Element, Table, Text
from knooppunt.kit.qr import qr_svg
from knooppunt.report.describe import change_of, editor_note, labelled, withdrawn_note
from knooppunt.report.document import FunderPart, ReportChapter
from knooppunt.report.elements import FigureMarks, Figures, NumberRow, StoryBox
from knooppunt.report.marked_text import sentences
from knooppunt.report.models import Story
from knooppunt.report.readable import ReadableReport

FOLDER = Path(__file__).resolve().parents[1] / "paper"
COVER = 3
PLAIN_SENTENCES = 6
# What a sheet of paper gets: plain data, as its drawing in ``paper/`` reads it.
Data = dict[str, object]
Runs = list[dict[str, str]]


def report_pdf(readable: ReadableReport, funder: str = "") -> bytes:
    """The report; with the last part of a funder's address arranged by that funder's goals."""
    with override(readable.document.lang):
        return pdf(FOLDER / "report.typ", whole(readable, funder))


def plain_pdf(readable: ReadableReport) -> bytes:
    """Two pages in large letters: of each chapter the first sentences, as many as fit."""
    with override(readable.document.lang):
        pieces = [
            {
                "title": chapter.title,
                "sentences": [
                    _runs(readable, text)
                    for text in sentences(chapter.paragraphs)[:PLAIN_SENTENCES]
                ],
            }
            for chapter in readable.document.chapters
            if chapter.paragraphs
        ]
        labels = {"more": _("Alle getallen, met wat er is geteld en de lijst erachter:")}
        return pdf(FOLDER / "plain.typ", _common(readable) | {"pieces": pieces, "labels": labels})


def _link(readable: ReadableReport, mark: str) -> str:
    return readable.absolute_link(mark) if mark else ""


def _runs(readable: ReadableReport, text: str) -> Runs:
    return [{"w": run.words, "u": _link(readable, run.mark)} for run in readable.runs(text)]


def _texts(readable: ReadableReport, texts: Iterable[str]) -> list[Runs]:
    return [_runs(readable, text) for text in texts]


def _common(readable: ReadableReport) -> Data:
    """What every sheet about a report says."""
    document, site = readable.document, readable.absolute_link()
    ribbon = _(
        "Voorbeeld: gegevens uit openbare bronnen, deels verzonnen. Niet het register van de "
        "coalitie."
    )
    return {
        "day": (readable.edition.published_on.isoformat() if readable.edition else document.until),
        "lang": document.lang,
        "title": f"{document.title}, {document.scope}",
        "heading": document.heading,
        "author": document.coalition,
        "period": document.period,
        "scope": document.scope,
        "size": "a4",
        "ribbon": ribbon if document.is_example else "",
        "draft": _("Concept: niet gepubliceerd.") if readable.is_draft else "",
        "foot": f"{document.coalition} · {document.title}",
        "qr": {
            "svg": qr_svg(site),
            "address": site,
            "words": site.split("://")[-1],
            "alt": _("Code naar dit bericht op de site: %(address)s") % {"address": site},
        },
    }


def whole(readable: ReadableReport, funder: str = "") -> Data:
    """Everything on the paper; arranged by goals for a funder."""
    document = readable.document
    part = document.funder(funder) if funder else None
    marks = document.marks_for(part) if part else document.marks()
    chapters = (
        _goals(readable, part)
        if part
        else [_chapter(readable, chapter) for chapter in document.chapters]
    )
    return _common(readable) | {
        "scope": f"{document.scope} · {part.name}" if part else document.scope,
        "cover": _cover(readable),
        "map": _map(readable),
        "note": editor_note(readable),
        "foreword": _texts(readable, part.text if part else document.foreword),
        "chapters": chapters,
        "contents": len(chapters) > 3,
        "series": _series(readable, bool(part)),
        "outlook": [] if part else _texts(readable, document.outlook),
        "remarks": _remarks(readable),
        "withdrawn": withdrawn_note(readable),
        "definitions": _definitions(readable, marks),
        "imprint": _imprint(readable),
        "colophon": _colophon(readable, len(marks)),
        "labels": _labels(),
    }


def _labels() -> dict[str, str]:
    """The fixed words of the sheet."""
    return {
        "foreword": _("Vooraf"),
        "contents": _("Wat erin staat"),
        "series": _("Half jaar na half jaar"),
        "series_lead": _("Een vraagteken is een tijd waarvan we het niet weten; dat is geen nul."),
        "outlook": _("Vooruit"),
        "counting": _("Zo is geteld"),
        "counting_lead": _("Tik op een getal en je ziet de lijst."),
        "note": _("Wat er is verbeterd"),
    }


def _cover(readable: ReadableReport) -> list[Data]:
    """The first figure of the first chapters."""
    chapters = readable.document.chapters
    first = [figure for chapter in chapters for figure in chapter.figures[:1]]
    return [_number(readable, figure) for figure in first[:COVER]]


def _remarks(readable: ReadableReport) -> list[Runs]:
    return [
        [
            *_runs(readable, labelled(remark)),
            {"w": f" {remark.report}", "u": readable.site + remark.address},
        ]
        for remark in readable.document.remarks
    ]


def _chapter(readable: ReadableReport, chapter: ReportChapter) -> Data:
    return {
        "title": chapter.title,
        "lead": chapter.lead,
        "blocks": _blocks(readable, chapter.elements),
    }


def _goals(readable: ReadableReport, part: FunderPart) -> list[Data]:
    """A chapter for each goal: its figures, and all but the figures of the chapters it names."""
    chapters: list[Data] = []
    for goal in part.goals:
        elements: list[Element] = [Figures(goal.figures)] if goal.figures else []
        for chapter in readable.document.chapters_for(goal):
            elements += [row for row in chapter.elements if not isinstance(row, Figures)]
        elements.sort(key=lambda element: element.rank)
        chapters.append({"title": goal.text, "lead": "", "blocks": _blocks(readable, elements)})
    return chapters


def _blocks(readable: ReadableReport, elements: Iterable[Element]) -> list[Data]:
    """The elements of a chapter in pieces, each with its drawing and column."""
    pairs = [
        (block, _block_data(readable, block)) for element in elements for block in element.blocks()
    ]
    return [
        {"draw": block.draw, "column": block.column, **data}
        for block, data in pairs
        if data is not None
    ]


def _block_data(readable: ReadableReport, block: Block) -> Data | None:
    """What the drawing of a block needs; None for a story that may no longer be told."""
    match block:
        case Text(text):
            return {"runs": _runs(readable, text)}
        case Table(header, rows):
            return {"header": header, "rows": [_texts(readable, row) for row in rows]}
        case Drawing(title, svg, alt):
            return {"title": title, "svg": svg, "alt": alt}
        case NumberRow(figures):
            return {"numbers": [_number(readable, figure) for figure in figures]}
        case StoryBox(reference):
            story = readable.stories.get(reference.id)
            return _story(story) if story else None
    raise TypeError(f"a block of paper that the report cannot set: {block!r}")


def _number(readable: ReadableReport, figure: FigureMarks) -> Data:
    number = readable.numbers[figure.now]
    return {
        "shown": number.shown,
        "title": number.title,
        "u": _link(readable, figure.now),
        "change": _runs(readable, change_of(readable, figure)),
    }


def _map(readable: ReadableReport) -> dict[str, str] | None:
    """The picture for the cover."""
    pictures = (picture for chapter in readable.document.chapters for picture in chapter.pictures)
    return next(
        ({"svg": picture.svg, "alt": picture.alt} for picture in pictures if picture.key == "map"),
        None,
    )


def _story(story: Story) -> Data:
    organisation, area = story.organisation, story.area
    where = organisation.public_name if organisation else area.name if area else ""
    return {
        "paragraphs": story.text.splitlines(),
        "by": ", ".join(part for part in (story.told_by, where) if part),
        "photo": list(story.picture()),
        "alt": story.photo_alt,
    }


def _series(readable: ReadableReport, is_left_out: bool) -> Data:
    """The small pictures and their table; a question mark for what is not known."""
    rows = readable.document.series
    if not rows or is_left_out:
        return {"rows": [], "pictures": [], "header": []}
    cells = [
        [
            [{"w": row.title, "u": ""}],
            *[_runs(readable, f"{{{mark}}}" if mark else "?") for mark in row.marks],
        ]
        for row in rows
    ]
    pictures = [{"title": row.title, "svg": row.svg, "alt": row.alt} for row in rows]
    return {"pictures": pictures, "header": [_("Cijfer"), *rows[0].periods], "rows": cells}


def _definitions(readable: ReadableReport, marks: list[str]) -> list[Data]:
    """What is counted, said once for all figures of which it is true, with their numbers."""
    titles: dict[str, list[str]] = {}
    lines: dict[str, list[Runs]] = {}
    seen = set()
    for mark in sorted(marks, key=lambda mark: "@" in mark):
        number = readable.numbers[mark]
        if number.key in seen or number.part or number.area or ":" in number.key:
            continue
        seen.add(number.key)
        shown = _("%(shown)s op %(day)s") % {
            "shown": f"{number.shown} {number.unit}".strip(),
            "day": _day(number.day),
        }
        earlier = lines.setdefault(number.definition, [])
        label = f"{number.title}: " if earlier else ""
        earlier.append([{"w": label, "u": ""}, {"w": shown, "u": _link(readable, mark)}])
        titles.setdefault(number.definition, []).append(number.title)
    return [
        {"title": "; ".join(titles[text]), "definition": text, "lines": lines[text]}
        for text in titles
    ]


def _day(text: str) -> str:
    """A day of the document in words."""
    return date_format(date.fromisoformat(text), "j F Y")


def _imprint(readable: ReadableReport) -> str:
    """Which edition it is, and of which day it tells."""
    until = readable.document.days.until
    if readable.edition is None:
        return _("Stand van %(day)s") % {"day": until}
    return _("Editie %(number)s, gepubliceerd op %(day)s. Stand van %(until)s.") % {
        "number": readable.edition.number,
        "day": date_format(readable.edition.published_on, "j F Y"),
        "until": until,
    }


def _colophon(readable: ReadableReport, count: int) -> list[str]:
    """How many numbers it has, which edition it is, and its checksum."""
    numbers = ngettext(
        "In dit bericht staat %(count)s getal. Achter elk getal zit een lijst.",
        "In dit bericht staan %(count)s getallen. Achter elk getal zit een lijst.",
        count,
    ) % {"count": count}
    sums = (
        [_("Controlesom: %(sum)s") % {"sum": readable.edition.checksum}] if readable.edition else []
    )
    return [numbers, _imprint(readable), *sums]
