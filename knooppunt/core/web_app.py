"""The site on the home screen of a phone: its name and icons, and the worker that keeps pages to
read without a network.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from knooppunt.core import menu
from knooppunt.core.release import RELEASE

WORKER = "core/service_worker.js"
FILES = (
    "core/site.css",
    "core/icon.svg",
    "core/read_aloud.js",
    "core/offline.js",
    "core/fonts/atkinson-next-latin.woff2",
)
ICON_SIZES = (192, 512)
PAPER, SUN = "#FBF7EF", "#F6B82D"


def manifest(request: HttpRequest) -> HttpResponse:
    """The web app manifest (W3C): what the site is called and looks like on a home screen."""
    icons = [
        {
            "src": static(f"core/icon-{size}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }
        for size in ICON_SIZES
        for purpose in ("any", "maskable")
    ]
    home = reverse("directory:home")
    colours = settings.COALITION.colours
    return JsonResponse(
        {
            "id": home,
            "name": settings.COALITION.name,
            "short_name": settings.COALITION.name,
            "lang": get_language(),
            "start_url": home,
            "scope": "/",
            "display": "standalone",
            "background_color": colours.get("paper", PAPER),
            "theme_color": colours.get("sun", SUN),
            "icons": icons,
        },
        content_type="application/manifest+json",
    )


def service_worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps pages in the browser; each release and each change of what it keeps
    makes another version.
    """
    kept = _worker_settings()
    parts = (RELEASE, kept, settings.COALITION.colours, settings.COALITION.dark_colours)
    digest = hashlib.blake2b(repr(parts).encode() + _digest_of_files(), digest_size=6)
    script = json.dumps({**kept, "version": digest.hexdigest()}, ensure_ascii=False)
    lines = (line.strip() for line in _read(WORKER).decode().splitlines())
    code = "\n".join(line for line in lines if line and not line.startswith("//"))
    response = HttpResponse(
        f"const SETTINGS = {script};\n{code}\n",
        content_type="text/javascript; charset=utf-8",
    )
    response.headers["Cache-Control"] = "no-cache"
    return response


def offline(request: HttpRequest) -> HttpResponse:
    """What is shown for a page that was not seen before, while there is no network."""
    return render(request, "core/offline.html", {"doors": _doors()})


def _doors() -> list[Any]:
    return [door for door in menu.doors() if door.is_offline]


def _worker_settings() -> dict[str, Any]:
    """What the worker keeps: files, and by language the pages that can always be read, the page
    for what it does not have, and its note, in which ``%`` becomes the moment.
    """
    pages, fallback, notes = {}, {}, {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            fallback[code] = reverse("core:offline")
            doors = [door.address for door in _doors()]
            pages[code] = [*doors, reverse("core:emergency"), fallback[code]]
            notes[code] = _("Geen verbinding. Zo was deze pagina op %(moment)s.") % {"moment": "%"}
    files = [static(name) for name in FILES]
    if settings.COALITION.colours or settings.COALITION.dark_colours:
        files.append(reverse("core:colours"))
    return {
        "files": files,
        "pages": pages,
        "fallback": fallback,
        "notes": notes,
        "first": settings.LANGUAGE_CODE,
    }


def _read(name: str) -> bytes:
    """The content of a static file of the house."""
    return Path(str(finders.find(name))).read_bytes()


@lru_cache(maxsize=1)
def _digest_of_files() -> bytes:
    """One number for the content of all files that the worker has to do with."""
    return hashlib.blake2b(b"".join(map(_read, (WORKER, *FILES)))).digest()
