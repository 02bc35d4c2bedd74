"""What a report looks like to its readers, published or not: the page, one number with its
list, and the papers.
"""

from __future__ import annotations

from datetime import date

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from knooppunt.core.pdf.documents import PaperError
from knooppunt.core.web.csv_response import csv_answer
from knooppunt.report.describe import labelled
from knooppunt.report.outputs import paper
from knooppunt.report.readable import Number, ReadableReport

PER_PAGE = 100


def here(request: HttpRequest) -> str:
    """The name of the site as the visitor asked for it."""
    return f"{request.scheme}://{request.get_host()}"


def page(request: HttpRequest, readable: ReadableReport, **context: object) -> HttpResponse:
    """The whole report on one page."""
    document = readable.document
    remarks = [(labelled(remark), remark) for remark in document.remarks]
    return render(
        request,
        "report/report.html",
        {"readable": readable, "document": document, "remarks": remarks, **context},
    )


def number(request: HttpRequest, readable: ReadableReport, mark: str) -> HttpResponse:
    """One number: what it means, of which day, and the list; as CSV when that is asked."""
    is_in_it = mark in readable.numbers or readable.is_draft
    number = readable.find_number(mark) if is_in_it else None
    if number is None:
        raise Http404
    if request.GET.get("als") == "csv":
        return _list_as_csv(number)
    context = {
        "readable": readable,
        "document": readable.document,
        "number": number.facts,
        "page": Paginator(number.lines, PER_PAGE).get_page(request.GET.get("pagina")),
        "day": date.fromisoformat(number.facts.day),
        "private": readable.is_draft,
    }
    return render(request, "report/number.html", context)


def _list_as_csv(number: Number) -> HttpResponse:
    """The list behind a number, for a spreadsheet."""
    rows = [
        [
            line["id"],
            line["name"],
            line["address"],
            line["amount"],
            line.get("whole", ""),
            line["note"],
            line.get("is_example", False),
        ]
        for line in number.lines
    ]
    name = "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in number.mark)
    header = ["id", "name", "address", "amount", "whole", "note", "is_example"]
    return csv_answer(f"{name}.csv", header, rows)


def as_pdf(
    request: HttpRequest,
    readable: ReadableReport,
    name: str,
    funder: str = "",
    is_plain: bool = False,
) -> HttpResponse:
    """A paper of a report; when it cannot be made the page says so, and the site still works."""
    try:
        content = paper.plain_pdf(readable) if is_plain else paper.report_pdf(readable, funder)
    except PaperError as problem:
        return render(
            request,
            "report/no_paper.html",
            {"problem": problem, "readable": readable},
            status=503,
        )
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer
