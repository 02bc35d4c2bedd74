"""What needs doing for the report, for one keeper: stories to read, and reports that wait for a
second pair of eyes.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from knooppunt.directory.worklist import Work, listed
from knooppunt.report import rules, today_tasks
from knooppunt.report.models import Report, Story

TEMPLATE = "report/desk/work.html"


def worklist(user: rules.Visitor) -> list[Work]:
    """The lists of the report."""
    if not rules.may_write(user):
        return []
    offered = Report.objects.filter(offered_at__isnull=False).exclude(offered_by=user.pk)
    mine = [row.pk for row in offered if rules.may_edit(user, row)]
    return [
        listed(
            "verhalen",
            _("Nieuwe verhalen"),
            _("Mag dit verteld worden? Lees het en zeg ja, of leg het opzij."),
            Story.objects.waiting(),
            TEMPLATE,
            today_tasks.of_story,
        ),
        listed(
            "berichten",
            _("Berichten die op een tweede lezer wachten"),
            _("Lees het helemaal, en publiceer het dan."),
            Report.objects.filter(pk__in=mine),
            TEMPLATE,
            today_tasks.of_report,
        ),
    ]
