"""Takes in a register that another Knooppunt exported (register.json): the same public records,
under the same addresses.
"""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, time
from pathlib import Path
from typing import Any

from django.db import transaction

from knooppunt.core.audit import trail
from knooppunt.core.audit.trail import Actor
from knooppunt.core.coalition.configuration import LANGUAGES
from knooppunt.directory.actions.records import change_many, create_many
from knooppunt.directory.geography import AreaMap
from knooppunt.directory.models import (
    Area,
    Confirmation,
    ContactPoint,
    Identifier,
    Kind,
    Membership,
    OpeningException,
    OpeningHours,
    Organisation,
    Place,
    PlaceRole,
    Theme,
    VolunteerStatement,
)

FORMAT = "knooppunt-register-1"
DAYS = ("since", "until", "listed_on", "confirmed_on", "on")
TIMES = ("opens", "closes")


class UnreadableRegister(ValueError):
    """The file is no exported register; the text says why."""


def take_in(actor: Actor, path: Path) -> Counter[str]:
    """Read an exported register, whole or not at all; gives how many rows of each table were new or
    changed.

    Raises UnreadableRegister.
    """
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        if raw.get("format") != FORMAT:
            raise UnreadableRegister(
                f"{path} is geen register dat met 'knooppunt export' is gemaakt."
            )
        with transaction.atomic():
            return _Intake(actor, raw["tables"]).go()
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as problem:
        raise UnreadableRegister(
            f"{path} kan niet worden gelezen: {problem}. Er is niets veranderd."
        ) from problem
    except (KeyError, TypeError, AttributeError) as problem:
        raise UnreadableRegister(
            f"{path} is niet volledig ({problem!r}). Er is niets veranderd."
        ) from problem


class _Intake:
    """One exported register on its way in."""

    def __init__(self, actor: Actor, tables: dict[str, list[dict[str, Any]]]) -> None:
        self.actor, self.tables, self.counts = actor, tables, Counter[str]()

    def go(self) -> Counter[str]:
        """All tables, those that others point at first."""
        self._areas()
        for model, name in ((Kind, "kinds"), (Theme, "themes")):
            for position, row in enumerate(self.tables[name]):
                _row, is_new = model.objects.get_or_create(
                    slug=row["slug"], defaults={**row, "position": 500 + position}
                )
                self.counts[name] += is_new
        self.area_slugs = {area.slug: area for area in Area.objects.all()}
        self.organisations = self._records(Organisation, "organisations")
        self.places = self._records(Place, "places")
        self._links()
        trail.bump_generation()
        return self.counts

    def _areas(self) -> None:
        for row in self.tables["areas"]:
            values = {
                **row,
                "parent": Area.objects.get(slug=row["parent"]) if row["parent"] else None,
            }
            _area, is_new = Area.objects.update_or_create(slug=row["slug"], defaults=values)
            self.counts["areas"] += is_new

    def _records(self, model: Any, name: str) -> dict[str, Any]:
        """Records by slug: known ones are changed, others are made under the same slug."""
        known = {one.slug: one for one in model.objects.prefetch_related("areas")}
        kinds, themes = (
            {kind.slug: kind for kind in Kind.objects.all()},
            {theme.slug: theme for theme in Theme.objects.all()},
        )
        new, old = [], []
        for row in self.tables[name]:
            values = {
                key: _value(key, value)
                for key, value in row.items()
                if not key.startswith("description_")
            }
            values["descriptions"] = {
                code: row[f"description_{code}"]
                for code in LANGUAGES
                if row.get(f"description_{code}")
            }
            values["areas"] = [self.area_slugs[slug] for slug in row["areas"]]
            if model is Organisation:
                values["kind"] = kinds[row["kind"]] if row["kind"] else None
                values["themes"] = [themes[slug] for slug in row["themes"]]
            else:
                values = {
                    key: value
                    for key, value in values.items()
                    if key not in ("area", "has_area_conflict")
                }
            if row["slug"] in known:
                old.append((known[row["slug"]], values))
            else:
                new.append(values)
        areas = AreaMap()
        made = create_many(self.actor, model, new, areas=areas)
        changed = change_many(self.actor, old, areas)
        self.counts[name] += len(made) + len(changed)
        return known | {one.slug: one for one in made}

    def _links(self) -> None:
        plan: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
            ("memberships", Membership, ("organisation", "network", "since")),
            ("place_roles", PlaceRole, ("organisation", "place", "role", "since")),
            ("opening_hours", OpeningHours, ("place", "weekday", "opens")),
            ("opening_exceptions", OpeningException, ("place", "since", "until", "opens")),
            ("contact_points", ContactPoint, ("organisation", "place", "type", "value")),
            ("identifiers", Identifier, ("organisation", "scheme", "value")),
            ("volunteer_statements", VolunteerStatement, ("organisation", "on")),
            ("confirmations", Confirmation, ("organisation", "place", "on", "via")),
        )
        for name, model, keys in plan:
            for row in self.tables[name]:
                values = {key: self._linked(key, value) for key, value in row.items()}
                if model is ContactPoint:
                    values["visibility"] = "public"
                found = {key: values.pop(key) for key in keys}
                same = {
                    f"{key}__isnull" if value is None else key: True if value is None else value
                    for key, value in found.items()
                }
                existing = model.objects.filter(**same)
                if not existing.exists():
                    model.objects.create(**found, **values)
                    self.counts[name] += 1
                elif values:
                    existing.update(**values)

    def _linked(self, key: str, value: Any) -> Any:
        if key in ("organisation", "network"):
            return self.organisations[value] if value else None
        if key == "place":
            return self.places[value] if value else None
        return _value(key, value)


def _value(key: str, value: Any) -> Any:
    if value and key in DAYS:
        return date.fromisoformat(value)
    return time.fromisoformat(value) if value and key in TIMES else value
