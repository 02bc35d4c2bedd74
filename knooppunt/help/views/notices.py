"""The pages of needs and offers: the list, one of them with who might fit, and writing one down."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from knooppunt.core.audit.trail import Actor
from knooppunt.core.web import guards
from knooppunt.core.web.dictation import dictated
from knooppunt.core.web.query_params import query_params
from knooppunt.directory import rules as register_rules
from knooppunt.directory.filters import Choice, Facet
from knooppunt.directory.models import Area, Organisation
from knooppunt.directory.recent_acts import to_next
from knooppunt.help import matching, rules
from knooppunt.help.actions import introductions, notices
from knooppunt.help.forms import NoticeForm
from knooppunt.help.models import Notice

PER_PAGE = 30


def get_visible_notice(request: HttpRequest, pk: int) -> Notice:
    """The need or offer with this number, if the visitor may see it; else 404."""
    one = get_object_or_404(Notice.objects.select_related("organisation", "place", "area"), pk=pk)
    if not rules.may_see(request.user, one):
        raise Http404
    return one


notice_editor_required = guards.editor_required(
    get_visible_notice, rules.may_change, "pk", subject=lambda notice: notice.organisation
)


class Filters:
    """What a visitor chose above the list; unknown values are ignored."""

    PARAMS = ("kant", "wat", "wijk")
    words, was_cut = "", False

    def __init__(self, request: HttpRequest) -> None:
        given = request.GET
        self.side = given.get("kant", "") if given.get("kant", "") in Notice.Side.values else ""
        self.kind = given.get("wat", "") if given.get("wat", "") in Notice.Kind.values else ""
        self.areas = {area.slug: area for area in Area.objects.doors().defer("outline")}
        self.area = self.areas.get(given.get("wijk", ""))
        self.is_any = bool(self.side or self.kind or self.area)

    def narrowed(self, rows: Any) -> Any:
        """The rows that are left."""
        rows = rows.filter(side=self.side) if self.side else rows
        rows = rows.filter(kind=self.kind) if self.kind else rows
        return rows.in_areas(Area.objects.below(self.area)) if self.area else rows

    @property
    def facets(self) -> list[Facet]:
        """The filters to show."""
        return [
            Facet(
                "kant",
                _("Zoekt of biedt"),
                tuple(
                    Choice(key, str(name).capitalize(), key == self.side)
                    for key, name in Notice.Side.choices
                ),
            ),
            Facet(
                "wat",
                _("Wat"),
                tuple(
                    Choice(key, str(name).capitalize(), key == self.kind)
                    for key, name in Notice.Kind.choices
                ),
            ),
            Facet(
                "wijk",
                _("Wijk"),
                tuple(
                    Choice(slug, area.name, area == self.area) for slug, area in self.areas.items()
                ),
            ),
        ]


@query_params(*Filters.PARAMS, "pagina")
def board(request: HttpRequest) -> HttpResponse:
    """What is asked for and offered now, by wijk and name of the organisation; the newest does
    not win.
    """
    filters = Filters(request)
    rows = filters.narrowed(
        Notice.objects.visible_on(timezone.localdate())
        .select_related("organisation", "area")
        .defer("area__outline")
    )
    page = Paginator(
        rows.order_by("area__name", "organisation__name_key", "pk"), PER_PAGE
    ).get_page(request.GET.get("pagina", "1"))
    can_enter = register_rules.is_keeper(request.user)
    return render(
        request,
        "help/board.html",
        {"filters": filters, "facets": filters.facets, "page": page, "can_enter": can_enter},
    )


def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """One need or offer; who keeps anything also sees who might fit, and why."""
    one = get_visible_notice(request, pk)
    can_change = rules.may_change(request.user, one)
    context: dict[str, Any] = {
        "one": one,
        "can_change": can_change,
        "days": [WEEKDAYS[day] for day in one.days],
    }
    if register_rules.is_keeper(request.user):
        today = timezone.localdate()
        found = matching.suggestions(one, today) if one.is_visible_on(today) else []
        known = one.known_others
        context["matches"] = [
            (
                other,
                why,
                other.pk not in known and rules.may_introduce(request.user, one, other),
                other.pk in known,
            )
            for other, why in found
        ]
        context["is_keeper"] = True
    if can_change:
        context["introductions"] = [
            *one.introduced_offers.select_related("offer__organisation", "need__organisation"),
            *one.introduced_needs.select_related("offer__organisation", "need__organisation"),
        ]
    return render(request, "help/notice.html", context)


@query_params("wie", "kant")
@login_required
@dictated
def enter(request: HttpRequest) -> HttpResponse:
    """Write down what an organisation needs or can spare."""
    mine = (
        register_rules.changeable_organisations(request.user)
        .visible_on(timezone.localdate())
        .exclude(role="institution")
    )
    asked = mine.filter(slug=request.GET.get("wie", "")[:70]).first()
    start = {
        "organisation": asked or (mine.first() if mine.count() == 1 else None),
        "side": request.GET.get("kant", "")[:5],
    }
    form = NoticeForm(request.POST or None, organisations=mine.order_by("name_key"), initial=start)
    if request.method == "POST" and form.is_valid():
        who: Organisation = form.cleaned_data["organisation"]
        own = register_rules.represents(request.user, who)
        one = notices.enter(Actor(request.user), who, form.values(), is_on_behalf=not own)
        messages.success(request, _("Het staat erop. Hieronder zie je wie zou kunnen passen."))
        return redirect(one)
    return render(
        request,
        "help/enter.html",
        {
            "form": form,
            "has_any": mine.exists(),
            "may_coordinate": register_rules.may_coordinate(request.user),
        },
        status=400 if form.errors else 200,
    )


@notice_editor_required
@dictated
def change(request: HttpRequest, one: Notice) -> HttpResponse:
    """Change a need or offer."""
    form = NoticeForm(
        request.POST or None,
        instance=Notice.objects.get(pk=one.pk),
        organisations=Organisation.objects.none(),
    )
    if request.method == "POST" and form.is_valid():
        try:
            notices.change(Actor(request.user), one, form.values())
            messages.success(request, _("Gewijzigd."))
            return redirect(one)
        except ValidationError as problem:
            form.add_error(None, problem)
    return render(
        request,
        "help/enter.html",
        {"form": form, "one": one, "has_any": True},
        status=400 if form.errors else 200,
    )


@require_POST
@notice_editor_required
def close(request: HttpRequest, one: Notice) -> HttpResponse:
    """Close a need or offer, or ask it again."""
    state = request.POST.get("state", "")
    if state == "open":
        notices.reopen(Actor(request.user), one)
        messages.success(request, _("Het staat er weer op."))
    elif state in (Notice.State.FULFILLED, Notice.State.WITHDRAWN):
        notices.close(Actor(request.user), one, state)
        messages.success(request, _("Gesloten. Het staat niet meer op het bord."))
    return redirect(one)


@require_POST
@login_required
def introduce(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Bring a need and an offer together."""
    one, two = get_visible_notice(request, pk), get_visible_notice(request, other)
    if not rules.may_introduce(request.user, one, two):
        raise Http404
    try:
        _made, unreached = introductions.introduce(Actor(request.user), one, two)
        if len(unreached) < 2:
            messages.success(
                request,
                _("Ze weten nu van elkaar. Over twee weken vragen we of het echt is gelukt."),
            )
        if unreached:
            messages.warning(
                request,
                _(
                    "Opgeschreven, maar zonder mailadres: %(names)s. Bel ze even; het nummer "
                    "staat op hun pagina."
                )
                % {"names": ", ".join(unreached)},
            )
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    return to_next(request) or redirect(one)
