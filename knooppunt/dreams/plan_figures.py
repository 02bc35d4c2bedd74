"""The numbers of plans: how many there are, how many were done, celebrated, and how many came."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Min, QuerySet
from django.utils.translation import gettext_lazy as _

from knooppunt.core.registry.figures import Figure, Item
from knooppunt.directory.models import Area
from knooppunt.dreams.models import Plan


def _in_area(rows: Any, area: Any) -> QuerySet[Any]:
    return rows.in_areas(Area.objects.below(area)) if area else rows


def ongoing(day: date, area: Any = None) -> QuerySet[Any]:
    """The plans that went on at the end of a day, in an area."""
    return _in_area(Plan.objects.open_on(day), area)


def done(day: date, area: Any = None) -> QuerySet[Any]:
    """The plans that were done up to and including a day, celebrated or not."""
    return _in_area(Plan.objects.done_on(day), area)


def celebrated(day: date, area: Any = None) -> QuerySet[Any]:
    """The plans that were celebrated up to and including a day."""
    return _in_area(Plan.objects.celebrated_on(day), area)


def _plan(row: Plan) -> Item:
    return Item(
        row.pk,
        row.title,
        row.get_absolute_url(),
        note=str(row.get_kind_display()),
        is_example=row.is_example,
    )


def begins() -> date | None:
    """The first day of which a plan is written down."""
    first: date | None = Plan.objects.aggregate(first=Min("listed_on"))["first"]
    return first


FIGURES_OF_PLANS = (
    Figure(
        "plans",
        _("Plannen"),
        _("Plannen die op de peildatum in voorbereiding of bezig waren."),
        _("plannen"),
        ongoing,
        _plan,
        begins=begins,
    ),
    Figure(
        "plans_done",
        _("Plannen die gedaan zijn"),
        _(
            "Plannen die tot en met de peildatum gedaan zijn, gevierd of niet. Een plan dat is "
            "gestopt, telt niet mee."
        ),
        _("plannen"),
        done,
        _plan,
        begins=begins,
    ),
    Figure(
        "plans_celebrated",
        _("Gevierde plannen"),
        _("Plannen die tot en met de peildatum gevierd zijn: met een dag en een verhaal."),
        _("plannen"),
        celebrated,
        _plan,
        begins=begins,
    ),
)
