"""The tables of the report."""

from knooppunt.report.models.editions import Edition, FigureSnapshot
from knooppunt.report.models.funders import Funder, Goal
from knooppunt.report.models.reports import ChapterChoice, Passage, Placement, Report
from knooppunt.report.models.stories import Story

__all__ = [
    "ChapterChoice",
    "Edition",
    "FigureSnapshot",
    "Funder",
    "Goal",
    "Passage",
    "Placement",
    "Report",
    "Story",
]
