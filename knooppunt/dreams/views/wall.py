"""The wall of dreams, one dream, and a slow show of them for a screen in a living room."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Case, Q, When
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.core.web.query_params import query_params
from knooppunt.directory.filters import Choice, Facet
from knooppunt.directory.models import Area, Theme
from knooppunt.dreams import plan_rules, rules
from knooppunt.dreams.models import Answer, Dream, Participant, Plan
from knooppunt.dreams.pictures import scene_of

PER_PAGE = 24
SECONDS_ON_SCREEN = 20


class Filters:
    """What a visitor chose above the wall; unknown values are ignored."""

    PARAMS = ("wijk", "thema", "staat")
    words, was_cut = "", False
    STATES = ("wacht", *Answer.Kind.values)

    def __init__(self, request: HttpRequest) -> None:
        given = request.GET
        self.areas = {area.slug: area for area in Area.objects.doors().defer("outline")}
        self.themes = {theme.slug: theme for theme in Theme.objects.filter(is_used=True)}
        self.area = self.areas.get(given.get("wijk", ""))
        self.theme = self.themes.get(given.get("thema", ""))
        self.state = given.get("staat", "") if given.get("staat", "") in self.STATES else ""
        self.is_any = bool(self.area or self.theme or self.state)

    def narrowed(self, rows: Any) -> Any:
        """The dreams that are left."""
        rows = rows.in_areas(Area.objects.below(self.area)) if self.area else rows
        rows = rows.filter(theme=self.theme) if self.theme else rows
        if self.state == "wacht":
            return rows.waiting_for_people()
        return rows.filter(last_kind=self.state) if self.state else rows

    @property
    def facets(self) -> list[Facet]:
        """The filters to show."""
        states = [("wacht", _("Zoekt mensen")), *Answer.Kind.choices]
        chosen = (
            ("wijk", _("Wijk"), [(slug, row.name) for slug, row in self.areas.items()], self.area),
            (
                "thema",
                _("Thema"),
                [(slug, str(row)) for slug, row in self.themes.items()],
                self.theme,
            ),
            ("staat", _("Hoe staat het?"), states, self.state),
        )
        return [
            Facet(
                name,
                label,
                tuple(
                    Choice(key, str(words), key == (getattr(value, "slug", value) or ""))
                    for key, words in choices
                ),
            )
            for name, label, choices, value in chosen
        ]


def rows_on_wall() -> Any:
    """The dreams with a card of their own, with what a card shows: those that wait for an answer
    first, the newest of them on top.
    """
    rows = Dream.objects.on_wall().with_state().with_numbers()
    rows = rows.select_related("area", "place", "theme").defer("area__outline")
    is_done = Case(When(answer_by__isnull=True, then=1), default=0)
    return rows.order_by(is_done, "-published_on", "-pk")


@query_params(*Filters.PARAMS, "pagina")
def wall(request: HttpRequest) -> HttpResponse:
    """What people dream of, on cards."""
    filters = Filters(request)
    page = Paginator(filters.narrowed(rows_on_wall()), PER_PAGE).get_page(
        request.GET.get("pagina", "1")
    )
    context = {
        "filters": filters,
        "facets": filters.facets,
        "page": page,
        "may_enter": rules.may_enter(request.user),
    }
    return render(request, "dreams/wall.html", context)


def get_visible_dream(request: HttpRequest, pk: int) -> Dream:
    """The dream with this number, if the visitor may see it; else 404."""
    rows = Dream.objects.with_state().with_numbers()
    rows = rows.select_related("area", "place", "theme", "joined_to")
    dream: Dream = get_object_or_404(rows.defer("area__outline"), pk=pk)
    if not rules.may_see(request.user, dream):
        raise Http404
    return dream


def dream(request: HttpRequest, pk: int) -> HttpResponse:
    """One dream with what became of it and who dreams along; one that joined another leads
    there.
    """
    row = get_visible_dream(request, pk)
    if row.root is not row and row.root.is_public and row.is_public:
        return redirect(f"{row.root.get_absolute_url()}#droom-{row.pk}")
    participants = Participant.objects.visible_on(timezone.localdate()).filter(
        Q(dream=row) | Q(dream__joined_to=row)
    )
    organisations = list(participants.organisations().select_related("organisation"))
    mine = rules.represented(request.user)
    context = {
        "dream": row,
        "scene": scene_of(row.text),
        "parts": row.joined.public().select_related("area").defer("area__outline"),
        "answers": row.answers.select_related("place", "activity", "point"),
        "organisations": organisations,
        "kinds": _kinds_offered(participants),
        "plans": Plan.objects.filter(dream=row),
        "may_start_plan": row.is_public and plan_rules.may_start(request.user),
        "may_answer": rules.may_answer(request.user, row),
        "may_help_for": mine.exists(),
        "own_helps": {
            participant.pk for participant in organisations if participant.organisation in mine
        },
    }
    return render(request, "dreams/dream.html", context)


def _kinds_offered(participants: Any) -> list[tuple[str, int]]:
    """With what is helped, and how often, in words; without who."""
    offered = [key for kinds in participants.values_list("kinds", flat=True) for key in kinds]
    return [
        (str(kind.label), offered.count(kind.value))
        for kind in Participant.Kind
        if kind.value in offered
    ]


def photo(request: HttpRequest, pk: int) -> FileResponse:
    """The photo of a dream that the visitor may see; always a JPEG that we drew ourselves."""
    row = get_visible_dream(request, pk)
    if not row.photo:
        raise Http404
    response = FileResponse(row.photo.open("rb"), content_type="image/jpeg")
    response["Cache-Control"] = "public, max-age=3600" if row.is_public else "private, no-store"
    return response


@query_params(*Filters.PARAMS, "nr")
def screen(request: HttpRequest) -> HttpResponse:
    """One dream after another, large, for a screen on the wall; each leads to the next by
    itself.
    """
    filters = Filters(request)
    rows = list(filters.narrowed(rows_on_wall())[:100])
    given = request.GET.get("nr", "1")
    number = int(given) if given.isdecimal() and len(given) < 4 else 1
    place = (number - 1) % len(rows) if rows else 0
    context = {
        "dream": rows[place] if rows else None,
        "next": (place + 1) % len(rows) + 1 if rows else 1,
        "seconds": SECONDS_ON_SCREEN,
        "filters": filters,
        "number": place + 1,
        "total": len(rows),
    }
    return render(request, "dreams/screen.html", context)
