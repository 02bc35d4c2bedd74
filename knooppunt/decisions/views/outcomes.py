"""The decision log that everybody can read, one decision with how it came about, and action
items until they are done.
"""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knooppunt.core.audit.trail import Actor
from knooppunt.core.web.csv_response import csv_answer
from knooppunt.core.web.form_views import Question, form_view
from knooppunt.core.web.guards import editor_required, permission_required
from knooppunt.core.web.query_params import query_params
from knooppunt.decisions import describe, rules
from knooppunt.decisions.actions import outcomes as actions
from knooppunt.decisions.forms.meetings import (
    ActionForm,
    CloseActionForm,
    DecisionChangeForm,
    DecisionForm,
    ReviewForm,
)
from knooppunt.decisions.models import ActionItem, Decision, Meeting
from knooppunt.decisions.views.meetings import changing

PER_PAGE = 30


def get_visible_decision(request: HttpRequest, key: int, rows: Any = Decision.objects) -> Decision:
    """The decision with this number, if the visitor may see it; else 404.

    ``rows`` may hold those that are struck.
    """
    found: Decision = get_object_or_404(
        rows.select_related("meeting__body", "item", "proposal"), pk=key
    )
    if not rules.may_see(request.user, found):
        raise Http404
    return found


def _visible(request: HttpRequest) -> Any:
    rows = Decision.objects.select_related("meeting__body", "proposal")
    return rows if rules.is_inside(request.user) else rows.public()


@query_params("pagina")
def log(request: HttpRequest) -> HttpResponse:
    """All decisions, the latest first."""
    page = Paginator(_visible(request), PER_PAGE).get_page(request.GET.get("pagina", "1"))
    can_enter = rules.may_convene(request.user)
    return render(request, "decisions/log.html", {"page": page, "can_enter": can_enter})


def log_csv(request: HttpRequest) -> HttpResponse:
    """The public decisions as a table."""
    rows = []
    for row in Decision.objects.public().select_related("meeting__body", "proposal"):
        shown = row.proposal if row.proposal and row.proposal.is_public else None
        way, told = (shown.method, describe.outcome(shown)) if shown else ("", "")
        rows.append(
            [
                row.decided_on,
                row.title,
                row.text,
                row.meeting if row.meeting and row.meeting.is_public else "",
                way,
                told,
                row.review_on or "",
                row.ended_on or "",
                request.build_absolute_uri(row.get_absolute_url()),
                row.is_example,
            ]
        )
    return csv_answer(
        "besluiten.csv",
        [
            "decided_on",
            "title",
            "text",
            "meeting",
            "method",
            "outcome",
            "review_on",
            "ended_on",
            "address",
            "is_example",
        ],
        rows,
    )


def decision(request: HttpRequest, key: int) -> HttpResponse:
    """One decision: what, when, where, by which way, and who thought otherwise."""
    one = get_visible_decision(request, key, Decision.with_mistakes)
    proposal = one.proposal if one.proposal and rules.may_see(request.user, one.proposal) else None
    context: dict[str, Any] = {
        "one": one,
        "proposal": proposal,
        "can_change": not one.is_mistake and rules.may_change(request.user, one),
        "outcome": describe.outcome(proposal) if proposal else "",
        "actions": one.action_items.select_related("organisation"),
        "meeting": one.meeting
        if one.meeting and rules.may_see(request.user, one.meeting)
        else None,
        "is_due": bool(one.review_on and one.review_on <= timezone.localdate()),
    }
    return render(request, "decisions/decision.html", context)


@editor_required(get_visible_decision, rules.may_change)
def review(request: HttpRequest, one: Decision) -> HttpResponse:
    """Say whether it still holds."""
    form = ReviewForm(request.POST or None)
    question = Question(_("Geldt dit nog?"), one.title, back=one.get_absolute_url())

    def do(got: dict[str, Any]) -> None:
        actions.review(Actor(request.user), one, got["holds"], got["review_on"], got["on"])

    return form_view(request, form, do, question)


@changing
def decide(request: HttpRequest, one: Meeting) -> HttpResponse:
    """Put a decision of this meeting in the log."""
    form = DecisionForm(
        request.POST or None, meeting=one, initial={"decided_on": min(one.on, timezone.localdate())}
    )
    question = Question(
        _("Wat is er besloten?"), str(one), _("Zet in de besluitenlijst"), one.get_absolute_url()
    )
    return form_view(
        request, form, lambda got: actions.decide(Actor(request.user), got, meeting=one), question
    )


@query_params("bij")
@permission_required(rules.may_convene)
def enter(request: HttpRequest) -> HttpResponse:
    """Write down a decision with its day: of an earlier meeting, or taken outside one, without
    a vote on this site.
    """
    number = request.GET.get("bij", "")[:9]
    meeting = Meeting.objects.filter(pk=int(number)).first() if number.isdecimal() else None
    form = DecisionChangeForm(request.POST or None, initial={"meeting": meeting})
    question = Question(
        _("Wat is er besloten?"),
        _("Ook een besluit van vroeger, of een dat buiten een overleg is genomen."),
        _("Zet in de besluitenlijst"),
        "../",
    )

    def save(values: dict[str, Any]) -> Decision:
        return actions.decide(Actor(request.user), values, meeting=values.pop("meeting"))

    return form_view(request, form, save, question)


@changing
def take_up(request: HttpRequest, one: Meeting) -> HttpResponse:
    """Write down who does what."""
    day = min(one.on, timezone.localdate())
    form = ActionForm(request.POST or None, initial={"listed_on": day})
    question = Question(
        _("Wie doet wat?"),
        _("Dit komt op elke volgende agenda terug tot het klaar is."),
        _("Zet erbij"),
        one.get_absolute_url(),
    )

    def do(got: dict[str, Any]) -> None:
        actions.take_up(Actor(request.user), got, meeting=one)

    return form_view(request, form, do, question)


def _action(request: HttpRequest, key: int) -> ActionItem:
    found = get_object_or_404(
        ActionItem.objects.select_related("meeting__body", "organisation"), pk=key
    )
    if not rules.may_see_action(request.user, found):
        raise Http404
    return found


@editor_required(_action, rules.may_close_action)
def close_action(request: HttpRequest, one: ActionItem) -> HttpResponse:
    """Say what came of it."""
    form = CloseActionForm(request.POST or None)
    back = one.meeting.get_absolute_url() if one.meeting else "/"
    question = Question(
        _("Is het klaar?"),
        f"{one.text} ({one.who})",
        _("Het is klaar"),
        back,
        _("Mooi. Het komt niet meer terug op de agenda."),
    )

    def do(got: dict[str, Any]) -> None:
        actions.close_action(Actor(request.user), one, got["result"], got["closed_on"])

    return form_view(request, form, do, question)
