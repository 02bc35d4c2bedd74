"""The pages of plans: the list, one plan on one sheet, starting one and changing it."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from knooppunt.core.audit.trail import Actor
from knooppunt.core.registry import modules
from knooppunt.core.web.form_views import Question, form_view, run_action
from knooppunt.core.web.guards import editor_required, permission_required
from knooppunt.core.web.query_params import query_params
from knooppunt.directory import rules as register_rules
from knooppunt.directory.filters import Choice, Facet
from knooppunt.directory.models import Area
from knooppunt.dreams import plan_rules
from knooppunt.dreams.actions import answers, plan_ties
from knooppunt.dreams.actions import plans as actions
from knooppunt.dreams.forms.plans import PlanForm, StartForm, StopForm
from knooppunt.dreams.models import Dream
from knooppunt.dreams.models.plans import Plan
from knooppunt.dreams.plan_page import plan_context

PER_PAGE = 24


def get_plan(request: HttpRequest, key: int) -> Plan:
    """The plan with this number, or 404; everybody may see every plan."""
    rows = Plan.objects.select_related("area", "place").defer("area__outline")
    plan: Plan = get_object_or_404(rows, pk=key)
    return plan


plan_editor_required = editor_required(get_plan, plan_rules.may_change)


class Filters:
    """What a visitor chose above the list; unknown values are ignored."""

    PARAMS = ("wijk", "soort", "staat")
    words, was_cut = "", False

    def __init__(self, request: HttpRequest) -> None:
        given = request.GET
        self.areas = {area.slug: area for area in Area.objects.doors().defer("outline")}
        self.area = self.areas.get(given.get("wijk", ""))
        self.kind = given.get("soort", "") if given.get("soort", "") in Plan.Kind.values else ""
        self.state = given.get("staat", "") if given.get("staat", "") in Plan.State.values else ""
        self.is_any = bool(self.area or self.kind or self.state)

    def narrowed(self, rows: Any) -> Any:
        """The rows that are left; without a state those that stopped are left out."""
        rows = rows.filter(kind=self.kind) if self.kind else rows
        rows = rows.in_areas(Area.objects.below(self.area)) if self.area else rows
        return rows.filter(state=self.state) if self.state else rows.exclude(state="stopped")

    @property
    def facets(self) -> list[Facet]:
        """The filters to show."""
        return [
            Facet("staat", _("Hoe ver"), _choices(Plan.State.choices, self.state)),
            Facet("soort", _("Wat voor plan"), _choices(Plan.Kind.choices, self.kind)),
            Facet(
                "wijk",
                _("Wijk"),
                tuple(
                    Choice(slug, area.name, area == self.area) for slug, area in self.areas.items()
                ),
            ),
        ]


def _choices(choices: Any, chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(key, str(name).capitalize(), key == chosen) for key, name in choices)


@query_params(*Filters.PARAMS, "pagina")
def plans(request: HttpRequest) -> HttpResponse:
    """Every plan: those that go on first, then those that were done and celebrated."""
    filters = Filters(request)
    rows = Plan.objects.select_related("area").defer("area__outline").ongoing_first()
    page = Paginator(filters.narrowed(rows), PER_PAGE).get_page(request.GET.get("pagina", "1"))
    context = {
        "filters": filters,
        "facets": filters.facets,
        "page": page,
        "may_start": plan_rules.may_start(request.user),
        "has_agenda": modules.is_on("agenda"),
    }
    return render(request, "dreams/plans.html", context)


def show_plan(request: HttpRequest, key: int) -> HttpResponse:
    """One plan on one sheet: what and why, who, the steps, who brings what, and the money."""
    plan = get_plan(request, key)
    return render(request, "dreams/plan.html", plan_context(request.user, plan))


@query_params("droom")
@permission_required(plan_rules.may_start)
def start_plan(request: HttpRequest) -> HttpResponse:
    """Write down a plan, from a dream on the wall or from nothing."""
    dream = _chosen_dream(request)
    mine = (
        register_rules.changeable_organisations(request.user)
        .visible_on(timezone.localdate())
        .order_by("name_key")
    )
    only = mine.first() if mine.count() == 1 else None
    known = {"title": dream.title, "why": dream.text, "area": dream.area} if dream else {}
    form = StartForm(request.POST or None, organisations=mine, initial={"keeper": only, **known})
    question = Question(
        _("Begin een plan"),
        dream.title if dream else _("Klein is goed. Je kunt alles later aanvullen."),
        _("Begin het plan"),
        thanks=_("Het plan staat erop. Schrijf nu de eerste stap op."),
    )

    def act(_said: Any) -> Plan:
        actor = Actor(request.user)
        if dream:
            return answers.become_plan(actor, dream, form.values(), form.keepers)
        return actions.start_plan(actor, form.values(), form.keepers)

    return form_view(request, form, act, question)


def _chosen_dream(request: HttpRequest) -> Dream | None:
    """The dream on the wall from which the plan is to come."""
    number = request.GET.get("droom", "")
    if not (number.isdecimal() and len(number) < 10):
        return None
    dream: Dream = get_object_or_404(Dream.objects.on_wall().select_related("area"), pk=number)
    return dream


@plan_editor_required
def change_plan(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Change what and why, where, and the money."""
    form = PlanForm(request.POST or None, instance=Plan.objects.get(pk=plan.pk))
    return form_view(
        request,
        form,
        lambda _said: actions.change_plan(Actor(request.user), plan, form.values()),
        Question(_("Plan wijzigen"), plan.title, back=plan.get_absolute_url()),
    )


THANKS = {
    Plan.State.PLAN: gettext_lazy("Het plan is weer in voorbereiding."),
    Plan.State.BUSY: gettext_lazy("Begonnen! Iedereen ziet nu dat jullie bezig zijn."),
    Plan.State.DONE: gettext_lazy("Gedaan! Vier het samen, en vertel hoe het was."),
}


@require_POST
@plan_editor_required
def move_plan(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Bring a plan in its next state, with one button."""
    state = request.POST.get("state", "")
    if state not in THANKS:
        return run_action(request, lambda: None, plan)
    return run_action(
        request,
        lambda: actions.move_on(Actor(request.user), plan, state),
        plan,
        THANKS[Plan.State(state)],
    )


@plan_editor_required
def stop_plan(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Stop a plan, and say what was learned."""
    form = StopForm(request.POST or None, instance=Plan.objects.get(pk=plan.pk))
    question = Question(
        _("Stop dit plan"),
        _("Stoppen mag. Wat jullie leerden, helpt een volgende groep."),
        _("Stop het plan"),
        plan.get_absolute_url(),
        _("Het plan is gestopt. Wat jullie leerden, blijft staan."),
    )
    return form_view(
        request,
        form,
        lambda said: plan_ties.stop_plan(Actor(request.user), plan, said),
        question,
    )
