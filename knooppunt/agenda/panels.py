"""What the agenda adds to the pages of places, organisations and wijken, to the front door and
to the figures.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.agenda import lists, rules
from knooppunt.agenda.models import Activity, Occurrence, Organiser, Venue
from knooppunt.core.registry.modules import Panel
from knooppunt.core.templatetags.house import short_day
from knooppunt.core.web import page_cache
from knooppunt.directory.models import Area, Place

SHOWN, AT_HOME, FEW, AHEAD = 6, 7, 5, 400


def of_place(request: HttpRequest, place: Any) -> dict[str, Any] | None:
    """The coming activities at a place."""
    coming = lists.coming(lists.located(Occurrence.objects.all(), place=place), SHOWN)
    can_enter = rules.may_enter(request.user, None, place)
    return {
        "coming": coming,
        "query": f"plek={place.slug}",
        "can_enter": can_enter,
        "enter": f"?plek={place.slug}",
        "feed": f"/plekken/{place.slug}.ics",
    }


def of_organisation(request: HttpRequest, organisation: Any) -> dict[str, Any] | None:
    """The coming activities of an organisation; of a network also those of its members."""
    coming = lists.coming(
        Occurrence.objects.of(lists.narrowed(Activity.objects.all(), organisation=organisation)),
        SHOWN,
    )
    can_enter = rules.may_enter(request.user, organisation, None)
    paths = {"network": "netwerken", "initiative": "initiatieven", "institution": "instellingen"}
    return {
        "coming": coming,
        "query": f"wie={organisation.slug}",
        "can_enter": can_enter,
        "enter": f"?wie={organisation.slug}",
        "feed": f"/{paths[organisation.role]}/{organisation.slug}.ics",
    }


def of_area(request: HttpRequest, area: Any) -> dict[str, Any] | None:
    """The coming activities in a wijk."""
    coming = lists.coming(lists.located(Occurrence.objects.all(), area), SHOWN)
    return {"coming": coming, "query": f"wijk={area.slug}", "feed": f"/wijken/{area.slug}.ics"}


def of_home(request: HttpRequest, _record: Any) -> dict[str, Any] | None:
    """What is on today, in the wijk that the visitor chose, else everywhere."""
    slug = request.GET.get("wijk", "")[:70]
    area = Area.objects.doors().defer("outline").filter(slug=slug).first() if slug else None
    return page_cache.remember(
        ("agenda home", area and area.pk, timezone.localtime().strftime("%H%M")),
        lambda: _home(area),
    )


def _home(area: Area | None) -> dict[str, Any]:
    today = timezone.localdate()
    rows = lists.located(Occurrence.objects.all(), area)
    on_today = lists.coming(rows, AT_HOME, today)
    numbers = on_today or lists.coming(rows, FEW)
    more = lists.coming(rows, AT_HOME) if len(on_today) in range(1, FEW) else []
    first = _first(numbers)
    return {
        "first": first,
        "first_when": _when(first, bool(on_today)) if first else "",
        "is_going_on": first is not None and _is_going_on(first),
        "rest": [number for number in numbers if first is None or number != first.occurrence.pk],
        "later": [number for number in more if number not in on_today],
        "is_today": bool(on_today),
        "today": today,
        "days": _days(today, bool(on_today)),
        "area": area,
        "areas": list(Area.objects.doors().defer("outline")),
        "query": f"wijk={area.slug}" if area else "",
    }


def _first(numbers: list[int]) -> lists.Row | None:
    """The one to show large: what begins first at an hour of the day, else what lasts all day."""
    known = lists.by_number(numbers)
    rows = [known[number] for number in numbers if number in known]
    return next((row for row in rows if not row.is_all_day), rows[0] if rows else None)


def _when(row: lists.Row, is_today: bool) -> str:
    """When the first one is: an hour of today, or the day as well."""
    if not is_today:
        return row.when("l j F")
    return _("hele dag") if row.is_all_day else _("%(time)s uur") % {"time": f"{row.starts:%H.%M}"}


def _is_going_on(row: lists.Row) -> bool:
    """True while it takes place; of a whole day there is no such moment."""
    is_off = row.is_all_day or row.occurrence.is_cancelled
    return not is_off and row.starts <= timezone.localtime() < row.ends


def _days(today: date, is_today: bool) -> list[tuple[str, str, bool]]:
    """The days that people ask for, with the address of each and whether it is shown: today,
    tomorrow, the weekend.
    """
    saturday = today + timedelta(days=(5 - today.weekday()) % 7)
    agenda = reverse("agenda:agenda")
    return [
        (_("Vandaag"), agenda, is_today),
        (_("Morgen"), f"{agenda}?dag={today + timedelta(days=1)}", False),
        (_("Weekend"), f"{agenda}?dag={saturday}", False),
    ]


def of_figures(_request: HttpRequest, _record: Any) -> dict[str, Any] | None:
    """The door to the count of who organises it."""
    return {}


def next_up(model: Any, numbers: list[int]) -> dict[int, str]:
    """What is next at some places or of some organisations, in words, within two weeks."""
    today = timezone.localdate()
    begun = Occurrence.objects.shown().going_on().filter(ends__gte=timezone.now())
    soon = begun.between(today, today + timedelta(days=14)).in_order()
    if model is Place:
        venues = Venue.objects.welcome_on(today).filter(place__in=numbers)
        links = venues.values_list("activity", "place")
    else:
        organisers = Organiser.objects.visible_on(today).filter(organisation__in=numbers)
        links = organisers.values_list("activity", "organisation")
    of_activity: dict[int, list[int]] = defaultdict(list)
    for activity, number in links:
        of_activity[activity].append(number)
    words: dict[int, str] = {}
    times = soon.filter(activity__in=of_activity, place__isnull=True).select_related("activity")
    for time in times.only("starts", "title", "activity__name")[:AHEAD]:
        for number in of_activity[time.activity_id]:
            words.setdefault(number, _next_words(time, today))
    return words


def _next_words(time: Occurrence, today: date) -> str:
    """A single time in one line: today 10.00: Coffee."""
    starts, name = timezone.localtime(time.starts), time.title or time.activity.name
    if starts.date() <= today:
        return _("Vandaag %(time)s: %(name)s") % {"time": f"{starts:%H.%M}", "name": name}
    return f"{short_day(starts)} {starts:%H.%M}: {name}"


PANELS = (
    Panel("home", "agenda/panels/home.html", of_home),
    Panel("place", "agenda/panels/coming.html", of_place),
    Panel("organisation", "agenda/panels/coming.html", of_organisation),
    Panel("area", "agenda/panels/coming.html", of_area),
    Panel("figures", "agenda/panels/figures.html", of_figures),
)
