"""Makes a text of three minutes from the facts of a point, for who speaks before a council;
what does not fit is left out from below.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knooppunt.decisions.models import Delegate
from knooppunt.voice.actions.support import numbers
from knooppunt.voice.models import Point

WORDS_A_MINUTE, MINUTES = 130, 3


@dataclass(frozen=True)
class Speech:
    """A text to speak, its paragraphs, how many words, and how many minutes that takes."""

    paragraphs: list[str]

    @property
    def text(self) -> str:
        """The paragraphs with a white line between them."""
        return "\n\n".join(self.paragraphs)

    @property
    def words(self) -> int:
        """How many words."""
        return sum(len(paragraph.split()) for paragraph in self.paragraphs)

    @property
    def minutes(self) -> float:
        """How long it takes at a calm pace, in minutes."""
        return round(self.words / WORDS_A_MINUTE, 1)


def speech(point: Point, day: date, speaker: Delegate | None = None) -> Speech:
    """The text for a point on a day: in whose name, what is the matter, what bears it out, and
    what is asked.
    """
    must = [_opening(point, day, speaker), point.why, _question(point)]
    may = [_promised(point, day), *_figures(point), *_stories(point)]
    room = WORDS_A_MINUTE * MINUTES - sum(len(part.split()) for part in must)
    kept = []
    for part in may:
        if part and len(part.split()) <= room:
            kept.append(part)
            room -= len(part.split())
    return Speech([part for part in (must[0], must[1], *kept, must[2]) if part])


def _opening(point: Point, day: date, speaker: Delegate | None) -> str:
    signed = point.signatures.as_of(day).count()
    people = numbers(point, day)["total"]
    told = _("Geachte leden, ik spreek namens %(coalition)s over dit punt: %(title)s.") % {
        "coalition": settings.COALITION.name,
        "title": point.title.rstrip("."),
    }
    if speaker:
        told = f"{told} " + _("Mijn naam is %(name)s.") % {"name": speaker.name}
    if signed:
        told += " " + ngettext(
            "%(number)s organisatie heeft het getekend.",
            "%(number)s organisaties hebben het getekend.",
            signed,
        ) % {"number": signed}
    if people:
        told += " " + ngettext(
            "%(number)s bewoner steunt het.", "%(number)s bewoners steunen het.", people
        ) % {"number": people}
    return told


def _question(point: Point) -> str:
    told = _("Wat we vragen: %(ask)s") % {"ask": point.ask}
    return f"{told} " + _("Wanneer kunnen we uw antwoord verwachten? Dank u wel.")


def _promised(point: Point, day: date) -> str:
    rows: Any = point.commitments.visible_on(day).order_by("-said_on")
    one = rows.first()
    if one is None:
        return ""
    return (
        _("Op %(day)s is ons toegezegd: ‘%(text)s’")
        % {"day": date_format(one.said_on, "j F Y"), "text": one.text.rstrip(".")}
        + "."
    )


def _figures(point: Point) -> list[str]:
    rows = point.evidence.filter(kind="figure").select_related("area")
    return [
        _("Het gaat om %(value)s %(unit)s (%(where)sstand op %(day)s).")
        % {
            "value": row.value,
            "unit": row.unit,
            "where": f"{row.area.name}, " if row.area else "",
            "day": date_format(row.on, "j F Y") if row.on else "",
        }
        for row in rows
    ]


def _stories(point: Point) -> list[str]:
    rows = [row for row in point.evidence.filter(kind="story") if row.is_told]
    return [
        _("%(who)s vertelt: ‘%(text)s’")
        % {"who": (row.told_by or _("Een bewoner")).capitalize(), "text": row.text}
        for row in rows
    ]
