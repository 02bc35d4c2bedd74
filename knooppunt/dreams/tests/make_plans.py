"""Builders for the tests of plans."""

from __future__ import annotations

from typing import Any

from knooppunt.core.audit.trail import SYSTEM
from knooppunt.directory.models import Organisation
from knooppunt.dreams.actions import plan_work, plans
from knooppunt.dreams.models import Plan, PlanItem, PlanStep


def plan(*keepers: Organisation, title: str = "Een straatfeest", **values: Any) -> Plan:
    """A plan, kept by these organisations."""
    said = {"title": title, "why": "Omdat buren elkaar dan leren kennen.", "kind": "party"}
    return plans.start_plan(SYSTEM, {**said, **values}, keepers)


def step(of: Plan, text: str = "Vergunning vragen", **values: Any) -> PlanStep:
    """A step of a plan."""
    return plan_work.add_step(SYSTEM, of, {"text": text, **values})


def item(of: Plan, text: str = "taarten", amount: int = 6) -> PlanItem:
    """Something that has to be brought."""
    return plan_work.add_item(SYSTEM, of, {"text": text, "amount": amount})
