"""Gathers what stands on paper: cards to write a dream on, and a poster of the wall."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from knooppunt.core.pdf.qr_codes import code_data
from knooppunt.core.web.context_processors import is_example
from knooppunt.directory.models import Area

MOST_ON_POSTER = 14
Data = dict[str, Any]


def _common(title: str) -> Data:
    """What every sheet has."""
    return {
        "day": timezone.localdate().isoformat(),
        "lang": (get_language() or settings.LANGUAGE_CODE)[:2],
        "title": title,
        "author": settings.COALITION.name,
        "ribbon": _("Een voorbeeld: deze dromen zijn verzonnen.") if is_example() else "",
    }


def card_data(request: HttpRequest) -> Data:
    """A card of A5, two on a sheet of A4, on which somebody writes a dream."""
    address = request.build_absolute_uri(reverse("dreams:say"))
    return _common(_("Droomkaartje")) | {
        "size": "a4",
        "question": _("Waar droom jij van voor de buurt?"),
        "hint": _("Eén zin is genoeg. Je naam hoeft niet."),
        "where": _("In welke wijk of straat?"),
        "reply": _("Wil je horen hoe het gaat? Bij welke plek haal je een briefje op?"),
        "hand_in": _("Geef dit kaartje af bij een plek in de buurt, of zeg het zelf:"),
        "qr": code_data(address, _("Scan de code")),
    }


def poster_data(request: HttpRequest, rows: Any, area: Area | None) -> Data:
    """A poster of A3 with the newest dreams of a wijk, or of all."""
    address = request.build_absolute_uri(reverse("dreams:wall"))
    total = rows.count()
    name = area.name if area else settings.COALITION.name
    return _common(_("Dromen")) | {
        "size": "a3",
        "heading": _("Waar %(name)s van droomt") % {"name": name},
        "dreams": [_on_poster(dream) for dream in rows[:MOST_ON_POSTER]],
        "more": _("En nog %(number)s dromen op de site.") % {"number": total - MOST_ON_POSTER}
        if total > MOST_ON_POSTER
        else "",
        "nothing": "" if total else _("Nog geen dromen. Begin jij?"),
        "qr": code_data(address, _("Droom mee, of zeg jouw droom:")),
        "printed": _("Stand van %(day)s") % {"day": timezone.localdate().strftime("%d-%m-%Y")},
    }


def _on_poster(dream: Any) -> Data:
    """A dream of ``with_numbers``."""
    return {
        "text": dream.title,
        "where": dream.area.name if dream.area else "",
        "joined": dream.people + dream.organisations,
    }
