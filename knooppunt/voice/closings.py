"""What an organisation that ends leaves in the voice: points that it raised, and its signatures."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knooppunt.core.registry.closings import (
    DO_NOT_KNOW,
    ClosingChoice,
    ClosingDecision,
    ClosingGroup,
)
from knooppunt.voice.actions import points
from knooppunt.voice.models import CoSignature, Point


def _points(organisations: Any, _day: date) -> Any:
    """The points that it raised and that are not done or refused."""
    rows = Point.objects.filter(organisation__in=organisations).as_of(timezone.localdate())
    return rows.living().order_by("title", "pk")


def _choices(_point: Point, _user: Any) -> list[ClosingChoice]:
    return [
        ClosingChoice("move", _("Een andere organisatie gaat ermee verder"), takes_successor=True),
        ClosingChoice("stay", _("Blijft staan, met wie het opbracht")),
        DO_NOT_KNOW,
    ]


def _settle(point: Point, decision: ClosingDecision) -> None:
    if decision.choice == "move":
        points.carry_over(decision.actor, point, decision.successor)


def _signatures(organisations: Any, _day: date) -> Any:
    rows = CoSignature.objects.filter(organisation__in=organisations, withdrawn_on__isnull=True)
    return rows.select_related("point").order_by("point__title", "pk")


CLOSING_GROUPS = (
    ClosingGroup(
        key="points",
        title=_("Punten die zij opbracht"),
        organisation="organisation",
        rows=_points,
        choices=_choices,
        settle=_settle,
    ),
    ClosingGroup(
        key="signatures",
        title=_("Handtekeningen"),
        organisation="organisation",
        rows=_signatures,
        describe=lambda row: str(row.point),
        consequence=_(
            "Deze handtekeningen tellen tot en met die dag, en blijven in de geschiedenis."
        ),
        informs=True,
    ),
)
