"""What stands in the components on the page that shows them all; wholly invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Stop:
    """One stop of a timeline: its name, the day it was reached, and whether it is where we are."""

    name: str
    on: date | None
    is_now: bool


@dataclass(frozen=True)
class Day:
    """A day of a week of hours: its name, and whether a door opens on it."""

    date: date
    name: str
    spans: bool


@dataclass(frozen=True)
class Bar:
    """A day as a drawing: each stretch as its begin and length in percents, and in words."""

    day: Day
    parts: tuple[tuple[float, float], ...]
    words: str


def samples(day: date) -> dict[str, Any]:
    """A sample for each component, as of a day."""
    later = day + timedelta(days=1)
    days = [(_("Vandaag"), "#dagen", True), (_("Morgen"), "#dagen", False)]
    return {
        "kind": _("Groenplek"),
        "name": _("Tuin om de hoek"),
        "line": _("Iedereen mag meedoen."),
        "street": _("Voorbeeldstraat 1"),
        "when": _("Elke dag van 10 tot 16 uur"),
        "days": days,
        "bars": [
            Bar(Day(day, date_format(day, "l"), spans=True), ((10.0, 43.0),), "10–16"),
            Bar(Day(later, date_format(later, "l"), spans=False), (), _("dicht")),
        ],
        "quote": _("Ik kwam voor de soep. Nu geef ik hier zelf les."),
        "by": _("Een buurtbewoner"),
        "links": [(_("Meer verhalen"), "#citaat")],
        "road": [
            Stop(_("gevraagd"), day - timedelta(days=60), is_now=False),
            Stop(_("beloofd"), day - timedelta(days=9), is_now=True),
            Stop(_("gedaan"), None, is_now=False),
        ],
        "options": [("nu", _("Nu"), True), ("morgen", _("Morgen"), False)],
    }
