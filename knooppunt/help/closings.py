"""What an organisation that ends leaves on the board: its open needs and offers."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from knooppunt.core.registry.closings import (
    DO_NOT_KNOW,
    ClosingChoice,
    ClosingDecision,
    ClosingGroup,
    goes_on_after,
)
from knooppunt.help.actions import notices
from knooppunt.help.models import Notice


def _open(organisations: Any, day: date) -> Any:
    """The needs and offers that go on after a day."""
    rows = Notice.objects.open().filter(goes_on_after(day), organisation__in=organisations)
    return rows.select_related("organisation").order_by("title", "pk")


def _choices(notice: Notice, _user: Any) -> list[ClosingChoice]:
    words = (
        _("Een andere organisatie zoekt dit")
        if notice.is_need
        else _("Een andere organisatie biedt dit")
    )
    return [
        ClosingChoice("withdraw", _("Is niet meer nodig")),
        ClosingChoice("move", words, takes_successor=True),
        DO_NOT_KNOW,
    ]


def _settle(notice: Notice, decision: ClosingDecision) -> None:
    if decision.choice == "move":
        notices.carry_over(decision.actor, notice, decision.successor)
    else:
        day = max(decision.last_day, notice.listed_on)
        notices.close(decision.actor, notice, Notice.State.WITHDRAWN, day)


CLOSING_GROUPS = (
    ClosingGroup(
        key="notices",
        title=_("Vraag en aanbod"),
        organisation="organisation",
        rows=_open,
        describe=lambda notice: f"{notice.get_side_display()}: {notice.title}",
        choices=_choices,
        settle=_settle,
    ),
)
