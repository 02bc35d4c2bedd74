"""The page where everything public can be taken along."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render

from knooppunt.core.web.query_params import query_params
from knooppunt.directory.exports import TABLES
from knooppunt.directory.views.details import the_day
from knooppunt.opendata import exports
from knooppunt.opendata.openapi import document


def index(request: HttpRequest) -> HttpResponse:
    """All tables, with what every column means."""
    return render(request, "opendata/index.html", {"tables": TABLES})


@query_params(days=("op",))
def table_csv(request: HttpRequest, name: str) -> StreamingHttpResponse:
    """One table as CSV, as of ``?op=`` (else today)."""
    if exports.table(name) is None:
        raise Http404
    columns, rows = exports.rows_of(name, the_day(request))
    response = StreamingHttpResponse(
        exports.csv_lines(rows, columns), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


@query_params(days=("op",))
def table_json(request: HttpRequest, name: str) -> JsonResponse:
    """One table as JSON, as of ``?op=`` (else today)."""
    one = exports.table(name)
    if one is None:
        raise Http404
    return JsonResponse(
        {"table": name, "meaning": str(one.meaning), "rows": list(one.dicts(the_day(request)))},
        json_dumps_params={"ensure_ascii": False},
    )


@query_params(days=("op",))
def register(request: HttpRequest) -> StreamingHttpResponse:
    """All tables in one JSON file that another Knooppunt can take in."""
    response = StreamingHttpResponse(
        exports.register_json(the_day(request)), content_type="application/json"
    )
    response["Content-Disposition"] = 'attachment; filename="register.json"'
    return response


def dictionary(request: HttpRequest) -> JsonResponse:
    """What every column means, as JSON."""
    return JsonResponse({"tables": exports.dictionary()}, json_dumps_params={"ensure_ascii": False})


def openapi(request: HttpRequest) -> JsonResponse:
    """The description of the open data for machines."""
    return JsonResponse(document(), json_dumps_params={"ensure_ascii": False})
