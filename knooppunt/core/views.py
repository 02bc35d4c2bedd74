"""The pages that every site has: colours, robots, privacy, and what is shown when something is
not there or fails.
"""

from __future__ import annotations

import sys

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from knooppunt.core import menu
from knooppunt.core.database.disk import is_disk_full
from knooppunt.core.emergency import all_panels
from knooppunt.core.registry import modules
from knooppunt.core.style_samples import samples
from knooppunt.core.web.context_processors import is_example


@cache_control(max_age=3600, public=True)
def colours(request: HttpRequest) -> HttpResponse:
    """The coalition's own colours as custom properties; empty when it keeps the usual ones."""
    light = "".join(f"--{token}:{colour};" for token, colour in settings.COALITION.colours.items())
    dark = "".join(
        f"--{token}:{colour};" for token, colour in settings.COALITION.dark_colours.items()
    )
    css = f":root{{{light}}}" + (
        f"@media(prefers-color-scheme:dark){{:root{{{dark}}}}}" if dark else ""
    )
    return HttpResponse(css if light or dark else "", content_type="text/css; charset=utf-8")


def robots(request: HttpRequest) -> HttpResponse:
    """Search engines stay away from the example and from the working pages."""
    closed = "/" if is_example() or settings.IS_TRYOUT else "/beheer/"
    return HttpResponse(
        f"User-agent: *\nDisallow: {closed}\n", content_type="text/plain; charset=utf-8"
    )


def privacy(request: HttpRequest) -> HttpResponse:
    """Which personal data are kept, why, how long and how they are erased; made from what the
    modules declare.
    """
    return render(request, "core/privacy.html", {"personal": list(modules.gathered("personal"))})


def more(request: HttpRequest) -> HttpResponse:
    """Every door of the site with one line each, for whom the menu is too short."""
    groups = menu.groups(is_keeping=request.user.is_authenticated)
    return render(request, "core/more.html", {"groups": groups})


def style(request: HttpRequest) -> HttpResponse:
    """Every component once, for who works on the look; only while trying out."""
    if not settings.IS_TRYOUT:
        raise Http404
    return render(request, "core/style.html", {"sample": samples(timezone.localdate())})


def emergency(request: HttpRequest) -> HttpResponse:
    """Whom to call in danger, in eight languages."""
    return render(request, "core/emergency.html", {"panels": all_panels()})


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing here, and where to go on."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke, or the disk is full; the page itself asks nothing of the database."""
    is_full = is_disk_full(sys.exc_info()[1])
    what = _("De site is even vol") if is_full else _("Er ging iets mis")
    then = (
        _("Er is niets bewaard. De beheerder moet ruimte maken; probeer het over een uur nog eens.")
        if is_full
        else _("Probeer het zo nog eens. Wat je had ingevuld, staat nog in je vorige scherm.")
    )
    back, language = _("Naar het begin"), get_language() or "nl"
    return HttpResponse(
        f'<!doctype html><html lang="{language}"><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{what}</title>'
        f'<h1>{what}</h1><p>{then}</p><p><a href="/">{back}</a></p></html>',
        status=503 if is_full else 500,
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form was sent from a page that was open too long."""
    return render(request, "core/csrf.html", status=403)
