"""The count of who organises it: per wijk and class, the weekly equivalents of what runs on a day,
with the list.

This is the coalition's strongest figure ("97 % by the network itself"), so the definition is
printed with it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from knooppunt.agenda.models import Activity, Organiser, Venue
from knooppunt.core.registry.computations import Computation
from knooppunt.core.web import page_cache
from knooppunt.directory.models import Area, Place
from knooppunt.kit.recurrence import BadRule, Series, is_endless, last_start
from knooppunt.kit.weekly import in_season, weekly_equivalents

SHARES = "shares"
LOCAL, FORMAL, PAID = "local", "formal", "paid"
GROUPS = (LOCAL, FORMAL, PAID)
DEFINITION = _(
    "Geteld wordt hoe vaak iets in een gewone week is. Elke week telt 1 voor elke weekdag, om de "
    "week 1/2, elke maand 12/52 "
    "voor elke dag in de maand, elk kwartaal 4/52, elk jaar 1/52, en wat maar één keer is 0. Het "
    "telt mee als het loopt op "
    "de peildatum; een stop in de vakantie maakt het niet minder. Doen bewoners en betaalde "
    "krachten het samen, dan telt "
    "ieder voor het opgegeven deel. Organiseren er meer, dan telt ieder gelijk mee. Waarvan niet "
    "bekend is wie het doet of "
    "hoe vaak het is, telt niet mee en staat ernaast op de lijst."
)


class Why:
    """Why an activity stays out of the share."""

    NO_CLASS, NO_RULE = "no_class", "no_rule"


REASONS: dict[str, str | Promise] = {
    Why.NO_CLASS: _("niet bekend wie het doet"),
    Why.NO_RULE: _("niet te zeggen hoe vaak het is"),
}


Parts = dict[str, Fraction]
Split = tuple[Fraction, tuple[tuple[str, Fraction], ...]]
Signature = tuple[tuple[str, int | None], ...]
COLUMNS = (
    "pk",
    "name",
    "slug",
    "name_key",
    "is_example",
    "rules",
    "additions",
    "exceptions",
    "is_unclear",
    "since",
    "starts_on",
    "starts_at",
    "is_all_day",
    "zone",
)


@dataclass(frozen=True, slots=True)
class Subject:
    """An activity as far as a count names it."""

    pk: int
    name: str
    slug: str
    name_key: str
    is_example: bool = False

    def get_absolute_url(self) -> str:
        """The page of the activity."""
        return reverse("agenda:activity", args=[self.slug])


@dataclass(frozen=True, slots=True)
class Line:
    """One activity in the count: how often a week, how that is split, and in which doors it
    counts.
    """

    activity: Subject
    weekly: Fraction
    parts: Parts
    areas: tuple[int, ...]


@dataclass
class Count:
    """The count of one wijk, or of everything: weekly equivalents per class, and the activities
    behind it.

    The lines are in order: those that are there most often first, then by name.
    """

    area: Area | None
    lines: list[Line] = field(default_factory=list)
    beside: list[tuple[Subject, str]] = field(default_factory=list)

    @cached_property
    def weekly(self) -> Parts:
        """Weekly equivalents per class."""
        return {
            group: sum(
                (number * parts.get(group, Fraction(0)) for parts, number in self._splits),
                Fraction(0),
            )
            for group in GROUPS
        }

    @cached_property
    def _splits(self) -> list[tuple[Parts, int]]:
        """Every split with the number of lines that have it: thousands of lines share a few."""
        numbers = Counter(id(line.parts) for line in self.lines)
        splits = {id(line.parts): line.parts for line in self.lines}
        return [(splits[key], number) for key, number in numbers.items()]

    @property
    def total(self) -> Fraction:
        """Weekly equivalents of everything that has a class."""
        return sum(self.weekly.values(), Fraction(0))

    def share(self, group: str) -> Fraction | None:
        """The part of the whole that a class does, 0 to 1; None when nothing is counted."""
        total = self.total
        return self.weekly[group] / total if total else None

    @property
    def example_count(self) -> int:
        """How many of the activities behind it the example invented."""
        return sum(line.activity.is_example for line in self.lines)

    def number_of(self, group: str) -> int:
        """How many activities are behind one bar."""
        return sum(number for parts, number in self._splits if parts.get(group))

    def of(self, group: str) -> list[Line]:
        """The activities behind one bar, those that count most first."""
        own = [line for line in self.lines if line.parts.get(group)]
        return sorted(own, key=lambda line: (-float(line.parts[group]), line.activity.name_key))


def count(day: date, areas: Iterable[Area] | None = None) -> list[Count]:
    """The count of every wijk on a day, the whole first.

    An activity in two wijken counts in both, once in the whole.
    """
    doors = list(areas) if areas is not None else list(Area.objects.doors().defer("outline"))
    whole, per_area = Count(None), {area.pk: Count(area) for area in doors}
    splits, where = _splits(day), _where(doors)
    for row in _rows(day):
        activity, rules = Subject(*row[:5]), tuple(row[5])
        inside = where(activity.pk)
        if inside is None or not _runs_on(row, day):
            continue
        weekly = None if row[8] else _weekly(rules, bool(row[6]))
        parts = _parts(weekly, splits.get(activity.pk, ())) if weekly is not None else {}
        for each in [whole, *(per_area[pk] for pk in inside)]:
            if weekly is None:
                each.beside.append((activity, Why.NO_RULE))
            elif not parts:
                each.beside.append((activity, Why.NO_CLASS))
            else:
                each.lines.append(Line(activity, weekly, parts, inside))
    counts = [whole, *per_area.values()]
    for each in counts:
        each.lines.sort(key=lambda line: (-line.weekly, line.activity.name_key))
    return counts


def counted(day: date) -> list[Count]:
    """The count of a day, worked out once for as long as nothing changes."""
    return page_cache.remember(("shares", day), lambda: count(day))


def packed(counts: list[Count]) -> dict[str, Any]:
    """A count as plain JSON: every line once, and what stays beside it per door.

    Thousands of lines share a few splits and doors, so a line is its activity with the number of
    its split (how often a week, and the part of each class) and of the doors in which it counts.
    """
    whole = counts[0]
    beside = {activity.pk: number for number, (activity, _why) in enumerate(whole.beside)}
    splits: dict[Split, int] = {}
    inside: dict[tuple[int, ...], int] = {}
    lines = [
        [
            *_named(line.activity),
            splits.setdefault((line.weekly, tuple(line.parts.items())), len(splits)),
            inside.setdefault(line.areas, len(inside)),
        ]
        for line in whole.lines
    ]
    return {
        "doors": [each.area.pk for each in counts[1:] if each.area],
        "splits": [
            [str(weekly), [[group, str(part)] for group, part in parts]] for weekly, parts in splits
        ],
        "inside": list(inside),
        "lines": lines,
        "beside": [[*_named(activity), why] for activity, why in whole.beside],
        "beside_in": [
            [beside[activity.pk] for activity, _why in each.beside] for each in counts[1:]
        ],
    }


def _named(activity: Subject) -> list[Any]:
    return [activity.pk, activity.name, activity.slug, activity.name_key, activity.is_example]


def unpacked(data: dict[str, Any]) -> list[Count]:
    """The count that ``packed`` made plain; doors that are gone since are left out."""
    doors = {area.pk: area for area in Area.objects.doors().defer("outline")}
    whole, per_area = Count(None), {pk: Count(area) for pk, area in doors.items()}
    splits = [
        (Fraction(weekly), {group: Fraction(part) for group, part in parts})
        for weekly, parts in data["splits"]
    ]
    inside = [tuple(areas) for areas in data["inside"]]
    counting = [
        [whole, *(per_area[door] for door in areas if door in per_area)] for areas in inside
    ]
    for *named, split, areas in data["lines"]:
        weekly, parts = splits[split]
        line = Line(Subject(*named), weekly, parts, inside[areas])
        for each in counting[areas]:
            each.lines.append(line)
    whole.beside = [(Subject(*row[:5]), row[5]) for row in data["beside"]]
    for door, numbers in zip(data["doors"], data["beside_in"], strict=True):
        if door in per_area:
            per_area[door].beside = [whole.beside[number] for number in numbers]
    return [whole, *per_area.values()]


def _of_day(day: str) -> dict[str, Any]:
    return packed(count(date.fromisoformat(day)))


def _always() -> list[tuple[str, tuple[str, ...]]]:
    return [(SHARES, (timezone.localdate().isoformat(),))]


COMPUTATIONS = (Computation(SHARES, _of_day, _always, form=3),)


def _rows(day: date) -> Iterable[tuple[Any, ...]]:
    """The activities that may run on a day, as plain columns: twenty thousand records would be
    slow and large.
    """
    rows = Activity.objects.visible_on(day).exclude(status="cancelled")
    return rows.order_by("name_key", "pk").values_list(*COLUMNS).iterator(2000)


def _splits(day: date) -> dict[int, Signature]:
    """For every activity who organises it on a day: the class of each, and the local part of a
    mixed one.
    """
    rows = Organiser.objects.counted_on(day).order_by("pk")
    splits: dict[int, Signature] = {}
    for activity, group, local in rows.values_list("activity", "group", "local_share"):
        splits[activity] = (*splits.get(activity, ()), (group, local))
    return splits


def _runs_on(row: tuple[Any, ...], day: date) -> bool:
    """True if the rule itself runs on the day: begun, not past its last time, and in its season."""
    rules, additions, exceptions, is_unclear, since, starts_on = row[5:11]
    if is_unclear:
        return True
    if since is None and starts_on > day and not rules:
        return False
    if not in_season(tuple(rules), day):
        return False
    if rules and is_endless(tuple(rules)):
        return True
    if not rules and not additions and not exceptions:
        return bool(starts_on >= day)
    own = tuple((start, minutes) for start, minutes in additions)
    last = _last_day(tuple(rules), own, tuple(exceptions), *row[10:14])
    return last is None or last >= day


@lru_cache(maxsize=65536)
def _last_day(
    rules: tuple[str, ...],
    additions: tuple[tuple[str, int | None], ...],
    exceptions: tuple[str, ...],
    starts_on: date,
    starts_at: time,
    is_all_day: bool,
    zone: str,
) -> date | None:
    """The day of the last turn of a series that ends; None when it goes on or cannot be told."""
    series = Series(
        starts=datetime.combine(starts_on, starts_at),
        zone=zone,
        rules=rules,
        is_all_day=is_all_day,
        additions=tuple((datetime.fromisoformat(start), minutes) for start, minutes in additions),
        exceptions=frozenset(datetime.fromisoformat(start) for start in exceptions),
    )
    try:
        last = last_start(series, series.starts + timedelta(days=366 * 30))
    except BadRule:
        return None
    return last.date() if last else None


@lru_cache(maxsize=4096)
def _weekly(rules: tuple[str, ...], has_loose_days: bool) -> Fraction | None:
    return weekly_equivalents(rules, has_loose_days)


@lru_cache(maxsize=4096)
def _parts(weekly: Fraction, organisers: Signature) -> Parts:
    """How often a week each class does it; empty when nobody's class is known.

    Lines that agree share one.
    """
    return {group: share * weekly for group, share in split(organisers).items()}


def _where(doors: list[Area]) -> Callable[[int], tuple[int, ...] | None]:
    """Gives for an activity the doors in which it counts; None when every place that it has
    objects.
    """
    inside = _doors_of(doors)
    per_place = _areas_of_places()
    areas: dict[int, list[int]] = defaultdict(list)
    for activity, area in Activity.areas.through.objects.values_list("activity", "area"):
        areas[activity].append(area)
    willing, refused = set[int](), set[int]()
    venues = Venue.objects.order_by("pk").values_list("activity", "place", "objected_on")
    for activity, place, objected_on in venues:
        if objected_on is None:
            willing.add(activity)
            areas[activity] += per_place.get(place, ())
        else:
            refused.add(activity)
    shared: dict[tuple[int, ...], tuple[int, ...]] = {}

    def where(activity: int) -> tuple[int, ...] | None:
        if activity in refused and activity not in willing:
            return None
        counts = tuple(
            dict.fromkeys(door for pk in areas.get(activity, ()) for door in inside.get(pk, ()))
        )
        return shared.setdefault(counts, counts)

    return where


def _areas_of_places() -> dict[int, list[int]]:
    """For every place the areas in which it lies: its own, else those said, and the felt ones."""
    areas: dict[int, list[int]] = defaultdict(list)
    drawn = set()
    for place, area in Place.objects.filter(area__isnull=False).values_list("pk", "area"):
        areas[place].append(area)
        drawn.add(place)
    for place, area in Place.areas.through.objects.values_list("place", "area"):
        if place not in drawn:
            areas[place].append(area)
    for place, area in Place.felt_areas.through.objects.values_list("place", "area"):
        areas[place].append(area)
    return areas


def _doors_of(doors: list[Area]) -> dict[int, list[int]]:
    """For every area the doors (wijken and felt neighbourhoods) in which it lies."""
    inside: dict[int, list[int]] = defaultdict(list)
    for door in doors:
        for pk in Area.objects.below(door):
            inside[pk].append(door.pk)
    return inside


def split(organisers: Iterable[tuple[str, int | None]]) -> Parts:
    """How one activity is split over the classes; empty when nobody's class is known.

    ``organisers`` are the class of each and the local part in percent of a mixed one. Those whose
    class is not known are left out: the others count equally.
    """
    known = [(group, local) for group, local in organisers if group]
    parts: Parts = defaultdict(Fraction)
    for group, local_share in known:
        each = Fraction(1, len(known))
        if group == Organiser.Group.MIXED:
            local = Fraction(local_share or 0, 100)
            parts[LOCAL] += each * local
            parts[PAID] += each * (1 - local)
        else:
            parts[group] += each
    return dict(parts)


def as_json(one: Count, day: date) -> dict[str, Any]:
    """The count as open data: per class the weekly equivalents, the share and the number of
    items.
    """
    return {
        "on": day.isoformat(),
        "area": one.area.slug if one.area else None,
        "name": one.area.name if one.area else None,
        "total": round(float(one.total), 6),
        "classes": [
            {
                "class": group,
                "weekly_equivalents": round(float(one.weekly[group]), 6),
                "share": None
                if one.share(group) is None
                else round(float(one.share(group) or 0), 6),
                "items": one.number_of(group),
            }
            for group in GROUPS
        ],
        "beside": len(one.beside),
    }
