"""What needs doing in the voice, for one keeper: signals to read, answers that do not come,
promises past their date.
"""

from __future__ import annotations

from typing import Any

from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from knooppunt.directory.rules import may_coordinate
from knooppunt.directory.worklist import Work, listed
from knooppunt.voice import rules, today_tasks
from knooppunt.voice.models import Agreement, Clause, ClauseState, Commitment, Hit, Point, Signal

TEMPLATE = "voice/desk/rows.html"


def worklist(user: Any) -> list[Work]:
    """The lists of the voice."""
    today = timezone.localdate()
    own = rules.changeable_points(user)
    lists: list[tuple[Any, ...]] = [
        (
            "antwoord",
            _("Antwoord blijft uit"),
            _("Vraag ernaar, en schrijf op wat je hoort."),
            Point.objects.overdue(today).filter(pk__in=own.values("pk")).select_related("body"),
            today_tasks.of_answer,
        ),
        (
            "delen",
            _("Punten die nog niet gedeeld zijn"),
            _("Klopt het? Deel het, dan kunnen anderen tekenen."),
            own.filter(is_public=False),
            today_tasks.of_draft,
        ),
        (
            "toezeggingen",
            _("Toezeggingen over hun datum"),
            _("Is het gebeurd? Schrijf op wat je ziet."),
            _late(user, today),
            today_tasks.of_promise,
        ),
        *_to_review(user, today),
        (
            "wie-geraakt",
            _("Dreigingen zonder wie geraakt wordt"),
            _("Zet erbij wie het raakt; dan staat er hoeveel plekken en mensen dat zijn."),
            own.filter(cut__isnull=False).exclude(cut__in=Hit.objects.values("cut")),
            None,
        ),
    ]
    lists = [*_new_signals(user), *lists]
    return [
        listed(key, title, advice, rows, TEMPLATE, to_task)
        for key, title, advice, rows, to_task in lists
    ]


def _to_review(user: Any, today: Any) -> list[tuple[Any, ...]]:
    """The lists of what was agreed and is to be looked at again."""
    return [
        (
            "bepalingen",
            _("Bepalingen om opnieuw te bekijken"),
            _("Laat zien hoe ver het is, of vraag het na."),
            _clauses(user, today),
            today_tasks.of_clause,
        ),
        (
            "akkoorden",
            _("Akkoorden om opnieuw te bekijken"),
            _("Zet het op de agenda van het overleg, en kies daarna een nieuwe dag."),
            _agreements(user, today),
            today_tasks.of_agreement,
        ),
    ]


def _new_signals(user: Any) -> list[tuple[Any, ...]]:
    """The list of new signals, for who may read them."""
    if not rules.may_read_signals(user):
        return []
    advice = _("Bij welk punt hoort het? Wie het zei, hoort dan hoe het gaat.")
    title = _("Nieuwe signalen")
    return [("signalen", title, advice, _signals(user), today_tasks.of_signal)]


def _signals(user: Any) -> Any:
    return (
        rules.readable_signals(user)
        .filter(state=Signal.State.NEW)
        .order_by("received_on", "pk")
        .select_related("area")
    )


def _late(user: Any, today: Any) -> Any:
    rows = (
        Commitment.objects.overdue(today)
        .select_related("term__post__body", "body")
        .order_by("due_on")
    )
    if may_coordinate(user):
        return rows
    return (
        rows.filter(Q(entered_by=user) | Q(point__in=rules.changeable_points(user).values("pk")))
        if rules.may_convene(user)
        else rows.none()
    )


def _agreements(user: Any, today: Any) -> Any:
    """The signed agreements that still hold and of which the day to look at them again is
    reached.
    """
    rows = Agreement.objects.to_review(today)
    return rows if may_coordinate(user) else rows.filter(entered_by=user)


def _clauses(user: Any, today: Any) -> Any:
    """The clauses of which the review is past and nobody showed anything since."""
    latest = (
        ClauseState.objects.filter(clause=OuterRef("pk")).order_by("-on", "-pk").values("on")[:1]
    )
    rows = Clause.objects.filter(review_on__lte=today, agreement__signed_on__isnull=False).annotate(
        seen_on=Subquery(latest)
    )
    rows = rows.filter(Q(seen_on__isnull=True) | Q(seen_on__lt=F("review_on"))).select_related(
        "agreement"
    )
    return rows if may_coordinate(user) else rows.filter(agreement__entered_by=user)
