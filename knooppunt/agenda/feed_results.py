"""Calendars for other programs as results: written in the worker where that takes long, packed,
with a tag of what is in them.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from knooppunt.agenda import lists
from knooppunt.agenda.exports import calendar_of, exported
from knooppunt.agenda.models import Activity
from knooppunt.core.registry.computations import Computation
from knooppunt.core.web.context_processors import site_address
from knooppunt.directory.models import Area, Organisation, Place, Theme

FEED = "feed"
EVERYTHING, AREA, PLACE, ORGANISATION, THEME = "all", "area", "place", "organisation", "theme"
# A calendar program asks some times a day, so a feed that is dear to write may be some minutes old.
REST, MOST_STALE = timedelta(minutes=10), timedelta(days=1)
# How far the feed of everything looks ahead; feeds of less have no such end.
AHEAD = timedelta(days=92)


def kind_of(what: str) -> str:
    """The kind of one sort of feed; each is measured apart."""
    return f"{FEED}:{what}"


def write(what: str, number: str, language: str, base: str, path: str) -> dict[str, str]:
    """The feed of one thing by its number (empty for everything), as packed text, with a tag of
    what is in it.
    """
    with translation.override(language):
        activities, name = _SOURCES[what](number)
        text = calendar_of(activities, name, base, base.rstrip("/") + path).encode()
    # Without a moment in its head, what is the same is packed into the same bytes.
    packed = gzip.compress(text, compresslevel=6, mtime=0)
    return {
        "gzip": base64.b64encode(packed).decode(),
        "tag": hashlib.blake2b(text, digest_size=12).hexdigest(),
    }


def _everything(_number: str) -> tuple[Any, str]:
    until = timezone.localdate() + AHEAD
    return exported(Activity.objects.all(), until), settings.COALITION.name


def _area(number: str) -> tuple[Any, str]:
    area = Area.objects.get(pk=number)
    return exported(lists.narrowed(Activity.objects.all(), area=area)), area.name


def _place(number: str) -> tuple[Any, str]:
    place = Place.objects.get(pk=number)
    return exported(Activity.objects.at_place(place)), place.name


def _organisation(number: str) -> tuple[Any, str]:
    organisation = Organisation.objects.get(pk=number)
    rows = lists.narrowed(Activity.objects.all(), organisation=organisation)
    return exported(rows), organisation.name


def _theme(number: str) -> tuple[Any, str]:
    theme = Theme.objects.get(pk=number)
    return exported(Activity.objects.filter(themes=theme)), str(theme)


_SOURCES: dict[str, Callable[[str], tuple[Any, str]]] = {
    EVERYTHING: _everything,
    AREA: _area,
    PLACE: _place,
    ORGANISATION: _organisation,
    THEME: _theme,
}


def _always() -> list[tuple[str, tuple[str, ...]]]:
    """The feed of everything and of each wijk, which are the large ones."""
    language, base = settings.LANGUAGE_CODE, site_address().rstrip("/") + "/"
    feeds = [(EVERYTHING, "", reverse("agenda:feed"))]
    for pk, slug in Area.objects.doors().values_list("pk", "slug"):
        feeds.append((AREA, str(pk), reverse("agenda:area_feed", args=[slug])))
    return [(kind_of(what), (what, number, language, base, path)) for what, number, path in feeds]


COMPUTATIONS = (Computation(FEED, write, _always, REST, MOST_STALE),)
