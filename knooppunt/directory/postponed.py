"""Rows of the worklist that a keeper put off until tomorrow, kept in her session."""

from __future__ import annotations

import re

from django.http import HttpRequest
from django.utils import timezone

KEY, MOST = "postponed", 200
ANCHORS = re.compile(r"[a-z]+(-[a-z]+)*-\d+")


def postponed(request: HttpRequest) -> set[str]:
    """The anchors of the rows that were put off today, such as ``signalen-12``."""
    today = timezone.localdate().isoformat()
    return {anchor for anchor, day in request.session.get(KEY, {}).items() if day == today}


def postpone(request: HttpRequest, anchor: str) -> bool:
    """Put a row off until tomorrow; False when that is no row."""
    if not ANCHORS.fullmatch(anchor):
        return False
    today = timezone.localdate().isoformat()
    anchors = [*sorted(postponed(request) - {anchor}), anchor][-MOST:]
    request.session[KEY] = dict.fromkeys(anchors, today)
    return True


def bring_back(request: HttpRequest, list_key: str = "") -> None:
    """Show again today what was put off: of one list, or of all."""
    today = timezone.localdate().isoformat()
    kept = {
        anchor: today
        for anchor in postponed(request)
        if list_key and anchor.rpartition("-")[0] != list_key
    }
    request.session[KEY] = kept
