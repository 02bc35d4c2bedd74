"""What deciding together adds to the desk and to the page of a wijk."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from knooppunt.core.registry.modules import Panel
from knooppunt.decisions.models import Meeting
from knooppunt.directory.models import Area


def of_area(request: HttpRequest, area: Area) -> dict[str, Any] | None:
    """The coming meetings of the bodies of a wijk."""
    rows = (
        Meeting.objects.public()
        .coming(timezone.now())
        .filter(body__areas=area)
        .select_related("body", "place")[:4]
    )
    return {"coming": rows} if rows else None


PANELS = (Panel("area", "decisions/panels/coming.html", of_area),)
