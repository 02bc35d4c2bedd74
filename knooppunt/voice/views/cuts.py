"""The pages of threats: what is cut or closed, who is hit as figures with their lists, the
calendar and the ledger.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knooppunt.core.audit.trail import Actor
from knooppunt.core.web.csv_response import csv_answer
from knooppunt.core.web.form_views import Question, form_view
from knooppunt.core.web.guards import editor_required
from knooppunt.core.web.query_params import query_params
from knooppunt.directory.models import Area, Kind, Organisation
from knooppunt.voice import impact, rules
from knooppunt.voice.actions import cuts as actions
from knooppunt.voice.actions.support import numbers
from knooppunt.voice.forms.cases import CutForm, HitsForm, LineForm, MomentForm
from knooppunt.voice.models import Cut, Point
from knooppunt.voice.views.points import changing as changing_point


def get_visible_cut(request: HttpRequest, key: str) -> Cut:
    """The threat with the address of its point, if the visitor may see it; else 404."""
    found: Cut = get_object_or_404(
        Cut.objects.select_related("point__body", "document"), point__slug=key
    )
    if not rules.may_see_point(request.user, found.point):
        raise Http404
    return found


def cuts(request: HttpRequest) -> HttpResponse:
    """All threats, the latest first, each with what was proposed and restored."""
    rows = Cut.objects.filter(point__is_public=True).select_related("point")
    return render(
        request,
        "voice/cuts.html",
        {"rows": [(one, impact.ledger(one), impact.organisations(one).count()) for one in rows]},
    )


def _shown(one: Cut) -> Any:
    """Who is hit, as far as everybody may see them."""
    return one.hits.filter(organisation__in=impact.organisations(one)).select_related(
        "organisation"
    )


def cut(request: HttpRequest, key: str) -> HttpResponse:
    """One threat."""
    one, today = get_visible_cut(request, key), timezone.localdate()
    context: dict[str, Any] = {
        "one": one,
        "point": one.point,
        "struck": impact.struck(one, today),
        "ledger": impact.ledger(one),
        "lines": one.lines.all(),
        "hits": _shown(one),
        "moments": one.moments.all(),
        "today": today,
        "signatures": one.point.signatures.as_of(today).count(),
        "support": numbers(one.point),
        "can_change": rules.may_change_cut(request.user, one),
    }
    return render(request, "voice/cut.html", context)


@changing_point
def enter(request: HttpRequest, one: Point) -> HttpResponse:
    """Write down, or change, what threatens the organisations of a point."""
    known = Cut.with_mistakes.filter(point=one).first()
    form = CutForm(request.POST or None, instance=known or Cut(point=one))
    question = Question(_("Wat dreigt er?"), one.title, _("Schrijf op"), one.get_absolute_url())
    return form_view(
        request,
        form,
        lambda got: actions.save_cut(Actor(request.user), known or Cut(point=one), got),
        question,
    )


changing = editor_required(get_visible_cut, rules.may_change_cut)


@query_params("wijk", "soort", "q")
@changing
def add_hits(request: HttpRequest, one: Cut) -> HttpResponse:
    """Choose who is hit, with the filters of the register: a wijk, a kind, words."""
    rows = (
        Organisation.objects.visible_on(timezone.localdate())
        .exclude(role="institution")
        .exclude(pk__in=one.hits.values("organisation"))
    )
    area = Area.objects.doors().filter(slug=request.GET.get("wijk", "")[:70]).first()
    kind = Kind.objects.filter(slug=request.GET.get("soort", "")[:50]).first()
    words = request.GET.get("q", "")[:100]
    rows = rows.in_areas(Area.objects.below(area)) if area else rows
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.with_words(words) if words else rows
    form = HitsForm(
        request.POST or None, organisations=rows.only("pk", "name").order_by("name_key")
    )
    question = Question(
        _("Wie wordt geraakt?"),
        one.point.title,
        _("Zet op de lijst"),
        one.get_absolute_url(),
        aside="voice/desk/choose.html",
    )
    context = {
        "areas": Area.objects.doors().defer("outline"),
        "kinds": Kind.objects.filter(is_used=True),
        "area": area,
        "kind": kind,
        "words": words,
    }
    return form_view(
        request,
        form,
        lambda got: actions.add_hits(Actor(request.user), one, got["organisations"]),
        question,
        **context,
    )


@changing
def add_line(request: HttpRequest, one: Cut) -> HttpResponse:
    """Put a line in the ledger."""
    form = LineForm(request.POST or None)
    question = Question(
        _("Voorgesteld of teruggedraaid"), one.point.title, _("Schrijf op"), one.get_absolute_url()
    )
    return form_view(
        request,
        form,
        lambda got: actions.add_line(Actor(request.user), one, got) and None,
        question,
    )


@changing
def add_moment(request: HttpRequest, one: Cut) -> HttpResponse:
    """Put a day on the calendar."""
    form = MomentForm(request.POST or None)
    question = Question(
        _("Wanneer wordt erover besloten?"), one.point.title, _("Zet erbij"), one.get_absolute_url()
    )
    return form_view(
        request,
        form,
        lambda got: actions.add_moment(Actor(request.user), one, got) and None,
        question,
    )


def hits_csv(request: HttpRequest, key: str) -> HttpResponse:
    """Who is hit, as a table with the last known number of volunteers."""
    one, today = get_visible_cut(request, key), timezone.localdate()
    volunteers = {row.organisation_id: row.number for row in impact.struck(one, today)[3].rows}
    rows = []
    for hit in _shown(one):
        who = hit.organisation
        rows.append(
            [
                today,
                who.name,
                hit.amount if hit.amount is not None else "",
                hit.note,
                volunteers.get(who.pk, ""),
                request.build_absolute_uri(who.get_absolute_url()),
            ]
        )
    return csv_answer(
        f"geraakt-{key}-{today}.csv",
        ["on", "organisation", "amount_eur", "note", "volunteers", "address"],
        rows,
    )
