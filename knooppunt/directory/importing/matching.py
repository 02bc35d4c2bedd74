"""Recognises which record a row is about, and which other records it resembles; held in memory for one import.

By own identifier first, else by name together with place or website. Never by row number.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from django.db.models.fields.json import KT

from knooppunt.directory.importing.drafts import Draft
from knooppunt.directory.models import Identifier, Organisation, PlaceRole
from knooppunt.kit import geo
from knooppunt.kit.text import normalise, similarity

NEAR = 100.0
ALIKE = 85.0
MOST_COMPARED = 25


@dataclass(slots=True)
class Known:
    """What is needed to recognise one organisation again."""

    pk: int
    key: str
    website: str = ""
    address: str = ""
    point: geo.Point | None = None
    areas: tuple[int, ...] = ()
    own: str = ""
    place: int | None = None
    list_key: str = ""
    line: int = 0
    said: int = 0
    spot: int = 0


SPOT = ("website", "street", "house_number", "postcode", "city", "latitude", "longitude", "point")


def said(raw: dict[str, str]) -> int:
    """A mark of everything a list said about a record; 0 when it said nothing."""
    filled = {name: cell for name, cell in raw.items() if cell}
    return hash(frozenset(filled.items())) if filled else 0


def said_where(raw: dict[str, str]) -> int:
    """A mark of what a list said about place and website; 0 when it said nothing."""
    return said({name: raw.get(name, "") for name in SPOT})


def beginning(key: str) -> str:
    """The first two letters of the longest word of a name: the same for a name with a typing error or its words turned."""
    return max(key.split(), key=len, default="")[:2]


def website_key(address: str) -> str:
    """A web address as it is compared: without scheme, www and closing slash."""
    return address.split("://")[-1].removeprefix("www.").rstrip("/").lower()


def address_key(street: str, postcode: str) -> str:
    """An address as it is compared; empty when there is no street."""
    return normalise(f"{street} {postcode.replace(' ', '')}") if street else ""


@dataclass
class Index:
    """All organisations of the register by identifier, name, website, address and spot."""

    known: dict[int, Known] = field(default_factory=dict)
    counts_rows: bool = False
    lines: dict[tuple[str, str], int] = field(default_factory=dict)
    names_in_file: Counter[str] = field(default_factory=Counter)
    by_identifier: dict[tuple[str, str], list[int]] = field(
        default_factory=lambda: defaultdict(list)
    )
    by_key: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_website: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_address: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_cell: dict[tuple[int, int, str], list[int]] = field(
        default_factory=lambda: defaultdict(list)
    )
    by_start: dict[tuple[int, str], list[int]] = field(default_factory=lambda: defaultdict(list))

    def load(self) -> None:
        """Read the whole register in a handful of queries."""
        living = Organisation.objects.exclude(state="merged")
        areas: dict[int, list[int]] = defaultdict(list)
        for one, area in Organisation.areas.through.objects.values_list(
            "organisation_id", "area_id"
        ).iterator():
            areas[one].append(area)
        rows = living.annotate(list_name=KT("imported__name")).order_by("pk")
        fields = ("pk", "name_key", "website", "list_key", "list_name", "imported")
        for pk, key, website, list_key, list_name, imported in rows.values_list(*fields).iterator():
            known = Known(
                pk, key, website_key(website), areas=tuple(areas.pop(pk, ())), list_key=list_key
            )
            known.said, known.spot = said(imported), said_where(imported)
            self.add(known)
            other = normalise(list_name or "")[:200]
            if other and other != key:
                self.by_key[other].append(pk)
        self._load_places()
        for one, scheme, value in (
            Identifier.objects.order_by("-pk")
            .values_list("organisation_id", "scheme", "value")
            .iterator()
        ):
            self.name_identifier(one, scheme, value)

    def _load_places(self) -> None:
        """The first place that each organisation hosts, one with its own name before another."""
        rows = PlaceRole.objects.filter(role="hosts").order_by("pk")
        fields = (
            "organisation_id",
            "place_id",
            "place__name_key",
            "place__street",
            "place__postcode",
            "place__longitude",
            "place__latitude",
        )
        for one, place, key, street, postcode, lon, lat in rows.values_list(*fields).iterator():
            known = self.known.get(one)
            if known and (known.place is None or key == known.key):
                known.place = place
                known.address = address_key(street, postcode)
                known.point = (lon, lat) if lon is not None else None
                self._spot(known)

    def name_identifier(self, pk: int, scheme: str, value: str) -> None:
        """Make a record findable by a number."""
        if pk not in self.by_identifier[scheme, value]:
            self.by_identifier[scheme, value].append(pk)
        if scheme == "own" and pk in self.known:
            self.known[pk].own = value

    def add(self, known: Known) -> None:
        """Make one more record findable."""
        self.known[known.pk] = known
        self.by_key[known.key].append(known.pk)
        for area in known.areas or (0,):
            self.by_start[area, known.key.replace(" ", "")[:5]].append(known.pk)
        if known.website:
            self.by_website[known.website].append(known.pk)
        self._spot(known)

    def _spot(self, known: Known) -> None:
        if known.address:
            self.by_address[known.address].append(known.pk)
        if known.point:
            self.by_cell[*self._cell(known.point), beginning(known.key)].append(known.pk)

    @staticmethod
    def _cell(point: geo.Point) -> tuple[int, int]:
        return round(point[0] * 500), round(point[1] * 500)

    def match(self, draft: Draft, taken: dict[int, int]) -> Known | None:
        """The record that a row is about, or None for a new one. ``taken`` holds the records of earlier rows."""
        wanted = describe(draft, 0)
        return self._by_number(draft, wanted, taken) or self._by_name(wanted, taken)

    def _by_number(self, draft: Draft, wanted: Known, taken: dict[int, int]) -> Known | None:
        """The record with one of the row's numbers.

        Another name means that it was renamed, unless the file still has the record's own name: then the number is a
        row number, or is shared.
        """
        for number in draft.identifiers:
            found = [
                self.known[pk]
                for pk in self.by_identifier.get(number, ())
                if pk in self.known and pk not in taken
            ]
            same = [known for known in found if known.key == wanted.key]
            renamed = [known for known in found if not self.names_in_file[known.key]]
            if same or renamed:
                return (same or renamed)[0]
        return None

    def _by_name(self, wanted: Known, taken: dict[int, int]) -> Known | None:
        """The record of this name whose place and website agree best."""
        here = [
            self.known[pk]
            for pk in self.by_key.get(wanted.key, ())
            if pk in self.known and pk not in taken
        ]
        free = [
            known
            for known in here
            if not (wanted.own and known.own and wanted.own != known.own and self._has_numbers)
        ]
        is_only_one = len(here) == 1 and self.names_in_file[wanted.key] <= 1
        best, best_score = None, 0
        for known in free:
            score = agreement(wanted, known)
            if not score and is_only_one and set(wanted.areas) & set(known.areas):
                score = 1  # moved, or with a new website
            if score > best_score:
                best, best_score = known, score
        return best

    @property
    def _has_numbers(self) -> bool:
        """True when the list's own numbers stay with their records, and do not just count its rows."""
        return not self.counts_rows

    def look_alikes(self, new: Known) -> Iterator[tuple[Known, str]]:
        """Other records that may be the same organisation, each with the reason: name, website, address or spot."""
        seen = {new.pk}
        for reason, candidates, least in self._near(new):
            for pk in candidates[:MOST_COMPARED]:
                other = self.known.get(pk)
                if other is None or pk in seen:
                    continue
                if similarity(new.key, other.key) >= least or new.key.replace(
                    " ", ""
                ) == other.key.replace(" ", ""):
                    seen.add(pk)
                    yield other, reason

    def _close_by(self, point: geo.Point, start: str) -> list[int]:
        """Records within some hundred metres whose longest word begins the same."""
        (x, y), (column, row) = point, self._cell(point)
        cells = ((column + dx, row + dy, start) for dx in (-1, 0, 1) for dy in (-1, 0, 1))
        found = []
        for cell in cells:
            for pk in self.by_cell.get(cell, [])[:MOST_COMPARED]:
                known = self.known.get(pk)
                # Degrees first: a hundred metres is less than 0.0016 of a degree anywhere in Europe.
                if (
                    known
                    and known.point
                    and abs(known.point[1] - y) < 0.0009
                    and abs(known.point[0] - x) < 0.0016
                ):
                    found.append(pk)
                    if len(found) == MOST_COMPARED:
                        return found
        return found

    def _near(self, new: Known) -> Iterator[tuple[str, list[int], float]]:
        yield "name", self.by_key.get(new.key, []), 100.0
        if new.website:
            yield "website", self.by_website.get(new.website, []), ALIKE
        if new.address:
            yield "address", self.by_address.get(new.address, []), ALIKE
        if new.point:
            yield "spot", self._close_by(new.point, beginning(new.key)), ALIKE
        for area in new.areas or (0,):
            yield "area", self.by_start.get((area, new.key.replace(" ", "")[:5]), []), 93.0


def agreement(wanted: Known, known: Known) -> int:
    """How well place and website of two records of the same name agree; 0 when they contradict each other."""
    if wanted.said and wanted.said == known.said:
        return 9
    if wanted.spot and wanted.spot == known.spot:
        return 8
    same = conflict = 0
    if wanted.website and known.website:
        same, conflict = (
            same + 3 * (wanted.website == known.website),
            conflict + (wanted.website != known.website),
        )
    if wanted.address and known.address:
        same, conflict = (
            same + 3 * (wanted.address == known.address),
            conflict + (wanted.address != known.address),
        )
    elif wanted.point and known.point:
        near = geo.metres(wanted.point, known.point) <= NEAR
        same, conflict = same + 3 * near, conflict + (not near)
    if same:
        return same + 1
    if conflict:
        return 0
    if wanted.areas and known.areas:
        return 1 if set(wanted.areas) & set(known.areas) else 0
    return 1


def describe(draft: Draft, pk: int, place: int | None = None) -> Known:
    """What a row says, in the form in which records are compared."""
    if draft.described is not None:
        return replace(draft.described, pk=pk, place=place)
    values, spot = draft.values, draft.place_values
    draft.described = Known(
        pk,
        normalise(values["name"])[:200],
        website_key(values.get("website", "")),
        address_key(spot.get("street", ""), spot.get("postcode", "")),
        (spot["longitude"], spot["latitude"]) if "longitude" in spot else None,
        tuple(area.pk for area in values.get("areas", ())),
        next((value for scheme, value in draft.identifiers if scheme == "own"), ""),
        place,
        line=draft.line,
        said=said(draft.raw),
        spot=said_where(draft.raw),
    )
    return draft.described
