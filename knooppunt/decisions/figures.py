"""The numbers of deciding together: meetings held, decisions that hold, what is still to be
done, and in whose name.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.db.models import Exists, Min, OuterRef, QuerySet
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext_lazy as _

from knooppunt.core.registry.figures import Figure, Item
from knooppunt.decisions.models import ActionItem, Decision, Mandate, Meeting
from knooppunt.directory.models import Area, Organisation


def meetings(day: date, area: Any = None) -> QuerySet[Any]:
    """The public meetings that took place up to a day; for an area those of its bodies."""
    until = min(timezone.make_aware(datetime.combine(day, time.max)), timezone.now())
    rows = (
        Meeting.objects.public()
        .filter(starts__lte=until, is_cancelled=False)
        .select_related("body")
    )
    return rows.filter(body__areas__in=Area.objects.below(area)).distinct() if area else rows


def decisions(day: date, area: Any = None) -> QuerySet[Any]:
    """The public decisions that held on a day; for an area those of meetings of its bodies."""
    rows = Decision.objects.visible_on(day).select_related("meeting__body")
    return (
        rows.filter(meeting__body__areas__in=Area.objects.below(area)).distinct() if area else rows
    )


def action_items(day: date, area: Any = None) -> QuerySet[Any]:
    """What was taken up in public meetings and not done on a day."""
    rows = (
        ActionItem.objects.open_on(day)
        .filter(meeting__is_public=True)
        .select_related("meeting__body", "organisation")
    )
    return (
        rows.filter(meeting__body__areas__in=Area.objects.below(area)).distinct() if area else rows
    )


def mandating(day: date, area: Any = None) -> QuerySet[Any]:
    """The organisations that let somebody speak for them on a day, on whatever matter, each
    once; ``is_invented`` when a mandate of it is.
    """
    held = Mandate.objects.visible_on(day)
    invented = held.filter(organisation=OuterRef("pk"), matter__is_example=True)
    rows = Organisation.objects.public().filter(pk__in=held.values("organisation"))
    rows = rows.annotate(is_invented=Exists(invented))
    return rows.in_areas(Area.objects.below(area), day) if area else rows


def _meeting(row: Meeting) -> Item:
    return Item(
        row.pk,
        str(row),
        row.get_absolute_url(),
        note=date_format(timezone.localtime(row.starts), "j F Y"),
        is_example=row.is_example,
    )


def _decision(row: Decision) -> Item:
    return Item(
        row.pk,
        row.title,
        row.get_absolute_url(),
        note=date_format(row.decided_on, "j F Y"),
        is_example=row.is_example,
    )


def _action(row: ActionItem) -> Item:
    return Item(
        row.pk,
        row.text,
        row.meeting.get_absolute_url() if row.meeting else "",
        note=row.who,
        is_example=bool(row.meeting and row.meeting.is_example),
    )


def _organisation(row: Any) -> Item:
    return Item(row.pk, row.name, row.get_absolute_url(), is_example=row.is_invented)


def begins() -> date | None:
    """The first day of which a meeting, a decision or a mandate is written down."""
    first = Meeting.objects.aggregate(first=Min("starts"))["first"]
    days = [
        timezone.localdate(first) if first else None,
        Decision.objects.aggregate(first=Min("decided_on"))["first"],
        Mandate.objects.aggregate(first=Min("since"))["first"],
    ]
    return min((day for day in days if day), default=None)


FIGURES = (
    Figure(
        "meetings",
        _("Gehouden overleg"),
        _(
            "Openbaar overleg dat tot en met de peildatum is gehouden, van onszelf of van "
            "anderen; wat niet doorging telt niet mee."
        ),
        _("keer"),
        meetings,
        _meeting,
        begins=begins,
    ),
    Figure(
        "decisions",
        _("Besluiten die gelden"),
        _("Openbare besluiten die op of voor de peildatum zijn genomen en toen nog golden."),
        _("besluiten"),
        decisions,
        _decision,
        begins=begins,
    ),
    Figure(
        "action_items",
        _("Nog te doen na overleg"),
        _("Wat iemand in een openbaar overleg op zich nam en op de peildatum niet was afgerond."),
        _("acties"),
        action_items,
        _action,
        begins=begins,
    ),
    Figure(
        "mandating",
        _("In wiens naam we spreken"),
        _(
            "Organisaties die op de peildatum iemand een mandaat gaven om namens hen te spreken, "
            "ieder één keer. Ingetrokken of verlopen mandaten tellen niet mee."
        ),
        _("organisaties"),
        mandating,
        _organisation,
        begins=begins,
    ),
)
