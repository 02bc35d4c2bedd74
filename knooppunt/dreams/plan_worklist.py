"""What needs doing with plans, for one keeper: answer who was asked, say that a plan goes on, and
do late steps.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.core.registry import modules
from knooppunt.directory.rules import is_keeper
from knooppunt.directory.today import Task
from knooppunt.directory.worklist import Work, listed
from knooppunt.dreams import plan_rules, plan_tasks
from knooppunt.dreams.models.plan_work import PlanStep

TEMPLATE = "dreams/desk/plan_rows.html"


def plan_worklist(user: Any) -> list[Work]:
    """The lists of plans."""
    if not is_keeper(user):
        return []
    today = timezone.localdate()
    mine = plan_rules.changeable_plans(user)
    steps = PlanStep.objects.late(today).filter(plan__in=mine.values("pk"))
    lists: list[tuple[str, str, str, Any, Callable[[Any], Task]]] = [
        (
            "plan-gevraagd",
            _("Gevraagd om mee te doen"),
            _("Een plan vraagt of jullie meedoen."),
            plan_rules.answerable_partners(user).select_related("organisation", "plan"),
            plan_tasks.of_asked,
        ),
        (
            "plan-stil",
            _("Leeft het plan nog?"),
            _("Een plan blijft staan zolang iemand zegt dat het doorgaat."),
            plan_rules.silent_keepers(user, today).select_related("organisation", "plan"),
            plan_tasks.of_silent,
        ),
        (
            "plan-stappen",
            _("Stappen die te laat zijn"),
            _("Doe de stap, of vraag wie hem overneemt."),
            steps.select_related("plan", "partner__organisation", "person"),
            plan_tasks.of_step,
        ),
    ]
    if modules.is_on("agenda"):
        lists.append(
            (
                "plan-dag",
                _("Mag dit bij jullie?"),
                _("Een plan vraagt een dag bij een plek die jij bijhoudt."),
                plan_rules.dates_to_answer(user),
                plan_tasks.of_date,
            )
        )
    return [
        listed(key, title, advice, rows, TEMPLATE, to_task)
        for key, title, advice, rows, to_task in lists
    ]
