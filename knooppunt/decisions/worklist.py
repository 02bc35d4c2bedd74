"""What needs doing in deciding together, for one keeper: votes to cast, actions that are late,
decisions to look at again.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.decisions import rules, today_tasks
from knooppunt.decisions.models import ActionItem, Decision, Proposal
from knooppunt.directory.rules import may_coordinate
from knooppunt.directory.worklist import Work, listed

TEMPLATE = "decisions/desk/rows.html"


def worklist(user: Any) -> list[Work]:
    """The lists of deciding together."""
    today = timezone.localdate()
    mine = rules.represented(user)
    to_vote = (
        Proposal.objects.open()
        .filter(Q(closes_at__gt=timezone.now()), pk__in=rules.unvoted(mine).values("proposal"))
        .order_by("closes_at")
    )
    everything = may_coordinate(user)
    entered = Q() if everything else Q(entered_by=user)
    own = Q() if everything else Q(organisation__in=mine.values("pk")) | Q(meeting__entered_by=user)
    late = ActionItem.objects.overdue(today).filter(own).select_related("organisation", "meeting")
    lists: list[tuple[Any, ...]] = [
        (
            "briefjes",
            _("Briefjes die één keer gelezen zijn"),
            _("Laat iemand anders hetzelfde briefje lezen. Pas dan telt de stem."),
            Proposal.objects.half_read().filter(entered).order_by("closes_at"),
            today_tasks.of_paper_votes,
        ),
        (
            "stemmen",
            _("Nog te stemmen"),
            _("Elke organisatie heeft één stem. Stem voor het sluit."),
            to_vote,
            today_tasks.of_vote,
        ),
        (
            "acties",
            _("Acties die te laat zijn"),
            _("Is het gedaan? Schrijf op wat ervan kwam."),
            late,
            today_tasks.of_action,
        ),
        (
            "herzien",
            _("Besluiten om opnieuw te bekijken"),
            _("Geldt het nog? Zeg ja of nee."),
            Decision.objects.to_review(today).filter(entered).order_by("review_on"),
            today_tasks.of_decision,
        ),
    ]
    return [
        listed(key, title, advice, rows, TEMPLATE, to_task)
        for key, title, advice, rows, to_task in lists
    ]
