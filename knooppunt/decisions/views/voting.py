"""The pages on which a vote is cast, read from paper, and on which objections are met."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from knooppunt.core.audit.trail import Actor
from knooppunt.core.web.form_views import Question, form_view, run_action
from knooppunt.core.web.guards import editor_required
from knooppunt.decisions import results, rules
from knooppunt.decisions.actions import proposals
from knooppunt.decisions.actions import votes as actions
from knooppunt.decisions.forms.proposals import AnswerForm, OpinionForm, PaperForm, VoteForm
from knooppunt.decisions.models import Objection, Proposal
from knooppunt.decisions.views.proposals import changing, get_visible_proposal
from knooppunt.directory.models import Organisation
from knooppunt.directory.rules import may_coordinate


@editor_required(get_visible_proposal, rules.may_vote)
def vote(request: HttpRequest, one: Proposal, voter: int) -> HttpResponse:
    """Vote for an organisation."""
    row = get_object_or_404(
        rules.voters_of(request.user, one).select_related("organisation", "ballot"), pk=voter
    )
    known = getattr(row, "ballot", None)
    mine = known if known and known.cast_by_id == request.user.pk else None
    form = VoteForm(
        request.POST or None,
        proposal=one,
        chosen=mine.choice if mine else [],
        initial={"reason": mine.reason if mine else ""},
    )
    question = Question(
        one.title,
        _("Je stemt namens %(name)s.") % {"name": row.organisation.name},
        _("Breng onze stem uit"),
        one.get_absolute_url(),
        _("Jullie stem is uitgebracht. Tot het sluiten kun je die wijzigen."),
    )
    return form_view(
        request,
        form,
        lambda got: actions.vote(Actor(request.user), row, form.choice, got["reason"]) and None,
        question,
    )


@changing
def read_paper(request: HttpRequest, one: Proposal) -> HttpResponse:
    """Take in a vote on paper or from the room."""
    if not one.is_voting:
        raise Http404
    form = PaperForm(request.POST or None, proposal=one)
    lead = _("Twee mensen lezen elk briefje. Het telt zodra de tweede hetzelfde invult.")
    question = Question(
        _("Stem van papier of uit de zaal"), lead, _("Dit staat er"), one.get_absolute_url(), ""
    )

    def do(got: dict[str, Any]) -> None:
        counts = actions.read_paper(
            Actor(request.user), got["voter"], form.choice, got["reason"], got["channel"]
        )
        messages.success(
            request,
            _("De stem telt mee.")
            if counts
            else _("Opgeschreven. Nu leest iemand anders hetzelfde briefje."),
        )

    return form_view(request, form, do, question)


def _objection(one: Proposal, number: int) -> Objection:
    rows = Objection.objects.of(one).select_related("ballot__voter__organisation")
    found: Objection = get_object_or_404(rows, pk=number)
    return found


@changing
def answer_objection(request: HttpRequest, one: Proposal, objection: int) -> HttpResponse:
    """Write down how an objection is met; one in a secret vote is read by nobody before it
    closes.
    """
    if one.is_secret:
        raise Http404
    row = _objection(one, objection)
    form = AnswerForm(request.POST or None, initial={"answer": row.answer})
    question = Question(
        _("Een bezwaar behandelen"),
        row.ballot.reason,
        back=one.get_absolute_url(),
        thanks=_("Opgeschreven. Wie het bezwaar had, zegt of het zo goed is."),
    )

    def do(got: dict[str, Any]) -> None:
        actions.answer_objection(Actor(request.user), row, got["answer"])

    return form_view(request, form, do, question)


@require_POST
@editor_required(get_visible_proposal, rules.may_vote)
def settle_objection(request: HttpRequest, one: Proposal, objection: int) -> HttpResponse:
    """Say that an objection was met."""
    row = _objection(one, objection)
    own = rules.voters_of(request.user, one).filter(pk=row.ballot.voter_id).exists()
    if not own and (one.is_secret or not may_coordinate(request.user)):
        raise Http404
    return run_action(
        request,
        lambda: actions.settle_objection(Actor(request.user), row),
        one,
        _("Het bezwaar is opgelost."),
    )


@editor_required(get_visible_proposal, rules.may_vote)
def keep_opinion(request: HttpRequest, one: Proposal) -> HttpResponse:
    """Keep an opinion beside the result."""
    mine = results.may_keep_opinion(one, request.user)
    if not mine:
        raise Http404
    rows = Organisation.objects.filter(pk__in=[row.pk for row in mine])
    form = OpinionForm(request.POST or None, organisations=rows, initial={"organisation": mine[0]})
    question = Question(
        _("Dachten jullie er anders over?"),
        _("Dit blijft bij de uitslag staan."),
        back=one.get_absolute_url(),
    )

    def do(got: dict[str, Any]) -> None:
        proposals.keep_opinion(Actor(request.user), one, got["organisation"], got["text"])

    return form_view(request, form, do, question)
