"""Propose a record without an account, and decide about proposals at the desk."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from knooppunt.core.audit.trail import Actor
from knooppunt.core.web.dictation import dictated
from knooppunt.core.web.form_views import add_errors
from knooppunt.directory import rules
from knooppunt.directory.actions import proposals, undoable
from knooppunt.directory.forms.proposals import (
    MergeProposalForm,
    RecordProposalForm,
    RefuseForm,
)
from knooppunt.directory.lookalikes import Typed, find_lookalikes
from knooppunt.directory.models import Organisation, Place, RecordProposal
from knooppunt.directory.recent_acts import strike
from knooppunt.directory.views.adding import ADDABLE, get_addable, read_typed
from knooppunt.directory.views.edit import edit_address
from knooppunt.kit import web


@csrf_exempt  # A stranger has no cookie; the form carries its own signed moment.
@dictated
def propose(request: HttpRequest, what: str) -> HttpResponse:
    """A visitor proposes an organisation or place; what may be the same is shown before it is
    sent.
    """
    addable = get_addable(what)
    role = RecordProposal.What.PLACE if addable.model is Place else addable.role
    form = RecordProposalForm(request.POST or None, request=request, what=role)
    alike: list[Any] = []
    if request.method == "POST" and form.is_valid():
        alike = find_lookalikes(request.user, addable.model, read_typed(form.cleaned_data))
        shown = request.POST.get("anyway", "").split()
        if all(row.record.slug in shown for row in alike):
            proposal = proposals.propose(Actor(request.user), form.values())
            return render(request, "directory/proposed.html", {"proposal": proposal})
    context = {
        "form": form,
        "alike": alike,
        "what": what,
        "kinds": [(key, other.name) for key, other in ADDABLE.items()],
        "is_proposing": True,
    }
    return render(request, "directory/propose.html", context, status=400 if form.errors else 200)


def get_open_proposal(request: HttpRequest, pk: int) -> RecordProposal:
    """A proposal that waits, if the visitor may decide about it; else 404."""
    rows = rules.moderated_proposals(request.user).filter(state=RecordProposal.State.OPEN)
    return get_object_or_404(rows.select_related("kind", "area"), pk=pk)


@login_required
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposal with what may be the same, and the three ways to decide."""
    record = get_open_proposal(request, pk)
    return _page(request, record, RefuseForm(), _merge_form(request, record))


def _page(
    request: HttpRequest, record: RecordProposal, refuse_form: Any, merge_form: Any
) -> HttpResponse:
    alike = find_lookalikes(request.user, record.model, _read(record))
    rows = [
        (row, _describe(record, row.record))
        for row in alike
        if rules.may_change(request.user, row.record)
    ]
    context = {
        "proposal": record,
        "alike": rows,
        "refuse_form": refuse_form,
        "merge_form": merge_form,
    }
    status = 400 if refuse_form.errors or merge_form.errors else 200
    return render(request, "directory/desk/proposal.html", context, status=status)


def _read(record: RecordProposal) -> Typed:
    """A proposal, as look-alikes are found by it."""
    return read_typed(
        {
            "name": record.name,
            "street": record.street,
            "contact": web.contact(record.contact) if record.contact else None,
        }
    )


def _describe(record: RecordProposal, target: Organisation | Place) -> list[str]:
    """The names of what a proposal adds to a record."""
    names = [
        str(target._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        for name in proposals.additions(record, target)
    ]
    return [*names, _("contact")] if proposals.adds_contact(record, target) else names


def _merge_form(request: HttpRequest, record: RecordProposal, data: Any = None) -> Any:
    rows: Any = (
        rules.changeable_places(request.user)
        if record.model is Place
        else rules.changeable_organisations(request.user)
    )
    return MergeProposalForm(data, rows=rows.exclude(state="archived"))


@require_POST
@login_required
def take_over(request: HttpRequest, pk: int) -> HttpResponse:
    """One tap: the proposal becomes a record; from its own page the page opens on which that is
    changed.
    """
    record, actor = get_open_proposal(request, pk), Actor(request.user)
    try:
        line = undoable.remember(
            actor, proposals.touched_by(record), lambda: proposals.take_over(actor, record)
        )
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("directory:desk")
    in_list = (
        strike(request, line, _("%(name)s: overgenomen") % {"name": record.name}) if line else None
    )
    added = record.record
    if in_list or added is None:
        return in_list or redirect("directory:desk")
    messages.success(
        request,
        _("Overgenomen: %(name)s. Telefoon en e-mail zien alleen beheerders, tot je dat verandert.")
        % {"name": added.name},
    )
    return redirect("directory:edit", *edit_address(added))


@require_POST
@login_required
def merge_proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Add what the proposal knows to a record that is there; its edit page opens."""
    record = get_open_proposal(request, pk)
    form = _merge_form(request, record, request.POST)
    if not form.is_valid():
        return _page(request, record, RefuseForm(), form)
    target = form.cleaned_data["record"]
    try:
        proposals.merge_into(Actor(request.user), record, target)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("directory:desk")
    messages.success(request, _("Samengevoegd met %(name)s.") % {"name": target.name})
    return redirect("directory:edit", *edit_address(target))


@require_POST
@login_required
def refuse_proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Do not take the proposal over, and say why."""
    record = get_open_proposal(request, pk)
    form = RefuseForm(request.POST)
    actor = Actor(request.user)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            line = undoable.remember(
                actor, proposals.touched_by(record), lambda: proposals.refuse(actor, record, reason)
            )
        except ValidationError as problem:
            add_errors(form, problem)
        else:
            label = _("%(name)s: niet overgenomen") % {"name": record.name}
            in_list = strike(request, line, label) if line else None
            messages.success(request, _("Niet overgenomen."))
            return in_list or redirect("directory:desk")
    return _page(request, record, form, _merge_form(request, record))
