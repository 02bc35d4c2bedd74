"""What every page must know about who is reading: whether she still has to set her second key."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def account(request: HttpRequest) -> dict[str, Any]:
    """``needs_second_key``: a coordinator is logged in, but counts as a visitor until her key
    is set.
    """
    return {"needs_second_key": getattr(request, "needs_second_key", False)}
