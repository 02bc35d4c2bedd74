"""The counted facts of a period, from which chapters make their sentences and pictures.

A number never stands in a sentence as such: ``Facts.say`` gives a mark such as ``{places.new}``,
and where the report is shown the mark becomes the number, with its definition and list behind it.

A mark is a figure's key, then if need be ``~`` and an area, ``.new``, ``.gone`` or ``.lines``, and
``@`` and a day: ``members:huize-noord``, ``organisations~noord@2025-12-31``, ``places.new``.
Without a day it is the last day of the period. ``.new`` counts what is on the list of the last day
and not on that of the last day before the period, ``.gone`` the reverse, ``.lines`` how many lines
the list has where the number is a sum.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from knooppunt.core.registry import figure_registry
from knooppunt.core.registry.figures import Figure, Item, total
from knooppunt.kit.periods import Period

MARK = re.compile(
    r"([a-z_]+(?::[a-z0-9-]+)?)(?:~([a-z0-9-]+))?(?:\.(new|gone|lines))?(?:@(\d{4}-\d\d-\d\d))?"
)
DAYS = ("since", "until", "before")


@dataclass(frozen=True)
class Scope:
    """About whom a report is: everything, one area, or one network."""

    area: Any = None
    network: Any = None


@dataclass(frozen=True)
class Counted:
    """A number of a report with everything that makes it: which figure, on which day, and the
    list.
    """

    mark: str
    figure: Figure
    day: date
    part: str
    area: Any
    form: str
    items: tuple[Item, ...]
    value: int | None


@dataclass
class Facts:
    """What is known about a period, counted when it is asked for and remembered with its list.

    ``areas`` are those about which a number can be asked apart, by the last part of their address.
    """

    period: Period
    scope: Scope = field(default_factory=Scope)
    until: date | None = None
    areas: dict[str, Any] = field(default_factory=dict)
    found: dict[str, Counted] = field(default_factory=dict)
    _lists: dict[Any, list[Item]] = field(default_factory=dict)
    _begun: dict[str, date | None] = field(default_factory=dict)
    _figures: dict[str, Figure] = field(default_factory=dict)
    _families: set[str] = field(default_factory=set)

    @property
    def last(self) -> date:
        """The reference day: the last day of the period, or the day until which is counted
        while it runs.
        """
        return self.until or self.period.until

    def value(self, mark: str) -> int | None:
        """The number of a mark; None where there is none."""
        counted = self.counted(mark)
        return counted.value if counted else None

    def number(self, mark: str) -> int:
        """The same, with 0 for none; for choosing a sentence."""
        return self.value(mark) or 0

    def highest(self, marks: Iterable[str]) -> list[str]:
        """The marks with the highest number, all of them when several have it; none when that
        is 0 or more than a few have it.
        """
        known = list(marks)
        most = max((self.number(mark) for mark in known), default=0)
        leaders = [mark for mark in known if most and self.number(mark) == most]
        return leaders if len(leaders) <= MOST_LEADERS else []

    def items(self, mark: str) -> tuple[Item, ...]:
        """The list behind a mark."""
        counted = self.counted(mark)
        return counted.items if counted else ()

    def has(self, *marks: str) -> bool:
        """True if all of these are known numbers."""
        return all(self.value(mark) is not None for mark in marks)

    def say(self, mark: str) -> str:
        """The mark as it stands in a sentence. Raises KeyError for a number that is not known."""
        if mark not in DAYS and not self.has(mark):
            raise KeyError(mark)
        return f"{{{mark}}}"

    def counted(self, mark: str) -> Counted | None:
        """The number with its list; None for a mark that says nothing here, and before counting
        began.
        """
        if mark not in self.found:
            one = self._count(mark)
            if one is None:
                return None
            self.found[mark] = one
        return self.found[mark]

    def _count(self, mark: str) -> Counted | None:
        match = MARK.fullmatch(mark)
        if match is None:
            return None
        key, slug, part, said = match.groups()
        day = _day(said) if said else self.last
        if day is None:
            return None
        figure, area = self._figure(key), self._area(slug)
        if figure is None or day > self.last or (slug and area is None):
            return None
        items = self._items(figure, day, area)
        if items is None:
            return None
        if part in ("new", "gone"):
            before = self._items(figure, self.period.before, area)
            if before is None:
                return None
            items = _less(items, before) if part == "new" else _less(before, items)
        form = "number" if part else figure.form
        return Counted(
            mark,
            figure,
            day,
            part or "",
            area,
            form,
            tuple(items),
            len(items) if part else total(figure.form, items),
        )

    def _area(self, slug: str | None) -> Any:
        if not slug:
            return self.scope.area
        return self.areas.get(slug)

    def _figure(self, key: str) -> Figure | None:
        """The figure of a key; those of a family are looked up once, as they are on the last
        day.
        """
        if not self._figures:
            self._figures.update(
                {figure.key: figure for figure in figure_registry.published_figures()}
            )
        parent = key.partition(":")[0]
        if parent != key and parent in self._figures and parent not in self._families:
            self._families.add(parent)
            family = self._figures[parent].family
            self._figures.update(
                {one.key: one for one in family(self.last, self.scope.area)} if family else {}
            )
        return self._figures.get(key)

    def _items(self, figure: Figure, day: date, area: Any) -> list[Item] | None:
        if not self._is_known(figure, day):
            return None
        parent = figure.key.partition(":")[0]
        name = (parent, day, area.pk if area else None)
        if name not in self._lists:
            items = self._figures[parent].items(day, area, self.scope.network)
            self._lists[name] = items
        if parent == figure.key:
            return self._lists[name]
        if (*name, "") not in self._lists:
            self._group(name, self._lists[name])
        return self._lists.get((*name, figure.key), [])

    def _group(self, name: tuple[Any, ...], items: list[Item]) -> None:
        """Put the lines of a list below the figures of its family to which they belong."""
        self._lists[(*name, "")] = []
        for item in items:
            self._lists.setdefault((*name, item.group), []).append(item)

    def _is_known(self, figure: Figure, day: date) -> bool:
        parent = figure.key.partition(":")[0]
        whole = self._figures[parent]
        if self.scope.network is not None and whole.of_network is None:
            return False
        if parent not in self._begun:
            self._begun[parent] = whole.begins() if whole.begins else date.min
        begun = self._begun[parent]
        return begun is not None and begun <= day


MOST_LEADERS = 4


def joined(names: Iterable[str]) -> str:
    """Names as they stand in a sentence: A, B en C."""
    *others, last = names
    if not others:
        return last
    return _("%(others)s en %(last)s") % {"others": ", ".join(others), "last": last}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _less(items: list[Item], others: list[Item]) -> list[Item]:
    """What is on a list and not on another."""
    known = {(item.id, item.group) for item in others}
    return [item for item in items if (item.id, item.group) not in known]
