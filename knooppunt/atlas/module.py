"""What the map offers the house."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from knooppunt.core.registry.modules import Module, Nav, Panel, register


def _of_found(request: HttpRequest, filters: Any) -> dict[str, Any] | None:
    return {"filters": filters} if filters.count else None


register(
    Module(
        name="atlas",
        label=_("Kaart"),
        urlconf="knooppunt.atlas.urls",
        nav=(
            Nav(
                _("Kaart"), "atlas:map", "where", _("Zie wat er bij jou in de buurt is."), order=15
            ),
        ),
        panels=(Panel("found", "atlas/link.html", _of_found),),
    )
)
