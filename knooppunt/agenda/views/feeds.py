"""Calendars and news feeds for other programs, and the agenda inside other sites."""

from __future__ import annotations

import base64
import gzip
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed as SyndicationFeed
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from knooppunt.agenda import lists
from knooppunt.agenda.describe import when
from knooppunt.agenda.exports import calendar_of
from knooppunt.agenda.feed_results import (
    AHEAD,
    AREA,
    EVERYTHING,
    ORGANISATION,
    PLACE,
    THEME,
    kind_of,
)
from knooppunt.agenda.lists import AgendaFilters
from knooppunt.agenda.models import Activity, Occurrence
from knooppunt.agenda.pictures import coming_svg
from knooppunt.agenda.views.pages import get_visible_activity
from knooppunt.core.background.stored_results import NotReady, read
from knooppunt.core.web.query_params import query_params
from knooppunt.directory.models import Area, Organisation, Place, Theme

CALENDAR = "text/calendar; charset=utf-8"
COLOURS = {"licht": "light", "donker": "dark"}


def _calendar(request: HttpRequest, what: str, number: int | str = "") -> HttpResponse:
    """The feed of one thing; 304 when the program has it already, 503 with a time when it is
    being written.
    """
    words = (
        what,
        str(number),
        get_language() or "nl",
        request.build_absolute_uri("/"),
        request.path,
    )
    try:
        feed = read(request, kind_of(what), *words, unpack=_unpacked)
    except NotReady:
        busy = _("De agenda wordt geschreven. Probeer het over een minuut opnieuw.")
        response = HttpResponse(busy, status=503, content_type="text/plain; charset=utf-8")
        response.headers["Retry-After"] = "60"
        response.headers["Cache-Control"] = "no-store"
        return response
    return _answer(request, *feed)


def _unpacked(result: dict[str, str]) -> tuple[bytes, str]:
    return base64.b64decode(result["gzip"]), f'"{result["tag"]}"'


def _answer(request: HttpRequest, packed: bytes, tag: str) -> HttpResponse:
    """The packed text as it is for who can unpack it.

    The tag says what is in it, so an untouched feed is not sent again.
    """
    is_known = request.headers.get("If-None-Match", "").removeprefix("W/") == tag
    response: HttpResponse
    if is_known:
        response = HttpResponseNotModified()
    elif "gzip" in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(packed, content_type=CALENDAR)
        response.headers["Content-Encoding"] = "gzip"
    else:
        response = HttpResponse(gzip.decompress(packed), content_type=CALENDAR)
    response.headers["ETag"] = tag
    patch_cache_control(response, no_cache=True, private=True)
    patch_vary_headers(response, ["Cookie", "Accept-Encoding"])
    return response


def feed(request: HttpRequest) -> HttpResponse:
    """The whole agenda, up to three months ahead."""
    return _calendar(request, EVERYTHING)


def place_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """What there is to do at a place."""
    return _calendar(request, PLACE, get_object_or_404(Place.objects.public(), slug=slug).pk)


def organisation_feed(request: HttpRequest, slug: str, role: str) -> HttpResponse:
    """What an organisation does; of a network also what its members do."""
    one = get_object_or_404(Organisation.objects.public(), slug=slug, role=role)
    return _calendar(request, ORGANISATION, one.pk)


def area_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """What there is to do in a wijk."""
    return _calendar(request, AREA, get_object_or_404(Area, slug=slug).pk)


def theme_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """What there is to do about a theme."""
    return _calendar(request, THEME, get_object_or_404(Theme, slug=slug).pk)


def activity_feed(request: HttpRequest, slug: str) -> HttpResponse:
    """One activity, also one that is past."""
    one = get_visible_activity(request, slug)
    if not one.is_open_to_all:
        raise Http404
    address = request.build_absolute_uri(request.path)
    rows = Activity.objects.filter(pk=one.pk)
    written = calendar_of(rows, one.name, request.build_absolute_uri("/"), address)
    return HttpResponse(written, content_type=CALENDAR)


class News(SyndicationFeed):
    """What is new in the agenda, as RSS or Atom."""

    feed_type = Atom1Feed

    def title(self) -> str:
        """The name of the feed."""
        return _("Nieuw in de agenda van %(name)s") % {"name": settings.COALITION.name}

    subtitle = title
    link = "/agenda/"

    def items(self) -> Any:
        """The last activities that were entered."""
        rows = Activity.objects.open_to_all().filter(occurrences__is_shown=True).distinct()
        return rows.order_by("-listed_on", "-pk")[:30]

    def item_title(self, item: Any) -> str:
        """The name of the activity."""
        return str(item.name)

    def item_description(self, item: Any) -> str:
        """When it is, and what."""
        return f"{capfirst(when(item))}. {item.description}".strip()

    def item_updateddate(self, item: Any) -> Any:
        """When it was changed last."""
        return item.modified_at

    def item_guid(self, item: Any) -> str:
        """The same name as in calendars."""
        return f"urn:knooppunt:{item.uid}"

    item_guid_is_permalink = False


class NewsRss(News):
    """The same as RSS."""

    feed_type = Rss201rev2Feed  # type: ignore[assignment]
    description = News.title


@query_params(*AgendaFilters.PARAMS, days=AgendaFilters.DAYS)
def connect(request: HttpRequest) -> HttpResponse:
    """How to get this agenda in one's own calendar, or on one's own site."""
    filters = AgendaFilters(request)
    path = _feed_path(filters)
    base = request.build_absolute_uri("/").rstrip("/")
    query = request.GET.urlencode()
    context = {
        "is_everything": path == "/agenda.ics",
        "days_ahead": AHEAD.days,
        "filters": filters,
        "feed": base + path,
        "webcal": "webcal://" + (base + path).split("://", 1)[1],
        "embed": f"{base}/agenda/inbed/?{query}",
        "picture": f"{base}/agenda/inbed.svg?{query}",
        "page": f"{base}/agenda/?{query}",
    }
    return render(request, "agenda/connect.html", context)


def _feed_path(filters: AgendaFilters) -> str:
    if filters.place:
        return f"/plekken/{filters.place.slug}.ics"
    if filters.organisation:
        return f"{filters.organisation.get_absolute_url().rstrip('/')}.ics"
    if filters.area:
        return f"/wijken/{filters.area.slug}.ics"
    return f"/themas/{filters.theme.slug}.ics" if filters.theme else "/agenda.ics"


@query_params(*AgendaFilters.PARAMS, "kleur", "aantal", days=AgendaFilters.DAYS)
def embed(request: HttpRequest) -> HttpResponse:
    """A list without a frame around it, to stand inside another site. Needs no script."""
    filters = AgendaFilters(request)
    coming = _embedded(request, filters)
    response = render(
        request,
        "agenda/embed.html",
        {
            "filters": filters,
            "coming": coming,
            "scheme": COLOURS.get(request.GET.get("kleur", ""), ""),
        },
    )
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors *"
    )
    response.xframe_options_exempt = True
    return response


@query_params(*AgendaFilters.PARAMS, "kleur", "aantal", days=AgendaFilters.DAYS)
def embed_picture(request: HttpRequest) -> HttpResponse:
    """The same as a picture, for sites that allow no frames."""
    filters = AgendaFilters(request)
    drawing = coming_svg(
        lists.filled(Occurrence.objects.filter(pk__in=_embedded(request, filters)).in_order()),
        request.GET.get("kleur", ""),
    )
    response = HttpResponse(drawing, content_type="image/svg+xml; charset=utf-8")
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _embedded(request: HttpRequest, filters: AgendaFilters) -> list[int]:
    number = request.GET.get("aantal", "")
    most = min(max(int(number), 1), 30) if number.isdecimal() and len(number) < 4 else 8
    rows = filters.occurrences().filter(day__gte=filters.today)
    return list(rows.values_list("pk", flat=True)[:most])
