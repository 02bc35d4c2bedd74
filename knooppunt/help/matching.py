"""Who might fit: for a need the offers, and for an offer the needs, with reasons in words; worked
out here, by nobody else.

Only the same kind of thing fits. What it is about, how near it is, and the days count; days or
periods that exclude each other rule a match out.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from knooppunt.help.models import Notice
from knooppunt.kit import geo
from knooppunt.kit.language.concepts import plain
from knooppunt.kit.language.stems import stem, telling

CONCEPT = "#"
ABOUT, NEAR, SAME_AREA, SAME_DAY, ANY_DAY = 0.55, 0.35, 0.2, 0.2, 0.08
LEAST, SHOWN = 0.25, 5
REACH, STREET, FAR = 900.0, 120, 1500
FIELDS = (
    "pk",
    "organisation",
    "area",
    "place__longitude",
    "place__latitude",
    "days",
    "since",
    "until",
    "terms",
)
EARLY, LATE = date(1900, 1, 1).toordinal(), date(2999, 1, 1).toordinal()


@dataclass(frozen=True)
class Match:
    """A need or offer that might fit: its number, how well (above LEAST), how far in metres,
    and what they share.
    """

    number: int
    score: float
    metres: float | None
    is_same_area: bool
    days: tuple[int, ...]
    shared: tuple[str, ...]


def terms_of(title: str, text: str) -> list[str]:
    """The telling words of a need or offer, and what it is about."""
    both = f"{title} {text}"
    concepts = [CONCEPT + slug for slug in plain().concepts_in(both)]
    return list(dict.fromkeys([*(stem(word) for word in telling(both)), *concepts]))[:60]


class Board:
    """The open needs or offers of one kind, as arrays, to be compared with one on the other
    side.
    """

    def __init__(self, side: str, kind: str, day: date) -> None:
        self.day = day
        rows = list(
            Notice.objects.visible_on(day)
            .filter(side=side, kind=kind)
            .order_by("pk")
            .values_list(*FIELDS)
        )
        self.numbers = [row[0] for row in rows]
        self.organisations = numpy.array([row[1] for row in rows], dtype="int64")
        self.areas = numpy.array([row[2] or 0 for row in rows], dtype="int64")
        self.points = numpy.array([row[3:5] for row in rows], dtype="float64").reshape(len(rows), 2)
        self.days = numpy.array([_mask(row[5]) for row in rows], dtype="int64")
        self.since = numpy.array(
            [row[6].toordinal() if row[6] else EARLY for row in rows], dtype="int64"
        )
        self.until = numpy.array(
            [row[7].toordinal() if row[7] else LATE for row in rows], dtype="int64"
        )
        self.terms = [row[8] for row in rows]
        places: dict[str, list[int]] = {}
        for place, terms in enumerate(self.terms):
            for term in terms:
                places.setdefault(term, []).append(place)
        self.having = {term: numpy.array(found, dtype="int64") for term, found in places.items()}

    def suggest(self, one: Notice, most: int = SHOWN) -> list[Match]:
        """What might fit a need or offer, best first."""
        if not self.numbers:
            return []
        about, metres = self._about(one.terms), self._metres(one.point)
        days = self.days & _mask(one.days)
        both_said = (self.days > 0) & bool(one.days)
        scores = ABOUT * about
        scores += numpy.where(
            numpy.isnan(metres), 0.0, NEAR * numpy.exp(-numpy.nan_to_num(metres) / REACH)
        )
        same_area = (self.areas == (one.area_id or -1)) & (self.areas > 0)
        scores += numpy.where(
            same_area, SAME_AREA * numpy.where(numpy.isnan(metres), 1.0, 0.5), 0.0
        )
        scores += numpy.where(both_said, SAME_DAY * (days > 0), ANY_DAY)
        scores[~self._possible(one) | (both_said & (days == 0))] = 0.0
        best = numpy.argsort(-scores, kind="stable")[:most]
        mine = set(one.terms)
        return [
            Match(
                self.numbers[at],
                float(scores[at]),
                None if math.isnan(metres[at]) else float(metres[at]),
                bool(same_area[at]),
                tuple(day for day in range(7) if days[at] >> day & 1),
                tuple(term for term in self.terms[at] if term in mine),
            )
            for at in best
            if scores[at] >= LEAST
        ]

    def _about(self, terms: Iterable[str]) -> Any:
        """Which part of what is asked for each of them has, 0 to 1; rare words count for more."""
        scores, whole = numpy.zeros(len(self.numbers)), 0.0
        for term in terms:
            found = self.having.get(term)
            rare = math.log(
                1 + len(self.numbers) / (0.5 + (len(found) if found is not None else 0))
            )
            whole += rare
            if found is not None:
                scores[found] += rare
        return numpy.sqrt(scores / whole) if whole else scores

    def _metres(self, point: geo.Point | None) -> Any:
        """``geo.metres`` to each of them at once; nothing where a point is not known."""
        if point is None:
            return numpy.full(len(self.numbers), numpy.nan)
        middle = numpy.radians((self.points[:, 1] + point[1]) / 2)
        east = numpy.radians(self.points[:, 0] - point[0]) * numpy.cos(middle)
        north = numpy.radians(self.points[:, 1] - point[1])
        return numpy.hypot(east, north) * geo.RADIUS

    def _possible(self, one: Notice) -> Any:
        """Not of the same organisation, and in a period that they share from today on."""
        since = max(one.since.toordinal() if one.since else EARLY, self.day.toordinal())
        until = one.until.toordinal() if one.until else LATE
        return (
            (self.organisations != one.organisation_id)
            & (self.since <= until)
            & (self.until >= since)
        )


def _mask(days: Iterable[int]) -> int:
    return sum(1 << day for day in days if 0 <= day <= 6)


def suggestions(one: Notice, day: date, most: int = SHOWN) -> list[tuple[Notice, list[str]]]:
    """What might fit a need or offer, with the reasons, best first."""
    return _with_reasons(one, Board(_other(one.side), one.kind, day).suggest(one, most))


def for_many(
    notices: Iterable[Notice], day: date, most: int
) -> Iterator[tuple[Notice, list[tuple[Notice, list[str]]]]]:
    """The same for many at once; every kind of thing is read once."""
    boards: dict[tuple[str, str], Board] = {}
    for one in notices:
        key = (_other(one.side), one.kind)
        if key not in boards:
            boards[key] = Board(*key, day)
        yield one, _with_reasons(one, boards[key].suggest(one, most))


def best_of_each(notices: Iterable[Notice], day: date) -> list[tuple[Notice, Notice, list[str]]]:
    """Of those that something fits: the need or offer, what fits it best, and why."""
    boards: dict[tuple[str, str], Board] = {}
    best: list[tuple[Notice, Match]] = []
    for notice in notices:
        key = (_other(notice.side), notice.kind)
        if key not in boards:
            boards[key] = Board(*key, day)
        best += [(notice, match) for match in boards[key].suggest(notice, 1)]
    rows = _rows_of([match for _notice, match in best])
    return [
        (notice, rows[match.number], reasons(match, rows[match.number]))
        for notice, match in best
        if match.number in rows
    ]


def _other(side: str) -> str:
    return "offer" if side == "need" else "need"


def _with_reasons(one: Notice, matches: list[Match]) -> list[tuple[Notice, list[str]]]:
    rows = _rows_of(matches)
    return [
        (rows[match.number], reasons(match, rows[match.number]))
        for match in matches
        if match.number in rows
    ]


def _rows_of(matches: list[Match]) -> dict[int, Notice]:
    return (
        Notice.objects.select_related("organisation", "place", "area")
        .defer("area__outline")
        .in_bulk([match.number for match in matches])
    )


def reasons(match: Match, other: Notice) -> list[str]:
    """Why they might fit, in words."""
    told = []
    if match.metres is not None and match.metres <= FAR:
        told.append(distance(match.metres))
    elif match.is_same_area and other.area:
        told.append(_("in dezelfde wijk (%(area)s)") % {"area": other.area.name})
    elif match.metres is not None:
        told.append(
            _("op %(km)s kilometer") % {"km": f"{match.metres / 1000:.1f}".replace(".", ",")}
        )
    if match.days:
        told.append(
            _("ook op %(days)s") % {"days": ", ".join(str(WEEKDAYS[day]) for day in match.days)}
        )
    concepts = [
        plain().concepts[term[1:]].name(get_language() or "nl")
        for term in match.shared
        if term[:1] == CONCEPT
    ]
    words = [word for word in telling(f"{other.title} {other.text}") if stem(word) in match.shared]
    if concepts:
        told.append(_("gaat ook over %(what)s") % {"what": ", ".join(concepts[:2])})
    elif words:
        told.append(_("noemt ook ‘%(word)s’") % {"word": max(words, key=len)})
    return told or [_("is van dezelfde soort")]


def distance(metres: float) -> str:
    """A distance as people say it."""
    if metres < STREET * 0.6:
        return _("om de hoek")
    streets, rounded = max(1, round(metres / STREET)), round(metres / 10) * 10
    text = ngettext(
        "%(streets)s straat verderop (%(metres)s meter)",
        "%(streets)s straten verderop (%(metres)s meter)",
        streets,
    )
    return text % {"streets": streets, "metres": rounded}
