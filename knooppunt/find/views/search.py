"""One box: what people look for in their own words, with filters, reasons, and the nearest door
when nothing fits.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from knooppunt.core.coalition.languages import NAMES, language_name
from knooppunt.core.registry import modules
from knooppunt.core.registry.searchables import Searchable
from knooppunt.core.web.query_params import query_params
from knooppunt.find import explanations, zero_result_queries
from knooppunt.find.doors import doors
from knooppunt.find.filters import Filters
from knooppunt.find.models import Document
from knooppunt.find.searching import Found
from knooppunt.kit.language.danger import danger_in


@query_params(*Filters.PARAMS)
def find(request: HttpRequest) -> HttpResponse:
    """The search page."""
    filters = Filters(request)
    if filters.was_cut:  # the links of the page carry what was looked at, and no more
        shortened = request.GET.copy()
        shortened["q"] = filters.words
        request.GET = shortened  # type: ignore[assignment]
    answer = filters.answer
    is_danger = danger_in(filters.words) is not None
    context: dict[str, Any] = {
        "filters": filters,
        "rows": rows(filters.shown),
        "apart": rows(filters.shown_apart),
        "page": filters.page,
        "is_danger": is_danger,
    }
    context |= {"facets": filters.facets, "answer": answer}
    if answer:
        if answer.is_weak:
            context |= {"doors": _doors(filters), "is_weak": True}
            if not filters.where and not request.user.is_authenticated and not is_danger:
                zero_result_queries.note(filters.words, request.META.get("REMOTE_ADDR", ""))
        context["nearest_words"] = explanations.nearest(answer)
        context["spoken"] = _spoken(answer.question.language)
    return render(request, "find/find.html", context)


def rows(found: list[Found]) -> list[dict[str, Any]]:
    """What to draw of each result: the thing, its type, why it is here, and what is to be said
    of it right now.
    """
    types: dict[str, Searchable] = {one.type: one for one in modules.gathered("searchable")}
    numbers: dict[str, list[int]] = {}
    for one in found:
        numbers.setdefault(one.document.type, []).append(one.document.number)
    lines = {name: types[name].lines(some) for name, some in numbers.items() if name in types}
    kinds = explanations.kind_names()
    return [
        {
            "found": one,
            "document": one.document,
            "type": types.get(one.document.type),
            "summary": summary(one.document),
            "line": lines.get(one.document.type, {}).get(one.document.number, ""),
            "kind": kinds.get(one.document.kind, ""),
            "why": explanations.explain(one) if one.score else [],
        }
        for one in found
    ]


def summary(document: Document) -> tuple[str, str]:
    """The first words about a thing and their language: the reader's, else Dutch, else any."""
    texts, own = document.summary, get_language() or "nl"
    code = next((code for code in (own, "nl", *texts) if texts.get(code)), "")
    return (texts[code], code) if code else ("", own)


def _doors(filters: Filters) -> list[dict[str, Any]]:
    """Where one can ask a person: in the wijk that was asked for, else anywhere; each with how
    to reach it.
    """
    asked = filters.answer.question.narrowings if filters.answer else []
    wijken: list[object] = [value for one in asked if one.part == "wijk" for value in one.values]
    wijken += [filters.area.pk] if filters.area else []
    reachable = doors(wijken)
    return [
        {**row, "phone": door.phone, "is_open": door.is_open}
        for row, door in zip(rows([door.found for door in reachable]), reachable, strict=True)
    ]


def _spoken(code: str) -> str:
    """The name of the language of the question, when it is not one that the site is in."""
    return language_name(code) if code in NAMES and code not in dict(settings.LANGUAGES) else ""
