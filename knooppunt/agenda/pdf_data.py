"""Gathers what stands on a sheet of paper: the agenda of a week or a month, the meals, or one
activity as a poster.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from knooppunt.agenda import describe, lists
from knooppunt.agenda.lists import AgendaFilters, Row
from knooppunt.agenda.models import Activity, Occurrence, Venue
from knooppunt.agenda.share_text import cost, where
from knooppunt.agenda.whom_to_ask import whom_to_ask
from knooppunt.core import scenes
from knooppunt.core.coalition.languages import language_name
from knooppunt.core.pdf.qr_codes import code_data
from knooppunt.core.web.context_processors import is_example
from knooppunt.directory.models import Area, Place
from knooppunt.kit.text import clean, normalise

MOST, DATES, LONGEST_LEAD, MOST_PLACES = 2000, 6, 260, 200
KINDS = {"week": "week", "maand": "month", "eten": "meals"}
MEALS = "eten"

Data = dict[str, Any]


class SheetFilters(AgendaFilters):
    """What somebody wants on a sheet: the choices of the agenda, for whom it is, which days,
    and which paper.
    """

    PARAMS = (*AgendaFilters.PARAMS, "voor", "formaat")

    def __init__(self, request: HttpRequest, sheet: str) -> None:
        super().__init__(request)
        self.sheet = sheet
        self.view = "maand" if sheet == "maand" else "week"
        self.asks: dict[int, str] = {}  # whom to ask where it is, by activity
        self.audience = clean(request.GET.get("voor", "")[:200])[:60]
        self.size = "a3" if request.GET.get("formaat", "").lower() == "a3" else "a4"
        if sheet == MEALS:
            self.kind = self.lists.kinds.get(MEALS)

    @property
    def first(self) -> date:
        """The first day on the sheet; the meals begin on the day itself."""
        return self.day if self.sheet == MEALS else super().first

    @property
    def choices(self) -> dict[str, str]:
        """The choices as they stand in the address of the agenda on the site."""
        found = {facet.name: facet.on.value for facet in self.facets if facet.on}
        records = {"plek": self.place, "wie": self.organisation}
        return found | {name: record.slug for name, record in records.items() if record}

    def times(self) -> Any:
        """The single times on the sheet, in the order of the clock."""
        rows = self.occurrences().between(self.first, self.last)
        if self.sheet == MEALS and not self.kind:
            return rows.none()
        return self._for_audience(rows)

    def _for_audience(self, rows: Any) -> Any:
        """Only what is for whom somebody asked.

        Compared here, as each database has its own way with capitals and accents.
        """
        wanted = normalise(self.audience)
        if not wanted:
            return rows
        groups = dict(rows.order_by().values_list("activity", "activity__target_groups"))
        meant = [
            pk
            for pk, names in groups.items()
            if any(wanted in normalise(str(name)) for name in names)
        ]
        return rows.filter(activity__in=meant)


def sheet_data(request: HttpRequest, filters: SheetFilters) -> Data:
    """Everything on a sheet of the agenda, in the reader's language."""
    times = filters.times()
    number = times.count()
    rows = lists.filled(times[:MOST])
    filters.asks = whom_to_ask(rows)
    build = _meal_pages if filters.sheet == MEALS else _whole_page
    pages = build(request, filters, rows)
    pages[-1]["left"] = _left_out(number - len(rows))
    title = f"{headline(filters)} · {period(filters)}"
    return _common(filters.today, title) | {
        "kind": KINDS[filters.sheet],
        "size": filters.size,
        "pages": pages,
        "foot": f"{settings.COALITION.name} · {period(filters)}",
    }


def _common(today: date, title: str) -> Data:
    """What stands on every sheet of paper."""
    printed = _("Afgedrukt op %(date)s") % {"date": date_format(today, "j F Y")}
    example = _("Voorbeeldgegevens uit openbare bronnen, niet het register van de coalitie.")
    return {
        "lang": (get_language() or "nl").split("-")[0],
        "day": today.isoformat(),
        "title": title,
        "author": settings.COALITION.name,
        "printed": f"{printed}.",
        "ribbon": example if is_example() else "",
        "labels": {
            "page": _("blad %(number)s van %(total)s") % {"number": "{number}", "total": "{total}"},
            "nothing": _("Niets in de agenda."),
            "empty": _("Er staat niets in de agenda."),
            "dates": _("De komende keren"),
        },
    }


def headline(filters: SheetFilters, area: Any = None, is_elsewhere: bool = False) -> str:
    """What a sheet is about, and for which place or wijk."""
    area, place = area or filters.area, filters.place
    words = {"place": place.name if place else "", "area": area.name if area else ""}
    if filters.sheet == MEALS:
        if is_elsewhere:
            return _("Samen eten op andere plekken")
        choices = (_("Samen eten bij %(place)s"), _("Samen eten in %(area)s"), _("Samen eten"))
    else:
        choices = (
            _("Wat is er te doen bij %(place)s?"),
            _("Wat is er te doen in %(area)s?"),
            _("Wat is er te doen?"),
        )
    return choices[0 if place else 1 if area else 2] % words


def period(filters: SheetFilters) -> str:
    """The days on a sheet, in words."""
    first, last = filters.first, filters.last
    if filters.sheet == "maand":
        return _capital(date_format(first, "F Y"))
    shape = (
        "l j F Y" if first.year != last.year else "l j F" if first.month != last.month else "l j"
    )
    words = {"first": date_format(first, shape), "last": date_format(last, "l j F Y")}
    return _capital(_("%(first)s tot en met %(last)s") % words)


def narrow(filters: SheetFilters, is_whole: bool = True) -> str:
    """In one line which part of the agenda this is: the wijk, and what else was chosen."""
    whole = _("Alle wijken") if is_whole and not (filters.area or filters.place) else ""
    said = ("wijk", "soort") if filters.sheet == MEALS else ("wijk",)
    facets = [facet.on.label for facet in filters.facets if facet.on and facet.name not in said]
    if filters.place and filters.area:
        facets.insert(0, filters.area.name)
    if filters.organisation:
        facets.append(_("van %(name)s") % {"name": filters.organisation.name})
    if filters.audience:
        facets.append(_("voor %(audience)s") % {"audience": filters.audience})
    only = _("Alleen: %(choices)s") % {"choices": ", ".join(facets)} if facets else ""
    return " · ".join(part for part in (whole, only) if part)


def _whole_page(request: HttpRequest, filters: SheetFilters, rows: list[Row]) -> list[Data]:
    """A week shows all its days; a month only those on which there is something."""
    by_day = {day: list(group) for day, group in groupby(rows, key=lambda row: row.occurrence.day)}
    number = (filters.last - filters.first).days + 1
    shown = (
        [filters.first + timedelta(days=offset) for offset in range(number)]
        if filters.sheet == "week"
        else by_day
    )
    return [_page(request, filters, ((day, by_day.get(day, [])) for day in shown))]


def _meal_pages(request: HttpRequest, filters: SheetFilters, rows: list[Row]) -> list[Data]:
    """The meals on a page for each wijk, by name, and what has no wijk last."""
    wijken = _Wijken(filters)
    if filters.area or filters.place or not rows:
        return [_page(request, filters, _by_day(rows))]
    named = [(wijken.of(row), row) for row in rows]
    order = sorted({area for area, _row in named if area}, key=lambda area: area.name)
    pages = []
    for area in [*order, None]:
        own = [row for one, row in named if one == area]
        if own:
            pages.append(
                _page(
                    request, filters, _by_day(own), area, is_elsewhere=area is None and bool(order)
                )
            )
    return pages


class _Wijken:
    """Finds the wijk in which something takes place; a felt one only when it has that name
    alone.
    """

    def __init__(self, filters: SheetFilters) -> None:
        areas = sorted(filters.lists.areas.values(), key=lambda area: area.level != "felt")
        self._by_number = {area.pk: area for area in areas}
        self._by_name = {area.name: area for area in areas}

    def of(self, row: Row) -> Area | None:
        """The wijk around the place, or None when that is not known."""
        area = above = self._by_name.get(row.area)
        while above and above.level == "buurt":
            above = self._by_number.get(above.parent_id or 0)
        return above or area


def _by_day(rows: Iterable[Row]) -> list[tuple[date, list[Row]]]:
    return [(day, list(group)) for day, group in groupby(rows, key=lambda row: row.occurrence.day)]


def _page(
    request: HttpRequest,
    filters: SheetFilters,
    days: Iterable[tuple[date, list[Row]]],
    area: Any = None,
    is_elsewhere: bool = False,
) -> Data:
    """One page, or several when it does not fit: what it is about, the code, and the lines day
    by day.
    """
    query = {"toon": filters.view, "dag": filters.first.isoformat()} | filters.choices
    if area:
        query["wijk"] = area.slug
    address = request.build_absolute_uri(f"{reverse('agenda:agenda')}?{urlencode(query)}")
    return {
        "title": headline(filters, area, is_elsewhere),
        "period": period(filters),
        "narrow": narrow(filters, is_whole=not area and not is_elsewhere),
        "qr": code_data(address, _("Het nieuwste staat op de site:")),
        "left": "",
        "days": [
            {
                "name": _capital(date_format(day, "l j F")),
                "rows": [_line(row, filters, area) for row in rows],
            }
            for day, rows in days
        ],
    }


def _line(row: Row, filters: SheetFilters, area: Any = None) -> Data:
    """One line: the time, what, where, and what is special about it."""
    place = _place(row, filters, is_one_area=bool(area or filters.area))
    return {
        "name": row.activity.name,
        "place": place,
        "tags": _tags(row, filters),
        **_hours(row),
        **_special(row),
    }


def _special(row: Row) -> Data:
    """Whether this time is cancelled or moved, and why."""
    is_off, is_moved = row.occurrence.is_cancelled, row.occurrence.is_moved
    return {
        "off": _("gaat niet door") if is_off else "",
        "moved": _("andere tijd of plek") if is_moved and not is_off else "",
        "reason": row.occurrence.reason if is_off or is_moved else "",
    }


def _hours(row: Row) -> Data:
    if row.activity.is_all_day:
        return {"starts": _("hele dag"), "ends": "", "till": ""}
    ends = "" if row.ends == row.starts else f"{row.ends:%H.%M}"
    return {
        "starts": f"{row.starts:%H.%M}",
        "ends": ends,
        "till": _("tot %(time)s") % {"time": ends} if ends else "",
    }


def _place(row: Row, filters: SheetFilters, is_one_area: bool) -> str:
    """Where it is; not again what already stands above the sheet."""
    if filters.place and filters.place in row.places:
        return ""
    if len(row.places) > 1:
        return describe.listed([place.name for place in row.places])
    area = "" if is_one_area else row.area
    if not row.places:
        known = row.occurrence.location or where(None, row.activity)
        asked = "" if known else filters.asks.get(row.activity.pk, "")
        return ", ".join(part for part in (known or area, asked) if part)
    parts = (row.places[0].name, row.places[0].street, area)
    return ", ".join(part for part in parts if part)


def _tags(row: Row, filters: SheetFilters) -> list[str]:
    """What it costs (in words only on the sheet of meals), and until when it lasts when that is
    another day.
    """
    money = cost(row.activity) if filters.sheet == MEALS or row.activity.is_free else ""
    last = _last_day(row.starts, row.ends)
    till = (
        _("tot en met %(day)s") % {"day": date_format(last, "l j F")}
        if last > row.starts.date()
        else ""
    )
    return [words for words in (money if filters.sheet == MEALS else money.lower(), till) if words]


def _last_day(starts: datetime, ends: datetime) -> date:
    """The last day of something; what ends in the night belongs to the evening before."""
    night = timedelta(hours=6) if ends - starts < timedelta(days=1) else timedelta(seconds=1)
    return max(starts, ends - night).date()


def _left_out(number: int) -> str:
    if number < 1:
        return ""
    words = ngettext(
        "Nog %(number)d keer paste niet op dit blad; die staat op de site.",
        "Nog %(number)d keren pasten niet op dit blad; die staan op de site.",
        number,
    )
    return words % {"number": number}


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def poster_data(request: HttpRequest, one: Activity) -> Data:
    """Everything on the poster of one activity."""
    times = one.occurrences.filter(ends__gte=timezone.now(), is_shown=True).in_order()
    rows = lists.filled(times[:DATES])
    address = request.build_absolute_uri(one.get_absolute_url())
    is_off = one.status == Activity.Status.CANCELLED
    scene = scenes.scene_of(one.kind)
    return _common(timezone.localdate(), one.name) | {
        "size": "a3" if request.GET.get("formaat", "").lower() == "a3" else "a4",
        "name": one.name,
        "sort": str(one.kind) if one.kind else "",
        "off": _("Gaat niet door") if is_off else "",
        "when": _capital(describe.when(one)),
        "lead": _lead(one.description),
        "facts": [{"label": label, "lines": lines} for label, lines in _facts(one, rows) if lines],
        "dates": [_date(row) for row in rows] if one.comes_back and not is_off else [],
        "qr": code_data(address, _("Scan de code of ga naar:")),
        **({"ribbon": _("Verzonnen voorbeeld: dit gebeurt niet echt.")} if one.is_example else {}),
        "picture": {"svg": scenes.on_paper(scene), "alt": str(scenes.TITLES[scene])},
    }


def _facts(one: Activity, rows: list[Row]) -> list[tuple[str, list[str]]]:
    """The answers of every page of the site, in the same order."""
    going = next((row for row in rows if not row.occurrence.is_cancelled), None)
    who = describe.listed([str(organiser) for organiser in lists.organisers_of(one)[:8]])
    languages = describe.listed([language_name(code) for code in one.languages])
    facts = [
        (_("Voor wie"), ", ".join(one.target_groups)),
        (_("Talen"), languages),
        (_("Kosten"), cost(one)),
        (_("Wie"), who),
    ]
    return [
        (_("Waar"), _addresses(one, going)),
        *((label, [_capital(words[:300])]) for label, words in facts if words),
    ]


def _addresses(one: Activity, going: Row | None) -> list[str]:
    """The places with their whole address; without a place the words that were given."""
    venues = one.venues.welcome_on(timezone.localdate()).select_related("place__area")
    lines = []
    for place in [venue.place for venue in venues.defer("place__area__outline")[:4]]:
        area = place.area.name if place.area else ""
        lines += [place.name, ", ".join(part for part in (place.address, area) if part)]
    return [words for words in (*lines, one.location) if words] or [
        where(going, one) or _("Niet bekend.")
    ]


def _date(row: Row) -> Data:
    """One of the coming times; hours and place only when they differ from what the poster says."""
    words = _capital(date_format(row.starts, "l j F"))
    if row.occurrence.is_moved:
        hours = describe.hours_in_words(row.starts, row.ends)
        spot = f"({where(row, row.activity)})" if row.occurrence.place_id else ""
        words = " ".join(part for part in (words, hours, spot) if part)
    return {"words": words, **_special(row)}


def _lead(text: str) -> str:
    """The first words of a description, not broken off within a word."""
    plain = " ".join(text.split())
    if len(plain) <= LONGEST_LEAD:
        return plain
    return plain[:LONGEST_LEAD].rsplit(" ", 1)[0].rstrip(",;:.-") + " …"


@dataclass(frozen=True)
class Offer:
    """One sheet that can be had: its name, its days, and its address without and with the size
    of the paper.
    """

    name: str
    days: str
    a4: str
    a3: str


def sheets(chosen: SheetFilters) -> list[Offer]:
    """The sheets to choose from, with the choices of the visitor; also of the days she was
    looking at, if others.
    """
    today = chosen.today
    week, month = today + timedelta(days=7), today.replace(day=1) + timedelta(days=32)
    wanted = [
        (_("Deze week"), "week", today),
        (_("Volgende week"), "week", week),
        (_("Deze maand"), "maand", today),
        (_("Volgende maand"), "maand", month),
    ]
    if MEALS in chosen.lists.kinds:
        wanted.append((_("Samen eten"), MEALS, today))
    asked = chosen.day
    if not chosen.first <= today <= chosen.last:
        wanted += [
            (_("Week die je bekeek"), "week", asked),
            (_("Maand die je bekeek"), "maand", asked),
        ]
    return [_offer(chosen, name, sheet, day) for name, sheet, day in wanted]


def _offer(chosen: SheetFilters, name: str, sheet: str, day: date) -> Offer:
    one = copy(chosen)
    one.sheet, one.view, one.day = sheet, "maand" if sheet == "maand" else "week", day
    query = {"dag": one.first.isoformat()} | chosen.choices
    if chosen.audience:
        query["voor"] = chosen.audience
    if sheet == MEALS:
        query.pop("soort", None)
    address = reverse("agenda:sheet", args=[sheet])
    return Offer(
        name,
        period(one),
        f"{address}?{urlencode(query)}",
        f"{address}?{urlencode(query | {'formaat': 'a3'})}",
    )


def places(chosen: SheetFilters) -> list[Place]:
    """The places with something in the agenda from today, in the wijk that was chosen, by name;
    at most 200.
    """
    coming = Occurrence.objects.shown().filter(day__gte=chosen.today).values("activity")
    rows = Place.objects.visible_on(chosen.today).filter(
        pk__in=Venue.objects.filter(objected_on__isnull=True, activity__in=coming).values("place")
    )
    if chosen.area:
        rows = rows.in_areas(Area.objects.below(chosen.area))
    found = list(rows.only("name", "slug")[:MOST_PLACES])
    return found if not chosen.place or chosen.place in found else [chosen.place, *found]


def file_name(filters: SheetFilters) -> str:
    """A name by which a kept sheet is found again: agenda-week-2026-03-02-noord-a3.pdf."""
    chosen = [
        record.slug for record in (filters.area, filters.place, filters.organisation) if record
    ]
    return (
        "-".join(["agenda", filters.sheet, filters.first.isoformat(), *chosen, filters.size])
        + ".pdf"
    )
