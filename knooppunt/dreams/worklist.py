"""What needs doing with dreams, for one keeper: read what is new, answer what waits, finish a
table.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.directory.rules import may_coordinate
from knooppunt.directory.worklist import Work, listed
from knooppunt.dreams import rules, today_tasks
from knooppunt.dreams.models import DreamTable

TEMPLATE = "dreams/desk/rows.html"
# So many days before its last day a dream comes on the list.
AHEAD = timedelta(days=7)


def worklist(user: Any) -> list[Work]:
    """The lists of dreams."""
    lists = []
    if rules.may_read(user):
        mine = rules.readable_dreams(user).select_related("area").defer("area__outline")
        day = timezone.localdate()
        waiting = mine.on_wall().filter(answer_by__lte=day + AHEAD).with_numbers()
        lists = [
            listed(
                "dromen",
                _("Nieuwe dromen"),
                _("Lees ze, en zet ze op de muur. Wie het zei, wacht op je."),
                mine.unread().order_by("said_on", "pk"),
                TEMPLATE,
                today_tasks.of_new,
            ),
            listed(
                "dromen-antwoord",
                _("Dromen die op antwoord wachten"),
                _("Geen droom blijft zonder antwoord: wat wordt het?"),
                waiting.order_by("answer_by", "pk"),
                TEMPLATE,
                today_tasks.of_late,
            ),
        ]
    if rules.may_enter(user):
        tables = DreamTable.objects.filter(closed_on__isnull=True).select_related(
            "place", "organisation", "area"
        )
        if not may_coordinate(user):
            tables = tables.filter(entered_by=user)
        lists.append(
            listed(
                "droomtafels",
                _("Droomtafels"),
                _("Typ de dromen over; dan wissen we de foto."),
                tables.order_by("opened_on", "pk"),
                TEMPLATE,
                today_tasks.of_table,
            )
        )
    return lists
