"""The count of who organises it: per wijk and class, the weekly equivalents of what runs on a day, with the list.

This is the coalition's strongest figure ("97 % by the network itself"), so the definition is printed with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from django.db.models import Prefetch
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from knooppunt.agenda.models import Activity, Organiser, Venue
from knooppunt.core import memo
from knooppunt.core.time import valid_on
from knooppunt.directory.models import Area
from knooppunt.kit.recurrence import BadRule, last_start
from knooppunt.kit.weekly import in_season, weekly_equivalents

LOCAL, FORMAL, PAID = "local", "formal", "paid"
GROUPS = (LOCAL, FORMAL, PAID)
DEFINITION = _(
    "Geteld wordt hoe vaak iets in een gewone week is. Elke week telt 1 voor elke weekdag, om de week 1/2, elke maand 12/52 "
    "voor elke dag in de maand, elk kwartaal 4/52, elk jaar 1/52, en wat maar één keer is 0. Het telt mee als het loopt op "
    "de peildatum; een stop in de vakantie maakt het niet minder. Doen bewoners en betaalde krachten het samen, dan telt "
    "ieder voor het opgegeven deel. Organiseren er meer, dan telt ieder gelijk mee. Waarvan niet bekend is wie het doet of "
    "hoe vaak het is, telt niet mee en staat ernaast op de lijst."
)


class Why:
    """Why an activity stays out of the share."""

    NO_CLASS, NO_RULE = "no_class", "no_rule"


REASONS: dict[str, str | Promise] = {
    Why.NO_CLASS: _("niet bekend wie het doet"),
    Why.NO_RULE: _("niet te zeggen hoe vaak het is"),
}


@dataclass(frozen=True)
class Line:
    """One activity in the count: how often a week, and how that is split."""

    activity: Any
    weekly: Fraction
    parts: dict[str, Fraction]
    areas: tuple[int, ...]


@dataclass
class Count:
    """The count of one wijk, or of everything: weekly equivalents per class, and the activities behind it."""

    area: Area | None
    lines: list[Line] = field(default_factory=list)
    beside: list[tuple[Any, str]] = field(default_factory=list)

    @property
    def weekly(self) -> dict[str, Fraction]:
        """Weekly equivalents per class."""
        return {
            group: sum((line.parts.get(group, Fraction(0)) for line in self.lines), Fraction(0))
            for group in GROUPS
        }

    @property
    def total(self) -> Fraction:
        """Weekly equivalents of everything that has a class."""
        return sum(self.weekly.values(), Fraction(0))

    def share(self, group: str) -> Fraction | None:
        """The part of the whole that a class does, 0 to 1; None when nothing is counted."""
        total = self.total
        return self.weekly[group] / total if total else None

    def of(self, group: str) -> list[Line]:
        """The activities behind one bar, those that count most first."""
        own = [line for line in self.lines if line.parts.get(group)]
        return sorted(own, key=lambda line: (-line.parts[group], line.activity.name_key))


def count(day: date, areas: Iterable[Area] | None = None) -> list[Count]:
    """The count of every wijk on a day, the whole first. An activity in two wijken counts in both, once in the whole."""
    doors = list(areas) if areas is not None else list(Area.objects.doors().defer("outline"))
    whole, per_area = Count(None), {area.pk: Count(area) for area in doors}
    inside = _doors_of(doors)
    for activity, organisers in _running(day):
        where = tuple(
            dict.fromkeys(door for pk in _areas_of(activity) for door in inside.get(pk, ()))
        )
        line, why = _line(activity, organisers, where)
        for one in [whole, *(per_area[pk] for pk in where)]:
            if line:
                one.lines.append(line)
            elif why:
                one.beside.append((activity, why))
    return [whole, *per_area.values()]


def counted(day: date) -> list[Count]:
    """The count of a day, worked out once for as long as nothing changes."""
    return memo.remember(("shares", day), lambda: count(day))


def _running(day: date) -> Iterable[tuple[Any, list[Organiser]]]:
    """The activities that run on a day, each with who organises it then."""
    rows = (
        Activity.objects.open_to_all()
        .exclude(status="cancelled")
        .running(day)
        .order_by("name_key", "pk")
    )
    organisers: dict[int, list[Organiser]] = defaultdict(list)
    for row in Organiser.objects.filter(valid_on(day), activity__in=rows.order_by().values("pk")):
        organisers[row.activity_id].append(row)
    venues = Prefetch("venues", Venue.objects.select_related("place"))
    fetched = rows.prefetch_related(
        venues, "venues__place__areas", "venues__place__felt_areas", "areas"
    ).defer("search_text", "kept", "imported", "descriptions")
    for activity in fetched:
        if _runs_on(activity, day) and not _is_unwelcome(activity):
            yield activity, organisers[activity.pk]


def _runs_on(activity: Activity, day: date) -> bool:
    """True if the rule itself runs on the day: begun, not past its last time, and in its season."""
    if activity.is_unclear:
        return True
    if activity.since is None and activity.starts_on > day and not activity.rules:
        return False
    if not in_season(tuple(activity.rules), day):
        return False
    try:
        last = last_start(activity.series, activity.series.starts + timedelta(days=366 * 30))
    except BadRule:
        return True
    return last is None or last.date() >= day


def _is_unwelcome(activity: Activity) -> bool:
    """True if every place that it has says that it cannot be there."""
    venues = list(activity.venues.all())
    return bool(venues) and all(venue.objected_on for venue in venues)


def _areas_of(activity: Activity) -> list[int]:
    """The areas in which an activity is: of its places that do not object, and those said."""
    found = [area.pk for area in activity.areas.all()]
    for venue in activity.venues.all():
        if venue.objected_on is None:
            own = (
                [venue.place.area_id]
                if venue.place.area_id
                else [area.pk for area in venue.place.areas.all()]
            )
            found += [pk for pk in own if pk] + [area.pk for area in venue.place.felt_areas.all()]
    return found


def _doors_of(doors: list[Area]) -> dict[int, list[int]]:
    """For every area the doors (wijken and felt neighbourhoods) in which it lies."""
    found: dict[int, list[int]] = defaultdict(list)
    for door in doors:
        for pk in Area.objects.below(door):
            found[pk].append(door.pk)
    return found


def _line(
    activity: Activity, organisers: list[Organiser], where: tuple[int, ...]
) -> tuple[Line | None, str]:
    """The activity as a line of the count, or why it stays beside it."""
    weekly = (
        None
        if activity.is_unclear
        else weekly_equivalents(tuple(activity.rules), bool(activity.additions))
    )
    if weekly is None:
        return None, Why.NO_RULE
    parts = split(organisers)
    if not parts:
        return None, Why.NO_CLASS
    return Line(
        activity, weekly, {group: share * weekly for group, share in parts.items()}, where
    ), ""


def split(organisers: Iterable[Any]) -> dict[str, Fraction]:
    """How one activity is split over the classes; empty when nobody's class is known.

    Those whose class is not known are left out: the others count equally.
    """
    known = [row for row in organisers if row.group]
    parts: dict[str, Fraction] = defaultdict(Fraction)
    for row in known:
        each = Fraction(1, len(known))
        if row.group == Organiser.Group.MIXED:
            local = Fraction(row.local_share, 100)
            parts[LOCAL] += each * local
            parts[PAID] += each * (1 - local)
        else:
            parts[row.group] += each
    return dict(parts)


def as_json(one: Count, day: date) -> dict[str, Any]:
    """The count as open data: per class the weekly equivalents, the share and the number of items."""
    return {
        "on": day.isoformat(),
        "area": one.area.slug if one.area else None,
        "name": one.area.name if one.area else None,
        "total": round(float(one.total), 6),
        "classes": [
            {
                "class": group,
                "weekly_equivalents": round(float(one.weekly[group]), 6),
                "share": None if one.share(group) is None else round(float(one.share(group) or 0), 6),
                "items": len(one.of(group)),
            }
            for group in GROUPS
        ],
        "beside": len(one.beside),
    }  # fmt: skip
