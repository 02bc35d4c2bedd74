"""What a keeper did a moment ago on her worklist: struck through in its place, with a button to undo it."""

from __future__ import annotations

import time
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from knooppunt.core.models import TrailEntry

KEY, MOST, SECONDS = "struck", 30, 30 * 60


def strike(request: HttpRequest, line: TrailEntry, label: str) -> HttpResponse | None:
    """Strike a row of the worklist and go back to the list, to its next row; None when the button stood elsewhere."""
    key = request.POST.get("list", "")
    if not key.isidentifier():
        return None
    row: dict[str, Any] = {
        "list": key,
        "row": request.POST.get("row", "")[:60],
        "after": request.POST.get("after", "")[:60],
        "label": label,
        "line": line.pk,
        "page": "work" if request.POST.get("page") == "work" else "desk",
        "at": time.time(),
    }
    request.session[KEY] = [*struck(request), row][-MOST:]
    return to_list(row, row["after"] or f"{key}-einde")


def struck(request: HttpRequest) -> list[dict[str, Any]]:
    """The rows struck in the last half hour, oldest first."""
    now = time.time()
    return [row for row in request.session.get(KEY, []) if row["at"] > now - SECONDS]


def unstrike(request: HttpRequest, line: TrailEntry) -> HttpResponse:
    """Take the stroke away after undoing, and go back to the row."""
    rows = struck(request)
    request.session[KEY] = [row for row in rows if row["line"] != line.pk]
    row = next((row for row in rows if row["line"] == line.pk), None)
    return to_list(row, row["row"]) if row else HttpResponseRedirect(reverse("directory:desk"))


def to_list(row: dict[str, Any], anchor: str) -> HttpResponse:
    """To the page of the worklist where a row stood, with the focus at an anchor."""
    page = (
        reverse("directory:work", args=[row["list"]])
        if row["page"] == "work"
        else reverse("directory:desk")
    )
    return HttpResponseRedirect(f"{page}#{anchor}")
