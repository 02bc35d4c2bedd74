"""The pages of agreements: clauses with how far they are, the points that landed in them, and
the yearly plan.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knooppunt.core.audit.trail import Actor
from knooppunt.core.web.form_views import Question, form_view
from knooppunt.core.web.guards import editor_required, permission_required
from knooppunt.voice import rules
from knooppunt.voice.actions import agreements as actions
from knooppunt.voice.forms.promises import (
    AgreementForm,
    ClauseForm,
    ClauseStateForm,
    LandingForm,
    PlanDoneForm,
    PlanForm,
)
from knooppunt.voice.models import Agreement, Clause


def get_visible_agreement(request: HttpRequest, key: str) -> Agreement:
    """The agreement with this address, if the visitor may see it; else 404."""
    found: Agreement = get_object_or_404(Agreement.objects.select_related("document"), slug=key)
    if not rules.may_see(request.user, found):
        raise Http404
    return found


def agreements(request: HttpRequest) -> HttpResponse:
    """All agreements, those still being written first."""
    rows = Agreement.objects.prefetch_related("clauses__states", "bodies")
    rows = rows if rules.is_inside(request.user) else rows.filter(is_public=True)
    listed = sorted(
        ((one, summary(one)) for one in rows), key=lambda pair: pair[0].signed_on is not None
    )
    return render(
        request,
        "voice/agreements.html",
        {"rows": listed, "can_enter": rules.may_convene(request.user)},
    )


def state_of(clause: Clause) -> Any:
    """The last state of a clause whose states were read along; None when nobody said."""
    states = list(clause.states.all())
    return states[-1] if states else None


def summary(agreement: Agreement) -> dict[str, int]:
    """How many clauses there are, and how many are done, partly done, and past their review
    without evidence.
    """
    today = timezone.localdate()
    states = [(one, state_of(one)) for one in agreement.clauses.all()]
    return {
        "clauses": len(states),
        "done": sum(state is not None and state.state == "done" for _one, state in states),
        "partly": sum(state is not None and state.state == "partly" for _one, state in states),
        "due": sum(is_due(one, state, today) for one, state in states),
    }


def is_due(clause: Clause, state: Any, today: Any) -> bool:
    """True when a clause was to be looked at by today and nobody showed anything on or after
    that day.
    """
    return bool(
        clause.review_on
        and clause.review_on <= today
        and (state is None or state.on < clause.review_on)
    )


def agreement(request: HttpRequest, key: str) -> HttpResponse:
    """One agreement with its clauses."""
    one, today = get_visible_agreement(request, key), timezone.localdate()
    clauses = list(one.clauses.prefetch_related("states", "landings__point", "amendments"))
    context: dict[str, Any] = {
        "one": one,
        "clauses": [(row, state := state_of(row), is_due(row, state, today)) for row in clauses],
        "summary": summary(one),
        "plans": one.year_actions.select_related("clause"),
        "open": one.amendments.filter(state="open").select_related("organisation"),
        "bodies": one.bodies.all(),
        "parties": one.organisations.visible_on(today).only("pk", "name", "slug", "role"),
        "areas": one.areas.defer("outline"),
        "can_change": rules.may_keep(request.user, one),
        "can_amend": rules.may_amend(request.user, one),
        "is_due": bool(one.review_on and one.review_on <= today),
    }
    return render(request, "voice/agreement.html", context)


@permission_required(rules.may_convene)
def enter(request: HttpRequest) -> HttpResponse:
    """Write down an agreement, or begin to write one together."""
    form = AgreementForm(request.POST or None)
    question = Question(
        _("Akkoord opschrijven"),
        _(
            "Een wijkakkoord, een Welzijnsdeal, een convenant. Zonder dag van tekenen is het iets "
            "waar jullie nog samen aan schrijven."
        ),
    )
    return form_view(
        request,
        form,
        lambda got: actions.save_agreement(Actor(request.user), Agreement(), got),
        question,
    )


changing = editor_required(get_visible_agreement, rules.may_keep)


@changing
def change(request: HttpRequest, one: Agreement) -> HttpResponse:
    """Change an agreement."""
    form = AgreementForm(request.POST or None, instance=one)
    return form_view(
        request,
        form,
        lambda got: actions.save_agreement(Actor(request.user), one, got),
        Question(_("Akkoord wijzigen"), back=one.get_absolute_url()),
    )


@changing
def add_clause(request: HttpRequest, one: Agreement) -> HttpResponse:
    """Add a clause."""
    form = ClauseForm(request.POST or None, initial={"number": str(one.clauses.count() + 1)})
    question = Question(_("Bepaling erbij"), one.title, _("Zet erbij"), one.get_absolute_url())
    return form_view(
        request,
        form,
        lambda got: actions.save_clause(Actor(request.user), Clause(agreement=one), got) and None,
        question,
    )


def found(one: Agreement, number: int) -> Clause:
    """A clause of an agreement."""
    row: Clause = get_object_or_404(one.clauses.select_related("agreement"), pk=number)
    return row


def clause(request: HttpRequest, key: str, clause: int) -> HttpResponse:
    """One clause: its text, how far it is with evidence, and which points landed in it."""
    one = get_visible_agreement(request, key)
    row, today = found(one, clause), timezone.localdate()
    states = list(row.states.select_related("document"))
    last = states[-1] if states else None
    landings = [
        landing
        for landing in row.landings.select_related("point")
        if rules.may_see_point(request.user, landing.point)
    ]
    context: dict[str, Any] = {
        "one": one,
        "clause": row,
        "states": states,
        "last": last,
        "is_due": is_due(row, last, today),
        "landings": landings,
        "plans": row.year_actions.all(),
        "versions": row.versions.count(),
        "open": row.amendments.filter(state="open").select_related("organisation"),
        "can_change": rules.may_keep(request.user, one),
        "can_amend": rules.may_amend(request.user, one),
    }
    return render(request, "voice/clause.html", context)


@changing
def change_clause(request: HttpRequest, one: Agreement, clause: int) -> HttpResponse:
    """Change a clause; the text it had is kept."""
    row = found(one, clause)
    form = ClauseForm(request.POST or None, instance=Clause.objects.get(pk=row.pk))
    return form_view(
        request,
        form,
        lambda got: actions.save_clause(Actor(request.user), row, got),
        Question(_("Bepaling wijzigen"), back=row.get_absolute_url()),
    )


@changing
def say_state(request: HttpRequest, one: Agreement, clause: int) -> HttpResponse:
    """Say how far a clause is."""
    row = found(one, clause)
    form = ClauseStateForm(request.POST or None)
    question = Question(
        _("Hoe ver is deze bepaling?"), str(row), _("Schrijf op"), row.get_absolute_url()
    )
    return form_view(
        request,
        form,
        lambda got: actions.say_state(Actor(request.user), row, got) and None,
        question,
    )


@changing
def land(request: HttpRequest, one: Agreement, clause: int) -> HttpResponse:
    """Say which point landed here."""
    row = found(one, clause)
    form = LandingForm(request.POST or None)
    question = Question(
        _("Welk punt staat hierin?"), str(row), _("Schrijf op"), row.get_absolute_url()
    )
    return form_view(
        request, form, lambda got: actions.land(Actor(request.user), row, got) and None, question
    )


@changing
def plan(request: HttpRequest, one: Agreement) -> HttpResponse:
    """Put a line in the yearly plan."""
    form = PlanForm(request.POST or None, agreement=one)
    question = Question(_("In het jaarplan"), one.title, _("Zet erbij"), one.get_absolute_url())
    return form_view(
        request, form, lambda got: actions.plan(Actor(request.user), one, got) and None, question
    )


@changing
def note_plan(request: HttpRequest, one: Agreement, action: int) -> HttpResponse:
    """Say what came of a line of the plan."""
    row = get_object_or_404(one.year_actions, pk=action)
    form = PlanDoneForm(request.POST or None, instance=row)
    question = Question(_("Wat kwam hiervan?"), row.text, back=one.get_absolute_url())
    return form_view(
        request,
        form,
        lambda got: actions.note_plan(Actor(request.user), row, got["state"], got["result"]),
        question,
    )
