"""The page of the map with its list, and the data that a script asks for."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from knooppunt.atlas import clusters
from knooppunt.atlas.ground import around, bounds, read_box, widened, wijken
from knooppunt.atlas.marks import icon_of, legend
from knooppunt.atlas.pictures import as_text, picture
from knooppunt.core.web.middleware import POLICY
from knooppunt.core.web.query_params import query_params
from knooppunt.find.filters import PER_PAGE, Filters
from knooppunt.find.searching import with_documents
from knooppunt.find.views.search import rows
from knooppunt.kit import geo


@query_params(*Filters.PARAMS, "gebied")
def show(request: HttpRequest) -> HttpResponse:
    """The map with its list."""
    filters = Filters(request)
    box = read_box(request.GET.get("gebied", ""))
    whole = _whole(filters)
    shown = box or (widened(whole) if whole else None)
    context = _list(request, filters, box) | {
        "facets": filters.facets,
        "box": box,
        "picture": picture(filters, shown, request.GET) if shown else None,
        "start": as_text(shown) if shown else "",
        "query": _without_box(request),
        "legend": legend(),
        "tiles": settings.MAP_TILES,
        "credit": settings.MAP_CREDIT,
        "source": settings.COALITION.outlines_source,
    }
    response = render(request, "atlas/map.html", context)
    if settings.MAP_TILES:
        host = "/".join(settings.MAP_TILES.split("/")[:3]).replace("{s}.", "*.")
        response.headers["Content-Security-Policy"] = POLICY.replace(
            "img-src 'self'", f"img-src 'self' {host}"
        )
    return response


@query_params(*Filters.PARAMS)
def tile(request: HttpRequest, zoom: int, x: int, y: int) -> HttpResponse:
    """What lies in one square of the map."""
    if not (0 <= zoom <= 22 and 0 <= x < 2**zoom and 0 <= y < 2**zoom):
        raise Http404
    heaps = clusters.tile(Filters(request), zoom, x, y)
    return JsonResponse(
        {
            "heaps": [
                [round(one.middle[0], 5), round(one.middle[1], 5), one.number]
                for one in heaps
                if not one.document
            ],
            "things": [
                [
                    round(one.middle[0], 5),
                    round(one.middle[1], 5),
                    one.document.title,
                    one.document.address,
                    one.document.type,
                    one.document.pk,
                    icon_of(one.document),
                ]
                for one in heaps
                if one.document
            ],
        }
    )


@query_params(*Filters.PARAMS)
def ground(request: HttpRequest) -> HttpResponse:
    """The outlines of the wijken, each with the number of things that lie somewhere in it."""
    loose = {
        wijk.slug: number for wijk, number in clusters.without_point(Filters(request), wijken())
    }
    features = [
        {
            "type": "Feature",
            "geometry": one.outline,
            "properties": {
                "slug": one.slug,
                "name": one.name,
                "loose": loose.get(one.slug, 0),
                "middle": one.middle,
            },
        }
        for one in wijken()
    ]
    pale = [{"name": one.name, "geometry": one.outline, "middle": one.middle} for one in around()]
    return JsonResponse({"type": "FeatureCollection", "features": features, "around": pale})


def _list(request: HttpRequest, filters: Filters, box: geo.Box | None) -> dict[str, Any]:
    hits = clusters.inside(filters, box, wijken()) if box else filters.hits
    page = Paginator(hits, PER_PAGE).get_page(request.GET.get("pagina", "1"))
    found = (
        filters.answer.told(page.object_list)
        if filters.answer
        else with_documents(page.object_list)
    )
    return {
        "filters": filters,
        "answer": filters.answer,
        "page": page,
        "rows": rows(found),
        "count": len(hits),
        "box": box,
    }


def _whole(filters: Filters) -> geo.Box | None:
    """The box that the map begins with: the wijk that was chosen, else all that is drawn, else
    where the things are.
    """
    chosen = [one for one in wijken() if filters.area and one.slug == filters.area.slug]
    if chosen:
        return geo.box(chosen[0].outline)
    return bounds() or clusters.around(filters)


def _without_box(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("gebied", None)
    query.pop("pagina", None)
    return query.urlencode()
