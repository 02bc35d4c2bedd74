"""Sets a period beside earlier ones: small pictures of six periods, and where an earlier report gave another number."""

from __future__ import annotations

from typing import Any

from knooppunt.core.facts import Facts
from knooppunt.core.figures import shown
from knooppunt.kit import drawing
from knooppunt.kit.periods import Period
from knooppunt.report.models import Edition, Report

PERIODS, MULTIPLES = 6, 9
SMALL_WIDTH, SMALL_HEIGHT = 170, 112


def series(facts: Facts, chapters: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The most telling figures of the chapters over six periods, as small pictures; a period that is not known is a gap."""
    periods = [facts.period]
    while len(periods) < PERIODS:
        periods.insert(0, periods[0].previous)
    found = []
    for key in [figure["now"] for chapter in chapters for figure in chapter["figures"]][:MULTIPLES]:
        marks = [key if period == facts.period else f"{key}@{period.until}" for period in periods]
        counted = facts.counted(key)
        assert counted is not None
        values = [facts.value(mark) for mark in marks]
        title = str(counted.figure.title)
        points = [
            (_short(period), value, shown(value, counted.form))
            for period, value in zip(periods, values, strict=True)
        ]
        known = [
            f"{_short(period)}: {shown(value, counted.form)}"
            for period, value in zip(periods, values, strict=True)
            if value is not None
        ]
        told = f"{title}. {'; '.join(known)}."
        svg = drawing.columns(
            told, _sparse(points), SMALL_WIDTH, SMALL_HEIGHT, drawing.PALE, drawing.BLUE
        )
        found.append(
            {
                "key": key,
                "title": title,
                "told": told,
                "svg": svg,
                "periods": [_short(period) for period in periods],
                "marks": [
                    mark if value is not None else ""
                    for mark, value in zip(marks, values, strict=True)
                ],
            }
        )
    return found


def _sparse(points: list[tuple[str, int | None, str]]) -> list[tuple[str, int | None, str]]:
    """The same points with few words: the label of every other, and the number of the first, the last and where they are long."""
    first = next((place for place, point in enumerate(points) if point[1] is not None), 0)
    ends = {first, len(points) - 1}
    return [
        (label if place % 2 else "", value, text if place in ends or len(text) < 4 else "")
        for place, (label, value, text) in enumerate(points)
    ]


def _short(period: Period) -> str:
    """A period in little room: ’26-1, or its last day."""
    return f"’{period.since:%y}-{period.half}" if period.half else f"{period.until:%d-%m-%y}"


def remarks(report: Report, facts: Facts, chapters: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Where an earlier report gave another number for its last day than is counted for that day now."""
    earlier = (
        Edition.objects.filter(
            report__since=report.period.previous.since,
            report__until=report.period.before,
            report__area=report.area,
            report__network=report.network,
        )
        .select_related("report")
        .order_by("-number")
        .first()
    )
    if earlier is None:
        return []
    found = []
    for key in [figure["now"] for chapter in chapters for figure in chapter["figures"]]:
        then = earlier.content["numbers"].get(key)
        mark = f"{key}@{facts.period.before}"
        if then and facts.has(mark) and then["value"] != facts.value(mark):
            found.append(
                {
                    "title": then["title"],
                    "then": then["shown"],
                    "address": f"{earlier.get_absolute_url()}cijfer/{key}/",
                    "report": earlier.content["title"],
                    "mark": mark,
                }
            )
    return found
