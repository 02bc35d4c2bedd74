"""The links to what can be done where something is not there: add it, or propose it."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from knooppunt.directory import rules

register = template.Library()


@register.inclusion_tag("directory/parts/add_links.html", takes_context=True)
def add_links(context: dict[str, Any], what: str) -> dict[str, Any]:
    """A button to add one of these (``initiatieven``, ``netwerken``, ``instellingen`` or
    ``plekken``), for who may.
    """
    user = getattr(context.get("request"), "user", None)
    return {"what": what, "may_add": bool(user) and rules.may_add(user)}


@register.inclusion_tag("directory/parts/next_step.html", takes_context=True)
def next_step(
    context: dict[str, Any],
    keeper: str,
    keeper_label: str,
    visitor: str = "",
    visitor_label: str = "",
    part: str = "",
    is_convener: bool = False,
) -> dict[str, Any]:
    """What to do where nothing is yet: one button, by who looks.

    ``keeper`` and ``visitor`` are names of addresses (``part`` is the last part of the keeper's),
    with what stands on the button; a visitor to whom a page offers nothing of its own may propose a
    record. ``is_convener`` keeps the keeper's button for coordinators and weavers.
    """
    user = getattr(context.get("request"), "user", None)
    may_do = bool(user) and (rules.may_add(user) if is_convener else rules.is_keeper(user))
    if may_do:
        return {"address": reverse(keeper, args=[part] if part else []), "label": keeper_label}
    if visitor:
        return {"address": reverse(visitor), "label": visitor_label}
    address = reverse("directory:propose", args=["initiatieven"])
    return {"address": address, "label": _("Mist er iets? Stel het voor")}
