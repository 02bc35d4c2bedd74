"""The report of an import: per row what happened, and every finding with its reason and a
suggestion.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Literal, Self, TextIO

from knooppunt.kit.headings import STEP
from knooppunt.kit.text import defused

Outcome = Literal["created", "updated", "unchanged", "warning", "error"]
COLUMNS = ("line", "outcome", "field", "code", "message", "suggestion", "record", "name")
LONGEST_NAME, MOST_WORDS = 120, 300


@dataclass(frozen=True)
class Finding:
    """One line of the report.

    ``line`` 0 means the file as a whole; ``record`` is the slug of the record. ``name`` is what the
    row calls it, also when it was refused. ``sheet`` is the name of the sheet, when more than one
    was read. ``word`` is a word of the row that was not understood, and that somebody can be asked
    about.
    """

    line: int
    outcome: Outcome
    field: str = ""
    code: str = ""
    message: str = ""
    suggestion: str = ""
    record: str = ""
    sheet: str = ""
    name: str = ""
    word: str = ""

    @property
    def place(self) -> str:
        """Where in the file: the line, with its sheet when more than one was read; empty for
        the file as a whole.
        """
        return f"{self.sheet} {self.line}".strip() if self.line else ""

    def cells(self) -> list[str]:
        """The finding as the cells of a spreadsheet row that runs no formula."""
        values = [getattr(self, column) for column in COLUMNS]
        values[0] = self.place
        return [defused(str(value)) for value in values]


@dataclass
class Asked:
    """A word of a list that was not understood: in how many rows, and what it probably means."""

    rows: int = 0
    hint: str = ""


@dataclass
class Report:
    """Collects findings: counts them all, keeps the first for the screen, and writes each to a
    CSV file as it comes.
    """

    path: Path | None = None
    keep: int = 500
    counts: Counter[str] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    first: list[Finding] = field(default_factory=list)
    sheets: tuple[str, ...] = ()
    # The words that were not understood, by field and word, each with the number of rows and what
    # it may mean.
    words: dict[tuple[str, str], Asked] = field(default_factory=dict)
    # Gives the name of a field as a reader reads it.
    label: Callable[[str], str] = str
    _file: TextIO | None = None

    def __enter__(self) -> Self:
        if self.path:
            self._file = self.path.open("w", encoding="utf-8", newline="")
            self._writer = csv.writer(self._file)
            self._writer.writerow(COLUMNS)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file:
            self._file.close()
            self._file = None

    def add(self, finding: Finding) -> None:
        """Take one finding in; only what a person should look at is kept for the screen."""
        if len(self.sheets) > 1 and finding.line:
            sheet, line = self.sheets[finding.line // STEP], finding.line % STEP
            finding = replace(finding, sheet=sheet, line=line)
        if finding.word:
            self.ask(finding.field, finding.word, finding.suggestion)
        if finding.field:
            finding = replace(finding, field=self.label(finding.field))
        self.counts[finding.outcome] += 1
        if finding.code:
            self.codes[finding.code] += 1
        if finding.outcome in ("warning", "error") and len(self.first) < self.keep:
            self.first.append(finding)
        if self._file:
            self._writer.writerow(finding.cells())

    def ask(self, name: str, word: str, hint: str = "", rows: int = 1) -> None:
        """Count a word of a field that was not understood."""
        if (name, word) in self.words or len(self.words) < MOST_WORDS:
            asked = self.words.setdefault((name, word), Asked(hint=hint))
            asked.rows += rows

    def add_for(self, finding: Finding, record: str, name: str) -> None:
        """Take in a finding about a row, with the record and the name that the row has."""
        self.add(replace(finding, record=record, name=name[:LONGEST_NAME]))

    def flush(self) -> None:
        """Put what was written so far safely in the file."""
        if self._file:
            self._file.flush()


def name_of_row(name: str, cells: Iterable[str]) -> str:
    """What a row is called in a report: its name, else its first cells that have something in
    them.
    """
    filled = islice((cell for cell in cells if cell), 3)
    return (name or " | ".join(filled))[:LONGEST_NAME]
