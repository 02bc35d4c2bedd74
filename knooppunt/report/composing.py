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
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from knooppunt.core import memo, modules, published, trail
from knooppunt.core.chapters import Chapter, Picture
from knooppunt.core.context import is_example
from knooppunt.core.facts import Counted, Facts, Scope
from knooppunt.core.figures import item_json, shown
from knooppunt.directory.models import Area
from knooppunt.kit.periods import Period
from knooppunt.report.book import BRACED, Book, Number
from knooppunt.report.comparing import remarks, series
from knooppunt.report.models import Funder, Report, Story

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
    return _("%(since)s tot en met %(until)s") % {
        "since": _day(period.since),
        "until": _day(period.until),
    }


def scope_name(report: Report) -> str:
    """About whom a report is."""
    if report.area:
        return str(report.area.name)
    return str(report.network.name) if report.network else settings.COALITION.name


def title_of(report: Report) -> str:
    """The title: what the editors chose, else Halfjaarbericht with the period."""
    return report.title or f"{kind_of(report)}, {period_name(report.period)}"


def kind_of(report: Report) -> str:
    """What kind of report it is: about a half-year, or about other days."""
    return _("Halfjaarbericht") if report.period.half else _("Bericht")


def facts_of(report: Report) -> Facts:
    """The facts of a report; while its period runs they are counted until today."""
    memo.begin(trail.stamp())
    wijken = Area.objects.doors().filter(level="wijk")
    inside = wijken.filter(pk__in=Area.objects.below(report.area)) if report.area else wijken
    areas = {area.slug: area for area in inside if area != report.area}
    return Facts(
        report.period,
        Scope(report.area, report.network),
        min(report.until, timezone.localdate()),
        areas,
    )


def choices_of(report: Report) -> list[Choice]:
    """The chapters that modules offer, in the order of this report."""
    chosen = {row.key: row for row in report.choices.all()} if report.pk else {}
    written = {row.key: row.text for row in report.passages.all()} if report.pk else {}
    found = []
    for chapter in modules.gathered("chapters"):
        row = chosen.get(chapter.key)
        found.append(
            Choice(
                chapter,
                row.order if row else chapter.order,
                row.is_shown if row else True,
                written.get(chapter.key, ""),
            )
        )
    return sorted(found, key=lambda choice: (choice.order, choice.chapter.key))


def paragraphs(text: str) -> list[str]:
    """A text as its paragraphs."""
    return [part.strip() for part in text.splitlines() if part.strip()]


def draft(report: Report, base: str = "") -> Book:
    """The report as it would be published now, counted at this moment, in its own language whoever looks at it."""
    with override(report.lang):
        return _drafted(report, base)


def _drafted(report: Report, base: str) -> Book:
    facts = facts_of(report)
    placed = _placed(report)
    chapters = [
        told
        for choice in choices_of(report)
        if choice.is_shown and (told := _chapter(choice, facts, placed))
    ]
    written = {row.key: paragraphs(row.text) for row in report.passages.all()} if report.pk else {}
    content: dict[str, Any] = {
        "title": title_of(report), "period": period_name(report.period), "scope": scope_name(report), "coalition": settings.COALITION.name,
        "heading": report.title or kind_of(report), "lang": report.lang, "is_example": is_example(), "since": str(report.since), "until": str(facts.last), "is_running": facts.last < report.until,
        "days": {"since": _day(report.since), "until": _day(facts.last), "before": _day(report.period.before)},
        "foreword": written.get("foreword", []), "outlook": written.get("outlook", []), "chapters": chapters,
        "series": series(facts, chapters), "remarks": remarks(report, facts, chapters), "funders": _funders(facts, chapters) if not (report.area_id or report.network_id) else [],
    }  # fmt: skip
    _count_marks(content, facts)
    content["numbers"] = {mark: _told(counted) for mark, counted in facts.found.items()}

    def number(mark: str) -> Number | None:
        with override(report.lang):
            return _number(facts, mark)

    book = Book(
        content,
        number,
        lambda: (one for mark in book.marks() if (one := number(mark))),
        base,
        stories=tellable_in(content),
    )
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
    marks = [
        mark
        for key in keys
        for mark in (key, f"{key}.new", f"{key}.gone", f"{key}@{facts.period.before}")
    ]
    found = []
    for mark in dict.fromkeys([*marks, *facts.found]):
        counted = facts.counted(mark)
        if (
            counted
            and counted.value is not None
            and not (counted.part in ("new", "gone") and (counted.figure.sums or not counted.value))
        ):
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
    return {
        name: mark
        for name, mark in named.items()
        if (can_differ or name in ("now", "before")) and facts.has(mark)
    }


def _picture(one: Picture) -> dict[str, Any]:
    width, height = SIZE.findall(one.svg)[0]
    return {
        "key": one.key, "title": str(one.title), "told": str(one.told), "svg": one.svg, "is_wide": one.is_wide, "width": round(float(width)), "height": round(float(height)),
        "header": [str(cell) for cell in one.table.header], "rows": [[str(cell) for cell in row] for row in one.table.rows],
    }  # fmt: skip


def fingerprint(story: Story) -> str:
    """What tells whether a story is still the one that was published."""
    return hashlib.sha256(
        f"{story.text}\x00{story.told_by}\x00{story.photo.name if story.photo else ''}".encode()
    ).hexdigest()


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
    wanted = {
        one["id"]: one["sha"] for chapter in content["chapters"] for one in chapter["stories"]
    }
    if not wanted:
        return {}
    rows = (
        Story.objects.tellable(timezone.localdate())
        .filter(pk__in=wanted)
        .select_related("area", "organisation")
    )
    return {story.pk: story for story in rows if fingerprint(story) == wanted[story.pk]}


def _funders(facts: Facts, chapters: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same figures arranged by what was agreed with each funder."""
    found = []
    for funder in Funder.objects.prefetch_related("goals"):
        told, goals = set(), []
        for goal in funder.goals.all():
            mine = [
                chapter["key"]
                for chapter in chapters
                if chapter["key"] in goal.chapters and chapter["key"] not in told
            ]
            told.update(mine)
            goals.append(
                {
                    "text": goal.text,
                    "figures": [_figure(facts, key) for key in goal.figures if facts.has(key)],
                    "chapters": mine,
                }
            )
        found.append(
            {
                "slug": funder.slug,
                "name": funder.name,
                "text": paragraphs(funder.text),
                "goals": goals,
            }
        )
    return found


def _count_marks(content: dict[str, Any], facts: Facts) -> None:
    """Count what the editors named in their texts."""
    texts = [
        *content["foreword"],
        *content["outlook"],
        *(text for chapter in content["chapters"] for text in chapter["paragraphs"]),
    ]
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
    unit = (
        ""
        if one.form == "euro"
        else str(one.figure.unit)
        if not one.part
        else ngettext("regel op de lijst", "regels op de lijst", one.value or 0)
    )
    return {
        "key": one.figure.key, "title": f"{title}: {extra[one.part]}" if one.part else title, "definition": str(one.figure.definition),
        "unit": unit, "form": one.form, "part": one.part, "day": str(one.day), "area": one.area.slug if one.area else None,
        "area_name": one.area.name if one.area else "", "value": one.value, "shown": shown(one.value, one.form), "lines": len(one.items),
    }  # fmt: skip


def _number(facts: Facts, mark: str) -> Number | None:
    counted = facts.counted(mark)
    return (
        Number(mark, _told(counted), [item_json(item) for item in counted.items])
        if counted
        else None
    )
