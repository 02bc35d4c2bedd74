"""Which dreams on the wall are like another one: the same meaning by the index of the search, the
same wijk and those beside it first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from knooppunt.core.registry import modules
from knooppunt.core.web import page_cache
from knooppunt.directory.models import Area
from knooppunt.dreams.models import Dream
from knooppunt.find import searching

MOST, LOOKED_AT = 3, 20
HERE, BESIDE, ELSEWHERE = range(3)
# A dream is longer than a question: so many words or subjects in common are enough.
IN_COMMON = 2
# Outlines that have so many corners in common lie against each other.
COMMON_CORNERS = 2


def near_dreams(
    text: str, area: Area | None = None, without: Dream | None = None, most: int = MOST
) -> list[Dream]:
    """The dreams on the wall that say most nearly the same, at most ``most``, nearest wijk first.

    None when the search is switched off, or when nothing fits well.
    """
    if not modules.is_on("find"):
        return []
    answer = searching.search(text, {"wat": ["dream"]})
    likely_rows = answer.told(answer.hits[:LOOKED_AT])
    numbers = [row.document.number for row in likely_rows if not answer.is_weak or _is_alike(row)]
    rows = Dream.objects.on_wall().select_related("area", "theme", "place").defer("area__outline")
    rows = rows.exclude(pk=without.pk) if without else rows
    by_number = rows.in_bulk(numbers)
    likely = [by_number[number] for number in numbers if number in by_number]
    beside = areas_beside().get(area.pk, frozenset()) if area else frozenset()

    def distance(dream: Dream) -> int:
        if area is None or dream.area_id is None:
            return ELSEWHERE
        return (
            HERE if dream.area_id == area.pk else BESIDE if dream.area_id in beside else ELSEWHERE
        )

    return sorted(likely, key=distance)[:most]


def _is_alike(row: searching.Found) -> bool:
    """True for an answer that has enough in common with a text of which most words are its own."""
    return len({*row.words, *row.concepts}) >= IN_COMMON


def areas_beside() -> dict[int, frozenset[int]]:
    """For each area with an outline the numbers of those that lie against it."""
    return page_cache.remember("areas beside each other", _areas_beside)


def _areas_beside() -> dict[int, frozenset[int]]:
    """Areas of one map have the corners of their common border in common."""
    at_corner: dict[tuple[float, float], set[int]] = defaultdict(set)
    for area in Area.objects.exclude(outline=None).exclude(level="city"):
        for corner in _corners(area.outline):
            at_corner[corner].add(area.pk)
    common: dict[tuple[int, int], int] = defaultdict(int)
    for numbers in at_corner.values():
        for number in numbers:
            for other in numbers - {number}:
                common[number, other] += 1
    beside: dict[int, set[int]] = defaultdict(set)
    for (number, other), corners in common.items():
        if corners >= COMMON_CORNERS:
            beside[number].add(other)
    return {number: frozenset(others) for number, others in beside.items()}


def _corners(outline: Any) -> Iterator[tuple[float, float]]:
    """Every corner of an outline in GeoJSON, to about a metre."""
    parts = outline.get("coordinates", []) if isinstance(outline, dict) else outline
    if parts and isinstance(parts[0], (int, float)):
        yield (round(parts[0], 5), round(parts[1], 5))
        return
    for part in parts:
        yield from _corners(part)
