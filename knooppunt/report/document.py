"""What a report says: words, numbers and drawings without the stories, in the form that is kept for
ever.

The form of these classes is that of every edition from now on. A change to it is a new format; see
"The form of a report" in CONTRIBUTING.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from knooppunt.core.registry.chapters import Element, Picture
from knooppunt.report.elements import (
    FigureMarks,
    Figures,
    Paragraphs,
    Stories,
    StoryReference,
)
from knooppunt.report.marked_text import marks_in

FORMAT = 2


@dataclass(frozen=True)
class NumberFacts:
    """A number as the report keeps it: what, of which day (ISO), where, and how it is worked out.

    ``form`` is number, euro or share; ``part`` is empty, new, gone or lines; ``lines`` is how many
    lines its list has.
    """

    key: str
    title: str
    definition: str
    unit: str
    form: str
    part: str
    day: str
    area: str | None
    area_name: str
    value: int | None
    shown: str
    lines: int


@dataclass(frozen=True)
class DayNames:
    """The days that sentences name, in words."""

    since: str
    until: str
    before: str


@dataclass(frozen=True)
class ReportChapter:
    """A chapter as it stands in a report."""

    key: str
    title: str
    lead: str
    elements: tuple[Element, ...]

    @property
    def figures(self) -> tuple[FigureMarks, ...]:
        """Its figures, in order."""
        rows = (element for element in self.elements if isinstance(element, Figures))
        return tuple(figure for row in rows for figure in row.figures)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """Its paragraphs, in order."""
        parts = (element for element in self.elements if isinstance(element, Paragraphs))
        return tuple(text for part in parts for text in part.paragraphs)

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """Its pictures, in order."""
        return tuple(element for element in self.elements if isinstance(element, Picture))

    @property
    def stories(self) -> tuple[StoryReference, ...]:
        """The stories that stood in it, in order."""
        parts = (element for element in self.elements if isinstance(element, Stories))
        return tuple(story for part in parts for story in part.stories)

    def texts(self) -> Iterator[str]:
        """Every text with marks in it."""
        return (text for element in self.elements for text in element.texts())


@dataclass(frozen=True)
class Series:
    """A small picture of a figure over some periods; a mark is empty where it is not known."""

    key: str
    title: str
    alt: str
    svg: str
    periods: tuple[str, ...]
    marks: tuple[str, ...]


@dataclass(frozen=True)
class Remark:
    """Where an earlier report showed another number for its last day than is counted for it now.

    ``then`` is what it showed, ``report`` its title, ``address`` the page of that number there.
    """

    title: str
    then: str
    address: str
    report: str
    mark: str


@dataclass(frozen=True)
class GoalPart:
    """A goal of a funder: its figures, and the keys of the chapters that belong to it."""

    text: str
    figures: tuple[FigureMarks, ...]
    chapters: tuple[str, ...]


@dataclass(frozen=True)
class FunderPart:
    """What was agreed with a funder, and its goals."""

    slug: str
    name: str
    text: tuple[str, ...]
    goals: tuple[GoalPart, ...]


@dataclass(frozen=True)
class ReportDocument:
    """The whole report. ``numbers`` are what stands in it, by mark; days are ISO, ``days`` words.

    ``is_running`` is true while its period was not over. ``note`` says why there is a next edition,
    and ``replaces`` is the number of the one before it.
    """

    title: str
    heading: str
    period: str
    scope: str
    coalition: str
    lang: str
    is_example: bool
    since: str
    until: str
    is_running: bool
    days: DayNames
    foreword: tuple[str, ...]
    outlook: tuple[str, ...]
    chapters: tuple[ReportChapter, ...]
    series: tuple[Series, ...]
    remarks: tuple[Remark, ...]
    funders: tuple[FunderPart, ...]
    numbers: dict[str, NumberFacts]
    note: str = ""
    replaces: int | None = None
    format_version: int = FORMAT

    def marks(self) -> list[str]:
        """The mark of every number that stands in it, each once, in the order of the report."""
        return self._known(
            [
                *marks_in(self._texts()),
                *(mark for chapter in self.chapters for mark in _marks_of(chapter.elements)),
                *(mark for row in self.series for mark in row.marks),
                *(mark for funder in self.funders for mark in _marks_of_goals(funder)),
                *(remark.mark for remark in self.remarks),
            ]
        )

    def marks_for(self, funder: FunderPart) -> list[str]:
        """The same of what one funder sees: figures of its goals, and the chapters of those."""
        texts = (text for chapter in self.chapters_for(funder) for text in chapter.texts())
        return self._known([*_marks_of_goals(funder), *marks_in(texts)])

    def chapters_for(self, part: FunderPart | GoalPart) -> list[ReportChapter]:
        """The chapters that belong to a goal, or to any goal of a funder, in their order."""
        goals = part.goals if isinstance(part, FunderPart) else (part,)
        known = {chapter.key: chapter for chapter in self.chapters}
        keys = dict.fromkeys(key for goal in goals for key in goal.chapters)
        if isinstance(part, FunderPart):
            return [chapter for chapter in self.chapters if chapter.key in keys]
        return [known[key] for key in keys if key in known]

    def funder(self, slug: str) -> FunderPart | None:
        """A funder by the last part of its address."""
        return next((funder for funder in self.funders if funder.slug == slug), None)

    def stories(self) -> list[StoryReference]:
        """Every story that stood in it."""
        return [story for chapter in self.chapters for story in chapter.stories]

    def _known(self, marks: list[str]) -> list[str]:
        """Each mark once that is a number of this report; a mark nobody knows stays as typed."""
        return [mark for mark in dict.fromkeys(marks) if mark in self.numbers]

    def _texts(self) -> Iterator[str]:
        yield from self.foreword
        yield from self.outlook
        for chapter in self.chapters:
            yield from chapter.texts()


def _marks_of(elements: Iterable[Element]) -> Iterator[str]:
    return (mark for element in elements for mark in element.marks())


def _marks_of_goals(funder: FunderPart) -> Iterator[str]:
    return (mark for goal in funder.goals for figure in goal.figures for mark in figure.known())
