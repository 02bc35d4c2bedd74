"""Loads the example's report: it is written, offered and published like any other, with
stories that are marked as invented.
"""

from __future__ import annotations

from typing import Any

from knooppunt.core.database.example_rows import inventing
from knooppunt.decisions.demo import BY_EXAMPLE, one_of, read
from knooppunt.directory.models import Area, Organisation
from knooppunt.kit.periods import parse_period
from knooppunt.report.actions import funders, reports, stories
from knooppunt.report.models import Funder, Goal, Report, Story

FILE = "report.toml"
Row = dict[str, Any]  # of a TOML file


def load_example() -> None:
    """Read funders first, then the reports with their texts and stories, then what was told
    beside them.
    """
    data = read(FILE)
    with inventing():
        for row in data.get("funders", []):
            _funder(row)
        for row in data.get("reports", []):
            _report(row)
        for row in data.get("stories", []):
            _story(row)


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
        reports.place_story(BY_EXAMPLE, report, _story(told), told["chapter"])
    reports.offer(BY_EXAMPLE, Report.objects.get(pk=report.pk))
    reports.publish(BY_EXAMPLE, report)


def _story(told: Row) -> Story:
    values = {
        "text": told["text"],
        "told_by": told["told_by"],
        "area": Area.objects.filter(slug=told["area"]).first(),
        "organisation": one_of(Organisation, name=told.get("organisation")),
        "via": told["via"],
        "years": "5",
    }
    story = stories.take_in(BY_EXAMPLE, values)
    stories.take_up(BY_EXAMPLE, story, story.text)
    return story
