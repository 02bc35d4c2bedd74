"""The rows of the worklist of plans as tasks: who was asked to take part, which place was asked for
a day, and which keeper was silent.
"""

from __future__ import annotations

from django.urls import reverse
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knooppunt.directory.today import Task, TaskAction, TaskKind
from knooppunt.dreams.models.plan_ties import PlanDate
from knooppunt.dreams.models.plan_work import PlanStep
from knooppunt.dreams.models.plans import PlanPartner

ASKED = TaskKind(gettext_lazy("Doen jullie mee?"), "hands", "need")
DATE = TaskKind(gettext_lazy("Mag dit bij jullie?"), "calendar", "activity")
SILENT = TaskKind(gettext_lazy("Leeft het plan nog?"), "phone", "need")
STEP = TaskKind(gettext_lazy("Stap van een plan"), "check", "late")
PARTY = TaskKind(gettext_lazy("Vier het"), "party", "activity")


def of_asked(partner: PlanPartner) -> Task:
    """An organisation was asked to take part in a plan."""
    plan = partner.plan
    names = {"name": partner.organisation.name, "plan": plan.title}
    return Task(
        kind=ASKED,
        label=_("%(name)s: doen jullie mee met ‘%(plan)s’?") % names,
        url=plan.get_absolute_url(),
        why=partner.part or plan.why,
        action=TaskAction(
            _("Ja, we doen mee"),
            reverse("dreams:act_on_partner", args=[plan.pk, partner.pk]),
            {"act": "ja"},
            "check",
        ),
        waiting_since=partner.listed_on,
        people_waiting=1,
        more=(
            TaskAction(_("Bekijk het plan"), plan.get_absolute_url()),
            TaskAction(
                _("Nee"),
                reverse("dreams:act_on_partner", args=[plan.pk, partner.pk]),
                {"act": "nee"},
            ),
        ),
    )


def of_date(planned: PlanDate) -> Task:
    """A place was asked whether something of a plan may be there."""
    activity, args = planned.activity, [planned.plan_id, planned.pk]
    day = date_format(activity.starts_on, "l j F")
    return Task(
        kind=DATE,
        label=activity.name,
        url=planned.plan.get_absolute_url(),
        why=f"{day}, {activity.starts_at:%H:%M}",
        action=TaskAction(
            _("Ja, dat kan hier"), reverse("dreams:agree_with_date", args=args), {}, "check"
        ),
        deadline=activity.starts_on,
        people_waiting=1,
        more=(TaskAction(_("Nee"), reverse("dreams:refuse_date", args=args)),),
    )


def of_silent(partner: PlanPartner) -> Task:
    """Nothing was heard for a month of an organisation that keeps a plan."""
    plan = partner.plan
    names = {"name": partner.organisation.name, "plan": plan.title}
    return Task(
        kind=SILENT,
        label=_("%(name)s: gaat ‘%(plan)s’ nog door?") % names,
        url=plan.get_absolute_url(),
        why=_("We hoorden een maand niets. Eén tik zegt dat het doorgaat."),
        action=TaskAction(
            _("Ja, het gaat door"),
            reverse("dreams:act_on_partner", args=[plan.pk, partner.pk]),
            {"act": "gaat-door"},
            "check",
        ),
        waiting_since=partner.last_sign_on,
        more=(TaskAction(_("Geef het over, of stop het"), plan.get_absolute_url()),),
    )


def of_step(step: PlanStep) -> Task:
    """A step of a plan that should have been done."""
    plan = step.plan
    return Task(
        kind=STEP,
        label=step.text,
        url=plan.get_absolute_url(),
        why=f"{plan.title}. {step.by_whom}".strip(" ."),
        action=TaskAction(
            _("Gedaan"), reverse("dreams:tick_step", args=[plan.pk, step.pk]), {}, "check"
        ),
        deadline=step.due_on,
        more=(TaskAction(_("Bekijk het plan"), plan.get_absolute_url()),),
    )
