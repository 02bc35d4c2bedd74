"""What needs doing with needs and offers, for one keeper."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.directory.worklist import Work, listed
from knooppunt.help import rules
from knooppunt.help.models import Introduction, NoticeResponse


def worklist(user: Any) -> list[Work]:
    """Responses that wait for an answer, and introductions of which nobody told how they went."""
    mine = rules.changeable_notices(user)
    responses = NoticeResponse.objects.waiting().filter(notice__in=mine.values("pk"))
    rows = Introduction.objects.unanswered(timezone.localdate()).filter(need__in=mine.values("pk"))
    rows = rows.select_related("need__organisation", "offer__organisation")
    return [
        listed(
            "reacties",
            _("Reacties op vraag en aanbod"),
            _("Bel of mail terug. Daarna wissen we de reactie."),
            responses.select_related("notice__organisation"),
            "help/desk/response_work.html",
        ),
        listed(
            "gelukt",
            _("Is het echt gelukt?"),
            _("Bel ze, en schrijf op wat je hoort."),
            rows,
            "help/desk/rows.html",
        ),
    ]
