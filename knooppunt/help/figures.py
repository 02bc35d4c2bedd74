"""The numbers of needs and offers: how many are open, how many were introduced, and how many
really worked out.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django.db.models import Min, QuerySet
from django.utils.translation import gettext_lazy as _

from knooppunt.core.registry.figures import Figure, Item
from knooppunt.directory.models import Area
from knooppunt.help.models import Introduction, Notice


def notices(day: date, area: Any = None, side: str = "need") -> QuerySet[Any]:
    """The needs or offers that were open on a day, in an area."""
    rows = Notice.objects.visible_on(day).filter(side=side).select_related("organisation")
    return rows.in_areas(Area.objects.below(area)) if area else rows


def introductions(day: date, area: Any = None) -> QuerySet[Any]:
    """The introductions up to and including a day, by the area of the need."""
    rows = Introduction.objects.filter(introduced_on__lte=day, need__organisation__state="public")
    rows = rows.select_related("need__organisation", "offer__organisation")
    return rows.filter(need__area__in=Area.objects.below(area)) if area else rows


def worked_out(day: date, area: Any = None) -> QuerySet[Any]:
    """Those of which somebody said up to that day that it really worked out."""
    return introductions(day, area).filter(outcome="yes", answered_on__lte=day)


def _notice(row: Notice) -> Item:
    return Item(
        row.pk,
        row.title,
        row.organisation.get_absolute_url(),
        note=row.organisation.public_name,
        is_example=row.is_example,
    )


def _introduction(row: Introduction) -> Item:
    both = (row.need.organisation, row.offer.organisation)
    note = " + ".join(organisation.public_name for organisation in both)
    return Item(
        row.pk,
        row.need.title,
        row.need.organisation.get_absolute_url(),
        note=note,
        is_example=row.need.is_example,
    )


def begins() -> date | None:
    """The first day of which a need or offer is written down."""
    first: date | None = Notice.objects.aggregate(first=Min("listed_on"))["first"]
    return first


FIGURES = (
    Figure(
        "needs",
        _("Open vragen"),
        _(
            "Wat organisaties op de peildatum van elkaar nodig hebben: gezet op of voor die dag, "
            "nog niet gesloten, en de laatste dag niet voorbij. Van wie is gestopt, telt niet mee."
        ),
        _("vragen"),
        partial(notices, side="need"),
        _notice,
        begins=begins,
    ),
    Figure(
        "offers",
        _("Open aanbod"),
        _(
            "Wat organisaties op de peildatum voor elkaar over hebben: gezet op of voor die dag, "
            "nog niet gesloten, en de laatste dag niet voorbij. Van wie is gestopt, telt niet mee."
        ),
        _("keer aanbod"),
        partial(notices, side="offer"),
        _notice,
        begins=begins,
    ),
    Figure(
        "introductions",
        _("In contact gebracht"),
        _(
            "Het aantal keren dat tot en met de peildatum een vraag en een aanbod bij elkaar zijn "
            "gebracht."
        ),
        _("keer"),
        introductions,
        _introduction,
        begins=begins,
    ),
    Figure(
        "introductions_worked",
        _("Echt gelukt"),
        _(
            "Het deel daarvan waarvan tot en met de peildatum iemand heeft gezegd dat het echt is "
            "gelukt. Wie niet antwoordt, telt niet mee."
        ),
        _("keer"),
        worked_out,
        _introduction,
        begins=begins,
    ),
)
