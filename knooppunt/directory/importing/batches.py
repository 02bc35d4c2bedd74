"""Writes a batch of drafts: creates what is new, changes what differs from the last list, and
leaves the rest alone.

Each record remembers what the list said last. Only a cell that differs from that changes the
record, so that what a person corrected by hand stays, and the same file twice changes nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from knooppunt.core.audit.saving import Slugs
from knooppunt.core.audit.trail import Actor
from knooppunt.directory.actions import care, details
from knooppunt.directory.actions.confirm import confirm
from knooppunt.directory.actions.links import assign_many
from knooppunt.directory.actions.records import change_many, create_many
from knooppunt.directory.geography import AreaMap
from knooppunt.directory.importing.draft import Draft
from knooppunt.directory.importing.drafts import Reader
from knooppunt.directory.importing.matching import Index, Known, describe, said
from knooppunt.directory.importing.shared_addresses import SharedSpots
from knooppunt.directory.models import (
    Confirmation,
    ContactPoint,
    DuplicateCandidate,
    Identifier,
    OpeningHours,
    Organisation,
    Place,
    VolunteerStatement,
)
from knooppunt.kit.findings import Outcome
from knooppunt.kit.headings import STEP

EMPTY: dict[str, Any] = {
    "website": "",
    "note": "",
    "source": "",
    "themes": [],
    "languages": [],
    "target_groups": [],
    "since": None,
    "until": None,
}
TOGETHER = (
    {"latitude", "longitude", "point"},
    {"street", "house_number"},
    {"volunteers", "volunteers_on"},
)


@dataclass
class Done:
    """What became of one row."""

    draft: Draft
    outcome: Outcome
    slug: str
    pk: int


@dataclass
class ImportContext:
    """What all batches of one import share."""

    index: Index
    areas: AreaMap
    organisation_slugs: Slugs = field(default_factory=lambda: Slugs(Organisation, everything=True))
    place_slugs: Slugs = field(default_factory=lambda: Slugs(Place, everything=True))
    networks: dict[int, tuple[int, str, str]] = field(default_factory=dict)
    reader: Reader | None = None
    shared: SharedSpots = field(default_factory=SharedSpots)
    # Each row that was read, with its line, and the slug of the record of each line.
    rows: dict[frozenset[tuple[str, str]], int] = field(default_factory=dict)
    slugs: dict[int, str] = field(default_factory=dict)

    def said_before(self, one: Organisation) -> Draft:
        """What the list said about a record the last time, read again."""
        assert self.reader is not None
        return self.reader.understand(Draft(0, dict(one.imported)))


@dataclass
class Batch:
    """Some hundred rows that are written together."""

    actor: Actor
    shelf: ImportContext
    taken: dict[int, int]
    lists: Counter[str]
    new: list[Draft] = field(default_factory=list)
    old: list[tuple[Draft, Known]] = field(default_factory=list)
    merged: list[tuple[Draft, Known]] = field(default_factory=list)
    repeated: list[tuple[Draft, int]] = field(default_factory=list)

    def write(self, drafts: list[Draft]) -> list[Done]:
        """Write all drafts, in the caller's transaction; gives what became of each, in the
        order of the file.
        """
        for draft in drafts:
            self._same_number(draft)
            known = self.shelf.index.match(draft, self.taken)
            line = self._earlier(draft)
            if known is None and line:
                draft.find("repeated_row", "", value=line % STEP)
                self.repeated.append((draft, line))
            elif known is None:
                self.new.append(draft)
            else:
                self.taken[known.pk] = draft.line
                self.lists[known.list_key] += 1
                (self.merged if known.leads_to else self.old).append((draft, known))
        done = self._change() + self._create() + self._leave_merged()
        slugs = self.shelf.slugs
        slugs.update({one.draft.line: one.slug for one in done})
        done += [Done(draft, "unchanged", slugs[line], 0) for draft, line in self.repeated]
        return sorted(done, key=lambda one: one.draft.line)

    def _earlier(self, draft: Draft) -> int:
        """The line of an earlier row with the same in every cell, of which more than one is
        filled; else 0.
        """
        cells = {*draft.raw.items(), *(("kept " + name, cell) for name, cell in draft.kept.items())}
        row = frozenset(cell for cell in cells if cell[1])
        line = self.shelf.rows.setdefault(row, draft.line) if len(row) > 1 else draft.line
        return line if line != draft.line else 0

    def _same_number(self, draft: Draft) -> None:
        """Say that an earlier row has the same number."""
        for scheme, value in draft.identifiers:
            if scheme == "own" and self.shelf.index.counts_rows:
                continue
            line = self.shelf.index.lines.setdefault((scheme, value), draft.line)
            if line != draft.line:
                draft.find(
                    "duplicate_identifier",
                    "identifier" if scheme == "own" else scheme,
                    value=value,
                    line=line % STEP,
                )

    # New records.

    def _create(self) -> list[Done]:
        blank = Organisation()
        rows = [self._values(draft, draft.raw.keys(), blank, is_new=True) for draft in self.new]
        for draft, row in zip(self.new, rows, strict=True):
            if draft.slug and self.shelf.organisation_slugs.is_free(draft.slug):
                row["slug"] = draft.slug
        records = create_many(
            self.actor, Organisation, rows, self.shelf.organisation_slugs, self.shelf.areas
        )
        pairs = list(zip(self.new, records, strict=True))
        places = self._create_places([(draft, one) for draft, one in pairs if _wants_place(draft)])
        self._hang(pairs, places)
        duplicates = []
        for draft, one in pairs:
            known = describe(draft, one.pk, places[one.pk].pk if one.pk in places else None)
            duplicates += self._look_alikes(draft, one, known)
            self.shelf.index.add(known)
            for scheme, value in draft.identifiers:
                self.shelf.index.name_identifier(one.pk, scheme, value)
            self.taken[one.pk] = draft.line
            self._remember_networks(draft, one)
        care.flag_duplicates(duplicates)
        return [Done(draft, "created", one.slug, one.pk) for draft, one in pairs]

    def _look_alikes(
        self, draft: Draft, one: Organisation, known: Known
    ) -> list[tuple[int, int, str]]:
        found = []
        for other, why in self.shelf.index.look_alikes(known):
            found.append((one.pk, other.pk, why))
            if why in ("website", "address"):
                continue  # named with all that share it, after all rows
            self.shelf.shared.named.add(frozenset((one.pk, other.pk)))
            draft.find(
                "possible_duplicate",
                "name",
                value=f"{other.key} (#{other.line % STEP})" if other.line else other.key,
                why=DuplicateCandidate.REASONS[why],
            )
        self.shelf.shared.add(self.shelf.index, known)
        return found

    def _create_places(self, pairs: list[tuple[Draft, Organisation]]) -> dict[int, Place]:
        rows = [self._place_values(draft, one) for draft, one in pairs]
        places = create_many(self.actor, Place, rows, self.shelf.place_slugs, self.shelf.areas)
        assign_many([(one, place) for (_draft, one), place in zip(pairs, places, strict=True)])
        hours = [
            OpeningHours(place=place, weekday=day, opens=opens, closes=closes)
            for (draft, _one), place in zip(pairs, places, strict=True)
            for day, opens, closes in draft.hours or ()
        ]
        OpeningHours.objects.bulk_create(hours, batch_size=400)
        return {one.pk: place for (_draft, one), place in zip(pairs, places, strict=True)}

    def _place_values(self, draft: Draft, one: Organisation) -> dict[str, Any]:
        own = {
            "name": one.name,
            "listed_on": one.listed_on,
            "since": one.since,
            "until": one.until,
            "source": one.source,
        }
        confirmed = (
            {"confirmed_on": draft.confirmed_on, "confirmed_via": "import"}
            if draft.confirmed_on
            else {}
        )
        return own | draft.place_values | confirmed

    def _hang(self, pairs: list[tuple[Draft, Organisation]], places: dict[int, Place]) -> None:
        """What hangs below new records: contacts, numbers, volunteers, and that the list
        confirmed them on a day.
        """
        today = timezone.localdate()
        ContactPoint.objects.bulk_create(
            [
                ContactPoint(organisation=one, type=kind, value=value, label=label, visibility=seen)
                for draft, one in pairs
                for rows in draft.contacts.values()
                for kind, value, label, seen in dict.fromkeys(rows)
            ],
            batch_size=400,
            ignore_conflicts=True,
        )
        Identifier.objects.bulk_create(
            [
                Identifier(organisation=one, scheme=scheme, value=value)
                for draft, one in pairs
                for scheme, value in draft.identifiers
            ],
            batch_size=400,
        )
        VolunteerStatement.objects.bulk_create(
            [
                VolunteerStatement(
                    organisation=one,
                    number=draft.volunteers[0],
                    on=draft.volunteers[1] or draft.confirmed_on or today,
                    source=one.source[:300],
                )
                for draft, one in pairs
                if draft.volunteers
            ],
            batch_size=400,
        )
        confirmed = [(draft.confirmed_on, one) for draft, one in pairs if draft.confirmed_on]
        rows = [Confirmation(organisation=one, on=day, via="import") for day, one in confirmed]
        rows += [
            Confirmation(place=places[one.pk], on=day, via="import")
            for day, one in confirmed
            if one.pk in places
        ]
        Confirmation.objects.bulk_create(rows, batch_size=400)

    # Records that were there.

    def _change(self) -> list[Done]:
        rows = Organisation.objects.filter(
            pk__in=[known.pk for _draft, known in self.old]
        ).select_related("kind")
        records = {one.pk: one for one in rows.prefetch_related("areas", "themes")}
        spots = Place.objects.filter(
            pk__in=[known.place for _draft, known in self.old if known.place]
        )
        places = {place.pk: place for place in spots.prefetch_related("areas")}
        changes, spot_changes, moved = [], [], set()
        for draft, known in self.old:
            one, place = records[known.pk], places.get(known.place or 0)
            known.line = draft.line
            fields = _differing(draft, one)
            self._remember_networks(draft, one)
            fields += _understood_now(draft, one, fields)
            if not fields and one.kept == {**one.kept, **draft.kept}:
                continue
            self._say_emptied(draft, fields, one)
            if "networks" in fields:
                moved.add(one.pk)
            changes.append((one, self._values(draft, fields, one)))
            spot = _spot_values(draft, fields, one, place)
            if place and spot:
                spot_changes.append((place, spot))
            elif not known.place and fields and _wants_place(draft):
                known.place = self._create_places([(draft, one)])[one.pk].pk
                moved.add(one.pk)
            if self._below(draft, one, place, fields):
                moved.add(one.pk)
        owners = {known.place: known.pk for _draft, known in self.old if known.place}
        moved |= {one.pk for one in change_many(self.actor, changes, self.shelf.areas)}
        moved |= {
            owners[place.pk] for place in change_many(self.actor, spot_changes, self.shelf.areas)
        }
        return [
            Done(
                draft,
                "updated" if known.pk in moved else "unchanged",
                records[known.pk].slug,
                known.pk,
            )
            for draft, known in self.old
        ]

    def _leave_merged(self) -> list[Done]:
        """A row about a record that a person merged changes nothing: that person chose what
        holds.
        """
        records = Organisation.objects.in_bulk([known.leads_to for _draft, known in self.merged])
        for draft, known in self.merged:
            one = records[known.leads_to]
            if known.said != said(draft.raw):
                draft.find("merged_row", "name", value=one.name)
            if one.pk not in self.shelf.networks:
                self.shelf.networks[one.pk] = (draft.line, draft.networks, "")
        return [
            Done(draft, "unchanged", records[known.leads_to].slug, known.leads_to)
            for draft, known in self.merged
        ]

    def _values(
        self, draft: Draft, fields: Any, one: Organisation, is_new: bool = False
    ) -> dict[str, Any]:
        """The new values of the fields that differ; an emptied cell empties what the list
        itself had filled.
        """
        values: dict[str, Any] = {}
        descriptions = dict(one.descriptions)
        for name in fields:
            part = draft.parts.get(name)
            if part is None and not is_new:
                part = self._emptied(name, one)
            for key, value in (part or {}).items():
                if key.startswith("description:"):
                    descriptions[key.split(":")[1]] = value
                    values["descriptions"] = {
                        language: text for language, text in descriptions.items() if text
                    }
                else:
                    values[key] = value
        values["imported"] = {**one.imported, **draft.raw}
        kept = {key: cell for key, cell in one.kept.items() if key not in fields}
        values["kept"] = {**kept, **draft.kept}
        if is_new and draft.confirmed_on:
            values |= {"confirmed_on": draft.confirmed_on, "confirmed_via": "import"}
        return values

    @staticmethod
    def _say_emptied(draft: Draft, fields: list[str], one: Organisation) -> None:
        """Name each cell that had something the last time and is empty now; networks are told
        when they are settled.
        """
        for name in fields:
            if name != "networks" and one.imported.get(name) and not draft.raw.get(name):
                draft.find("emptied_cell", name, value=one.imported[name])

    def _emptied(self, name: str, one: Organisation) -> dict[str, Any]:
        """What an emptied cell empties: only what the list itself had filled, not what a person
        wrote since.
        """
        before = self.shelf.said_before(one).parts.get(name, {})
        emptied: dict[str, Any] = {}
        for key, value in before.items():
            if key.startswith("description:"):
                if one.descriptions.get(key.split(":")[1]) == value:
                    emptied[key] = ""
            elif key in EMPTY:
                now = list(getattr(one, key).all()) if key == "themes" else getattr(one, key)
                emptied |= {key: EMPTY[key]} if now == value else {}
        return emptied

    def _below(
        self, draft: Draft, one: Organisation, place: Place | None, fields: list[str]
    ) -> bool:
        """Bring contacts, numbers, hours, volunteers and confirmation up to date; True if
        anything differed.
        """
        moved = self._contacts(draft, one, fields)
        if {"identifier", "kvk"} & set(fields):
            self._numbers(draft, one)
        if "hours" in fields and place and draft.hours is not None:
            moved |= details.set_hours(
                self.actor, place, [(*stretch, "") for stretch in draft.hours]
            )
        if {"volunteers", "volunteers_on"} & set(fields) and draft.volunteers:
            number, on = draft.volunteers
            moved |= details.state_volunteers(self.actor, one, number, on, one.source[:300])
        if draft.confirmed_on and (
            one.confirmed_on is None or draft.confirmed_on > one.confirmed_on
        ):
            confirm(self.actor, one, "import", draft.confirmed_on)
            moved = True
        return moved

    def _contacts(self, draft: Draft, one: Organisation, fields: list[str]) -> bool:
        """Replace the contacts that the list gave before by those it gives now; others stay."""
        kinds = [kind for kind in ("website", "email", "phone", "person") if kind in fields]
        if not kinds:
            return False
        before = self.shelf.said_before(one).contacts
        gone = {row[:2] for kind in kinds for row in before.get(kind, ())}
        now = [row for kind in kinds for row in draft.contacts.get(kind, ())]
        rows = list(one.contact_points.values_list("type", "value", "label", "visibility"))
        rest = [
            row for row in rows if row[:2] not in gone and row[:2] not in {new[:2] for new in now}
        ]
        return details.set_contacts(self.actor, one, rest + now)

    def _numbers(self, draft: Draft, one: Organisation) -> None:
        """Give a record the numbers that the list gives it now, in place of those it gave
        before.
        """
        for scheme, value in set(self.shelf.said_before(one).identifiers) - set(draft.identifiers):
            one.identifiers.filter(scheme=scheme, value=value).delete()
        for scheme, value in draft.identifiers:
            details.set_identifier(self.actor, one, scheme, value)
            self.shelf.index.name_identifier(one.pk, scheme, value)

    def _remember_networks(self, draft: Draft, one: Organisation) -> None:
        """Networks are joined after all rows; every row's are remembered, so that a run cut off
        is made good.
        """
        before = one.imported.get("networks", "") if one.imported else ""
        if draft.networks or before:
            self.shelf.networks[one.pk] = (
                draft.line,
                draft.networks,
                before if "networks" in draft.raw else "",
            )


def _differing(draft: Draft, one: Organisation) -> list[str]:
    """The fields of which the list says something else than before; some go together."""
    fields = [name for name, cell in draft.raw.items() if one.imported.get(name, "") != cell]
    for together in TOGETHER:
        if together & set(fields):
            fields += [name for name in together & draft.raw.keys() if name not in fields]
    return fields


def _understood_now(draft: Draft, one: Organisation, fields: list[str]) -> list[str]:
    """The fields of which the cell is what it was, but was not understood the last time, and is
    now.
    """
    return [
        name
        for name in (
            "kind",
            "role",
            "themes",
            "area",
            "languages",
            "wheelchair",
            "toilet",
            "kitchen",
        )
        if name in one.kept
        and one.kept[name] != draft.kept.get(name)
        and name not in fields
        and name in (draft.parts.keys() | draft.place_parts.keys())
        # A kind that a person chose meanwhile stays.
        and not (name == "kind" and one.kind_id)
    ]


def _spot_values(
    draft: Draft, fields: list[str], one: Organisation, place: Place | None
) -> dict[str, Any]:
    """The new values of the place; it is renamed with its organisation when it went by the same
    name.
    """
    values = {
        key: value for name in fields for key, value in draft.place_parts.get(name, {}).items()
    }
    if "name" in fields and place and place.name_key == one.name_key:
        values["name"] = draft.values["name"]
    return values


def _wants_place(draft: Draft) -> bool:
    """True if a row is also about a place: it says so, or says where, or its kind is one."""
    said = draft.raw.get("is_place", "")
    if said and draft.wants_place is not None:
        return draft.wants_place
    return bool(draft.wants_place or draft.has_spot)
