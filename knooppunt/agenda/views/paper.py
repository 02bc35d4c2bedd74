"""The agenda on paper: sheets for a week or a month, the meals, and a poster."""

from __future__ import annotations

from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from knooppunt.agenda import pdf_data
from knooppunt.agenda.pdf_data import KINDS, SheetFilters
from knooppunt.agenda.views.pages import get_visible_activity
from knooppunt.core.pdf.responses import pdf_response
from knooppunt.core.web.query_params import query_params

TEMPLATES = Path(__file__).resolve().parent.parent / "paper"
# The other choices of the agenda stay as they are.
IN_FORM = ("wijk", "soort", "thema")


@query_params(*SheetFilters.PARAMS, days=SheetFilters.DAYS)
def papers(request: HttpRequest) -> HttpResponse:
    """Which sheets there are, and what to put on them."""
    filters = SheetFilters(request, "week")
    context = {
        "filters": filters,
        "facets": [facet for facet in filters.facets if facet.name in IN_FORM],
        "others": {
            name: value for name, value in filters.choices.items() if name not in (*IN_FORM, "plek")
        },
        "narrow": pdf_data.narrow(filters),
        "places": pdf_data.places(filters),
        "sheets": pdf_data.sheets(filters),
    }
    return render(request, "agenda/papers.html", context)


@query_params(*SheetFilters.PARAMS, days=SheetFilters.DAYS)
def sheet(request: HttpRequest, sheet: str) -> HttpResponse:
    """One sheet as PDF."""
    if sheet not in KINDS:
        raise Http404
    filters = SheetFilters(request, sheet)
    return pdf_response(
        TEMPLATES / "sheet.typ", pdf_data.sheet_data(request, filters), pdf_data.file_name(filters)
    )


@query_params("formaat")
def poster(request: HttpRequest, slug: str) -> HttpResponse:
    """A poster of one activity as PDF."""
    one = get_visible_activity(request, slug)
    if not one.is_open_to_all:
        raise Http404
    return pdf_response(
        TEMPLATES / "poster.typ", pdf_data.poster_data(request, one), f"poster-{one.slug}.pdf"
    )
