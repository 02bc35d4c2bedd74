"""Draws the card of an organisation or place in a list, once for as long as nothing changes."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.loader import get_template
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from knooppunt.core.web import page_cache
from knooppunt.directory.hours import Door, door
from knooppunt.directory.models import Organisation, Place

register = template.Library()


@register.simple_tag
def card(row: Any) -> SafeString:
    """The card of one row of a list: what it is, whether the door is open, and what is next there.

    ``row.next_up`` are those words, when the list asked for them (``views.cards.with_next_up``).
    """
    kind = "place" if isinstance(row, Place) else "organisation"
    roles = tuple(role.pk for role in row.roles.all()) if kind == "place" else ()
    at_door = door(row, timezone.localtime()) if kind == "place" else None
    next_up = getattr(row, "next_up", "")
    key = ("card", kind, row.pk, getattr(row, "member_count", None), roles, at_door, next_up)
    return page_cache.remember(key, lambda: _drawn(kind, row, at_door, next_up))


@register.filter
def host_of_place(place: Place) -> Organisation | None:
    """Who is at a place: its host, else the first of those there."""
    roles = sorted(place.roles.all(), key=lambda role: role.role != "hosts")
    return roles[0].organisation if roles else None


@register.filter
def opens_again(door: Door) -> str:
    """When a door that is closed opens again, in words; empty when that is not soon."""
    return door.next_words(timezone.localdate())


@register.filter
def degrees(value: float) -> str:
    """A degree as an address needs it: 51.90512, with a point in every language."""
    return f"{value:.5f}"


def _drawn(kind: str, row: Any, at_door: Door | None, next_up: str) -> SafeString:
    drawn = get_template(f"directory/parts/{kind}_card.html").render(
        {"row": row, "door": at_door, "next_up": next_up, "LANGUAGE_CODE": get_language()}
    )
    return mark_safe(drawn)  # noqa: S308 - a template escapes what it draws
