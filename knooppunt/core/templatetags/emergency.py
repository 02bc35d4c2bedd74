"""What a page shows to somebody in danger: the panel above all answers, and addresses that a
phone can dial.
"""

from __future__ import annotations

from typing import Any

from django import template

from knooppunt.core import emergency

register = template.Library()


@register.filter
def dial(number: str) -> str:
    """The address behind a phone number."""
    return emergency.dial(number)


@register.simple_tag
def emergency_line() -> str:
    """What stands on every sheet: where to call in danger, and the coalition's own phone."""
    return emergency.line_on_paper()


@register.inclusion_tag("core/emergency_panel.html", takes_context=True)
def emergency_panel(context: dict[str, Any]) -> dict[str, Any]:
    """The panel for what was typed into the search box of whichever page this is; nothing without
    danger.

    A page with a panel is marked, so that nobody keeps it.
    """
    request = context.get("request")
    panel = emergency.panel_for(request.GET.get("q", "")) if request else None
    if request and panel:
        request.is_about_danger = True
    return {"panel": panel}
