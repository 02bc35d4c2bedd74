"""The way back from a page: the doors and records above its address."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from typing import Any

from django import template
from django.db.models import Model
from django.urls import Resolver404, resolve, reverse

from knooppunt.core import menu

register = template.Library()


@register.inclusion_tag("core/crumbs.html", takes_context=True)
def crumbs(context: template.Context) -> dict[str, Any]:
    """Links to the pages above this one; none on the front door and beside it."""
    request = context.get("request")
    above = list(_above(request.path)) if request else []
    if not above:
        return {"steps": []}
    labels = {door.address: str(door.label) for door in menu.doors()}
    # The type itself: to ask a lazy value what it is would make it, and a secret sets a cookie.
    known = (value for layer in context.dicts for value in layer.values())
    records = [value for value in known if issubclass(type(value), Model)]
    steps = [(address, labels.get(address) or _name_of(address, records)) for address in above]
    return {"steps": [(address, label) for address, label in steps if label]}


def _above(path: str) -> Iterator[str]:
    """The addresses of which a path is a part, from the outside in, without the front door."""
    parts = [f"{part}/" for part in path.strip("/").split("/")]
    root = reverse("directory:home")
    for address in accumulate(parts[:-1], initial="/"):
        if len(address) > len(root):
            yield address


def _name_of(address: str, records: list[Model]) -> str:
    """The name of the record that a page above shows, if this page knows it; else nothing."""
    try:
        match = resolve(address)
    except Resolver404:
        return ""
    given = {str(value) for value in match.kwargs.values()}
    for record in records:
        if given & {str(getattr(record, "slug", record.pk)), str(record.pk)}:
            return str(record)
    return ""
