"""What a plan lacks and when it takes place; the place that is asked says yes or no."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from knooppunt.core.audit.trail import Actor
from knooppunt.core.registry import modules
from knooppunt.core.web.form_views import Question, form_view, run_action
from knooppunt.directory.recent_acts import to_next
from knooppunt.dreams import plan_rules
from knooppunt.dreams.actions import plan_ties as actions
from knooppunt.dreams.forms.plan_ties import DateForm, NeedForm, RefusalForm
from knooppunt.dreams.models.plan_ties import PlanDate
from knooppunt.dreams.models.plans import Plan
from knooppunt.dreams.views.plans import get_plan, plan_editor_required


@plan_editor_required
def add_need(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Ask for what a plan lacks, among the needs and offers."""
    if not modules.is_on("help"):
        raise Http404
    form = NeedForm(request.POST or None, plan=plan)
    question = Question(
        _("Wat hebben jullie nog nodig?"),
        _("Het komt bij ‘Vraag en aanbod’ te staan. We zoeken meteen wie het heeft."),
        _("Vraag het"),
        plan.get_absolute_url(),
        _("Gevraagd. Hieronder zie je het als iemand het heeft."),
    )
    return form_view(
        request,
        form,
        lambda said: actions.add_need(
            Actor(request.user), plan, said["organisation"], form.values()
        ),
        question,
    )


@plan_editor_required
def add_date(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Put a date of a plan in the agenda, or ask the place first."""
    if not modules.is_on("agenda"):
        raise Http404
    form = DateForm(request.POST or None, plan=plan)
    question = Question(
        _("Wanneer is het?"),
        _("Bij een plek van een ander staat het pas in de agenda als die plek ja zegt."),
        _("Zet de dag erbij"),
        plan.get_absolute_url(),
        _("De dag staat erbij."),
    )
    return form_view(
        request, form, lambda said: actions.add_date(Actor(request.user), plan, said), question
    )


@require_POST
@plan_editor_required
def remove_date(request: HttpRequest, plan: Plan, planned: int) -> HttpResponse:
    """Take a date out of a plan."""
    row = get_object_or_404(plan.dates.select_related("activity", "plan"), pk=planned)
    return run_action(
        request, lambda: actions.remove_date(Actor(request.user), row), plan, _("De dag is weg.")
    )


def _asked_date(request: HttpRequest, key: int, planned: int) -> PlanDate:
    """The date of a plan that waits for a place of the visitor; else 404."""
    plan = get_plan(request, key)
    rows = plan.dates.select_related("activity", "plan")
    row: PlanDate = get_object_or_404(rows, pk=planned)
    if row.answer != PlanDate.Answer.WAITING or not plan_rules.may_host(request.user, row):
        raise Http404
    return row


@require_POST
@login_required
def agree_with_date(request: HttpRequest, key: int, planned: int) -> HttpResponse:
    """Say that it may be here."""
    row = _asked_date(request, key, planned)
    actions.agree_with_date(Actor(request.user), row)
    messages.success(request, _("Fijn! Het staat nu in de agenda."))
    return to_next(request) or redirect(row.plan)


@login_required
def refuse_date(request: HttpRequest, key: int, planned: int) -> HttpResponse:
    """Say that it cannot be here, and why."""
    row = _asked_date(request, key, planned)
    question = Question(
        _("Kan het hier niet?"),
        row.activity.name,
        _("Zeg nee"),
        row.plan.get_absolute_url(),
        _("Opgeschreven. De mensen van het plan lezen waarom."),
    )
    return form_view(
        request,
        RefusalForm(request.POST or None),
        lambda said: actions.refuse_date(Actor(request.user), row, said["reason"]),
        question,
    )
