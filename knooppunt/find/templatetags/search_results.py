"""Draws a result of the search: what stays the same is drawn once for as long as nothing
changes, the reasons each time.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from knooppunt.core.templatetags.house import icon
from knooppunt.core.web import page_cache

register = template.Library()


@register.simple_tag
def result(row: dict[str, Any]) -> SafeString:
    """One result as an item of a list."""
    document = row["document"]
    about = page_cache.remember(("found", document.pk, row["line"]), lambda: _about(row))
    why = _why(row["why"]) if row["why"] else ""
    return format_html(
        '<li class="is-{}" data-number="{}">{}{}</li>', document.type, document.pk, about, why
    )


@register.simple_tag
def results(rows: list[dict[str, Any]]) -> SafeString:
    """Results as lists: what fits, and under a heading of its own what nearly does."""
    fitting, nearly = (
        [row for row in rows if row["found"].fits],
        [row for row in rows if not row["found"].fits],
    )
    parts = [_list(_("Gevonden"), "visually-hidden", fitting)] if fitting else []
    parts += [_list(_("Past bijna"), "", nearly)] if nearly else []
    return mark_safe("".join(parts))  # noqa: S308 - made of escaped parts


def _list(title: str, kind: str, rows: list[dict[str, Any]]) -> SafeString:
    items = format_html_join("", "{}", ((result(row),) for row in rows))
    return format_html('<h2 class="{}">{}</h2><ol class="found">{}</ol>', kind, title, items)


def _about(row: dict[str, Any]) -> SafeString:
    drawn = render_to_string(
        "find/parts/result.html", {"row": row, "LANGUAGE_CODE": get_language()}
    )
    return mark_safe(drawn)  # noqa: S308 - drawn by our own template, which escapes


def _why(reasons: list[str]) -> SafeString:
    return format_html(
        '<p class="quiet small">{} <span class="visually-hidden">{}</span> {}</p>',
        icon("check"),
        _("Gevonden, want het:"),
        "; ".join(reasons),
    )
