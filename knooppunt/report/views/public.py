"""Published reports: the list, each edition with its numbers, pictures, papers and tables, and
the check on it.
"""

from __future__ import annotations

import json

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from knooppunt.core.web import page_cache
from knooppunt.core.web.query_params import query_params
from knooppunt.report import freezing
from knooppunt.report.document import FunderPart
from knooppunt.report.models import Edition, Report
from knooppunt.report.outputs import mailing, pictures, tables
from knooppunt.report.readable import ReadableReport
from knooppunt.report.views import reading


def index(request: HttpRequest) -> HttpResponse:
    """All published reports, the latest first, and where one tells a story."""
    editions = Prefetch("editions", Edition.objects.order_by("-number").defer("content"))
    rows = [
        row
        for row in Report.objects.select_related("area", "network").prefetch_related(editions)
        if row.editions.all()
    ]
    titles = dict(Edition.objects.values_list("pk", "content__title"))
    return render(
        request,
        "report/index.html",
        {
            "reports": [
                (row, row.editions.all()[0], titles[row.editions.all()[0].pk]) for row in rows
            ]
        },
    )


def edition_of(key: str, number: int) -> Edition:
    """An edition by its address, or 404."""
    return get_object_or_404(
        Edition.objects.select_related("report__area", "report__network"),
        report__slug=key,
        number=number,
    )


def readable_of(request: HttpRequest, key: str, number: int) -> ReadableReport:
    """The same, opened."""
    readable = freezing.opened(edition_of(key, number))
    readable.site = reading.here(request)
    return readable


def report(request: HttpRequest, key: str) -> HttpResponse:
    """The latest edition of a report."""
    last = Edition.objects.select_related("report").filter(report__slug=key).first()
    if last is None:
        raise Http404
    return _page(request, last)


def edition(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """One edition, which stays as it is; a later one is pointed at."""
    return _page(request, edition_of(key, number))


def _page(request: HttpRequest, one: Edition) -> HttpResponse:
    others = list(one.report.editions.exclude(pk=one.pk).defer("content"))
    return reading.page(
        request,
        freezing.opened(one),
        edition=one,
        others=others,
        later=[row for row in others if row.number > one.number],
    )


@query_params("als", "pagina")
def number(request: HttpRequest, key: str, number: int, mark: str) -> HttpResponse:
    """One number of an edition with its frozen list."""
    return reading.number(request, readable_of(request, key, number), mark)


def picture(request: HttpRequest, key: str, number: int, name: str) -> HttpResponse:
    """A picture of an edition."""
    svg = pictures.drawings(readable_of(request, key, number)).get(name)
    if svg is None:
        raise Http404
    answer = HttpResponse(svg, content_type="image/svg+xml")
    answer.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'none'"
    return answer


def whole_pdf(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """The report on paper."""
    return reading.as_pdf(request, readable_of(request, key, number), key)


def plain_pdf(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """The report in plain words on two pages."""
    return reading.as_pdf(request, readable_of(request, key, number), f"{key}-kort", is_plain=True)


def _funder_in(readable: ReadableReport, slug: str) -> FunderPart:
    """What an edition has for a funder, or 404."""
    funder = readable.document.funder(slug)
    if funder is None:
        raise Http404
    return funder


def for_funder(request: HttpRequest, key: str, number: int, funder: str) -> HttpResponse:
    """The same figures arranged by what was agreed with one funder."""
    readable = readable_of(request, key, number)
    document, part = readable.document, _funder_in(readable, funder)
    goals = [(goal, document.chapters_for(goal)) for goal in part.goals]
    return render(
        request,
        "report/funder.html",
        {"readable": readable, "document": document, "funder": part, "goals": goals},
    )


def funder_pdf(request: HttpRequest, key: str, number: int, funder: str) -> HttpResponse:
    """That on paper."""
    readable = readable_of(request, key, number)
    slug = _funder_in(readable, funder).slug
    return reading.as_pdf(request, readable, f"{key}-{slug}", slug)


def figures_csv(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Every number of an edition in one table."""
    answer = HttpResponse(
        tables.as_csv(readable_of(request, key, number)), content_type="text/csv; charset=utf-8"
    )
    answer.headers["Content-Disposition"] = f'attachment; filename="{key}-cijfers.csv"'
    return answer


def figures_json(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Every number with its definition and its list."""
    made = tables.as_json(readable_of(request, key, number))
    return HttpResponse(
        json.dumps(made, ensure_ascii=False, indent=1), content_type="application/json"
    )


def mail_text(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """The words of a mail about it."""
    return HttpResponse(
        mailing.text(readable_of(request, key, number)), content_type="text/plain; charset=utf-8"
    )


def check(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """Count everything over from the frozen lists, and compare the checksums."""
    one = edition_of(key, number)
    problems = page_cache.remember(("report", one.pk), lambda: freezing.wrong(one))
    return render(
        request,
        "report/check.html",
        {
            "edition": one,
            "problems": problems,
            "count": one.figures.count(),
            "title": one.content["title"],
        },
    )
