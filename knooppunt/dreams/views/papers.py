"""Dreams on paper: cards to write one on, and a poster of the wall."""

from __future__ import annotations

from pathlib import Path

from django.http import HttpRequest, HttpResponse

from knooppunt.core.pdf.responses import pdf_response
from knooppunt.core.web.query_params import query_params
from knooppunt.dreams import pdf_data
from knooppunt.dreams.views.wall import Filters, rows_on_wall

TEMPLATES = Path(__file__).resolve().parent.parent / "paper"


def card(request: HttpRequest) -> HttpResponse:
    """Cards to write a dream on, two on a sheet."""
    return pdf_response(TEMPLATES / "card.typ", pdf_data.card_data(request), "droomkaartjes.pdf")


@query_params(*Filters.PARAMS)
def poster(request: HttpRequest) -> HttpResponse:
    """A poster with the dreams that were chosen."""
    filters = Filters(request)
    rows = filters.narrowed(rows_on_wall())
    return pdf_response(
        TEMPLATES / "poster.typ", pdf_data.poster_data(request, rows, filters.area), "dromen.pdf"
    )
