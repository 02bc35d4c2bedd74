"""The work of a plan: writing down steps and ticking them off, and who brings what."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from knooppunt.core.audit.trail import Actor
from knooppunt.core.web.form_views import Question, form_view, run_action
from knooppunt.core.web.guards import editor_required
from knooppunt.directory.recent_acts import tap
from knooppunt.dreams import plan_rules
from knooppunt.dreams.actions import plan_work as actions
from knooppunt.dreams.forms.plans import ItemForm, PledgeForm, StepForm
from knooppunt.dreams.models.plan_work import PlanPledge, PlanStep
from knooppunt.dreams.models.plans import Plan
from knooppunt.dreams.permits import permits_for
from knooppunt.dreams.views.plans import get_plan, plan_editor_required

plan_worker_required = editor_required(get_plan, plan_rules.may_work_on)


@plan_editor_required
def add_step(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Write down a step."""
    form = StepForm(request.POST or None, plan=plan)
    question = Question(
        _("Wat moet er gebeuren?"),
        plan.title,
        _("Zet erbij"),
        plan.get_absolute_url(),
        _("De stap staat erbij."),
    )
    return form_view(
        request,
        form,
        lambda _said: actions.add_step(Actor(request.user), plan, form.values()),
        question,
    )


@plan_editor_required
def change_step(request: HttpRequest, plan: Plan, step: int) -> HttpResponse:
    """Change a step, who does it and before which day."""
    row = get_object_or_404(plan.steps, pk=step)
    form = StepForm(request.POST or None, instance=plan.steps.get(pk=row.pk), plan=plan)
    return form_view(
        request,
        form,
        lambda _said: actions.change_step(Actor(request.user), row, form.values()),
        Question(_("Stap wijzigen"), plan.title, back=plan.get_absolute_url()),
    )


@require_POST
@plan_worker_required
def tick_step(request: HttpRequest, plan: Plan, step: int) -> HttpResponse:
    """Tick off a step, or take that back."""
    row = get_object_or_404(plan.steps.select_related("plan"), pk=step)
    actor = Actor(request.user)
    if "again" in request.POST:
        return run_action(
            request, lambda: actions.take_back_tick(actor, row), plan, _("Het vinkje is weg.")
        )
    return tap(
        request,
        lambda: actions.tick_off(actor, row),
        [PlanStep.objects.filter(pk=row.pk)],
        row.text,
        plan,
        _("Afgevinkt. Mooi!"),
    )


@require_POST
@plan_editor_required
def remove_step(request: HttpRequest, plan: Plan, step: int) -> HttpResponse:
    """Take a step away that is not needed."""
    row = get_object_or_404(plan.steps, pk=step)
    return run_action(
        request, lambda: actions.remove_step(Actor(request.user), row), plan, _("De stap is weg.")
    )


@plan_editor_required
def add_item(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Write down what has to be brought."""
    form = ItemForm(request.POST or None)
    question = Question(
        _("Wat moet er mee?"),
        plan.title,
        _("Zet op de lijst"),
        plan.get_absolute_url(),
        _("Het staat op de lijst."),
    )
    return form_view(
        request, form, lambda said: actions.add_item(Actor(request.user), plan, said), question
    )


@require_POST
@plan_editor_required
def remove_item(request: HttpRequest, plan: Plan, item: int) -> HttpResponse:
    """Take a line of the list away."""
    row = get_object_or_404(plan.items, pk=item)
    return run_action(
        request,
        lambda: actions.remove_item(Actor(request.user), row),
        plan,
        _("Het staat niet meer op de lijst."),
    )


@plan_worker_required
def pledge(request: HttpRequest, plan: Plan, item: int) -> HttpResponse:
    """Say who brings how many of an item."""
    row = get_object_or_404(plan.items.select_related("plan"), pk=item)
    form = PledgeForm(request.POST or None, plan=plan)
    question = Question(
        row.text.capitalize(),
        _("Er zijn er nog %(number)s nodig.") % {"number": row.left},
        _("Zet erbij"),
        plan.get_absolute_url(),
        _("Opgeschreven. Dank je wel."),
    )
    return form_view(
        request,
        form,
        lambda said: actions.pledge(
            Actor(request.user), row, said["number"], form.bringer, said["form_key"]
        ),
        question,
    )


@require_POST
@plan_worker_required
def take_back_pledge(request: HttpRequest, plan: Plan, pledge: int) -> HttpResponse:
    """Let somebody not bring it after all."""
    row = get_object_or_404(PlanPledge.objects.filter(item__plan=plan), pk=pledge)
    return run_action(
        request,
        lambda: actions.take_back_pledge(Actor(request.user), row),
        plan,
        _("Het staat weer open."),
    )


@require_POST
@plan_worker_required
def settle_permit(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Tick off one thing to look after, or take that back; 404 for one that is not asked."""
    key = request.POST.get("key", "")
    if key not in {permit.key for permit in permits_for(plan.features)}:
        raise Http404
    act = actions.reopen_permit if "again" in request.POST else actions.settle_permit
    return run_action(request, lambda: act(Actor(request.user), plan, key), plan, _("Bewaard."))
