"""Writes down who pays for part of it and what was agreed; a report that waits to be published
must then be offered again.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction

from knooppunt.core.audit.saving import delete_with_audit, free_slug, save_with_audit
from knooppunt.core.audit.trail import Actor
from knooppunt.report.actions.reports import take_offers_back
from knooppunt.report.models import Funder, Goal, Report


def save_funder(actor: Actor, funder: Funder, values: dict[str, Any]) -> Funder:
    """Write what is known of a funder; a new one gets an address."""
    with transaction.atomic():
        _changed(actor)
        funder.slug = funder.slug or free_slug(Funder, values["name"])
        made: Funder = save_with_audit(actor, funder, values)
    return made


def save_goal(actor: Actor, goal: Goal, values: dict[str, Any]) -> Goal:
    """Write a goal of a funder, with its figures and chapters."""
    with transaction.atomic():
        _changed(actor)
        made: Goal = save_with_audit(actor, goal, values)
    return made


def take_away(actor: Actor, one: Funder | Goal) -> None:
    """Take a funder with its goals away, or one goal. What was published keeps them."""
    with transaction.atomic():
        _changed(actor)
        delete_with_audit(actor, one)


def _changed(actor: Actor) -> None:
    """Funders stand in every report about everything."""
    take_offers_back(actor, Report.objects.filter(area__isnull=True, network__isnull=True))
