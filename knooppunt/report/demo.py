"""Loads the example's report: it is written, offered and published like any other, with
invented stories that say so.
"""

from __future__ import annotations

from typing import Any

from knooppunt.decisions.demo import BY_EXAMPLE, read
from knooppunt.directory.models import Area
from knooppunt.kit.periods import parse_period
from knooppunt.report.actions import funders, reports, stories
from knooppunt.report.models import Funder, Goal, Report

FILE = "report.toml"
Row = dict[str, Any]  # of a TOML file


def load_example() -> None:
    """Read funders first, then the reports with their texts and stories, in order."""
    data = read(FILE)
    for row in data.get("funders", []):
        _funder(row)
    for row in data.get("reports", []):
        _report(row)


def _funder(row: Row) -> None:
    one = funders.save_funder(BY_EXAMPLE, Funder(), {"name": row["name"], "text": row["text"]})
    for place, goal in enumerate(row["goals"], start=1):
        funders.save_goal(
            BY_EXAMPLE,
            Goal(funder=one, order=place),
            {"text": goal["text"], "figures": goal["figures"], "chapters": goal["chapters"]},
        )


def _report(row: Row) -> None:
    report = reports.begin(BY_EXAMPLE, parse_period(row["period"]))
    for key, text in row.get("texts", {}).items():
        reports.save_text(BY_EXAMPLE, report, key, text)
    for told in row.get("stories", []):
        _story(report, told)
    reports.offer(BY_EXAMPLE, Report.objects.get(pk=report.pk))
    reports.publish(BY_EXAMPLE, report)


def _story(report: Report, told: Row) -> None:
    values = {
        "text": told["text"],
        "told_by": told["told_by"],
        "area": Area.objects.filter(slug=told["area"]).first(),
        "via": told["via"],
        "years": "5",
    }
    story = stories.take_in(BY_EXAMPLE, values)
    stories.take_up(BY_EXAMPLE, story, story.text)
    reports.place_story(BY_EXAMPLE, report, story, told["chapter"])
