"""The pages behind the signed links of a plan, and the page on which a link is given or withdrawn.

Opening a link changes nothing, because mail scanners open links too; only the button does.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from knooppunt.core.audit.trail import BY_LINK, Actor
from knooppunt.core.web.form_views import add_errors, run_action
from knooppunt.core.web.link_views import link_view
from knooppunt.dreams.actions import plan_links as actions
from knooppunt.dreams.actions import plan_work
from knooppunt.dreams.actions.plan_work import AlreadyDone
from knooppunt.dreams.forms.plan_links import BringForm
from knooppunt.dreams.models.plans import Plan
from knooppunt.dreams.plan_page import items_of
from knooppunt.dreams.views.plans import plan_editor_required
from knooppunt.kit.qr import qr_svg

GONE = "dreams/plan_link_gone.html"


@link_view
def step_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """One step with one button, for whoever has the link."""
    step = actions.open_step(token)
    if step is None or not step.plan.is_ongoing:
        return render(request, GONE, status=410)
    problem = ""
    if request.method == "POST":
        try:
            step = actions.tick_off_by_link(token) or step
        except AlreadyDone as error:
            problem = " ".join(error.messages)
        step.refresh_from_db()
    return render(request, "dreams/plan_step_link.html", {"step": step, "problem": problem})


@link_view
def bring_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """What still has to be brought, and a form to bring some of it, for whoever has the link."""
    plan = actions.open_bring_list(token)
    if plan is None:
        return render(request, GONE, status=410)
    items = items_of(plan)
    form = BringForm(request.POST or None, request=request, items=items)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            promise = actions.pledge_by_link(
                token, said["item"], said["number"], said["first_name"], said["form_key"]
            )
        except ValidationError as problem:
            add_errors(form, problem)
        else:
            back = reverse("dreams:pledge_by_link", args=[actions.pledge_link(promise)])
            context = {"plan": plan, "promise": promise, "back": back}
            return render(request, "dreams/plan_bring_thanks.html", context)
    is_wanted = any(row.left for row in items)
    context = {"plan": plan, "form": form, "is_wanted": is_wanted}
    status = 400 if form.errors else 200
    return render(request, "dreams/plan_bring_link.html", context, status=status)


@link_view
def pledge_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Take back what one said to bring."""
    promise = actions.open_pledge(token)
    if promise is None:
        return render(request, GONE, status=410)
    if request.method == "POST":
        plan_work.take_back_pledge(BY_LINK, promise)
        context = {"plan": promise.item.plan, "promise": promise, "is_taken_back": True}
    else:
        context = {"plan": promise.item.plan, "promise": promise}
    return render(request, "dreams/plan_pledge_link.html", context)


@plan_editor_required
def give_step_link(request: HttpRequest, plan: Plan, step: int) -> HttpResponse:
    """The link with which somebody ticks off a step, to pass on; or withdraw it."""
    row = get_object_or_404(plan.steps, pk=step)
    if request.method == "POST":
        return run_action(
            request,
            lambda: actions.withdraw_step_link(Actor(request.user), row),
            plan,
            _("De oude links naar deze stap werken niet meer."),
        )
    link = reverse("dreams:step_by_link", args=[actions.step_link(row)])
    return _give(request, plan, link, row.text)


@plan_editor_required
def give_bring_link(request: HttpRequest, plan: Plan) -> HttpResponse:
    """The link with which people say what they bring, to pass on; or withdraw it."""
    if request.method == "POST":
        return run_action(
            request,
            lambda: actions.withdraw_bring_link(Actor(request.user), plan),
            plan,
            _("De oude links naar de lijst werken niet meer."),
        )
    link = reverse("dreams:bring_by_link", args=[actions.bring_link(plan)])
    return _give(request, plan, link, _("Wie brengt wat mee"))


def _give(request: HttpRequest, plan: Plan, link: str, title: str) -> HttpResponse:
    """A link in full, with its code to scan."""
    address = request.build_absolute_uri(link)
    context = {"plan": plan, "address": address, "qr": qr_svg(address), "title": title}
    return render(request, "dreams/plan_give_link.html", context)
