"""The words of a mail about a report: short, without pictures, with where to read on."""

from __future__ import annotations

from textwrap import fill

from django.utils.translation import gettext as _
from django.utils.translation import override

from knooppunt.report.book import Book, sentences

WIDTH, CHAPTERS = 72, 6


def text(book: Book) -> str:
    """The first line is the subject; then of each chapter its first sentence, and the links."""
    content = book.content
    site = book.far()
    with override(content["lang"]):
        lines = [f"{content['title']}: {content['scope']}", ""]
        lines += [_("Concept: niet gepubliceerd."), ""] if book.is_draft else []
        lines += [fill(book.plain(part), WIDTH) + "\n" for part in content["foreword"][:1]]
        for chapter in content["chapters"][:CHAPTERS]:
            first = sentences(chapter["paragraphs"])[:1]
            lines += [f"{chapter['title']}\n{fill(book.plain(first[0]), WIDTH)}\n"] if first else []
        lines += [_("Lees het hele bericht, met achter elk getal de lijst:"), site, ""]
        lines += [
            _("Op papier:"),
            f"{site}bericht.pdf",
            _("Kort en in grote letters:"),
            f"{site}kort.pdf",
            "",
            content["coalition"],
        ]
    return "\n".join(lines) + "\n"
