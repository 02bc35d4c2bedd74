"""How activities of the agenda are found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.db.models import Min, Prefetch
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knooppunt.agenda.lists import HEAVY, places_of
from knooppunt.agenda.models import Activity, Occurrence, Organiser, Venue
from knooppunt.core.registry.searchables import Entry, Searchable
from knooppunt.core.web import page_cache
from knooppunt.directory.models import Area
from knooppunt.directory.searchable import around, parents, words_of
from knooppunt.kit.language.moments import key

AHEAD, SOON = timedelta(weeks=8), timedelta(weeks=4)
PARTS_OF_DAY = {"morning": (0, 12), "afternoon": (12, 18), "evening": (18, 24)}


def activities(numbers: Iterable[int]) -> Iterator[Entry]:
    """Activities; only those that still take place can be found."""
    today = timezone.localdate()
    numbers = list(numbers)
    rows = Activity.objects.filter(pk__in=numbers).select_related("kind").order_by("pk")
    rows = rows.defer("kept", "imported", "note", "search_text")
    venues = Prefetch(
        "venues",
        Venue.objects.welcome_on(today).select_related("place__area").defer("place__area__outline"),
    )
    organisers = Prefetch(
        "organisers", Organiser.objects.visible_on(today).select_related("organisation")
    )
    coming = Occurrence.objects.filter(day__gte=today, is_shown=True, activity__in=numbers)
    coming = coming.order_by()
    alive = set(coming.values_list("activity", flat=True).distinct())
    areas, tree, days = Prefetch("areas", Area.objects.defer("outline")), parents(), _days(coming)
    moments = _moments(coming)
    for one in rows.prefetch_related(venues, organisers, "themes", areas):
        places = [venue.place for venue in one.venues.all()]
        stated = [*one.areas.all(), *(place.area for place in places if place.area)]
        themes = list(one.themes.all())
        yield Entry(
            one.pk,
            one.name,
            " ".join([*one.descriptions.values(), *one.categories]),
            one.get_absolute_url(),
            labels=(
                *(words_of([one.kind]) if one.kind else ()),
                *words_of(themes),
                *one.target_groups,
            ),
            where=(
                *(place.name for place in places),
                one.location,
                *(area.name for area in stated),
                *(str(who) for who in one.organisers.all()),
            ),
            areas=around(stated, tree),
            kind=one.kind.slug if one.kind else "",
            themes=tuple(theme.slug for theme in themes),
            languages=tuple(one.languages),
            days=tuple(sorted(days.get(one.pk, ()))),
            moments=tuple(sorted(moments.get(one.pk, ()))),
            point=next((place.point for place in places if place.point), None),
            summary=one.descriptions,
            is_public=one.is_open_to_all and one.pk in alive,
            is_example=one.is_example,
            confirmed_on=one.confirmed_on,
        )


def _days(coming: Iterable[Occurrence]) -> dict[int, set[int]]:
    """The weekdays on which activities take place in the coming weeks."""
    found: dict[int, set[int]] = {}
    soon = coming.filter(day__lt=timezone.localdate() + AHEAD).exclude(status="cancelled")  # type: ignore[attr-defined]
    for number, day in soon.values_list("activity", "day").distinct():
        found.setdefault(number, set()).add(day.weekday())
    return found


def _moments(coming: Iterable[Occurrence]) -> dict[int, set[str]]:
    """The days in the coming weeks on which activities take place, and the parts of those days."""
    moments: dict[int, set[str]] = {}
    soon = coming.filter(day__lt=timezone.localdate() + SOON).exclude(status="cancelled")  # type: ignore[attr-defined]
    for number, day, starts, ends in soon.values_list("activity", "day", "starts", "ends"):
        begin, end = timezone.localtime(starts), timezone.localtime(ends)
        last = 24 if end.date() > begin.date() else end.hour + end.minute / 60
        known = moments.setdefault(number, set())
        known.add(key(day))
        known |= {
            key(day, part)
            for part, (since, until) in PARTS_OF_DAY.items()
            if begin.hour < until and last > since
        }
    return moments


def next_times(numbers: list[int]) -> dict[int, str]:
    """When and where activities take place next, in words."""

    def make(missing: list[int]) -> dict[int, tuple[int, str]]:
        rows = Occurrence.objects.filter(
            activity__in=missing, is_shown=True, ends__gte=timezone.now()
        )
        rows = (
            rows.filter(day__lt=timezone.localdate() + AHEAD * 7)
            .exclude(status="cancelled")
            .order_by()
        )
        first = dict(rows.values_list("activity").annotate(first=Min("starts")))
        shown = rows.filter(starts__in=set(first.values())).select_related("activity", "place")
        slim = shown.defer(
            *HEAVY, "place__kept", "place__imported", "place__note", "place__search_text"
        )
        welcome = Venue.objects.welcome().select_related("place")
        found = slim.prefetch_related(Prefetch("activity__venues", welcome))
        return {
            row.activity_id: (row.activity_id, _line(row))
            for row in found
            if first.get(row.activity_id) == row.starts
        }

    return dict(page_cache.remember_each(f"next time {timezone.localtime():%H%M}", numbers, make))


def _line(row: Occurrence) -> str:
    when = date_format(
        timezone.localtime(row.starts), "l j F" if row.activity.is_all_day else "l j F, H.i"
    )
    names = [place.name for place in places_of(row)]
    where = row.location or ", ".join(names) or row.activity.location
    return " · ".join(
        part for part in (_("Eerstvolgende keer: %(when)s") % {"when": when}, where) if part
    )


def beside(target: str, numbers: set[int]) -> set[int]:
    """The activities that read along with places and organisers that changed."""
    if target == "place":
        return set(Venue.objects.filter(place__in=numbers).values_list("activity_id", flat=True))
    if target == "organisation":
        return set(
            Organiser.objects.filter(organisation__in=numbers).values_list("activity_id", flat=True)
        )
    return set()


SEARCHABLE = (
    Searchable(
        "activity", gettext_lazy("Te doen"), Activity, activities, beside, next_times, "calendar"
    ),
)
