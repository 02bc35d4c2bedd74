"""Puts a report together: the chapters of the modules that are on, what the editors wrote, and every number in it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from knooppunt.core import memo, modules, published, trail
from knooppunt.core.chapters import Chapter, Picture
from knooppunt.core.context import is_example
from knooppunt.core.facts import Counted, Facts, Scope
from knooppunt.core.figures import item_json, shown
from knooppunt.directory.models import Area
from knooppunt.kit import drawing
from knooppunt.kit.periods import Period
from knooppunt.report.book import BRACED, Book, Number
from knooppunt.report.models import Edition, Funder, Report, Story

PERIODS, MULTIPLES = 6, 9
SMALL_WIDTH, SMALL_HEIGHT = 170, 112
SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


@dataclass(frozen=True)
class Choice:
    """A chapter with its place in a report, whether it stands in it, and its text if the editors wrote one."""

    chapter: Chapter
    order: int
    is_shown: bool
    text: str


def period_name(period: Period) -> str:
    """How people call a period: eerste half jaar 2026, or its days."""
    if period.half:
        half = _("eerste half jaar") if period.half == 1 else _("tweede half jaar")
        return f"{half} {period.since.year}"
    return _("%(since)s tot en met %(until)s") % {"since": _day(period.since), "until": _day(period.until)}


def scope_name(report: Report) -> str:
    """About whom a report is."""
    if report.area:
        return str(report.area.name)
    return str(report.network.name) if report.network else settings.COALITION.name


def title_of(report: Report) -> str:
    """The title: what the editors chose, else Halfjaarbericht with the period."""
    if report.title:
        return report.title
    kind = _("Halfjaarbericht") if report.period.half else _("Bericht")
    return f"{kind}, {period_name(report.period)}"


def facts_of(report: Report) -> Facts:
    """The facts of a report; while its period runs they are counted until today."""
    memo.begin(trail.stamp())
    wijken = Area.objects.doors().filter(level="wijk")
    inside = wijken.filter(pk__in=Area.objects.below(report.area)) if report.area else wijken
    areas = {area.slug: area for area in inside if area != report.area}
    return Facts(report.period, Scope(report.area, report.network), min(report.until, timezone.localdate()), areas)


def choices_of(report: Report) -> list[Choice]:
    """The chapters that modules offer, in the order of this report."""
    chosen = {row.key: row for row in report.choices.all()} if report.pk else {}
    written = {row.key: row.text for row in report.passages.all()} if report.pk else {}
    found = []
    for chapter in modules.gathered("chapters"):
        row = chosen.get(chapter.key)
        found.append(Choice(chapter, row.order if row else chapter.order, row.is_shown if row else True, written.get(chapter.key, "")))
    return sorted(found, key=lambda choice: (choice.order, choice.chapter.key))


def paragraphs(text: str) -> list[str]:
    """A text as its paragraphs."""
    return [part.strip() for part in text.splitlines() if part.strip()]


def draft(report: Report, base: str = "") -> Book:
    """The report as it would be published now, counted at this moment."""
    facts = facts_of(report)
    placed = _placed(report)
    chapters = [told for choice in choices_of(report) if choice.is_shown and (told := _chapter(choice, facts, placed))]
    written = {row.key: paragraphs(row.text) for row in report.passages.all()} if report.pk else {}
    content: dict[str, Any] = {
        "title": title_of(report), "period": period_name(report.period), "scope": scope_name(report), "coalition": settings.COALITION.name,
        "lang": get_language() or "nl", "is_example": is_example(), "since": str(report.since), "until": str(facts.last), "is_running": facts.last < report.until,
        "days": {"since": _day(report.since), "until": _day(facts.last), "before": _day(report.period.before)},
        "foreword": written.get("foreword", []), "outlook": written.get("outlook", []), "chapters": chapters,
        "series": _series(facts, chapters), "remarks": _remarks(report, facts, chapters), "funders": _funders(facts, chapters) if not (report.area_id or report.network_id) else [],
    }  # fmt: skip
    _count_marks(content, facts)
    content["numbers"] = {mark: _told(counted) for mark, counted in facts.found.items()}
    book = Book(content, lambda mark: _number(facts, mark), lambda: (one for mark in book.marks() if (one := _number(facts, mark))), base, stories=tellable_in(content))
    keep = set(book.marks())
    content["numbers"] = {mark: told for mark, told in content["numbers"].items() if mark in keep}
    return book


def _day(day: date) -> str:
    return date_format(day, "j F Y")


def first_draft(chapter: Chapter, facts: Facts) -> list[str]:
    """The first draft of a chapter as one paragraph; empty when there is nothing to tell."""
    told = " ".join(chapter.sentences(facts))
    return [told] if told else []


def offered_marks(facts: Facts, choice: Choice | None) -> list[tuple[str, str, str]]:
    """The numbers that an editor can put in a text: mark, what it is, and the number; those of the chapter first."""
    own = list(choice.chapter.figures) if choice else []
    if choice:
        choice.chapter.sentences(facts)
    keys = [*own, *(figure.key for figure in published.every() if figure.key not in own)]
    marks = [mark for key in keys for mark in (key, f"{key}.new", f"{key}.gone", f"{key}@{facts.period.before}")]
    found = []
    for mark in dict.fromkeys([*marks, *facts.found]):
        counted = facts.counted(mark)
        if counted and counted.value is not None and not (counted.figure.sums and counted.part in ("new", "gone")):
            told = _told(counted)
            where = f", {told['area_name']}" if told["area_name"] else ""
            found.append((mark, f"{told['title']}{where}, {_day(counted.day)}", told["shown"]))
    return found


def _chapter(choice: Choice, facts: Facts, placed: dict[str, list[Story]]) -> dict[str, Any] | None:
    """A chapter as it stands in the report; None when there is nothing to tell."""
    chapter = choice.chapter
    text = paragraphs(choice.text) or first_draft(chapter, facts)
    pictures = [_picture(one) for one in chapter.pictures(facts)]
    stories = placed.get(chapter.key, [])
    if not text and not pictures and not stories:
        return None
    return {
        "key": chapter.key, "title": str(chapter.title), "lead": str(chapter.lead), "paragraphs": text, "pictures": pictures,
        "figures": [_figure(facts, key) for key in chapter.figures if facts.has(key)],
        "stories": [{"id": story.pk, "sha": fingerprint(story)} for story in stories],
    }  # fmt: skip


def _figure(facts: Facts, key: str) -> dict[str, str]:
    """A figure of a chapter: the marks of now, then, what came and what went; those that are known."""
    before = f"{key}@{facts.period.before}"
    named = {"now": key, "before": before, "new": f"{key}.new", "gone": f"{key}.gone"}
    plain = facts.counted(key)
    can_differ = plain is not None and plain.form == "number" and not plain.figure.sums
    return {name: mark for name, mark in named.items() if (can_differ or name in ("now", "before")) and facts.has(mark)}


def _picture(one: Picture) -> dict[str, Any]:
    width, height = SIZE.findall(one.svg)[0]
    return {
        "key": one.key, "title": str(one.title), "told": str(one.told), "svg": one.svg, "is_wide": one.is_wide, "width": round(float(width)), "height": round(float(height)),
        "header": [str(cell) for cell in one.table.header], "rows": [[str(cell) for cell in row] for row in one.table.rows],
    }  # fmt: skip


def fingerprint(story: Story) -> str:
    """What tells whether a story is still the one that was published."""
    return hashlib.sha256(f"{story.text}\x00{story.told_by}\x00{story.photo.name if story.photo else ''}".encode()).hexdigest()


def _placed(report: Report) -> dict[str, list[Story]]:
    found: dict[str, list[Story]] = {}
    if not report.pk:
        return found
    tellable = set(Story.objects.tellable(timezone.localdate()).values_list("pk", flat=True))
    for row in report.placements.select_related("story"):
        if row.story_id in tellable:
            found.setdefault(row.chapter, []).append(row.story)
    return found


def tellable_in(content: dict[str, Any]) -> dict[int, Story]:
    """The stories of a content that may be told today and are the same as when it was made."""
    wanted = {one["id"]: one["sha"] for chapter in content["chapters"] for one in chapter["stories"]}
    if not wanted:
        return {}
    rows = Story.objects.tellable(timezone.localdate()).filter(pk__in=wanted).select_related("area", "organisation")
    return {story.pk: story for story in rows if fingerprint(story) == wanted[story.pk]}


def _series(facts: Facts, chapters: list[dict[str, Any]]) -> list[dict[str, Any]]:
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
        points = [(_short(period), value, shown(value, counted.form)) for period, value in zip(periods, values, strict=True)]
        known = [f"{_short(period)}: {shown(value, counted.form)}" for period, value in zip(periods, values, strict=True) if value is not None]
        told = f"{title}. {'; '.join(known)}."
        svg = drawing.columns(told, _sparse(points), SMALL_WIDTH, SMALL_HEIGHT, drawing.PALE, drawing.BLUE)
        found.append({"key": key, "title": title, "told": told, "svg": svg, "periods": [_short(period) for period in periods], "marks": [mark if value is not None else "" for mark, value in zip(marks, values, strict=True)]})
    return found


def _sparse(points: list[tuple[str, int | None, str]]) -> list[tuple[str, int | None, str]]:
    """The same points with few words: the label of every other, and the number of the first, the last and where they are long."""
    first = next((place for place, point in enumerate(points) if point[1] is not None), 0)
    ends = {first, len(points) - 1}
    return [(label if place % 2 else "", value, text if place in ends or len(text) < 4 else "") for place, (label, value, text) in enumerate(points)]


def _short(period: Period) -> str:
    """A period in little room: ’26-1, or its last day."""
    return f"’{period.since:%y}-{period.half}" if period.half else f"{period.until:%d-%m-%y}"


def _remarks(report: Report, facts: Facts, chapters: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Where an earlier report gave another number for its last day than is counted for that day now."""
    earlier = Edition.objects.filter(report__until=report.period.before, report__area=report.area, report__network=report.network).select_related("report").order_by("-number").first()
    if earlier is None:
        return []
    found = []
    for key in [figure["now"] for chapter in chapters for figure in chapter["figures"]]:
        then = earlier.content["numbers"].get(key)
        mark = f"{key}@{facts.period.before}"
        if then and facts.has(mark) and then["value"] != facts.value(mark):
            found.append({"title": then["title"], "then": then["shown"], "address": f"{earlier.get_absolute_url()}cijfer/{key}/", "report": earlier.content["title"], "mark": mark})
    return found


def _funders(facts: Facts, chapters: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same figures arranged by what was agreed with each funder."""
    found = []
    for funder in Funder.objects.prefetch_related("goals"):
        told, goals = set(), []
        for goal in funder.goals.all():
            mine = [chapter["key"] for chapter in chapters if chapter["key"] in goal.chapters and chapter["key"] not in told]
            told.update(mine)
            goals.append({"text": goal.text, "figures": [_figure(facts, key) for key in goal.figures if facts.has(key)], "chapters": mine})
        found.append({"slug": funder.slug, "name": funder.name, "text": paragraphs(funder.text), "goals": goals})
    return found


def _count_marks(content: dict[str, Any], facts: Facts) -> None:
    """Count what the editors named in their texts."""
    texts = [*content["foreword"], *content["outlook"], *(text for chapter in content["chapters"] for text in chapter["paragraphs"])]
    for text in texts:
        for mark in BRACED.findall(text):
            facts.counted(mark)


def _told(one: Counted) -> dict[str, Any]:
    """A number as the report keeps it: what, of which day, where, and how it is worked out from its list."""
    title = str(one.figure.title)
    extra = {
        "new": _("erbij gekomen sinds de periode ervoor"), "gone": _("weggegaan sinds de periode ervoor"),
        "lines": _("hoeveel regels de lijst heeft"),
    }  # fmt: skip
    unit = "" if one.form == "euro" else str(one.figure.unit) if not one.part else ngettext("regel op de lijst", "regels op de lijst", one.value or 0)
    return {
        "key": one.figure.key, "title": f"{title}: {extra[one.part]}" if one.part else title, "definition": str(one.figure.definition),
        "unit": unit, "form": one.form, "part": one.part, "day": str(one.day), "area": one.area.slug if one.area else None,
        "area_name": one.area.name if one.area else "", "value": one.value, "shown": shown(one.value, one.form), "lines": len(one.items),
    }  # fmt: skip


def _number(facts: Facts, mark: str) -> Number | None:
    counted = facts.counted(mark)
    return Number(mark, _told(counted), [item_json(item) for item in counted.items]) if counted else None
