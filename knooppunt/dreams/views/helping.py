"""«Ik droom mee» and «Ik help met ...»: people without an account, and organisations."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from knooppunt.core.audit.trail import Actor
from knooppunt.core.web.form_views import Question, add_errors, form_view, run_action
from knooppunt.dreams import rules
from knooppunt.dreams.actions import links, participants
from knooppunt.dreams.forms.dreams import OrganisationParticipantForm, ParticipantForm
from knooppunt.dreams.views.wall import get_visible_dream


@csrf_exempt  # A stranger has no cookie; the form carries its own signed moment.
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """Dream along as a person; one yes by mail makes it count."""
    dream = get_visible_dream(request, pk)
    if not dream.is_public:
        raise Http404
    form = ParticipantForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        try:
            participants.join_as_person(Actor(None), dream, form.cleaned_data)
        except ValidationError as problem:
            add_errors(form, problem)
        else:
            return render(request, "dreams/joined.html", {"dream": dream})
    context = {"dream": dream, "form": form}
    return render(request, "dreams/join.html", context, status=400 if form.errors else 200)


@login_required
def join_for(request: HttpRequest, pk: int) -> HttpResponse:
    """Dream along for an organisation that she represents."""
    dream = get_visible_dream(request, pk)
    mine = rules.represented(request.user)
    if not (dream.is_public and mine.exists()):
        raise Http404
    form = OrganisationParticipantForm(
        request.POST or None, organisations=mine, initial={"organisation": mine.first()}
    )
    question = Question(
        _("Droom mee namens een organisatie"),
        dream.title,
        _("Wij dromen mee"),
        dream.get_absolute_url(),
        _("Opgeschreven: jullie dromen mee."),
    )

    def act(said: dict[str, Any]) -> None:
        participants.join_as_organisation(
            Actor(request.user), dream, said["organisation"], said["kinds"], said["text"]
        )

    return form_view(request, form, act, question)


@require_POST
@login_required
def leave(request: HttpRequest, pk: int, participant: int) -> HttpResponse:
    """Let an organisation that she represents stop dreaming along."""
    dream = get_visible_dream(request, pk)
    row = get_object_or_404(dream.participants.organisations(), pk=participant)
    if row.organisation is None or not rules.may_help_for(request.user, row.organisation):
        raise Http404
    return run_action(
        request,
        lambda: links.leave(Actor(request.user), row),
        dream,
        _("Jullie doen niet meer mee."),
    )
