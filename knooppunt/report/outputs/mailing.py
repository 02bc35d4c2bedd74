"""The words of a mail about a report: short, without pictures, with where to read on."""

from __future__ import annotations

from textwrap import fill

from django.utils.translation import gettext as _
from django.utils.translation import override

from knooppunt.report.marked_text import sentences
from knooppunt.report.readable import ReadableReport

WIDTH, CHAPTERS = 72, 6


def text(readable: ReadableReport) -> str:
    """The first line is the subject; then of each chapter its first sentence, and the links."""
    document, site = readable.document, readable.absolute_link()
    with override(document.lang):
        lines = [f"{document.title}: {document.scope}", ""]
        lines += [_("Concept: niet gepubliceerd."), ""] if readable.is_draft else []
        lines += [fill(readable.plain(part), WIDTH) + "\n" for part in document.foreword[:1]]
        for chapter in document.chapters[:CHAPTERS]:
            for first in sentences(chapter.paragraphs)[:1]:
                lines.append(f"{chapter.title}\n{fill(readable.plain(first), WIDTH)}\n")
        lines += [_("Lees het hele bericht, met achter elk getal de lijst:"), site, ""]
        lines += [
            _("Op papier:"),
            f"{site}bericht.pdf",
            _("Kort en in grote letters:"),
            f"{site}kort.pdf",
            "",
            document.coalition,
        ]
    return "\n".join(lines) + "\n"
