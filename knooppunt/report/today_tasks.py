"""The rows of the worklist of the report as tasks: stories to read, reports to read once more."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knooppunt.directory.today import Task, TaskAction, TaskKind
from knooppunt.report.models import Report, Story

STORY = TaskKind(gettext_lazy("Verhaal"), "book", "need")
REPORT = TaskKind(gettext_lazy("Halfjaarbericht"), "figures", "activity")


def of_story(story: Story) -> Task:
    """Somebody told something, and nobody read it yet."""
    page = reverse("report:take_up", args=[story.pk])
    return Task(
        kind=STORY,
        label=Truncator(story.text).words(12),
        url=page,
        quote=story.text,
        why=story.told_by,
        action=TaskAction(_("Lees het verhaal"), page),
        waiting_since=story.received_on,
        people_waiting=1,
    )


def of_report(report: Report) -> Task:
    """A report that waits for a second reader."""
    return Task(
        kind=REPORT,
        label=str(report),
        url=report.get_absolute_url(),
        why=_("Lees het helemaal, en publiceer het dan."),
        action=TaskAction(_("Lees en publiceer"), report.get_absolute_url()),
        waiting_since=timezone.localdate(report.offered_at) if report.offered_at else None,
        people_waiting=1,
    )
