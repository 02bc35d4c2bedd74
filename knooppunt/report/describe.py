"""Small sentences about a report that web and paper share: what changed, what was mended, what
was taken back.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knooppunt.report.document import Remark
from knooppunt.report.elements import FigureMarks
from knooppunt.report.readable import ReadableReport


def change_of(readable: ReadableReport, figure: FigureMarks) -> str:
    """What changed since the day before the period, with marks; nothing where that is unknown.

    How many came and went, or else what it was.
    """
    numbers = readable.numbers
    if figure.new in numbers and figure.gone in numbers:
        came_and_went = (("+", figure.new), ("−", figure.gone))
        parts = [f"{sign}{{{mark}}}" for sign, mark in came_and_went if numbers[mark].value]
        return ", ".join(parts) or _("niets veranderd")
    if figure.before in numbers and numbers[figure.before].value is not None:
        return _("was %(before)s") % {"before": f"{{{figure.before}}}"}
    return ""


def editor_note(readable: ReadableReport) -> list[str]:
    """Why there is a next edition, in the words of who made it; empty for a first one."""
    return [part for part in readable.document.note.splitlines() if part.strip()]


def withdrawn_note(readable: ReadableReport) -> str:
    """That stories were taken back, if they were."""
    number = readable.withdrawn
    if not number:
        return ""
    return ngettext(
        "%(number)s verhaal is ingetrokken of mag niet langer worden verteld. Het staat hier niet "
        "meer.",
        "%(number)s verhalen zijn ingetrokken of mogen niet langer worden verteld. Ze staan hier "
        "niet meer.",
        number,
    ) % {"number": number}


def labelled(remark: Remark) -> str:
    """Where an earlier report said something else: the sentence before the link to it."""
    return _(
        "%(title)s: voor het eind van de vorige periode tellen we nu %(now)s; toen stond er "
        "%(then)s, want gegevens zijn later aangevuld of verbeterd. Zie"
    ) % {
        "title": remark.title,
        "now": f"{{{remark.mark}}}",
        "then": remark.then,
    }
