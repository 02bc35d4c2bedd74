"""What stands in the components on the page that shows them all; wholly invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Stop:
    """One stop of a timeline: its name, the day it was reached, and whether it is where we are."""

    name: str
    on: date | None
    is_now: bool


@dataclass(frozen=True)
class Bar:
    """A day of a week of hours: the spans as begin and length in hours, and the same in words."""

    day: str
    spans: tuple[tuple[float, float], ...]
    words: str
    is_today: bool = False


def samples(day: date) -> dict[str, Any]:
    """A sample for each component, as of a day."""
    days = [(_("Vandaag"), "#dagen", True), (_("Morgen"), "#dagen", False)]
    return {
        "kind": _("Groenplek"),
        "name": _("Tuin om de hoek"),
        "line": _("Iedereen mag meedoen."),
        "street": _("Voorbeeldstraat 1"),
        "when": _("Elke dag van 10 tot 16 uur"),
        "days": days,
        "bars": [
            Bar(_("ma"), ((10.0, 6.0),), "10.00-16.00", is_today=True),
            Bar(_("di"), (), _("dicht")),
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
