"""Builders for the tests of the report: a world with a past, a report, an edition, a story."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from knooppunt.core.audit.trail import SYSTEM
from knooppunt.directory.models import Organisation, Place
from knooppunt.directory.tests import make
from knooppunt.kit.periods import Period, half_year_of
from knooppunt.report.actions import reports, stories
from knooppunt.report.models import Edition, Funder, Goal, Report, Story


def last_half() -> Period:
    """The half-year before the one that runs."""
    return half_year_of(timezone.localdate()).previous


def listed(record: Any, day: date) -> None:
    """Let a record have come in on a day."""
    type(record).objects.filter(pk=record.pk).update(listed_on=day)


def with_a_past(period: Period | None = None) -> Period:
    """Everything that is in the register came in long before the last half-year."""
    long_ago = (period or last_half()).previous.previous.since
    for model in (Organisation, Place):
        model.objects.update(listed_on=long_ago)
    return period or last_half()


def newcomer(name: str, period: Period | None = None, **values: Any) -> Organisation:
    """An organisation that came in during the period."""
    made = make.organisation(name, **values)
    listed(made, (period or last_half()).since + timedelta(days=10))
    return made


def report(**scope: Any) -> Report:
    """A report about the last half-year."""
    return reports.begin(SYSTEM, last_half(), **scope)


def published(one: Report | None = None) -> Edition:
    """An edition, offered and published by the system."""
    one = one or report()
    reports.offer(SYSTEM, Report.objects.get(pk=one.pk))
    return reports.publish(SYSTEM, one)


def story(text: str = "We planten samen een boom.", is_taken: bool = True, **values: Any) -> Story:
    """A story with leave for two years."""
    made = stories.take_in(SYSTEM, {"text": text, "told_by": "Een buurvrouw", **values})
    return stories.take_up(SYSTEM, made, text) if is_taken else made


def funder(
    name: str = "Het Fonds",
    figures: tuple[str, ...] = ("places", "organisations"),
    chapters: tuple[str, ...] = ("places",),
) -> Funder:
    """A funder with one goal."""
    one = Funder.objects.create(slug="het-fonds", name=name, text="Afgesproken: meer plekken.")
    Goal.objects.create(
        funder=one,
        text="Meer plekken om binnen te lopen",
        figures=list(figures),
        chapters=list(chapters),
        order=1,
    )
    return one
