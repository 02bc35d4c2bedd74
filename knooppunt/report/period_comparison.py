"""Sets a period beside earlier ones: small pictures of six periods, and where an earlier report
gave another number.
"""

from __future__ import annotations

from collections.abc import Sequence

from knooppunt.core.registry.figures import shown
from knooppunt.core.reporting.facts import Facts
from knooppunt.kit import drawing
from knooppunt.kit.periods import Period
from knooppunt.report import formats
from knooppunt.report.document import Remark, ReportChapter, Series
from knooppunt.report.models import Edition, Report

PERIODS, MULTIPLES = 6, 9
SMALL_WIDTH, SMALL_HEIGHT = 170, 112


def series(facts: Facts, chapters: Sequence[ReportChapter]) -> list[Series]:
    """The first figures of the chapters over six periods; a period that is not known is a gap."""
    periods = [facts.period]
    while len(periods) < PERIODS:
        periods.insert(0, periods[0].previous)
    return [_series_of(facts, key, periods) for key in _keys(chapters)[:MULTIPLES]]


def _keys(chapters: Sequence[ReportChapter]) -> list[str]:
    return [figure.now for chapter in chapters for figure in chapter.figures]


def _series_of(facts: Facts, key: str, periods: list[Period]) -> Series:
    """One figure over some periods, as a small picture; the last period is that of the report."""
    counted = facts.counted(key)
    assert counted is not None
    names = [_short(period) for period in periods]
    marks = [key if period == facts.period else f"{key}@{period.until}" for period in periods]
    values = [facts.value(mark) for mark in marks]
    texts = [shown(value, counted.form) for value in values]
    title = str(counted.figure.title)
    known = [
        f"{name}: {text}"
        for name, text, value in zip(names, texts, values, strict=True)
        if value is not None
    ]
    alt = f"{title}. {'; '.join(known)}."
    points = _sparse(list(zip(names, values, texts, strict=True)))
    svg = drawing.columns(alt, points, SMALL_WIDTH, SMALL_HEIGHT, drawing.PALE, drawing.BLUE)
    known_marks = tuple(
        mark if value is not None else "" for mark, value in zip(marks, values, strict=True)
    )
    return Series(key, title, alt, svg, tuple(names), known_marks)


def _sparse(points: list[tuple[str, int | None, str]]) -> list[tuple[str, int | None, str]]:
    """The same points with few words: the label of every other, and the number of the first,
    the last and where they are long.
    """
    first = next((place for place, point in enumerate(points) if point[1] is not None), 0)
    ends = {first, len(points) - 1}
    return [
        (label if place % 2 else "", value, text if place in ends or len(text) < 4 else "")
        for place, (label, value, text) in enumerate(points)
    ]


def _short(period: Period) -> str:
    """A period in little room: 2026-1, or its last day."""
    return f"{period.since:%Y}-{period.half}" if period.half else f"{period.until:%d-%m-%y}"


def remarks(report: Report, facts: Facts, chapters: Sequence[ReportChapter]) -> list[Remark]:
    """Where an earlier report gave another number for its last day than is counted for it now."""
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
    document = formats.read(earlier.content)
    remarks = []
    for key in _keys(chapters):
        then = document.numbers.get(key)
        mark = f"{key}@{facts.period.before}"
        if then and facts.has(mark) and then.value != facts.value(mark):
            address = f"{earlier.get_absolute_url()}cijfer/{key}/"
            remarks.append(Remark(then.title, then.shown, address, document.title, mark))
    return remarks
