"""Recognises which record a row is about, and which other records it resembles; held in memory for
one import.

By the agreement of several facts: name, website, address, point and number. A number alone decides
nothing.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from django.db.models.fields.json import KT

from knooppunt.directory.importing.draft import Draft
from knooppunt.directory.importing.network_cells import LEGAL_FORMS
from knooppunt.directory.models import Identifier, Organisation, PlaceRole
from knooppunt.kit import geo
from knooppunt.kit.text import is_slip, normalise, similarity

NEAR = 100.0
ALIKE = 85.0
MOST_COMPARED = 25
# A website or address that more records share than this says nothing by itself.
MOST_SHARING = 4


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
    # Of a record that a person merged: the record that it went into.
    leads_to: int = 0


SPOT = ("website", "street", "house_number", "postcode", "city", "latitude", "longitude", "point")


def said(raw: dict[str, str]) -> int:
    """A mark of everything a list said about a record; 0 when it said nothing."""
    filled = {name: cell for name, cell in raw.items() if cell}
    return hash(frozenset(filled.items())) if filled else 0


def said_where(raw: dict[str, str]) -> int:
    """A mark of what a list said about place and website; 0 when it said nothing."""
    return said({name: raw.get(name, "") for name in SPOT})


def name_key(name: str) -> str:
    """A name as it is compared; a name of signs alone is compared as it is written, and no name
    gives an empty text.
    """
    return normalise(name)[:200] or name.strip()[:200]


def is_near(left: str, right: str) -> bool:
    """True for two names of which one only has more words, or differs by a slip of the pen."""
    words, others = set(left.split()), set(right.split())
    if any(sign.isdigit() for word in words ^ others for sign in word):
        return False
    return (
        bool(words)
        and bool(others)
        and (words <= others or others <= words or is_slip(left, right))
    )


# Words of a folded name that say what an organisation is by law, and articles.
_FORMS = frozenset((*LEGAL_FORMS, *"cooperatieve nv cv vof de het een the".split()))
_SPACED_FORM = re.compile(r"\b(?:b v|n v|c v|u a|i o)\b|^t ")


def core_key(key: str) -> str:
    """A folded name without legal form and article, its words in order of the alphabet; empty
    when nothing is left.
    """
    words = _SPACED_FORM.sub(" ", key).split()
    return " ".join(sorted(word for word in words if word not in _FORMS))


def beginning(key: str) -> str:
    """The first two letters of the longest word of a name: the same for a name with a typing
    error or its words turned.
    """
    return max(key.split(), key=len, default="")[:2]


def website_key(address: str) -> str:
    """A web address as it is compared: without scheme, www and closing slash."""
    return address.split("://")[-1].removeprefix("www.").rstrip("/").lower()


def address_key(street: str, postcode: str) -> str:
    """An address as it is compared; empty when there is no street with a number in it."""
    has_number = any(map(str.isdigit, street))
    return normalise(f"{street} {postcode.replace(' ', '')}") if has_number else ""


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
    by_core: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
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
        fields = ("pk", "name", "name_key", "website", "list_key", "list_name", "imported")
        for pk, name, folded, website, list_key, list_name, imported in rows.values_list(
            *fields
        ).iterator():
            key = folded or name_key(name)
            known = Known(
                pk, key, website_key(website), areas=tuple(areas.pop(pk, ())), list_key=list_key
            )
            known.said, known.spot = said(imported), said_where(imported)
            self.add(known)
            other = name_key(str(list_name or ""))
            if other and other != key:
                self.by_key[other].append(pk)
        self._load_places()
        self._load_merged()
        for one, scheme, value in (
            Identifier.objects.order_by("-pk")
            .values_list("organisation_id", "scheme", "value")
            .iterator()
        ):
            self.name_identifier(one, scheme, value)

    def _load_merged(self) -> None:
        """Records that were merged, by name only: a row about one leads to the record that it
        went into.
        """
        rows = Organisation.objects.filter(state="merged", merged_into__isnull=False)
        merged = {
            one.pk: one
            for one in rows.only("name", "website", "merged_into", "imported", "list_key")
        }
        for one in merged.values():
            pk, seen = one.merged_into_id, {one.pk}
            while pk in merged and pk not in seen:
                seen.add(pk)
                pk = merged[pk].merged_into_id
            if pk not in self.known:
                continue
            known = Known(
                one.pk, name_key(one.name), website_key(one.website), list_key=one.list_key
            )
            known.said, known.spot, known.leads_to = (
                said(one.imported),
                said_where(one.imported),
                pk,
            )
            self.known[one.pk] = known
            self.by_key[known.key].append(one.pk)

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
        if core := core_key(known.key):
            self.by_core[core].append(known.pk)
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
        """The record that a row is about, or None for a new one.

        ``taken`` holds the records of earlier rows. A row whose number belongs to a record of
        another name gets that in its ``claims``.
        """
        wanted = describe(draft, 0)
        numbered: dict[int, int] = Counter(
            pk
            for number in self._numbers(draft)
            for pk in self.by_identifier.get(number, ())
            if pk in self.known and pk not in taken
        )
        known = self._by_name(wanted, numbered, taken) if wanted.key else None
        if known is None and numbered:
            known = self._renamed(draft, wanted, numbered)
        draft.claims = list(self._claims(draft, wanted, known))
        return known

    def _numbers(self, draft: Draft) -> list[tuple[str, str]]:
        """The numbers of a row that say something; those that merely count rows do not."""
        return [
            (scheme, value)
            for scheme, value in draft.identifiers
            if scheme != "own" or self._has_numbers
        ]

    def _by_name(
        self, wanted: Known, numbered: dict[int, int], taken: dict[int, int]
    ) -> Known | None:
        """The record of this name with which website, place and number agree best."""
        here = [
            self.known[pk]
            for pk in self.by_key.get(wanted.key, ())
            if pk in self.known and pk not in taken
        ]
        is_only_one = len(here) == 1 and self.names_in_file[wanted.key] <= 1
        best, best_score = None, 0
        for known in here:
            score = agreement(wanted, known)
            if known.pk in numbered:
                score += 2
            elif wanted.own and known.own and wanted.own != known.own and self._has_numbers:
                score = score if score > 1 or is_only_one else 0
            elif not score and is_only_one and set(wanted.areas) & set(known.areas):
                score = 1  # moved, or with a new website
            elif not score and is_only_one and known.leads_to:
                score = 1  # a person said what it is
            if score > best_score:
                best, best_score = known, score
        return best

    def _renamed(self, draft: Draft, wanted: Known, numbered: dict[int, int]) -> Known | None:
        """The record with the row's number under another name, when more facts agree than
        contradict.

        Never when the file has a row with the record's own name: then the number is shared, or was
        given out anew.
        """
        for pk, numbers in numbered.items():
            known = self.known[pk]
            if self.names_in_file[known.key]:
                continue
            same, against = self._facts(wanted, known)
            same, against = same + numbers, against + (not is_near(wanted.key, known.key))
            same += is_near(wanted.key, known.key)
            if same >= 2 and same > against:
                draft.find("renamed", "name", value=known.key)
                return known
        return None

    def _facts(self, wanted: Known, known: Known) -> tuple[int, int]:
        """How many of website and place agree and are of no other record, and how many
        contradict.
        """
        same = against = 0
        if wanted.website and known.website:
            is_same = wanted.website == known.website
            same += is_same and len(self.by_website[known.website]) == 1
            against += not is_same
        if wanted.address and known.address:
            is_same = wanted.address == known.address
            same += is_same and len(self.by_address[known.address]) == 1
            against += not is_same
        elif wanted.point and known.point:
            against += geo.metres(wanted.point, known.point) > NEAR
        return same, against

    def _claims(
        self, draft: Draft, wanted: Known, known: Known | None
    ) -> Iterator[tuple[str, str, int]]:
        """Each number of the row that belongs to a record of another name, and not to the row's own
        record.

        Also when an earlier row was about that record: then the two changed numbers.
        """
        for scheme, value in self._numbers(draft):
            holders = self.by_identifier.get((scheme, value), ())
            if known and {known.pk, known.leads_to} & set(holders):
                continue
            is_first = self.lines.get((scheme, value), draft.line) == draft.line
            for pk in holders:
                other = self.known.get(pk)
                if other and not other.leads_to and is_first and other.key != wanted.key:
                    yield scheme, value, pk

    @property
    def _has_numbers(self) -> bool:
        """True when the list's own numbers stay with their records, and do not just count its
        rows.
        """
        return not self.counts_rows

    def look_alikes(self, new: Known) -> Iterator[tuple[Known, str]]:
        """Other records that may be the same organisation, each with the reason: name, website,
        address or spot.

        Of those that share a website or address and are not called alike only the first.
        """
        seen, plain = {new.pk}, new.key.replace(" ", "")
        for reason, candidates, least in self._near(new):
            has_other = False
            for pk in candidates[:MOST_COMPARED]:
                other = self.known.get(pk)
                if other is None or other.leads_to or pk in seen:
                    continue
                likeness = similarity(new.key, other.key)
                is_alike = likeness >= (least or ALIKE) or plain == other.key.replace(" ", "")
                if is_alike or (not least and not has_other):
                    has_other |= not is_alike
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
                # Degrees first: a hundred metres is less than 0.0016 of a degree anywhere in
                # Europe.
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
        yield "words", self.by_core.get(core_key(new.key), []), 1.0
        for reason, others in (
            ("website", self.by_website.get(new.website, []) if new.website else []),
            ("address", self.by_address.get(new.address, []) if new.address else []),
        ):
            yield reason, others, ALIKE if len(others) > MOST_SHARING else 0.0
        if new.point:
            yield "spot", self._close_by(new.point, beginning(new.key)), ALIKE
        for area in new.areas or (0,):
            yield "area", self.by_start.get((area, new.key.replace(" ", "")[:5]), []), 93.0


def agreement(wanted: Known, known: Known) -> int:
    """How well place and website of two records of the same name agree; 0 when they contradict
    each other.
    """
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
        name_key(values["name"]),
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
