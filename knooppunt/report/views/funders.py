"""Funders and their goals: who gets the same figures arranged by what was agreed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from knooppunt.core.audit.trail import Actor
from knooppunt.core.registry import figure_registry
from knooppunt.core.web.form_views import Question, form_view
from knooppunt.core.web.forms import AskedForm
from knooppunt.core.web.guards import permission_required
from knooppunt.directory.rules import may_coordinate
from knooppunt.report.actions import funders as actions
from knooppunt.report.forms import FunderForm, GoalForm
from knooppunt.report.models import Funder, Goal

coordinates = permission_required(may_coordinate)


@coordinates
def funders(request: HttpRequest) -> HttpResponse:
    """Who pays for part of it, and what was agreed."""
    return render(
        request,
        "report/desk/funders.html",
        {
            "funders": Funder.objects.prefetch_related("goals"),
            "titles": {figure.key: figure.title for figure in figure_registry.published_figures()},
        },
    )


def _back() -> str:
    return reverse("report:funders")


@coordinates
def enter(request: HttpRequest) -> HttpResponse:
    """Write down a funder."""
    form = FunderForm(request.POST or None, instance=Funder())
    return form_view(
        request,
        form,
        lambda got: actions.save_funder(Actor(request.user), Funder(), got) and None,
        Question(_("Fonds of opdrachtgever"), back=_back()),
    )


def _funder(request: HttpRequest, key: str) -> Funder:
    return get_object_or_404(Funder, slug=key)


def _goal(request: HttpRequest, key: str, goal: int) -> Goal:
    return get_object_or_404(Goal.objects.select_related("funder"), funder__slug=key, pk=goal)


@coordinates
def change(request: HttpRequest, key: str) -> HttpResponse:
    """Change what is written about a funder."""
    one = _funder(request, key)
    form = FunderForm(request.POST or None, instance=one)
    return form_view(
        request,
        form,
        lambda got: actions.save_funder(Actor(request.user), one, got) and None,
        Question(one.name, back=_back()),
    )


@coordinates
def erase(request: HttpRequest, key: str) -> HttpResponse:
    """Take a funder away."""
    return _erase(request, _funder(request, key))


@coordinates
def add_goal(request: HttpRequest, key: str) -> HttpResponse:
    """A goal with its figures."""
    one = _funder(request, key)
    form = GoalForm(request.POST or None, instance=Goal(funder=one, order=one.goals.count() + 1))
    return form_view(
        request,
        form,
        lambda got: actions.save_goal(Actor(request.user), Goal(funder=one), got) and None,
        Question(_("Doel"), one.name, back=_back()),
    )


@coordinates
def change_goal(request: HttpRequest, key: str, goal: int) -> HttpResponse:
    """Change a goal."""
    one = _goal(request, key, goal)
    form = GoalForm(request.POST or None, instance=one)
    return form_view(
        request,
        form,
        lambda got: actions.save_goal(Actor(request.user), one, got) and None,
        Question(_("Doel"), one.funder.name, back=_back()),
    )


@coordinates
def erase_goal(request: HttpRequest, key: str, goal: int) -> HttpResponse:
    """Take a goal away."""
    return _erase(request, _goal(request, key, goal))


def _erase(request: HttpRequest, one: Funder | Goal) -> HttpResponse:
    question = Question(
        _("Weghalen?"),
        str(one),
        _("Haal weg"),
        _back(),
        _("Weggehaald. In wat is gepubliceerd, blijft het staan."),
    )
    return form_view(
        request,
        AskedForm(request.POST if request.method == "POST" else None),
        lambda _got: actions.take_away(Actor(request.user), one),
        question,
    )
