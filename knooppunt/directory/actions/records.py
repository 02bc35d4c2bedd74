"""Create and change organisations and places, one or thousands at a time, each with a line in the
trail.

Values are a dict of field name to new value; many-to-many fields take a list of rows. Nothing is
written that did not change. An edit form, a host's link and an import all pass through here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db import transaction

from knooppunt.core.audit import trail
from knooppunt.core.audit.saving import Slugs
from knooppunt.core.audit.trail import Actor
from knooppunt.core.database import bulk
from knooppunt.directory.actions.searching import search_text
from knooppunt.directory.geography import AreaMap
from knooppunt.directory.models import Area, Organisation, Place

R = TypeVar("R", Organisation, Place)
Values = dict[str, Any]
MANY = {Organisation: ("areas", "themes"), Place: ("areas",)}
WORDLESS = {"kept", "imported", "list_key", "missing_since", "confirmed_on", "confirmed_via"}
SILENT = {"imported", "list_key", "missing_since"}


def create(actor: Actor, model: type[R], values: Values) -> R:
    """One new record. ``values`` needs at least a name."""
    return create_many(actor, model, [values])[0]


def change(actor: Actor, record: R, values: Values, verb: str = "change") -> bool:
    """Change one record; True if anything differed."""
    return bool(change_many(actor, [(record, values)], verb=verb))


def create_many(
    actor: Actor,
    model: type[R],
    rows: Sequence[Values],
    slugs: Slugs | None = None,
    areas: AreaMap | None = None,
) -> list[R]:
    """New records, in the order of ``rows``."""
    slugs = slugs or Slugs(model, [row["name"] for row in rows])
    areas = areas or AreaMap()
    records, links, make = [], [], bulk.blank(model)
    for row in rows:
        many = {name: list(row.get(name, ())) for name in MANY[model]}
        record = make(
            {
                name: value
                for name, value in row.items()
                if name not in many and name not in ("name", "slug")
            }
        )
        record.set_name(row["name"])
        record.slug = row.get("slug") or slugs.give(row["name"])
        _derive(record, many["areas"], areas)
        record.search_text = search_text(record, many)
        records.append(record)
        links.append(many)
    with transaction.atomic():
        bulk.create(records)
        for name in MANY[model]:
            _link(
                model,
                name,
                [(record, many[name]) for record, many in zip(records, links, strict=True)],
            )
        _link_felt(records, areas)
        trail.record_lines(actor, "create", ((record, {}, {}) for record in records))
    return records


def change_many(
    actor: Actor,
    changes: Sequence[tuple[R, Values]],
    areas: AreaMap | None = None,
    verb: str = "change",
) -> list[R]:
    """Change records; gives those that really changed.

    Many-to-many fields should be prefetched for a large batch.
    """
    if not changes:
        return []
    model: Any = type(changes[0][0])
    touched: list[R] = []
    quiet: list[R] = []
    lines, fields = [], {"search_text", "changed_at"}
    with transaction.atomic():
        for record, values in changes:
            before = {name: list(getattr(record, name).all()) for name in MANY[model]}
            found = differences(record, values, before)
            if not found:
                continue
            many = {name: values.get(name, before[name]) for name in MANY[model]}
            _apply(record, found, many)
            fields |= {name for name in found if name not in MANY[model]}
            fields |= {"name_key"} if "name" in found else set()
            if found.keys() & {"latitude", "longitude", "areas"} and isinstance(record, Place):
                _derive(record, many["areas"], areas or AreaMap())
                fields |= {"area", "has_area_conflict"}
                record.felt_areas.set(_felt(record, areas or AreaMap()))
            if found.keys() - WORDLESS:
                record.search_text = search_text(record, many)
            told = {name: value for name, value in found.items() if name not in SILENT}
            (touched if told else quiet).append(record)
            if told:
                lines.append(trail.entry(actor, verb, record, told))
        if touched or quiet:
            _save(model, touched + quiet, fields)
        if lines:
            trail.record_many(lines)
    return touched


def differences(
    record: Any, values: Values, before: dict[str, list[Any]]
) -> dict[str, tuple[Any, Any]]:
    """The fields whose value differs, with old and new."""
    found: dict[str, tuple[Any, Any]] = {}
    for name, new in values.items():
        if name in before:
            if {row.pk for row in before[name]} != {row.pk for row in new}:
                found[name] = (before[name], list(new))
        elif getattr(record, name) != new:
            found[name] = (getattr(record, name), new)
    return found


def _apply(record: Any, found: dict[str, tuple[Any, Any]], many: dict[str, list[Any]]) -> None:
    for name, (_old, new) in found.items():
        if name == "name":
            record.set_name(new)
        elif name in many:
            getattr(record, name).set(new)
        else:
            setattr(record, name, new)


def _save(model: Any, records: list[Any], fields: set[str]) -> None:
    if len(records) == 1:
        records[0].save(update_fields=fields)
    else:
        model._default_manager.bulk_update(records, sorted(fields - {"changed_at"}), batch_size=100)


def _derive(record: Any, stated: list[Area], areas: AreaMap) -> None:
    """Set the area in which a place's point lies, and whether that contradicts what was said."""
    if not isinstance(record, Place):
        return
    record.area = areas.at(record.point) if record.point else None
    record.has_area_conflict = areas.conflicts(record.area, stated)


def _felt(record: Place, areas: AreaMap) -> list[Area]:
    return areas.felt_at(record.point) if record.point else []


def _link(model: Any, name: str, pairs: list[tuple[Any, list[Any]]]) -> None:
    """Fill one many-to-many table for new records."""
    field = model._meta.get_field(name)
    through, own, other = (
        field.remote_field.through,
        field.m2m_field_name(),
        field.m2m_reverse_field_name(),
    )
    bulk.insert(
        through, (own, other), ((record.pk, row.pk) for record, rows in pairs for row in rows)
    )


def _link_felt(records: list[Any], areas: AreaMap) -> None:
    places = [(record, _felt(record, areas)) for record in records if isinstance(record, Place)]
    if any(felt for _record, felt in places):
        _link(Place, "felt_areas", places)
