"""Draws a page for strangers once, with gaps that are filled for each visitor, so that a whole
neighbourhood can ask it at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.html import conditional_escape

from knooppunt.core.web import page_cache

SIGN = "\ue0a7"  # from the private part of Unicode: no text that anybody types has it


def draw(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    gaps: Mapping[str, str],
    cookies: frozenset[str] = frozenset(),
    status: int = 200,
) -> HttpResponse:
    """The page of a template in which ``gaps.<name>`` stands where the visitor's own values come.

    What stands in ``context`` must be plain values or records with a number, for with the address
    they say which page it is. A visitor with other cookies than ``cookies``, or with words behind
    the address that the page does not know, gets a page of her own.
    """
    marked = {**context, "gaps": {name: f"{SIGN}{name}{SIGN}" for name in gaps}}
    is_plain = set(request.COOKIES) <= cookies and request.META.get("QUERY_STRING", "") in (
        "",
        "klaar",
    )
    if is_plain:
        known = tuple(
            (name, getattr(value, "pk", value)) for name, value in sorted(context.items())
        )
        key = ("gaps", template, request.scheme, request.get_host(), request.get_full_path(), known)
        page: str = page_cache.remember(key, lambda: render_to_string(template, marked, request))
    else:
        page = render_to_string(template, marked, request)
    for name, value in gaps.items():
        page = page.replace(f"{SIGN}{name}{SIGN}", conditional_escape(value))
    return HttpResponse(page, status=status)
