"""A report that is open for reading: its document, the list behind each number, and its stories."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from typing import TypedDict

from knooppunt.core.reporting.facts import DAYS
from knooppunt.report.document import NumberFacts, ReportDocument
from knooppunt.report.marked_text import BRACED
from knooppunt.report.models import Edition, Story


class _Line(TypedDict):
    id: int
    name: str
    address: str
    amount: float
    note: str


class Line(_Line, total=False):
    """A line of the list behind a number; ``whole`` only where the number is a share,
    ``is_example`` only where the example invented it.
    """

    whole: float
    is_example: bool


@dataclass(frozen=True)
class Run:
    """A piece of a sentence: words, and the mark of the number if it is one."""

    words: str
    mark: str = ""


@dataclass(frozen=True)
class Number:
    """One number of a report as it was counted, with what it means and its list."""

    mark: str
    facts: NumberFacts
    lines: list[Line]

    def told(self) -> dict[str, object]:
        """What is kept of it beside its list, as plain data."""
        return asdict(self.facts)


@dataclass
class ReadableReport:
    """One report for web, paper and files; ``site`` is the name of the site before ``base``.

    ``find_number`` gives a number by its mark, ``all_numbers`` every number in the order of the
    report. ``stories`` are those that may be told today. Without an edition it is a draft.
    """

    document: ReportDocument
    find_number: Callable[[str], Number | None]
    all_numbers: Callable[[], Iterator[Number]]
    base: str = ""
    edition: Edition | None = None
    stories: dict[int, Story] = field(default_factory=dict)
    site: str = ""

    @property
    def is_draft(self) -> bool:
        """True for what was not published."""
        return self.edition is None

    @property
    def numbers(self) -> dict[str, NumberFacts]:
        """What stands in the report, by mark."""
        return self.document.numbers

    def link(self, mark: str) -> str:
        """Where a number is explained: a page, or a place on the page of a report on its own."""
        return f"{self.base}{mark}" if self.base.startswith("#") else f"{self.base}cijfer/{mark}/"

    def absolute_link(self, mark: str = "") -> str:
        """The same from paper or a mail; without a mark the address of the report itself."""
        return f"{self.site}{self.base}" + (f"cijfer/{mark}/" if mark else "")

    def runs(self, text: str) -> list[Run]:
        """A sentence in pieces, its marks turned into numbers and days; others stay as typed."""
        pieces, end = [], 0
        for match in BRACED.finditer(text):
            if match.start() > end:
                pieces.append(Run(text[end : match.start()]))
            pieces.append(self._run_of(match[1]))
            end = match.end()
        return [*pieces, Run(text[end:])] if end < len(text) else pieces

    def _run_of(self, mark: str) -> Run:
        if mark in DAYS:
            return Run(str(getattr(self.document.days, mark)))
        if mark in self.numbers:
            return Run(self.numbers[mark].shown, mark)
        return Run(f"{{{mark}}}")

    def plain(self, text: str) -> str:
        """A sentence as words alone."""
        return "".join(run.words for run in self.runs(text))

    @property
    def withdrawn(self) -> int:
        """How many stories stood in it and may no longer be told."""
        return sum(row.id not in self.stories for row in self.document.stories())
