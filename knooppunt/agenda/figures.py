"""The numbers of the agenda: what runs, who organises it, and how often there was something in
a month.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django.db.models import Count, Min, OuterRef, Subquery
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from knooppunt.agenda.models import Activity, Occurrence, Organiser
from knooppunt.agenda.shares import DEFINITION, Line, Subject, counted
from knooppunt.core.registry.figures import Figure, Item
from knooppunt.directory.figures import members_of
from knooppunt.directory.models import Area


def lines(day: date, area: Any = None) -> list[Line]:
    """The lines of the count of a day: activities with how often a week they are and who
    organises them.
    """
    whole = counted(day)[0].lines
    if area is None:
        return whole
    inside = set(Area.objects.below(area))
    return [line for line in whole if inside & set(line.areas)]


def running(day: date, area: Any = None) -> list[Subject]:
    """The activities that run on a day, also those that stay out of the shares."""
    whole = counted(day)[0]
    activities = [line.activity for line in whole.lines] + [
        activity for activity, _why in whole.beside
    ]
    if area is not None:
        inside = set(
            Activity.objects.in_areas(Area.objects.below(area), day).values_list("pk", flat=True)
        )
        activities = [activity for activity in activities if activity.pk in inside]
    return sorted(activities, key=lambda activity: (activity.name_key, activity.pk))


def held(day: date, area: Any = None) -> Any:
    """The activities that took place in the month of a day until that day, each with how many
    times.
    """
    times = (
        Occurrence.objects.shown()
        .going_on()
        .filter(day__gte=day.replace(day=1), day__lte=day)
        .order_by()
    )
    each = (
        times.filter(activity=OuterRef("pk"))
        .values("activity")
        .annotate(number=Count("pk"))
        .values("number")
    )
    rows = Activity.objects.open_to_all().filter(pk__in=times.values("activity"))
    rows = rows.in_areas(Area.objects.below(area), day) if area else rows
    return rows.annotate(times=Subquery(each)).order_by("name_key", "pk")


def _organised_by(day: date, network: Any) -> set[int]:
    rows = Organiser.objects.visible_on(day).filter(organisation__in=members_of(network, day))
    return set(rows.values_list("activity", flat=True))


def _lines_of(rows: list[Line], day: date, network: Any) -> list[Line]:
    theirs = _organised_by(day, network)
    return [line for line in rows if line.activity.pk in theirs]


def _activities_of(rows: list[Subject], day: date, network: Any) -> list[Subject]:
    theirs = _organised_by(day, network)
    return [activity for activity in rows if activity.pk in theirs]


def _held_of(rows: Any, day: date, network: Any) -> Any:
    return rows.filter(pk__in=_organised_by(day, network))


def begins() -> date | None:
    """The first day on which something was in the agenda."""
    first = Activity.objects.aggregate(since=Min("since"), listed=Min("listed_on"))
    return min((day for day in first.values() if day), default=None)


def times_begin() -> date | None:
    """The first day of which a time is written down; how often there was something before is
    not known.
    """
    first: date | None = Occurrence.objects.shown().aggregate(first=Min("day"))["first"]
    return first


def _activity(row: Subject) -> Item:
    return Item(row.pk, row.name, row.get_absolute_url(), is_example=row.is_example)


def _part(group: str, line: Line) -> Item:
    return Item(
        line.activity.pk,
        line.activity.name,
        line.activity.get_absolute_url(),
        float(line.parts.get(group, 0)),
        whole=float(line.weekly),
        is_example=line.activity.is_example,
    )


def _times(row: Any) -> Item:
    return Item(row.pk, row.name, row.get_absolute_url(), row.times, is_example=row.is_example)


def _share(group: str, key: str, title: Any) -> Figure:
    definition = format_lazy(
        _(
            "Hoeveel procent van wat er in een gewone week is door hen wordt georganiseerd, in "
            "hele procenten. {definition}"
        ),
        definition=DEFINITION,
    )
    return Figure(
        key,
        title,
        definition,
        _("van de activiteiten per week"),
        lines,
        partial(_part, group),
        form="share",
        of_network=_lines_of,
        begins=begins,
    )


FIGURES = (
    Figure(
        "activities",
        _("Activiteiten"),
        _(
            "Activiteiten in de agenda die op de peildatum liepen, iedere activiteit één keer, "
            "hoe vaak ze ook is."
        ),
        _("activiteiten"),
        running,
        _activity,
        of_network=_activities_of,
        begins=begins,
    ),
    _share("local", "share_residents", _("Georganiseerd door bewoners zelf")),
    _share(
        "formal",
        "share_formal",
        _("Georganiseerd door vrijwilligers in een huis van een instelling"),
    ),
    _share("paid", "share_paid", _("Georganiseerd door betaalde krachten")),
    Figure(
        "times",
        _("Keren in een maand"),
        _(
            "Hoe vaak er iets uit de agenda was in de maand van de peildatum, van de eerste dag "
            "tot en met de peildatum. Wat niet doorging telt niet mee."
        ),
        _("keer"),
        held,
        _times,
        sums="times",
        of_network=_held_of,
        begins=times_begin,
        reads=("name", "slug", "is_example"),
    ),
)
