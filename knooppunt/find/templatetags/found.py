"""Draws a result of the search: what stays the same is drawn once for as long as nothing changes, the reasons each time."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from knooppunt.core import memo
from knooppunt.core.templatetags.house import icon

register = template.Library()


@register.simple_tag
def result(row: dict[str, Any]) -> SafeString:
    """One result as an item of a list."""
    document = row["document"]
    about = memo.remember(("found", document.pk, row["line"]), lambda: _about(row))
    why = _why(row["why"]) if row["why"] else ""
    return format_html('<li class="is-{}" data-number="{}">{}{}</li>', document.type, document.pk, about, why)


def _about(row: dict[str, Any]) -> SafeString:
    drawn = render_to_string("find/parts/result.html", {"row": row, "LANGUAGE_CODE": get_language()})
    return mark_safe(drawn)  # noqa: S308 - drawn by our own template, which escapes


def _why(reasons: list[str]) -> SafeString:
    return format_html(
        '<p class="quiet small">{} <span class="visually-hidden">{}</span> {}</p>',
        icon("check"),
        _("Gevonden, want het:"),
        "; ".join(reasons),
    )
