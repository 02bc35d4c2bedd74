"""The public board: what we asked, of whom, where it stands, how long it waits; and the
scoreboard of commitments beside it.
"""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.core.web.csv_response import csv_answer
from knooppunt.core.web.query_params import query_params
from knooppunt.decisions.models import Body
from knooppunt.directory.filters import Choice, Facet
from knooppunt.directory.models import Area, Theme
from knooppunt.voice import rules, status_text
from knooppunt.voice.models import Cut, Point
from knooppunt.voice.models.points import Stage
from knooppunt.voice.scoreboard import score

HEADER = (
    "on",
    "title",
    "ask",
    "of",
    "stage",
    "stage_on",
    "due_on",
    "signatures",
    "address",
    "is_example",
)


PER_PAGE = 25


class Filters:
    """What a visitor chose above the board; unknown values are ignored."""

    PARAMS = ("wijk", "aan", "thema", "stand")
    words, was_cut = "", False

    def __init__(self, request: HttpRequest) -> None:
        given = request.GET
        self.areas = {area.slug: area for area in Area.objects.doors().defer("outline")}
        self.bodies = {
            body.slug: body for body in Body.objects.filter(points__is_public=True).distinct()
        }
        self.themes = {
            theme.slug: theme for theme in Theme.objects.filter(points__is_public=True).distinct()
        }
        self.area, self.body = (
            self.areas.get(given.get("wijk", "")),
            self.bodies.get(given.get("aan", "")),
        )
        self.theme = self.themes.get(given.get("thema", ""))
        self.stage = given.get("stand", "") if given.get("stand", "") in Stage.values else ""
        self.is_any = bool(self.area or self.body or self.theme or self.stage)

    def narrowed(self, rows: Any) -> Any:
        """The points that are left; they come from ``as_of``."""
        rows = rows.in_areas(Area.objects.below(self.area)) if self.area else rows
        rows = rows.filter(body=self.body) if self.body else rows
        rows = rows.filter(themes=self.theme) if self.theme else rows
        return rows.filter(stage=self.stage) if self.stage else rows

    @property
    def facets(self) -> list[Facet]:
        """The filters to show."""
        return [
            Facet(
                "wijk",
                _("Wijk"),
                tuple(Choice(slug, one.name, one == self.area) for slug, one in self.areas.items()),
            ),
            Facet(
                "aan",
                _("Aan wie"),
                tuple(
                    Choice(slug, one.name, one == self.body) for slug, one in self.bodies.items()
                ),
            ),
            Facet(
                "thema",
                _("Thema"),
                tuple(
                    Choice(slug, str(one), one == self.theme) for slug, one in self.themes.items()
                ),
            ),
            Facet(
                "stand",
                _("Hoe ver"),
                tuple(
                    Choice(key, str(name).capitalize(), key == self.stage)
                    for key, name in Stage.choices
                ),
            ),
        ]


@query_params(*Filters.PARAMS, "pagina")
def board(request: HttpRequest) -> HttpResponse:
    """All public points, the ones that wait longest first, with the scoreboard of the same wijk
    or body.
    """
    filters, today = Filters(request), timezone.localdate()
    rows = filters.narrowed(Point.objects.visible_on(today)).select_related("body").waiting_first()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("pagina", "1"))
    context: dict[str, Any] = {
        "filters": filters,
        "facets": filters.facets,
        "page": page,
        "today": today,
        "rows": [
            (
                one,
                Stage(one.stage).label if one.stage else "",
                status_text.waits(one, today),
                bool(one.due_on and one.due_on < today),
            )
            for one in page
        ],
        "score": score(today, filters.area, filters.body),
        "has_cuts": Cut.objects.filter(point__is_public=True).exists(),
        "can_raise": rules.may_raise(request.user),
        "drafts": rules.changeable_points(request.user).filter(is_public=False)[:20],
    }
    return render(request, "voice/board.html", context)


@query_params(*Filters.PARAMS)
def board_csv(request: HttpRequest) -> HttpResponse:
    """The same board as a table."""
    today = timezone.localdate()
    rows = []
    for one in (
        Filters(request)
        .narrowed(Point.objects.visible_on(today))
        .select_related("body")
        .waiting_first()
    ):
        signatures = one.signatures.as_of(today).count()
        rows.append(
            [
                today,
                one.title,
                one.ask,
                one.whom,
                one.stage or "",
                one.stage_on or "",
                one.due_on or "",
                signatures,
                request.build_absolute_uri(one.get_absolute_url()),
                one.is_example,
            ]
        )
    return csv_answer(
        f"punten-{today}.csv",
        HEADER,
        rows,
    )
