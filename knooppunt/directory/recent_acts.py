"""What a keeper did a moment ago on her worklist: struck through in its place, with a button to
undo it.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from knooppunt.core.audit.trail import Actor
from knooppunt.core.models import TrailEntry
from knooppunt.directory.actions import undoable

KEY, MOST, SECONDS = "struck", 30, 30 * 60
KEYS = re.compile(r"[a-z]+(-[a-z]+)*")


def strike(request: HttpRequest, line: TrailEntry, label: str) -> HttpResponse | None:
    """Strike a row of the worklist and go back to the list, to its next row; None when the
    button stood elsewhere.
    """
    key = request.POST.get("list", "")
    if not KEYS.fullmatch(key):
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


def tap(
    request: HttpRequest,
    act: Callable[[], Any],
    watched: Iterable[Any],
    label: str,
    back: Any,
    thanks: str,
) -> HttpResponse:
    """Do what the one button of a row says.

    From the worklist: strike the row and go on to the next; else go ``back``. ``watched`` are the
    rows that it changes, so that it can be undone. What the action refuses is said on the page.
    """
    try:
        line = undoable.remember(Actor(request.user), watched, act)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect(back)
    in_list = strike(request, line, label) if line else None
    if in_list:
        return in_list
    messages.success(request, thanks)
    return redirect(back)


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
