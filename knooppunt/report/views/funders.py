"""Funders and their goals: who gets the same figures arranged by what was agreed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from knooppunt.core import published
from knooppunt.core.asking import Question, ask
from knooppunt.core.trail import Actor
from knooppunt.core.writing import free_slug, write
from knooppunt.directory.guarding import only
from knooppunt.directory.rules import may_coordinate
from knooppunt.report.forms import FunderForm, GoalForm
from knooppunt.report.models import Funder, Goal

coordinates = only(may_coordinate)


@coordinates
def funders(request: HttpRequest) -> HttpResponse:
    """Who pays for part of it, and what was agreed."""
    return render(request, "report/desk/funders.html", {
        "funders": Funder.objects.prefetch_related("goals"), "titles": {figure.key: figure.title for figure in published.every()},
    })  # fmt: skip


def _back() -> str:
    return reverse("report:funders")


@coordinates
def enter(request: HttpRequest) -> HttpResponse:
    """Write down a funder."""
    form = FunderForm(request.POST or None, instance=Funder())

    def do(got: dict[str, Any]) -> None:
        write(Actor(request.user), Funder(slug=free_slug(Funder, got["name"])), got)

    return ask(request, form, do, Question(_("Fonds of opdrachtgever"), back=_back()))


@coordinates
def change(request: HttpRequest, key: str) -> HttpResponse:
    """Change what is written about a funder."""
    one = get_object_or_404(Funder, slug=key)
    form = FunderForm(request.POST or None, instance=one)
    return ask(request, form, lambda got: write(Actor(request.user), one, got) and None, Question(one.name, back=_back()))


@coordinates
def add_goal(request: HttpRequest, key: str) -> HttpResponse:
    """A goal with its figures."""
    one = get_object_or_404(Funder, slug=key)
    form = GoalForm(request.POST or None, instance=Goal(funder=one, order=one.goals.count() + 1))
    return ask(request, form, lambda got: write(Actor(request.user), Goal(funder=one), got) and None, Question(_("Doel"), one.name, back=_back()))


@coordinates
def change_goal(request: HttpRequest, key: str, goal: int) -> HttpResponse:
    """Change a goal."""
    one = get_object_or_404(Goal.objects.select_related("funder"), funder__slug=key, pk=goal)
    form = GoalForm(request.POST or None, instance=one)
    return ask(request, form, lambda got: write(Actor(request.user), one, got) and None, Question(_("Doel"), one.funder.name, back=_back()))
