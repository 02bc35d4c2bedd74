"""The links to what can be done where something is not there: add it, or propose it."""

from __future__ import annotations

from typing import Any

from django import template

from knooppunt.directory import rules

register = template.Library()


@register.inclusion_tag("directory/parts/add_links.html", takes_context=True)
def add_links(context: dict[str, Any], what: str) -> dict[str, Any]:
    """A button to add one of these (``initiatieven``, ``netwerken``, ``instellingen`` or ``plekken``), for who may."""
    user = getattr(context.get("request"), "user", None)
    return {"what": what, "may_add": bool(user) and rules.may_add(user)}
