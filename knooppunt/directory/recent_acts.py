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
from django.utils import timezone

from knooppunt.core.audit.trail import Actor
from knooppunt.core.models import TrailEntry
from knooppunt.directory.actions import undoable

KEY, DONE, MOST, SECONDS = "struck", "done_today", 30, 30 * 60
# The pages with buttons of rows, by the names of their addresses; the second are of one list.
PAGES, OF_LIST = ("desk", "all_work", "work", "walk"), ("work", "walk")
KEYS = re.compile(r"[a-z]+(-[a-z]+)*")


def strike(request: HttpRequest, line: TrailEntry, label: str) -> HttpResponse | None:
    """Strike a row of the worklist and go back to the list, to its next row; None when the
    button stood elsewhere.
    """
    row = _pressed_row(request)
    if row is None:
        return None
    row |= {"label": label, "line": line.pk, "at": time.time()}
    request.session[KEY] = [*struck(request), row][-MOST:]
    _count_done(request, 1)
    return to_list(row, row["after"] or f"{row['list']}-einde")


def done_today(request: HttpRequest) -> int:
    """How many rows she struck today and did not undo."""
    day, number = request.session.get(DONE, ("", 0))
    return number if day == timezone.localdate().isoformat() else 0


def _count_done(request: HttpRequest, more: int) -> None:
    number = max(0, done_today(request) + more)
    request.session[DONE] = [timezone.localdate().isoformat(), number]


def to_next(request: HttpRequest) -> HttpResponse | None:
    """Back to the list from which a button was pressed, at its next row; None when the button
    stood elsewhere.
    """
    row = _pressed_row(request)
    return to_list(row, row["after"] or f"{row['list']}-einde") if row else None


def _pressed_row(request: HttpRequest) -> dict[str, Any] | None:
    """The list, row and page that the pressed button sent along; None when it stood elsewhere."""
    key, page = request.POST.get("list", ""), request.POST.get("page", "")
    if not KEYS.fullmatch(key):
        return None
    return {
        "list": key,
        "row": request.POST.get("row", "")[:60],
        "after": request.POST.get("after", "")[:60],
        "page": page if page in PAGES else "desk",
    }


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
    if row:
        _count_done(request, -1)
    return to_list(row, row["row"]) if row else HttpResponseRedirect(reverse("directory:desk"))


def to_list(row: dict[str, Any], anchor: str) -> HttpResponse:
    """To the page of the worklist where a row stood, with the focus at an anchor."""
    name = f"directory:{row['page']}"
    page = reverse(name, args=[row["list"]] if row["page"] in OF_LIST else [])
    return HttpResponseRedirect(f"{page}#{anchor}")
