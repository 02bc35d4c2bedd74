"""What the agenda adds to the pages of places, organisations and wijken, to the front door and
to the figures.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from knooppunt.agenda import lists, rules
from knooppunt.agenda.models import Activity, Occurrence
from knooppunt.core.registry.modules import Panel
from knooppunt.core.web import page_cache
from knooppunt.directory.models import Area
from knooppunt.directory.rules import is_keeper

SHOWN, AT_HOME = 6, 5


def of_place(request: HttpRequest, place: Any) -> dict[str, Any] | None:
    """The coming activities at a place."""
    coming = lists.coming(lists.located(Occurrence.objects.all(), place=place), SHOWN)
    can_enter = rules.may_enter(request.user, None, place)
    return {
        "coming": coming,
        "query": f"plek={place.slug}",
        "can_enter": can_enter,
        "enter": f"?plek={place.slug}",
        "feed": f"/plekken/{place.slug}.ics",
    }


def of_organisation(request: HttpRequest, organisation: Any) -> dict[str, Any] | None:
    """The coming activities of an organisation; of a network also those of its members."""
    coming = lists.coming(
        Occurrence.objects.of(lists.narrowed(Activity.objects.all(), organisation=organisation)),
        SHOWN,
    )
    can_enter = rules.may_enter(request.user, organisation, None)
    paths = {"network": "netwerken", "initiative": "initiatieven", "institution": "instellingen"}
    return {
        "coming": coming,
        "query": f"wie={organisation.slug}",
        "can_enter": can_enter,
        "enter": f"?wie={organisation.slug}",
        "feed": f"/{paths[organisation.role]}/{organisation.slug}.ics",
    }


def of_area(request: HttpRequest, area: Any) -> dict[str, Any] | None:
    """The coming activities in a wijk."""
    coming = lists.coming(lists.located(Occurrence.objects.all(), area), SHOWN)
    return {"coming": coming, "query": f"wijk={area.slug}", "feed": f"/wijken/{area.slug}.ics"}


def of_home(request: HttpRequest, _record: Any) -> dict[str, Any] | None:
    """What is on today, in the wijk that the visitor chose, else everywhere."""
    slug = request.GET.get("wijk", "")[:70]
    area = Area.objects.doors().defer("outline").filter(slug=slug).first() if slug else None
    return page_cache.remember(
        ("agenda home", area and area.pk, timezone.localtime().strftime("%H%M")),
        lambda: _home(area),
    )


def _home(area: Area | None) -> dict[str, Any]:
    today = timezone.localdate()
    rows = lists.located(Occurrence.objects.all(), area)
    found = lists.coming(rows, AT_HOME, today)
    return {
        "coming": found or lists.coming(rows, 3),
        "is_today": bool(found),
        "area": area,
        "areas": list(Area.objects.doors().defer("outline")),
        "query": f"wijk={area.slug}" if area else "",
    }


def of_figures(_request: HttpRequest, _record: Any) -> dict[str, Any] | None:
    """The door to the count of who organises it."""
    return {}


def of_desk(request: HttpRequest, _record: Any) -> dict[str, Any] | None:
    """The doors for who keeps the agenda."""
    return {} if is_keeper(request.user) else None


PANELS = (
    Panel("desk", "agenda/panels/desk.html", of_desk),
    Panel("home", "agenda/panels/home.html", of_home),
    Panel("place", "agenda/panels/coming.html", of_place),
    Panel("organisation", "agenda/panels/coming.html", of_organisation),
    Panel("area", "agenda/panels/coming.html", of_area),
    Panel("figures", "agenda/panels/figures.html", of_figures),
)
