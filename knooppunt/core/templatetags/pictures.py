"""Puts our drawings in a page: each is written once, however often the page shows it."""

from __future__ import annotations

import re
from typing import Any

from django import template
from django.template.base import NodeList, Parser, Token
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from knooppunt.core import scenes

register = template.Library()
USED = re.compile(r'<use href="#pic-([a-z-]+)"')


@register.simple_tag
def scene(name: str, view: str = "", title: bool = False) -> SafeString:
    """A drawing. ``view`` is the part to show: "close", or left, top, width and height.

    Without ``title`` screen readers skip it. The page writes its shapes within
    ``{% scenes %}``, which the base template puts around everything.
    """
    whole = scenes.view_box(name)
    box = scenes.CLOSE_UPS.get(name, whole) if view == "close" else view or whole
    said = (
        format_html('role="img" aria-label="{}"', scenes.TITLES[name])
        if title
        else mark_safe('aria-hidden="true"')
    )
    return format_html(
        '<svg class="pic" viewBox="{}" preserveAspectRatio="xMidYMid slice" focusable="false" {}>'
        '<use href="#pic-{}"/></svg>',
        box,
        said,
        name,
    )


@register.simple_tag
def scene_of(kind: Any, role: str = "") -> str:
    """The name of the drawing of a kind (with slug and icon, or None), else of a role."""
    return scenes.scene_of(kind, role)


class ScenesNode(template.Node):
    """What stands inside, and after it the shapes of every drawing that it shows."""

    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> SafeString:
        """The inside with the shapes, each once, in the order of the alphabet."""
        inside = self.nodelist.render(context)
        names = sorted(set(USED.findall(inside)) & scenes.TITLES.keys())
        if not names:
            return inside
        drawings = format_html_join(
            "",
            '<g id="pic-{}" class="pic">{}</g>',
            ((name, mark_safe(scenes.shapes(name))) for name in names),  # noqa: S308 - our own
        )
        return format_html(
            '{}<svg class="scenes" width="0" height="0" aria-hidden="true" focusable="false">'
            "<defs>{}</defs></svg>",
            inside,
            drawings,
        )


@register.tag("scenes")
def scenes_tag(parser: Parser, token: Token) -> ScenesNode:
    """``{% scenes %} ... {% endscenes %}`` around everything that may show a drawing."""
    inside = parser.parse(("endscenes",))
    parser.delete_first_token()
    return ScenesNode(inside)
