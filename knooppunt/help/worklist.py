"""What needs doing with needs and offers, for one keeper."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.directory.worklist import Work, listed
from knooppunt.help import matching, rules, today_tasks
from knooppunt.help.models import Introduction, Notice, NoticeResponse
from knooppunt.help.today_tasks import MatchedNeed

# So many of the oldest open needs are compared with what is offered.
COMPARED = 20


def worklist(user: Any) -> list[Work]:
    """Responses that wait for an answer, and introductions of which nobody told how they went."""
    mine = rules.changeable_notices(user)
    responses = NoticeResponse.objects.waiting().filter(notice__in=mine.values("pk"))
    rows = Introduction.objects.unanswered(timezone.localdate()).filter(need__in=mine.values("pk"))
    rows = rows.select_related("need__organisation", "offer__organisation")
    matches = matched_needs(user)
    return [
        Work(
            "past",
            _("Dit past bij elkaar"),
            _("Stel ze aan elkaar voor. Zij horen dan van elkaar."),
            len(matches),
            list(matches),
            "help/desk/match_rows.html",
            to_task=today_tasks.of_match,
        ),
        listed(
            "reacties",
            _("Reacties op vraag en aanbod"),
            _("Bel of mail terug. Daarna wissen we de reactie."),
            responses.select_related("notice__organisation"),
            "help/desk/response_work.html",
            today_tasks.of_response,
        ),
        listed(
            "gelukt",
            _("Is het echt gelukt?"),
            _("Bel ze, en schrijf op wat je hoort."),
            rows,
            "help/desk/rows.html",
            today_tasks.of_introduction,
        ),
    ]


def matched_needs(user: Any) -> list[MatchedNeed]:
    """The oldest open needs that she may change and that nobody was introduced to, each with the
    offer that fits best.
    """
    today = timezone.localdate()
    needs = (
        rules.changeable_notices(user)
        .visible_on(today)
        .filter(side=Notice.Side.NEED, introduced_offers__isnull=True)
        .select_related("organisation", "place")
        .order_by("listed_on", "pk")[:COMPARED]
    )
    return [MatchedNeed(*match) for match in matching.best_of_each(needs, today)]
