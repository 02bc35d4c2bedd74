"""Small sentences about a report that web and paper share: what changed, what was mended, what was taken back."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knooppunt.report.book import Book


def change_of(book: Book, figure: dict[str, str]) -> str:
    """What changed since the day before the period, with marks: how many came and went, or what it was; nothing where that is unknown."""
    value = {
        name: book.numbers[mark]["value"] for name, mark in figure.items() if mark in book.numbers
    }
    if "new" in value and "gone" in value:
        parts = [
            f"{sign}{{{figure[name]}}}"
            for sign, name in (("+", "new"), ("−", "gone"))
            if value[name]
        ]
        return ", ".join(parts) or _("niets veranderd")
    if "before" in value and value["before"] is not None:
        return _("was %(before)s") % {"before": f"{{{figure['before']}}}"}
    return ""


def editor_note(book: Book) -> list[str]:
    """Why there is a next edition, in the words of who made it; empty for a first one."""
    note: Any = book.content.get("note", "")
    return [part for part in str(note).splitlines() if part.strip()]


def withdrawn_note(book: Book) -> str:
    """That stories were taken back, if they were."""
    number = book.withdrawn
    if not number:
        return ""
    return ngettext(
        "%(number)s verhaal is ingetrokken of mag niet langer worden verteld. Het staat hier niet meer.",
        "%(number)s verhalen zijn ingetrokken of mogen niet langer worden verteld. Ze staan hier niet meer.", number,
    ) % {"number": number}  # fmt: skip


def labelled(remark: dict[str, str]) -> str:
    """Where an earlier report said something else: the sentence before the link to it."""
    return _("%(title)s: voor het eind van de vorige periode tellen we nu %(now)s; toen stond er %(then)s, want gegevens zijn later aangevuld of verbeterd. Zie") % {
        "title": remark["title"], "now": f"{{{remark['mark']}}}", "then": remark["then"],
    }  # fmt: skip
