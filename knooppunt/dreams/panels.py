"""What dreams add to the front door and to the page of a wijk."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from knooppunt.core.registry.modules import Panel
from knooppunt.core.web import page_cache
from knooppunt.directory.models import Area
from knooppunt.dreams.models import Dream

FEW = 3


def of_home(request: HttpRequest, _record: Any) -> dict[str, Any] | None:
    """The newest dream, and the door to say one."""
    return page_cache.remember("dreams home", _newest)


def _newest() -> dict[str, Any]:
    rows = Dream.objects.on_wall().select_related("area").defer("area__outline")
    return {"dream": rows.order_by("-published_on", "-pk").first(), "number": rows.count()}


def of_area(request: HttpRequest, area: Area) -> dict[str, Any] | None:
    """What people dream of in a wijk."""
    rows = Dream.objects.on_wall().in_areas(Area.objects.below(area))
    return {"dreams": list(rows.order_by("-published_on", "-pk")[:FEW]), "area": area}


PANELS = (
    Panel("home aside", "dreams/panels/home.html", of_home),
    Panel("area", "dreams/panels/area.html", of_area),
)
