"""What a visitor asked for at the search box: her words, and the filters with how many things
each would leave.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

import numpy
from django.core.paginator import Page, Paginator
from django.http import HttpRequest
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from knooppunt.core.coalition.languages import NAMES, language_name
from knooppunt.core.registry import modules
from knooppunt.core.web import page_cache
from knooppunt.directory.filters import Choice, Facet
from knooppunt.directory.models import Area, Theme
from knooppunt.find.analysis import facet
from knooppunt.find.explanations import kind_names, label
from knooppunt.find.query_parser import LONGEST, PARTS
from knooppunt.find.searching import Answer, Found, Hit, Left, allowed, search, with_documents
from knooppunt.find.segments import Array, Index, Segment
from knooppunt.find.segments import index as index_now

PER_PAGE, SHOWN_CHOICES, MOST_APART = 20, 12, 5


class _Lists:
    """What the filters know, in the reader's language."""

    def __init__(self) -> None:
        self.areas = {
            area.slug: area
            for area in Area.objects.exclude(level="city").defer("outline").order_by("name", "pk")
        }
        self.themes = {theme.slug: str(theme) for theme in Theme.objects.filter(is_used=True)}
        self.types = {one.type: str(one.label) for one in modules.gathered("searchable")}
        self.apart = {one.type for one in modules.gathered("searchable") if one.is_apart}


class Filters:
    """What was asked, and what it leaves; values that are not known are ignored."""

    PARAMS = ("q", "pagina", "zonder", "wat", "soort", "wijk", "thema", "taal", "dag")

    def __init__(self, request: HttpRequest) -> None:
        given = request.GET
        self.words = " ".join(given.get("q", "")[: LONGEST * 5].split())[:LONGEST]
        self.was_cut = len(given.get("q", "")) > LONGEST
        self.number = given.get("pagina", "1").lstrip("-")
        self.dropped = [part for part in given.get("zonder", "").split(",") if part in PARTS]
        self.lists = page_cache.remember("find lists", _Lists)
        self.type = given.get("wat", "") if given.get("wat", "") in self.lists.types else ""
        self.kind = given.get("soort", "") if given.get("soort", "") in kind_names() else ""
        self.area = self.lists.areas.get(given.get("wijk", ""))
        self.theme = given.get("thema", "") if given.get("thema", "") in self.lists.themes else ""
        self.language = given.get("taal", "") if given.get("taal", "") in NAMES else ""
        self.day = (
            given.get("dag", "")
            if given.get("dag", "") in {"0", "1", "2", "3", "4", "5", "6"}
            else ""
        )

    @cached_property
    def where(self) -> dict[str, list[object]]:
        """What must hold of a thing, by filter; empty when nothing narrows."""
        asked = {
            "wat": self.type,
            "soort": self.kind,
            "wijk": self.area and self.area.pk,
            "thema": self.theme,
            "taal": self.language,
            "dag": self.day,
        }
        return {part: [value] for part, value in asked.items() if value not in ("", None)}

    @cached_property
    def answer(self) -> Answer | None:
        """What was found for the words; None when there are none."""
        return search(self.words, self.where, dropped=self.dropped) if self.words else None

    @cached_property
    def index(self) -> Index:
        return self.answer.index if self.answer else index_now()

    @cached_property
    def hits(self) -> Sequence[Hit]:
        """All that is left: best first, or by name for who looks around without words."""
        return self.answer.hits if self.answer else Left(self.masks)

    @cached_property
    def masks(self) -> list[tuple[Segment, Array]]:
        """Which things of each segment are left."""
        if self.answer is None:
            return [
                (segment, allowed(self.index, segment, self.where))
                for segment in self.index.segments
            ]
        masks = []
        for segment in self.index.segments:
            mask = numpy.zeros(len(segment), dtype=bool)
            mask[[one.place for one in self.answer.hits if one.segment is segment]] = True
            masks.append((segment, mask))
        return masks

    @cached_property
    def _parted(self) -> tuple[Sequence[Hit], Sequence[Hit]]:
        """What is left, and of it what stands apart; nothing does for who looks around or asked
        for such a type.
        """
        if self.answer is None or self.type in self.lists.apart:
            return self.hits, []
        terms = [self.index.terms.get(facet("wat", type_), 0) for type_ in self.lists.apart]
        apart = [hit for hit in self.hits if any(hit.has(term) for term in terms)]
        numbers = {hit.number for hit in apart}
        return [hit for hit in self.hits if hit.number not in numbers], apart

    @cached_property
    def page(self) -> Page[Hit]:
        """The page of the list that was asked for, without what stands apart."""
        return Paginator(self._parted[0], PER_PAGE).get_page(self.number)

    @cached_property
    def shown_apart(self) -> list[Found]:
        """On the first page the best of what stands apart, with reasons."""
        if self.answer is None or self.page.number > 1:
            return []
        return self.answer.told(self._parted[1][:MOST_APART])

    @cached_property
    def shown(self) -> list[Found]:
        """What is on that page, with reasons."""
        if self.answer:
            return self.answer.told(self.page.object_list)
        return with_documents(self.page.object_list)

    @property
    def count(self) -> int:
        """How many things are left."""
        return len(self.hits)

    def _number(self, part: str, value: object) -> int:
        term = self.index.terms.get(facet(part, value), 0)
        return sum(int(mask[segment.having(term)[0]].sum()) for segment, mask in self.masks)

    def _numbered(self, part: str, values: Iterable[tuple[str, str]]) -> list[tuple[str, str, int]]:
        return [(value, name, self._number(part, value)) for value, name in values]

    @property
    def facets(self) -> list[Facet]:
        """The filters with their links, each with the number it would leave."""
        lists = self.lists
        wijken = [
            (one.slug, one.name, self._number("wijk", one.pk))
            for one in lists.areas.values()
            if one.level in ("wijk", "felt")
        ]
        days = [(str(day), str(name).capitalize()) for day, name in WEEKDAYS.items()]
        languages = [(code, language_name(code)) for code in NAMES]
        return [
            Facet("wat", _("Wat"), _choices(self._numbered("wat", lists.types.items()), self.type)),
            Facet(
                "wijk",
                _("Wijk"),
                _choices(
                    wijken,
                    self.area.slug if self.area else "",
                    self.area and (self.area.slug, self.area.name),
                ),
            ),
            Facet(
                "soort",
                _("Soort"),
                _choices(self._numbered("soort", kind_names().items()), self.kind),
            ),
            Facet(
                "thema",
                _("Thema"),
                _choices(self._numbered("thema", lists.themes.items()), self.theme),
            ),
            Facet("dag", _("Dag"), _choices(self._numbered("dag", days), self.day)),
            Facet("taal", _("Taal"), _choices(self._numbered("taal", languages), self.language)),
        ]

    @property
    def is_any(self) -> bool:
        """True if anything was asked for."""
        return bool(self.words) or bool(self.where)

    @property
    def narrowings(self) -> list[tuple[str, str, str]]:
        """The words of the question that work as a filter: the filter, how it reads, and what
        ``zonder`` becomes without it.
        """
        found = self.answer.question.narrowings if self.answer else []
        return [(one.part, label(one), ",".join([*self.dropped, one.part])) for one in found]


def _choices(found: list[tuple[str, str, int]], on: str, chosen: Any = None) -> tuple[Choice, ...]:
    """The links that leave something, those with most first when there are many; the one that
    is on is always there.
    """
    left = [(value, name, number) for value, name, number in found if number or value == on]
    if chosen and all(value != on for value, _name, _number in left):
        left.append((*chosen, 0))
    if len(left) > SHOWN_CHOICES:
        left = sorted(left, key=lambda one: (one[0] != on, -one[2]))[:SHOWN_CHOICES]
    return tuple(Choice(value, name, value == on, number) for value, name, number in left)
