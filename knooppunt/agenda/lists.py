"""The agenda as people look at it: which days, which filters, and the single times in the order
of the clock.
"""

from __future__ import annotations

import calendar
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, OuterRef, Prefetch
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _

from knooppunt.agenda.models import Activity, ActivityKind, Occurrence, Organiser, Venue
from knooppunt.core.coalition.languages import NAMES, language_name
from knooppunt.core.web import page_cache
from knooppunt.core.web.query_params import day_param
from knooppunt.directory.filters import Choice, Facet
from knooppunt.directory.models import Area, Membership, Organisation, Place, Theme

PER_DAY, PER_PAGE = 12, 60
HEAVY = (
    "activity__search_text",
    "activity__kept",
    "activity__imported",
    "activity__note",
    "activity__descriptions",
)
VIEWS = {"dag": 1, "week": 7, "maand": 31}
PARTS = {"ochtend": (0, 12), "middag": (12, 18), "avond": (18, 24)}


class _Lists:
    """What the filters offer, in the reader's language."""

    def __init__(self) -> None:
        self.kinds = {kind.slug: kind for kind in ActivityKind.objects.filter(is_used=True)}
        self.areas = {
            area.slug: area
            for area in Area.objects.exclude(level="city").defer("outline").order_by("name")
        }
        self.themes = {theme.slug: theme for theme in Theme.objects.filter(is_used=True)}
        self.shown_areas = [
            (one.slug, one.name) for one in self.areas.values() if one.level in ("wijk", "felt")
        ]


@dataclass(frozen=True)
class Row:
    """One line of a list: the time, what, where, and what is special about it."""

    occurrence: Any
    activity: Any
    places: list[Any]
    area: str

    @property
    def name(self) -> str:
        """What it is called this time."""
        return str(self.occurrence.title or self.activity.name)

    @property
    def is_all_day(self) -> bool:
        """True if it takes whole days, and did not move to an hour of the day."""
        return bool(self.activity.is_all_day and self.starts.time() == time(0))

    def when(self, form: str) -> str:
        """Day and hour in words; of a whole day only the day.

        ``form`` is how the day is written.
        """
        day = date_format(self.starts, form)
        return day if self.is_all_day else f"{day}, {self.starts:%H.%M}"

    @property
    def where(self) -> str:
        """The places, or the words for it, and the wijk."""
        spots = (
            self.occurrence.location
            or ", ".join(place.name for place in self.places)
            or self.activity.location
        )
        spots = spots or (_("Online") if self.activity.online_url else "")
        return " · ".join(part for part in (spots, self.area) if part)

    @property
    def starts(self) -> Any:
        """The begin on the neighbourhood's clock."""
        return timezone.localtime(self.occurrence.starts)

    @property
    def ends(self) -> Any:
        """The end on the neighbourhood's clock."""
        return timezone.localtime(self.occurrence.ends)


@dataclass(frozen=True)
class DayList:
    """One day with the numbers of its first single times, and how many there are in all."""

    day: date
    times: list[int]
    number: int


class AgendaFilters:
    """What a visitor asked for in the address of the agenda; unknown values are left out."""

    PARAMS: tuple[str, ...] = (
        "toon",
        "pagina",
        "soort",
        "wijk",
        "thema",
        "taal",
        "gratis",
        "rolstoel",
        "deel",
        "plek",
        "wie",
    )
    DAYS = ("dag",)

    def __init__(self, request: HttpRequest) -> None:
        given = request.GET
        self.lists = page_cache.remember("agenda lists", _Lists)
        self.today = timezone.localdate()
        self.view = given.get("toon", "dag") if given.get("toon", "dag") in VIEWS else "dag"
        self.day = day_param(request, "dag") or self.today
        self.number = given.get("pagina", "1")
        self.kind = self.lists.kinds.get(given.get("soort", ""))
        self.area = self.lists.areas.get(given.get("wijk", ""))
        self.theme = self.lists.themes.get(given.get("thema", ""))
        self.language = given.get("taal", "") if given.get("taal", "") in NAMES else ""
        self.is_free = given.get("gratis") == "ja"
        self.wheelchair = given.get("rolstoel") == "ja"
        self.part = given.get("deel", "") if given.get("deel", "") in PARTS else ""
        self.place = _public(Place, given.get("plek", ""))
        self.organisation = _public(Organisation, given.get("wie", ""))

    @property
    def first(self) -> date:
        """The first day to show: the day itself, its Monday, or the first of its month."""
        if self.view == "week":
            return self.day - timedelta(days=self.day.weekday())
        return self.day.replace(day=1) if self.view == "maand" else self.day

    @property
    def last(self) -> date:
        """The last day to show."""
        if self.view == "maand":
            return self.day.replace(day=calendar.monthrange(self.day.year, self.day.month)[1])
        return self.first + timedelta(days=VIEWS[self.view] - 1)

    @property
    def before(self) -> date:
        """A day in the period before."""
        return self.first - timedelta(days=1 if self.view != "week" else 7)

    @property
    def after(self) -> date:
        """A day in the period after."""
        return self.last + timedelta(days=1)

    @property
    def is_any(self) -> bool:
        """True if the list is narrowed at all."""
        return bool(self.place or self.organisation) or any(facet.on for facet in self.facets)

    def activities(self) -> Any:
        """The activities that were asked for; None when all were."""
        rows = narrowed(Activity.objects.all(), organisation=self.organisation)
        if self.kind:
            rows = rows.filter(kind=self.kind)
        if self.theme:
            rows = rows.filter(themes=self.theme)
        if self.language:
            rows = rows.speaking(self.language)
        if self.is_free:
            rows = rows.filter(is_free=True)
        if self.wheelchair:
            venues = Venue.objects.filter(activity=OuterRef("pk"), objected_on__isnull=True)
            rows = rows.filter(Exists(venues.filter(place__has_wheelchair_access=True)))
        chosen = (
            self.organisation,
            self.kind,
            self.theme,
            self.language,
            self.is_free,
            self.wheelchair,
        )
        return rows if any(chosen) else None

    def occurrences(self) -> Any:
        """The single times that were asked for, of any day, in the order of the clock."""
        rows = located(Occurrence.objects.shown().in_order(), self.area, self.place)
        activities = self.activities()
        if activities is not None:
            rows = rows.of(activities)
        if self.part:
            begin, end = PARTS[self.part]
            rows = rows.filter(starts__hour__gte=begin, starts__hour__lt=end)
        return rows

    @property
    def facets(self) -> list[Facet]:
        """The filters to show."""
        kinds = [(kind.slug, str(kind)) for kind in self.lists.kinds.values()]
        themes = [(theme.slug, str(theme)) for theme in self.lists.themes.values()]
        languages = [(code, language_name(code)) for code in ("nl", "en", "tr", "ar", "pt")]
        parts = [("ochtend", _("Ochtend")), ("middag", _("Middag")), ("avond", _("Avond"))]
        return [
            Facet(
                "wijk",
                _("Wijk"),
                _choices(self.lists.shown_areas, self.area.slug if self.area else ""),
            ),
            Facet("soort", _("Soort"), _choices(kinds, self.kind.slug if self.kind else "")),
            Facet("deel", _("Deel van de dag"), _choices(parts, self.part)),
            Facet("gratis", _("Kosten"), (Choice("ja", _("Gratis"), self.is_free),)),
            Facet(
                "rolstoel",
                _("Toegang"),
                (Choice("ja", _("Rolstoeltoegankelijk"), self.wheelchair),),
            ),
            Facet("thema", _("Thema"), _choices(themes, self.theme.slug if self.theme else "")),
            Facet("taal", _("Taal"), _choices(languages, self.language)),
        ]


def _choices(terms: list[tuple[str, str]], on: str) -> tuple[Choice, ...]:
    return tuple(Choice(value, label, value == on) for value, label in terms)


def _public(model: Any, slug: str) -> Any:
    return model.objects.public().filter(slug=slug).first() if slug else None


def located(occurrences: Any, area: Any = None, place: Any = None) -> Any:
    """The single times in an area or at a place, each where it really is."""
    if area:
        occurrences = occurrences.in_areas(Area.objects.below(area), Activity.objects.all())
    return occurrences.at_place(place, Activity.objects.all()) if place else occurrences


def narrowed(activities: Any, area: Any = None, place: Any = None, organisation: Any = None) -> Any:
    """The activities in an area, at a place, or of an organisation; of a network also those of
    its members today.
    """
    if area:
        activities = activities.in_areas(Area.objects.below(area))
    if place:
        activities = activities.at_place(place)
    if organisation:
        activities = activities.of_organisations(together(organisation))
    return activities


def together(organisation: Organisation) -> list[int]:
    """The numbers of an organisation and, of a network, of all that belong to it today, also
    through other networks.
    """
    found, todo = {organisation.pk}, {organisation.pk} if organisation.role == "network" else set()
    while todo:
        rows = Membership.objects.visible_on(timezone.localdate()).filter(network__in=todo)
        todo = set(rows.values_list("organisation_id", flat=True)) - found
        found |= todo
    return sorted(found)


def filled(occurrences: Any) -> list[Row]:
    """The lines of a list, with place and wijk, in four statements whatever their number."""
    venues = Prefetch(
        "activity__venues",
        Venue.objects.welcome()
        .select_related("place__area")
        .only(
            "activity",
            "place__name",
            "place__slug",
            "place__street",
            "place__area__name",
            "place__has_wheelchair_access",
            "place__state",
            "place__since",
            "place__until",
            "place__listed_on",
        ),
    )
    areas = Prefetch("activity__areas", Area.objects.only("name"))
    rows = (
        occurrences.select_related("activity__kind", "place__area")
        .defer(*HEAVY, "place__area__outline")
        .prefetch_related(venues, areas)
    )
    return [_row(one) for one in rows]


def is_there(place: Place, day: date) -> bool:
    """True if a place takes part on the day of a time: what opens later or closes before is not
    named with it.

    Of a time that was, the place had surely begun, also one that was listed later.
    """
    has_begun = (place.since or place.listed_on) <= max(day, timezone.localdate())
    return place.is_public and has_begun and not place.has_ended(day)


def places_of(occurrence: Occurrence) -> list[Place]:
    """Where a time is: its own place, else those of its activity, of which each takes part then."""
    places = (
        [occurrence.place]
        if occurrence.place
        else [venue.place for venue in occurrence.activity.venues.all()]
    )
    return [place for place in places if is_there(place, occurrence.day)]


def _row(occurrence: Occurrence) -> Row:
    places = places_of(occurrence)
    named = [place.area for place in places if place.area] or list(occurrence.activity.areas.all())
    area = named[0].name if named else ""
    return Row(occurrence, occurrence.activity, places, area)


def by_number(numbers: list[int]) -> dict[int, Row]:
    """The lines of some single times, by their number."""
    return {row.occurrence.pk: row for row in filled(Occurrence.objects.filter(pk__in=numbers))}


def days(filters: AgendaFilters) -> list[DayList]:
    """The days of a week, each with its first times; the others are one tap away."""
    rows = filters.occurrences().between(filters.first, filters.last)
    numbers = dict(rows.order_by().values_list("day").annotate(number=Count("pk")))
    busy = {day for day, number in numbers.items() if number > PER_DAY}
    calm = defaultdict(list)
    for pk, day in rows.exclude(day__in=busy).values_list("pk", "day"):
        calm[day].append(pk)
    for pk, day in _later_days(rows, filters.first, filters.last):
        calm[day].append(pk)
        numbers[day] = numbers.get(day, 0) + 1
    week = [
        filters.first + timedelta(days=offset)
        for offset in range((filters.last - filters.first).days + 1)
    ]
    return [
        DayList(
            day,
            list(rows.filter(day=day).values_list("pk", flat=True)[:PER_DAY])
            if day in busy
            else calm[day],
            numbers.get(day, 0),
        )
        for day in week
    ]


def _later_days(rows: Any, first: date, last: date) -> list[tuple[int, date]]:
    """The days after their first of what lasts for days, each with the number of the single
    time.
    """
    lasting = rows.lasting(first, last)
    found = rows.filter(pk__in=lasting).values_list("pk", "day", "last_day") if lasting else ()
    return [
        (pk, begins + timedelta(days=number))
        for pk, begins, ends in found
        for number in range(1, (ends - begins).days + 1)
        if first <= begins + timedelta(days=number) <= last
    ]


def one_day(filters: AgendaFilters) -> Page[Any]:
    """The numbers of the times of one day, a page at a time."""
    rows = filters.occurrences().between(filters.day, filters.day).values_list("pk", flat=True)
    return Paginator(rows, PER_PAGE).get_page(filters.number)


def month(filters: AgendaFilters) -> list[list[tuple[date, int, bool]]]:
    """The weeks of a month: for each day how many there are, and whether it belongs to the
    month.
    """
    first, last = filters.first - timedelta(days=7), filters.last + timedelta(days=7)
    rows = filters.occurrences().going_on().between(first, last)
    numbers = dict(rows.order_by().values_list("day").annotate(number=Count("pk")))
    for _pk, day in _later_days(rows, first, last):
        numbers[day] = numbers.get(day, 0) + 1
    weeks = calendar.Calendar().monthdatescalendar(filters.day.year, filters.day.month)
    return [
        [(day, numbers.get(day, 0), day.month == filters.day.month) for day in week]
        for week in weeks
    ]


def coming(rows: Any, number: int, day: date | None = None) -> list[int]:
    """The numbers of the next of some single times, from now, or of one day."""
    rows = rows.shown()
    if day is None:
        return list(rows.coming(number, timezone.now(), timezone.localdate()))
    rows = rows.filter(ends__gte=timezone.now()).between(day, day).in_order()
    return list(rows.values_list("pk", flat=True)[:number])


def organisers_of(activity: Activity) -> Any:
    """Who organises an activity today, public ones first by name."""
    today = timezone.localdate()
    return (
        Organiser.objects.visible_on(today).filter(activity=activity).select_related("organisation")
    )
