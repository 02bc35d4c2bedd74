"""What needs and offers add to the front door, the page of an organisation and the desk."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from knooppunt.core.registry.modules import Panel
from knooppunt.core.web import page_cache
from knooppunt.help import rules
from knooppunt.help.models import Notice

AT_HOME = 2


def of_organisation(request: HttpRequest, organisation: Any) -> dict[str, Any] | None:
    """What an organisation needs and can spare; nothing for an institution without any."""
    today = timezone.localdate()
    rows = (
        list(
            Notice.objects.visible_on(today)
            .filter(organisation=organisation)
            .order_by("side", "pk")
        )
        if organisation.is_public
        else []
    )
    can_enter = organisation.role != "institution" and rules.may_enter(request.user, organisation)
    return (
        {"notices": rows, "can_enter": can_enter, "organisation": organisation}
        if rows or can_enter
        else None
    )


def of_home(request: HttpRequest, _record: Any) -> dict[str, Any] | None:
    """Where a resident can lend a hand: the newest needs; nothing when nobody asks."""
    rows = page_cache.remember("help home", _newest_needs)
    return {"needs": rows} if rows else None


def _newest_needs() -> list[Notice]:
    rows = Notice.objects.visible_on(timezone.localdate()).filter(side=Notice.Side.NEED)
    rows = rows.select_related("organisation", "area").defer("area__outline")
    return list(rows.order_by("-listed_on", "-pk")[:AT_HOME])


PANELS = (
    Panel("home aside", "help/panels/home.html", of_home),
    Panel("organisation", "help/panels/organisation.html", of_organisation),
)
