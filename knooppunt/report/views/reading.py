"""What a report looks like to its readers, published or not: the page, one number with its list, and the papers."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from knooppunt.core.csv_answers import csv_answer
from knooppunt.core.paper import PaperError
from knooppunt.report.book import Book, day_of
from knooppunt.report.outputs import paper
from knooppunt.report.wording import labelled

PER_PAGE = 100


def here(request: HttpRequest) -> str:
    """The name of the site as the visitor asked for it."""
    return f"{request.scheme}://{request.get_host()}"


def page(request: HttpRequest, book: Book, **context: Any) -> HttpResponse:
    """The whole report on one page."""
    remarks = [(labelled(one), one) for one in book.content["remarks"]]
    return render(
        request,
        "report/report.html",
        {"book": book, "content": book.content, "remarks": remarks, **context},
    )


def number(request: HttpRequest, book: Book, mark: str) -> HttpResponse:
    """One number: what it means, of which day, and the list; as CSV when that is asked."""
    one = book.lists(mark) if mark in book.numbers or book.is_draft else None
    if one is None:
        raise Http404
    if request.GET.get("als") == "csv":
        rows = [
            [
                line["id"],
                line["name"],
                line["address"],
                line["amount"],
                line.get("whole", ""),
                line["note"],
            ]
            for line in one.lines
        ]
        name = "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in mark)
        return csv_answer(f"{name}.csv", ["id", "name", "address", "amount", "whole", "note"], rows)
    shown = Paginator(one.lines, PER_PAGE).get_page(request.GET.get("pagina"))
    context = {
        "book": book,
        "content": book.content,
        "one": one,
        "page": shown,
        "day": day_of(one.told["day"]),
        "private": book.is_draft,
    }
    return render(request, "report/number.html", context)


def as_pdf(
    request: HttpRequest, book: Book, name: str, funder: str = "", is_plain: bool = False
) -> HttpResponse:
    """A paper of a report; when it cannot be made the reader is told so, and the page on the site still works."""
    try:
        content = paper.plain_pdf(book) if is_plain else paper.report_pdf(book, funder)
    except PaperError as problem:
        return render(
            request, "report/no_paper.html", {"problem": problem, "book": book}, status=503
        )
    answer = HttpResponse(content, content_type="application/pdf")
    answer.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer
