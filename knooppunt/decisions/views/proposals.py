"""The pages of proposals: the list, one with its rules and result, and opening and closing it."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from knooppunt.core.audit.trail import Actor
from knooppunt.core.web.form_views import Question, erase_when_sure, form_view, run_action
from knooppunt.core.web.guards import editor_required, permission_required
from knooppunt.core.web.query_params import query_params
from knooppunt.decisions import describe, results, rules
from knooppunt.decisions.actions import outcomes
from knooppunt.decisions.actions import proposals as actions
from knooppunt.decisions.forms.meetings import DecisionForm
from knooppunt.decisions.forms.proposals import OpenForm, ProposalForm
from knooppunt.decisions.models import Meeting, Proposal

PER_PAGE = 20


def get_visible_proposal(request: HttpRequest, key: int) -> Proposal:
    """The proposal with this number, if the visitor may see it; else 404."""
    found = get_object_or_404(Proposal.objects.select_related("network", "meeting__body"), pk=key)
    if not rules.may_see(request.user, found):
        raise Http404
    return found


@query_params("pagina")
def proposals(request: HttpRequest) -> HttpResponse:
    """Open proposals, then those that ended, each with how it ended."""
    rows = Proposal.objects.select_related("network")
    shown = rows.shown() if rules.is_inside(request.user) else rows.public()
    page = Paginator(shown.exclude(state="open").prefetch_related("options"), PER_PAGE).get_page(
        request.GET.get("pagina", "1")
    )
    context: dict[str, Any] = {
        "open": shown.open().order_by("closes_at"),
        "page": page,
        "ended": [(one, describe.outcome(one)) for one in page],
        "drafts": rules.changeable_drafts(request.user),
        "can_enter": rules.may_convene(request.user),
    }
    return render(request, "decisions/proposals.html", context)


def proposal(request: HttpRequest, key: int) -> HttpResponse:
    """One proposal: what it is, how it is decided, who may vote, and how it ended."""
    one = get_visible_proposal(request, key)
    inside, decision = rules.is_inside(request.user), getattr(one, "decision", None)
    context: dict[str, Any] = {
        "one": one,
        "rules": describe.rules(one),
        "outcome": describe.outcome(one),
        "options": one.options.all() if one.has_options else (),
        "can_change": rules.may_change(request.user, one),
        "turnout": results.turnout(one),
        "mine": results.mine(one, request.user),
        "tally": results.tally(one),
        "rounds": results.rounds(one),
        "votes": results.votes(one, request.user),
        "objections": results.objections(one, request.user, inside),
        "half_read": results.half_read(one) if one.state == Proposal.State.OPEN else [],
        "opinions": one.minority_opinions.select_related("organisation"),
        "can_object": results.may_keep_opinion(one, request.user),
        "decision": decision if decision and rules.may_see(request.user, decision) else None,
    }
    return render(request, "decisions/proposal.html", context)


@query_params("bij")
@permission_required(rules.may_convene)
def enter(request: HttpRequest) -> HttpResponse:
    """Write down a proposal; it is a draft until it is opened."""
    meeting = (
        Meeting.objects.filter(pk=int(number)).first()
        if (number := request.GET.get("bij", "")[:9]).isdecimal()
        else None
    )
    form = ProposalForm(request.POST or None, initial={"meeting": meeting})
    question = Question(
        _("Voorstel opschrijven"),
        _("Alleen jij en de coördinatoren zien het, tot je het opent."),
        thanks=_("Bewaard. Lees het nog eens na, en open het dan."),
    )
    return form_view(request, form, _save(request, Proposal()), question)


def _save(request: HttpRequest, one: Proposal) -> Any:
    def do(got: dict[str, Any]) -> Proposal:
        options = got.pop("options")
        return actions.save_proposal(Actor(request.user), one, got, options)

    return do


changing = editor_required(get_visible_proposal, rules.may_change)


@changing
def change(request: HttpRequest, one: Proposal) -> HttpResponse:
    """Change a draft."""
    form = ProposalForm(request.POST or None, instance=Proposal.objects.get(pk=one.pk))
    return form_view(
        request,
        form,
        _save(request, one),
        Question(_("Voorstel wijzigen"), back=one.get_absolute_url()),
    )


@changing
def open_proposal(request: HttpRequest, one: Proposal) -> HttpResponse:
    """Open it to the members."""
    form = OpenForm(request.POST or None)
    lead = _("Vanaf nu staan de regels vast, en ook wie mag stemmen: de leden van vandaag.")
    question = Question(
        _("Open het voorstel"),
        lead,
        _("Open het nu"),
        one.get_absolute_url(),
        _("Het voorstel is open."),
    )

    def do(got: dict[str, Any]) -> None:
        actions.open_proposal(Actor(request.user), one, got["closes_at"])

    return form_view(request, form, do, question)


@require_POST
@changing
def close_proposal(request: HttpRequest, one: Proposal) -> HttpResponse:
    """Close it and count."""
    return run_action(
        request,
        lambda: actions.close_proposal(
            Actor(request.user), one, request.POST.get("half_read") == "leave"
        ),
        one,
        _("Gesloten en geteld."),
    )


@require_POST
@changing
def withdraw_proposal(request: HttpRequest, one: Proposal) -> HttpResponse:
    """Take it back; asks once more, because a draft and votes that were cast are wiped."""
    cast = one.voters.filter(Q(ballot__isnull=False) | Q(paper__isnull=False)).distinct().count()
    lines = [
        one.title,
        ngettext("%(number)s uitgebrachte stem", "%(number)s uitgebrachte stemmen", cast)
        % {"number": cast}
        if cast
        else "",
    ]
    return erase_when_sure(
        request,
        lambda: actions.withdraw_proposal(Actor(request.user), one),
        _("Dit voorstel intrekken?"),
        lines,
        one if one.state == Proposal.State.OPEN else "decisions:proposals",
        _("Ingetrokken."),
    )


@changing
def decide(request: HttpRequest, one: Proposal) -> HttpResponse:
    """Write the outcome in words, with a day to look at it again, and put it in the log."""
    if one.state != Proposal.State.CLOSED or hasattr(one, "decision"):
        raise Http404
    form = DecisionForm(
        request.POST or None,
        initial={"title": one.title, "text": describe.outcome(one), "decided_on": one.closed_on},
    )
    question = Question(
        _("Wat is er besloten?"),
        describe.outcome(one),
        _("Zet in de besluitenlijst"),
        one.get_absolute_url(),
    )

    return form_view(
        request,
        form,
        lambda got: outcomes.decide(Actor(request.user), got, meeting=one.meeting, proposal=one),
        question,
    )
