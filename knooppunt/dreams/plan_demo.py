"""Loads the example's invented plans, with who keeps them, steps, what is brought and a party."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from knooppunt.core.audit.trail import Actor
from knooppunt.core.database.example_rows import inventing
from knooppunt.directory.models import Area, Organisation
from knooppunt.dreams.actions import plan_work, plans
from knooppunt.dreams.actions.celebrating import celebrate
from knooppunt.dreams.actions.plan_work import Bringer
from knooppunt.dreams.demo import load_example
from knooppunt.dreams.models import Plan, PlanStep

BY_EXAMPLE = Actor(None, "import")
FILE = "plans.toml"
FACTS = ("title", "why", "kind", "features", "location", "cost_cents", "funds_cents", "money_route")


def load_dreams_and_plans() -> None:
    """Load the example's dreams, and then its plans."""
    load_example()
    load_example_plans()


def load_example_plans() -> None:
    """Read the list that lies beside the example's register, if there is one.

    Days are counted back from today, so that the plans of an example are never old. A plan of which
    no keeper is in the register is left out.
    """
    register = settings.COALITION.example
    path = register.parent / FILE if register else None
    if path is None or not path.exists():
        return
    with inventing():
        for row in tomllib.loads(path.read_text(encoding="utf-8"))["plans"]:
            _load(row)


def _load(row: dict[str, Any]) -> None:
    keepers = _organisations(row["keepers"])
    if not keepers:
        return
    began = _day(row["days_ago"])
    values = {name: row[name] for name in FACTS if name in row} | {
        "area": Area.objects.filter(slug=row.get("area", "")).first(),
        "listed_on": began,
    }
    plan = plans.start_plan(BY_EXAMPLE, values, keepers)
    for organisation in _organisations(row.get("partners", ())):
        plans.add_partner(BY_EXAMPLE, plan, organisation)
    for person in row.get("people", ()):
        plans.add_person(BY_EXAMPLE, plan, person["first_name"], person.get("part", ""))
    _load_work(row, plan)
    _move(row, plan)


def _organisations(names: Any) -> list[Organisation]:
    """The public organisations with these names, in their order."""
    known = {one.name: one for one in Organisation.objects.public().filter(name__in=names)}
    return [known[name] for name in names if name in known]


def _day(days_ago: int) -> date:
    return timezone.localdate() - timedelta(days=days_ago)


def _load_work(row: dict[str, Any], plan: Plan) -> None:
    """The steps, and what has to be brought by whom."""
    partners = list(plan.partners.agreed())
    for number, step in enumerate(row.get("steps", ())):
        said = {"text": step["text"], "partner": partners[number % len(partners)]}
        if "due_in_days" in step:
            said["due_on"] = _day(-step["due_in_days"])
        written = plan_work.add_step(BY_EXAMPLE, plan, said)
        if step.get("is_done"):
            plan_work.tick_off(BY_EXAMPLE, written, PlanStep.Via.SITE)
    for item in row.get("items", ()):
        said = {"text": item["text"], "amount": item["amount"]}
        line = plan_work.add_item(BY_EXAMPLE, plan, said)
        if item.get("promised"):
            bringer = Bringer(partner=partners[0])
            plan_work.pledge(BY_EXAMPLE, line, item["promised"], bringer, "example")


def _move(row: dict[str, Any], plan: Plan) -> None:
    """Bring it through its states, each some days after the one before."""
    for state, days_ago in row.get("states", {}).items():
        if state == Plan.State.CELEBRATED:
            told = {name: row[name] for name in ("came", "story", "went_well", "went_badly")}
            celebrate(BY_EXAMPLE, plan, {**told, "celebrated_on": _day(days_ago)})
        else:
            learned = {"went_badly": row["went_badly"]} if state == Plan.State.STOPPED else {}
            plans.move_on(BY_EXAMPLE, plan, state, learned, on=_day(days_ago))
        plan = Plan.objects.get(pk=plan.pk)
