"""The filters above a list, as plain links: kind, wijk, theme, language, open now, wheelchair,
and words.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.core.coalition.languages import language_name
from knooppunt.core.web import page_cache
from knooppunt.core.web.query_params import day_param
from knooppunt.directory.importing.words import LANGUAGES as LANGUAGE_WORDS
from knooppunt.directory.models import Area, Kind, Organisation, Place, PlaceRole, Theme

PER_PAGE = 24
LONGEST_QUERY = 200


@dataclass(frozen=True)
class Choice:
    """One link of a filter, and how many things it would leave when that is known."""

    value: str
    label: str
    is_on: bool
    number: int | None = None


@dataclass(frozen=True)
class Facet:
    """One filter with its links, and the one that is on."""

    name: str
    label: str
    choices: tuple[Choice, ...]

    @property
    def on(self) -> Choice | None:
        """The choice that is on, or None."""
        return next((choice for choice in self.choices if choice.is_on), None)


class _Lists:
    """What the filters offer, in the reader's language."""

    def __init__(self) -> None:
        self.areas = {
            area.slug: area
            for area in Area.objects.exclude(level="city").defer("outline").order_by("name", "pk")
        }
        self.kinds = {kind.slug: kind for kind in Kind.objects.filter(is_used=True)}
        self.themes = {theme.slug: theme for theme in Theme.objects.filter(is_used=True)}
        used = set(
            Organisation.objects.visible_on(timezone.localdate())
            .order_by()
            .values_list("kind", flat=True)
            .distinct()
        )
        self.shown_kinds = [
            (kind.slug, kind.plural) for kind in self.kinds.values() if kind.pk in used
        ]
        self.shown_areas = [
            (area.slug, area.name) for area in self.areas.values() if area.level != "area"
        ]
        self.shown_themes = [(theme.slug, str(theme)) for theme in self.themes.values()]
        self.languages = [
            (code, language_name(code))
            for code in ("nl", "en", "tr", "ar", "pt", "es", "pl", "pap")
        ]


class Filters:
    """What a visitor asked for in the address of a list; unknown values are ignored and said."""

    PARAMS = ("q", "pagina", "wijk", "soort", "thema", "taal", "open", "rolstoel")

    def __init__(self, request: HttpRequest) -> None:
        given = request.GET
        self.words = " ".join(given.get("q", "").split())[:LONGEST_QUERY]
        self.was_cut = len(given.get("q", "")) > LONGEST_QUERY
        self.number = given.get("pagina", "1")
        self.today = timezone.localdate()
        self.day = day_param(request, "op") or self.today
        self.lists = page_cache.remember("filter lists", _Lists)
        self.area = self.lists.areas.get(given.get("wijk", ""))
        self.kind = self.lists.kinds.get(given.get("soort", ""))
        self.theme = self.lists.themes.get(given.get("thema", ""))
        self.language = given.get("taal", "") if given.get("taal", "") in LANGUAGE_WORDS else ""
        self.open_now = given.get("open") == "nu"
        self.wheelchair = given.get("rolstoel") == "ja"

    @property
    def is_today(self) -> bool:
        """True if the list is one of today."""
        return self.day == self.today

    def organisations(self, rows: Any) -> Any:
        """Narrow a list of organisations."""
        rows = self._shared(rows)
        if self.kind:
            rows = rows.filter(kind=self.kind)
        if self.theme:
            rows = rows.filter(themes=self.theme)
        if self.language:
            rows = rows.speaking(self.language)
        if self.open_now or self.wheelchair:
            spots = self._door(Place.objects.visible_on(self.day))
            roles = PlaceRole.objects.as_of(self.day).filter(
                organisation=OuterRef("pk"), place__in=spots.values("pk")
            )
            rows = rows.filter(Exists(roles))
        return rows

    def places(self, rows: Any) -> Any:
        """Narrow a list of places; kind, theme and language are those of who hosts or manages
        it.
        """
        rows = self._door(self._shared(rows))
        keepers = PlaceRole.objects.visible_on(self.day).filter(place=OuterRef("pk"))
        if self.kind:
            rows = rows.filter(Exists(keepers.filter(organisation__kind=self.kind)))
        if self.theme:
            rows = rows.filter(Exists(keepers.filter(organisation__themes=self.theme)))
        if self.language:
            theirs = keepers.filter(organisation__search_text__contains=f"|{self.language}|")
            rows = rows.speaking(self.language) | rows.filter(Exists(theirs))
        return rows

    def _shared(self, rows: Any) -> Any:
        if self.words:
            rows = rows.with_words(self.words)
        if not self.area:
            return rows
        below = Area.objects.below(self.area)
        is_place = rows.model is Place
        return rows.in_areas(below) if is_place else rows.in_areas(below, self.day)

    def _door(self, rows: Any) -> Any:
        if self.open_now:
            rows = rows.open_at(timezone.localtime())
        return rows.filter(has_wheelchair_access=True) if self.wheelchair else rows

    def page(self, rows: Any) -> Page[Any]:
        """The page of the list that was asked for; a wrong number gives the nearest page there
        is.
        """
        return Paginator(rows, PER_PAGE).get_page(self.number)

    @property
    def facets(self) -> list[Facet]:
        """The filters to show."""
        return [
            Facet("soort", _("Soort"), _choices(self.lists.shown_kinds, self.kind)),
            Facet("wijk", _("Wijk"), _choices(self.lists.shown_areas, self.area)),
            Facet("thema", _("Thema"), _choices(self.lists.shown_themes, self.theme)),
            Facet(
                "taal",
                _("Taal"),
                tuple(
                    Choice(code, name, code == self.language) for code, name in self.lists.languages
                ),
            ),
            Facet("open", _("Deur"), (Choice("nu", _("Nu open"), self.open_now),)),
            Facet(
                "rolstoel",
                _("Toegang"),
                (Choice("ja", _("Rolstoeltoegankelijk"), self.wheelchair),),
            ),
        ]

    @property
    def is_any(self) -> bool:
        """True if the list is narrowed at all."""
        return bool(self.words) or any(facet.on for facet in self.facets)


def _choices(terms: list[tuple[str, str]], on: Any) -> tuple[Choice, ...]:
    slug = on.slug if on else ""
    return tuple(Choice(value, label, value == slug) for value, label in terms)
