"""Gives a page the record it is about: 404 for who may not see it, a clear page and a line in
the trail for who may not change it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from knooppunt.core.audit import trail
from knooppunt.core.audit.trail import Actor

View = Callable[..., HttpResponse]
Find = Callable[..., Any]


def editor_required(
    find: Find,
    may: Callable[[Any, Any], bool],
    *keys: str,
    subject: Callable[[Any], Any] = lambda record: record,
) -> Callable[[View], View]:
    """A decorator: the view gets the record that ``find`` gives (or 404) for its address, if the
    visitor ``may`` change it.

    ``keys`` are the parts of the address that say which record it is (``key`` when none is named).
    ``subject`` gives what the page for who may not change it speaks of, when that is not the record
    itself.
    """
    names = keys or ("key",)

    def decorate(view: View) -> View:
        @wraps(view)
        @login_required
        def guarded(request: HttpRequest, **parts: Any) -> HttpResponse:
            record = find(request, *(parts.pop(name) for name in names))
            if not may(request.user, record):
                trail.record_denied(Actor(request.user), view.__name__, record)
                return render(
                    request, "directory/desk/refused.html", {"record": subject(record)}, status=403
                )
            return view(request, record, **parts)

        return guarded

    return decorate


def permission_required(may: Callable[[Any], bool]) -> Callable[[View], View]:
    """A decorator: 404 for who may not do this at all; a stranger is asked to log in first."""

    def decorate(view: View) -> View:
        @wraps(view)
        @login_required
        def guarded(request: HttpRequest, *args: Any, **more: Any) -> HttpResponse:
            if not may(request.user):
                raise Http404
            return view(request, *args, **more)

        return guarded

    return decorate
