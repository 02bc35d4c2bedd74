"""Who takes part in a plan: asking organisations, answering for one, handing over, and first names
with leave.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from knooppunt.core.audit.trail import Actor
from knooppunt.core.web.form_views import Question, form_view, run_action
from knooppunt.directory.recent_acts import tap
from knooppunt.dreams import plan_rules
from knooppunt.dreams.actions import plans as actions
from knooppunt.dreams.forms.plans import PartnerForm, PersonForm
from knooppunt.dreams.models.plans import Plan, PlanPartner
from knooppunt.dreams.views.plans import get_plan, plan_editor_required

# The buttons beside an organisation: their action and their thanks.
BY_KEEPERS: dict[str, tuple[Callable[[Actor, PlanPartner], Any], Any]] = {
    "trekker": (actions.make_keeper, gettext_lazy("Zij trekken het plan nu mee.")),
    "doet-mee": (actions.end_keeping, gettext_lazy("Zij doen mee, maar trekken het niet meer.")),
    "weg": (actions.leave, gettext_lazy("Zij doen niet meer mee.")),
}
BY_PARTNER: dict[str, tuple[Callable[[Actor, PlanPartner], Any], Any]] = {
    "ja": (actions.agree, gettext_lazy("Fijn dat jullie meedoen.")),
    "nee": (actions.leave, gettext_lazy("Opgeschreven. Jullie staan niet meer bij dit plan.")),
    "gaat-door": (actions.sign_of_life, gettext_lazy("Fijn. Het plan gaat door.")),
}


@plan_editor_required
def add_partner(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Let an organisation take part, or ask it first."""
    form = PartnerForm(request.POST or None)
    question = Question(
        _("Wie doet er mee?"),
        _("Ook de gemeente of een welzijnsorganisatie kan meedoen, met een eigen taak."),
        _("Zet erbij"),
        plan.get_absolute_url(),
        _("Het staat erbij. Wie nog geen ja zei, krijgt de vraag."),
    )

    def add(said: dict[str, Any]) -> None:
        actions.add_partner(
            Actor(request.user),
            plan,
            said["organisation"],
            said["role"],
            said["part"],
            said["has_agreed"],
        )

    return form_view(request, form, add, question)


@require_POST
@login_required
def act_on_partner(request: HttpRequest, key: int, partner: int) -> HttpResponse:
    """Do what one button beside an organisation says; 404 for who may not."""
    plan = get_plan(request, key)
    row = get_object_or_404(plan.partners.select_related("organisation", "plan"), pk=partner)
    button = request.POST.get("act", "")
    if button == "geef-over":
        return _hand_over(request, plan, row)
    if button in BY_PARTNER and plan_rules.may_answer(request.user, row):
        act, thanks = BY_PARTNER[button]
    elif button in BY_KEEPERS and plan_rules.may_change(request.user, plan):
        act, thanks = BY_KEEPERS[button]
    else:
        raise Http404
    return tap(
        request,
        lambda: act(Actor(request.user), row),
        [PlanPartner.objects.filter(pk=row.pk)],
        f"{row.organisation.name}: {plan.title}",
        plan,
        str(thanks),
    )


def _hand_over(request: HttpRequest, plan: Plan, successor: PlanPartner) -> HttpResponse:
    """Let another organisation keep the plan in the place of the visitor's own."""
    mine = plan_rules.represented(request.user).values("pk")
    keeper = plan.partners.keepers().filter(organisation__in=mine).first()
    if keeper is None:
        raise Http404
    return run_action(
        request,
        lambda: actions.hand_over(Actor(request.user), keeper, successor),
        plan,
        _("Overgedragen. %(name)s trekt het plan nu.") % {"name": successor.organisation.name},
    )


@plan_editor_required
def add_person(request: HttpRequest, plan: Plan) -> HttpResponse:
    """Write down the first name of somebody who takes part."""
    form = PersonForm(request.POST or None)
    question = Question(
        _("Wie doet er mee?"),
        _("Een buur die meedoet, met een voornaam."),
        _("Zet erbij"),
        plan.get_absolute_url(),
        _("Het staat erbij."),
    )
    return form_view(
        request,
        form,
        lambda said: actions.add_person(
            Actor(request.user), plan, said["first_name"], said["part"]
        ),
        question,
    )


@require_POST
@plan_editor_required
def forget_person(request: HttpRequest, plan: Plan, person: int) -> HttpResponse:
    """Take a first name away."""
    row = get_object_or_404(plan.people, pk=person)
    return run_action(
        request,
        lambda: actions.forget_person(Actor(request.user), row),
        plan,
        _("De naam is weg."),
    )
