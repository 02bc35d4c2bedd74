"""Draws the card of an organisation or place in a list, once for as long as nothing changes."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from knooppunt.core.web import page_cache
from knooppunt.directory.models import Place

register = template.Library()


@register.simple_tag
def card(row: Any) -> SafeString:
    """The card of one row of a list."""
    kind = "place" if isinstance(row, Place) else "organisation"
    roles = tuple(role.pk for role in row.roles.all()) if kind == "place" else ()
    key = ("card", kind, row.pk, getattr(row, "member_count", None), roles)
    return page_cache.remember(key, lambda: _drawn(kind, row))


def _drawn(kind: str, row: Any) -> SafeString:
    drawn = get_template(f"directory/parts/{kind}_card.html").render(
        {"row": row, "LANGUAGE_CODE": get_language()}
    )
    return mark_safe(drawn)  # noqa: S308 - a template escapes what it draws
