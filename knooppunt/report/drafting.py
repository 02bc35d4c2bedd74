"""Puts a report together: the chapters of the modules that are on, what the editors wrote, and
every number in it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings
from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from knooppunt.core.audit import trail
from knooppunt.core.registry import figure_registry, modules
from knooppunt.core.registry.chapters import Chapter
from knooppunt.core.registry.figures import Item, shown
from knooppunt.core.reporting.facts import Counted, Facts, Scope
from knooppunt.core.web import page_cache
from knooppunt.core.web.context_processors import is_example
from knooppunt.directory.models import Area
from knooppunt.kit.periods import Period
from knooppunt.report.document import (
    DayNames,
    FunderPart,
    GoalPart,
    NumberFacts,
    ReportChapter,
    ReportDocument,
)
from knooppunt.report.elements import (
    FigureMarks,
    Figures,
    Paragraphs,
    Stories,
    StoryReference,
)
from knooppunt.report.marked_text import marks_in
from knooppunt.report.models import Funder, Report, Story
from knooppunt.report.period_comparison import remarks, series
from knooppunt.report.readable import Line, Number, ReadableReport


@dataclass(frozen=True)
class Choice:
    """A chapter with its place in a report, whether it stands in it, and its text if the
    editors wrote one.
    """

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
    page_cache.begin(trail.current_generation())
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
    choices = []
    for chapter in modules.gathered("chapters"):
        row = chosen.get(chapter.key)
        choices.append(
            Choice(
                chapter,
                row.order if row else chapter.order,
                row.is_shown if row else True,
                written.get(chapter.key, ""),
            )
        )
    return sorted(choices, key=lambda choice: (choice.order, choice.chapter.key))


def paragraphs(text: str) -> list[str]:
    """A text as its paragraphs."""
    return [part.strip() for part in text.splitlines() if part.strip()]


def draft(report: Report, base: str = "") -> ReadableReport:
    """The report as it would be published now, in its own language whoever looks at it."""
    with override(report.lang):
        facts = facts_of(report)
        document = _with_numbers(_document(report, facts), facts)

    def find_number(mark: str) -> Number | None:
        with override(report.lang):
            return _number(facts, mark)

    return ReadableReport(
        document,
        find_number,
        lambda: (number for mark in document.marks() if (number := find_number(mark))),
        base,
        stories=tellable_in(document),
    )


def _document(report: Report, facts: Facts) -> ReportDocument:
    """Everything that a report says, without its numbers."""
    written = (
        {row.key: tuple(paragraphs(row.text)) for row in report.passages.all()} if report.pk else {}
    )
    placed = _placed(report)
    chapters = tuple(
        chapter
        for choice in choices_of(report)
        if choice.is_shown and (chapter := _chapter(choice, facts, placed))
    )
    is_about_everything = not (report.area_id or report.network_id)
    return ReportDocument(
        title=title_of(report),
        heading=report.title or kind_of(report),
        period=period_name(report.period),
        scope=scope_name(report),
        coalition=settings.COALITION.name,
        lang=report.lang,
        is_example=is_example(),
        since=str(report.since),
        until=str(facts.last),
        is_running=facts.last < report.until,
        days=DayNames(_day(report.since), _day(facts.last), _day(report.period.before)),
        foreword=written.get("foreword", ()),
        outlook=written.get("outlook", ()),
        chapters=chapters,
        series=tuple(series(facts, chapters)),
        remarks=tuple(remarks(report, facts, chapters)),
        funders=tuple(_funders(facts, chapters)) if is_about_everything else (),
        numbers={},
    )


def _with_numbers(document: ReportDocument, facts: Facts) -> ReportDocument:
    """The document with every number that stands in it; what editors named is counted first."""
    chapter_texts = (text for chapter in document.chapters for text in chapter.paragraphs)
    for mark in marks_in([*document.foreword, *document.outlook, *chapter_texts]):
        facts.counted(mark)
    counted = {mark: _number_facts(number) for mark, number in facts.found.items()}
    with_all = replace(document, numbers=counted)
    return replace(document, numbers={mark: counted[mark] for mark in with_all.marks()})


def _day(day: date) -> str:
    return date_format(day, "j F Y")


def first_draft(chapter: Chapter, facts: Facts) -> list[str]:
    """The first draft of a chapter as one paragraph; empty when there is nothing to tell."""
    text = " ".join(chapter.sentences(facts))
    return [text] if text else []


def offered_marks(facts: Facts, choice: Choice | None) -> list[tuple[str, str, str]]:
    """The numbers an editor can put in a text: mark, what it is, number; of the chapter first."""
    own = list(choice.chapter.figures) if choice else []
    if choice:
        choice.chapter.sentences(facts)
    keys = [
        *own,
        *(figure.key for figure in figure_registry.published_figures() if figure.key not in own),
    ]
    marks = [
        mark
        for key in keys
        for mark in (key, f"{key}.new", f"{key}.gone", f"{key}@{facts.period.before}")
    ]
    counted = (facts.counted(mark) for mark in dict.fromkeys([*marks, *facts.found]))
    return [_offered(number) for number in counted if number is not None and _is_offered(number)]


def _is_offered(counted: Counted) -> bool:
    """True for what has a number; what came or went of a sum has none, and is not told when
    zero.
    """
    if counted.value is None:
        return False
    return counted.part not in ("new", "gone") or bool(counted.value and not counted.figure.sums)


def _offered(counted: Counted) -> tuple[str, str, str]:
    number = _number_facts(counted)
    where = f", {number.area_name}" if number.area_name else ""
    return counted.mark, f"{number.title}{where}, {_day(counted.day)}", number.shown


def _chapter(choice: Choice, facts: Facts, placed: dict[str, list[Story]]) -> ReportChapter | None:
    """A chapter as it stands in the report; None when there is nothing to tell."""
    chapter = choice.chapter
    text = tuple(paragraphs(choice.text) or first_draft(chapter, facts))
    offered = list(chapter.elements(facts))
    stories = tuple(
        StoryReference(story.pk, fingerprint(story)) for story in placed.get(chapter.key, [])
    )
    if not (text or offered or stories):
        return None
    figures = _figures(facts, chapter.figures)
    elements = [
        *([Figures(figures)] if figures else []),
        *([Paragraphs(text)] if text else []),
        *([Stories(stories)] if stories else []),
        *offered,
    ]
    return ReportChapter(
        chapter.key,
        str(chapter.title),
        str(chapter.lead),
        tuple(sorted(elements, key=lambda element: element.rank)),
    )


def _figures(facts: Facts, keys: Sequence[str]) -> tuple[FigureMarks, ...]:
    """Those of some figures that are known, each with the marks of what is known of it."""
    return tuple(_figure(facts, key) for key in keys if facts.has(key))


def _figure(facts: Facts, key: str) -> FigureMarks:
    """The marks of a figure: now, then, what came and what went."""
    plain = facts.counted(key)
    can_differ = plain is not None and plain.form == "number" and not plain.figure.sums

    def known(mark: str) -> str:
        return mark if facts.has(mark) else ""

    return FigureMarks(
        now=key,
        before=known(f"{key}@{facts.period.before}"),
        new=known(f"{key}.new") if can_differ else "",
        gone=known(f"{key}.gone") if can_differ else "",
    )


def fingerprint(story: Story) -> str:
    """What tells whether a story is still the one that was published."""
    return hashlib.sha256(
        f"{story.text}\x00{story.told_by}\x00{story.photo.name if story.photo else ''}".encode()
    ).hexdigest()


def _placed(report: Report) -> dict[str, list[Story]]:
    placed: dict[str, list[Story]] = {}
    if not report.pk:
        return placed
    tellable = set(Story.objects.tellable(timezone.localdate()).values_list("pk", flat=True))
    for row in report.placements.select_related("story"):
        if row.story_id in tellable:
            placed.setdefault(row.chapter, []).append(row.story)
    return placed


def tellable_in(document: ReportDocument) -> dict[int, Story]:
    """The stories of a report that may be told today and are the same as when it was made."""
    wanted = {row.id: row.sha for row in document.stories()}
    if not wanted:
        return {}
    rows = (
        Story.objects.tellable(timezone.localdate())
        .filter(pk__in=wanted)
        .select_related("area", "organisation")
    )
    return {story.pk: story for story in rows if fingerprint(story) == wanted[story.pk]}


def _funders(facts: Facts, chapters: Sequence[ReportChapter]) -> list[FunderPart]:
    """The same figures arranged by what was agreed with each funder."""
    return [
        FunderPart(
            funder.slug,
            funder.name,
            tuple(paragraphs(funder.text)),
            _goals(funder, facts, chapters),
        )
        for funder in Funder.objects.prefetch_related("goals")
    ]


def _goals(funder: Funder, facts: Facts, chapters: Sequence[ReportChapter]) -> tuple[GoalPart, ...]:
    """The goals of a funder; a chapter stands with the first goal to which it belongs."""
    waiting = [chapter.key for chapter in chapters]
    goals = []
    for goal in funder.goals.all():
        keys = tuple(key for key in waiting if key in goal.chapters)
        waiting = [key for key in waiting if key not in keys]
        goals.append(GoalPart(goal.text, _figures(facts, goal.figures), keys))
    return tuple(goals)


def _number_facts(counted: Counted) -> NumberFacts:
    """A number as the report keeps it."""
    title, part = str(counted.figure.title), counted.part
    part_titles = {
        "new": _("erbij gekomen sinds de periode ervoor"),
        "gone": _("weggegaan sinds de periode ervoor"),
        "lines": _("hoeveel regels de lijst heeft"),
    }
    if counted.form == "euro":
        unit = ""
    elif part:
        unit = ngettext("regel op de lijst", "regels op de lijst", counted.value or 0)
    else:
        unit = str(counted.figure.unit)
    return NumberFacts(
        key=counted.figure.key,
        title=f"{title}: {part_titles[part]}" if part else title,
        definition=str(counted.figure.definition),
        unit=unit,
        form=counted.form,
        part=part,
        day=str(counted.day),
        area=counted.area.slug if counted.area else None,
        area_name=counted.area.name if counted.area else "",
        value=counted.value,
        shown=shown(counted.value, counted.form),
        lines=len(counted.items),
    )


def _number(facts: Facts, mark: str) -> Number | None:
    counted = facts.counted(mark)
    if counted is None:
        return None
    return Number(mark, _number_facts(counted), [_line(item) for item in counted.items])


def _line(item: Item) -> Line:
    """A line of a list; of how much it is a part is said where the number is a share, and
    that the example invented it where it did.
    """
    line: Line = {
        "id": item.id,
        "name": item.name,
        "address": item.address,
        "amount": item.amount,
        "note": item.note,
    }
    if item.whole:
        line["whole"] = item.whole
    if item.is_example:
        line["is_example"] = True
    return line
