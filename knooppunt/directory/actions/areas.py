"""Takes over official areas from a GeoJSON file of Statistics Netherlands (CBS), as it is
published.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction

from knooppunt.core.audit import trail
from knooppunt.core.audit.saving import free_slug
from knooppunt.core.audit.trail import Actor
from knooppunt.directory.geography import AreaMap
from knooppunt.directory.models import Area, Place
from knooppunt.kit.geo import BadOutline, box
from knooppunt.kit.text import normalise

NOT_PUBLISHED = -99999999
SOURCE = "CBS Wijk- en Buurtkaart {year}, CC BY 4.0 (CBS, Kadaster)"


class UnreadableAreas(ValueError):
    """The file is no GeoJSON of areas; the text says what is wrong."""


@dataclass
class AreaReport:
    """What came of an import: names that are new, known ones that were completed, and what was
    not published.
    """

    created: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    not_published: list[str] = field(default_factory=list)
    totals: dict[str, int | None] = field(default_factory=dict)


def import_areas(actor: Actor, path: Path) -> AreaReport:
    """Read buurten (the wijken of a neighbourhood coalition) with the CBS wijk and municipality
    they lie in.

    Known areas are recognised by code, else by name within the same parent. Raises UnreadableAreas.
    """
    features = _features(path)
    report = AreaReport()
    with transaction.atomic():
        totals: dict[str, list[int | None]] = defaultdict(list)
        for feature in features:
            _take(actor, feature, report, totals)
        for code, numbers in totals.items():
            _total(code, numbers, features[0]["properties"].get("jaar"), report)
        locate_places()
        trail.bump_generation()
    return report


def _features(path: Path) -> list[dict[str, Any]]:
    try:
        raw = json.loads(path.read_text(encoding="utf-8-sig"))
        features = raw["features"]
        for feature in features:
            properties = feature["properties"]
            if not (properties["buurtcode"] and properties["buurtnaam"]):
                raise UnreadableAreas("a feature lacks buurtcode or buurtnaam")
            box(feature["geometry"])
    except (OSError, UnicodeDecodeError) as problem:
        raise UnreadableAreas(str(problem)) from problem
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, BadOutline) as problem:
        raise UnreadableAreas(
            f"no GeoJSON with CBS areas ({type(problem).__name__}: {problem})"
        ) from problem
    if not features:
        raise UnreadableAreas("the file holds no areas")
    return features


def published(value: Any) -> int | None:
    """A CBS number, or None when it was not published."""
    return value if isinstance(value, int) and value > NOT_PUBLISHED and value >= 0 else None


def _take(
    actor: Actor, feature: dict[str, Any], report: AreaReport, totals: dict[str, list[int | None]]
) -> None:
    row = feature["properties"]
    number = published(row.get("aantalInwoners"))
    if number is None:
        report.not_published.append(row["buurtnaam"])
    if row.get("wijkcode"):
        totals[row["wijkcode"]].append(number)
    area = _known(row["buurtcode"], row["buurtnaam"], _lying_in(row))
    is_new = area is None
    area = area or Area(
        level="wijk",
        parent=_around(row),
        name=row["buurtnaam"],
        slug=free_slug(Area, row["buurtnaam"]),
    )
    source = SOURCE.format(year=row.get("jaar"))
    new = {
        "code": row["buurtcode"],
        "outline": feature["geometry"],
        "outline_source": source,
        "population": number,
        "population_year": row.get("jaar"),
        "population_source": source if number is not None else "",
    }
    old = {name: getattr(area, name) for name in new}
    (report.created if is_new else report.unchanged if old == new else report.updated).append(
        area.name
    )
    if is_new or old != new:
        for name, value in new.items():
            setattr(area, name, value)
        area.save()
        trail.record(actor, "import_area", area, {"population": (old["population"], number)})


def _known(code: str, name: str, around: list[Area]) -> Area | None:
    """The area with this code, else the one without a code that has this name and lies in one
    of the areas around.
    """
    by_code = Area.objects.filter(code=code).first()
    if by_code:
        return by_code
    parents = {None, *(area.pk for area in around)}
    nameless = Area.objects.filter(code="", level__in=("wijk", "buurt"))
    return next(
        (
            one
            for one in nameless
            if normalise(one.name) == normalise(name) and one.parent_id in parents
        ),
        None,
    )


def _lying_in(row: dict[str, Any]) -> list[Area]:
    """The known CBS wijk and municipality of a row, as far as they are there."""
    levels = (("gemeentecode", "gemeentenaam", "city"), ("wijkcode", "wijknaam", "area"))
    found = [_find(row.get(code, ""), row.get(name, ""), level) for code, name, level in levels]
    return [area for area in found if area]


def _find(code: str, name: str, level: str) -> Area | None:
    by_code = Area.objects.filter(code=code).first() if code else None
    same = Area.objects.filter(code="", level=level) if name else Area.objects.none()
    return by_code or next((one for one in same if normalise(one.name) == normalise(name)), None)


def _around(row: dict[str, Any]) -> Area | None:
    """The CBS wijk around a new buurt, and the municipality around that; made when they are new."""
    city = _made(row.get("gemeentecode", ""), row.get("gemeentenaam", ""), "city", None)
    return _made(row.get("wijkcode", ""), row.get("wijknaam", ""), "area", city)


def _made(code: str, name: str, level: str, parent: Area | None) -> Area | None:
    if not code:
        return parent
    title = name or (f"{parent.name} {code}" if parent else code)
    area = _find(code, name, level) or Area(
        name=title, slug=free_slug(Area, title), level=level, parent=parent
    )
    if area.code != code:
        area.code = code
        area.save()
    return area


def _total(code: str, numbers: list[int | None], year: Any, report: AreaReport) -> None:
    """Add up the residents of an area from its parts; a part that is not published leaves the
    total open.
    """
    area = Area.objects.filter(code=code).first()
    if area is None:
        return
    total = sum(number for number in numbers if number is not None) if None not in numbers else None
    report.totals[area.name] = total
    if total is None or len(numbers) < 2:
        return
    area.population, area.population_year = total, year
    area.population_source = f"{SOURCE.format(year=year)}; {len(numbers)} buurten opgeteld"
    area.save(update_fields=["population", "population_year", "population_source"])


def locate_places() -> None:
    """Find again for every place with a point in which area it lies, after outlines changed."""
    areas = AreaMap()
    places = list(Place.objects.filter(latitude__isnull=False).prefetch_related("areas"))
    for place in places:
        assert place.point is not None
        place.area = areas.at(place.point)
        place.has_area_conflict = areas.conflicts(place.area, list(place.areas.all()))
        place.felt_areas.set(areas.felt_at(place.point))
    Place.objects.bulk_update(places, ["area", "has_area_conflict"], batch_size=200)
