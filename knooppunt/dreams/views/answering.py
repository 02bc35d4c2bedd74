"""Answers to dreams: given on the desk, and on paper for who wants a letter."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from knooppunt.core.audit.trail import Actor
from knooppunt.core.web.form_views import add_errors, run_action
from knooppunt.core.web.guards import permission_required
from knooppunt.dreams import rules
from knooppunt.dreams.actions import answers as actions
from knooppunt.dreams.actions import news
from knooppunt.dreams.forms.dreams import AnswerForm, answer_kinds
from knooppunt.dreams.models import Dream
from knooppunt.dreams.near import near_dreams
from knooppunt.dreams.views.reading import reader_required


@reader_required
def answer(request: HttpRequest, dream: Dream) -> HttpResponse:
    """Say what becomes of a dream."""
    form = AnswerForm(request.POST or None, dream=dream, kinds=answer_kinds())
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.answer(Actor(request.user), dream, said["kind"], said)
        except ValidationError as problem:
            add_errors(form, problem)
        else:
            messages.success(request, _("Opgeschreven. Wie een adres gaf, hoort het."))
            return redirect("dreams:read", dream.pk)
    context: dict[str, Any] = {
        "dream": dream,
        "form": form,
        "near": near_dreams(dream.text, dream.area, without=dream),
    }
    return render(request, "dreams/desk/answer.html", context, status=400 if form.errors else 200)


@require_POST
@reader_required
def take_back(request: HttpRequest, dream: Dream, reply: int) -> HttpResponse:
    """Take the newest answer back."""
    row = get_object_or_404(dream.answers.select_related("dream"), pk=reply)
    return run_action(
        request,
        lambda: actions.take_back(Actor(request.user), row),
        reverse("dreams:read", args=[dream.pk]),
        _("Het antwoord is teruggenomen."),
    )


@permission_required(rules.may_read)
def letters(request: HttpRequest) -> HttpResponse:
    """The answers to print and hand over, by place."""
    rows = news.letters(rules.readable_dreams(request.user))
    if request.method == "POST":
        numbers = [
            int(number)
            for number in request.POST.getlist("brief")
            if number.isdecimal() and len(number) < 10
        ]
        return run_action(
            request,
            lambda: news.hand_over(Actor(request.user), rows.filter(pk__in=numbers)),
            request.path,
            _("Opgeschreven: overhandigd."),
        )
    return render(request, "dreams/desk/letters.html", {"rows": rows})
