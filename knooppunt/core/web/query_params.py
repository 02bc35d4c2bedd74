"""Which words behind the address a page knows: the others are dropped before anything is looked up,
counted or kept.

A page declares its parameters with ``@query_params("wijk", "pagina", days=("op",))``; a page that
declares nothing knows none. One page has therefore one address (``/cijfers/?n=1`` is
``/cijfers/``), and strangers cannot fill the caches.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import Resolver404, resolve
from django.utils import translation

from knooppunt.kit.dates import parse_day

View = TypeVar("View", bound=Callable[..., Any])
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 12, 31)
LONGEST_DAY = 20
OURS = "knooppunt."


@dataclass(frozen=True)
class QueryParams:
    """The parameters of one page: all of them by name, and which of those are days."""

    names: frozenset[str] = frozenset()
    days: frozenset[str] = frozenset()


NONE = QueryParams()


def query_params(*names: str, days: tuple[str, ...] = ()) -> Callable[[View], View]:
    """Declare on a view which parameters it reads; ``days`` come to it as ISO days or not at
    all.
    """
    params = QueryParams(frozenset({*names, *days}), frozenset(days))

    def declare(view: View) -> View:
        view.query_params = params  # type: ignore[attr-defined]
        return view

    return declare


def day_of(text: str) -> date | None:
    """The day that an address means, from 1900 up to 2200; None for anything else."""
    day = parse_day(text[:LONGEST_DAY])
    return day if day and EARLIEST <= day <= LATEST else None


def day_param(request: HttpRequest, name: str) -> date | None:
    """The day that a visitor asked for; None when she asked for none, or for one that is no day."""
    return day_of(request.GET.get(name, ""))


def canonical_query(get_response: Callable[[HttpRequest], HttpResponse]) -> Any:
    """Leave out of what is read what the page does not know, and write the rest in one way."""

    def answer(request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if query and request.method in ("GET", "HEAD"):
            params = params_of(request.path_info)
            if params is not None:
                request.META["QUERY_STRING"] = canonical(query, params)
        return get_response(request)

    return answer


def canonical(query: str, params: QueryParams) -> str:
    """A query with the known parameters alone: by name, each once (the last one counts), days
    as ISO days.
    """
    if not params.names:
        return ""
    # The server hands bytes over as Latin-1; a name typed without escapes is UTF-8 all the same.
    asked = QueryDict(query.encode("latin-1", "ignore"))
    kept = {}
    for name in sorted(params.names & asked.keys()):
        value = asked[name]
        day = day_of(value) if name in params.days else None
        if name not in params.days or day:
            kept[name] = day.isoformat() if day else value
    return urlencode(kept)


@lru_cache(maxsize=4096)
def params_of(path: str) -> QueryParams | None:
    """What the page at a path knows; None for pages of libraries, which are left alone."""
    language = translation.get_language_from_path(path) or settings.LANGUAGE_CODE
    with translation.override(language):
        try:
            view = resolve(path).func
        except Resolver404:
            return NONE
    declared: QueryParams | None = getattr(view, "query_params", None)
    if declared is not None:
        return declared
    return NONE if view.__module__.startswith(OURS) else None
