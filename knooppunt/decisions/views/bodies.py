"""The pages of who decides: bodies, who holds which post, and when they meet."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knooppunt.core.audit.trail import Actor
from knooppunt.core.database.valid_time import not_over
from knooppunt.core.web.form_views import Question, form_view
from knooppunt.core.web.guards import editor_required, permission_required
from knooppunt.decisions import rules
from knooppunt.decisions.actions import meetings as actions
from knooppunt.decisions.forms.meetings import BodyForm, EndForm, TermForm
from knooppunt.decisions.models import Body, Hat, Meeting, Term


def get_visible_body(request: HttpRequest, key: str) -> Body:
    """The body with this address."""
    found: Body = get_object_or_404(Body, slug=key)
    return found


def bodies(request: HttpRequest) -> HttpResponse:
    """Our own bodies and those outside; those that ended stand apart."""
    goes_on = not_over(timezone.localdate())
    rows = list(Body.objects.filter(goes_on).prefetch_related("areas"))
    context: dict[str, Any] = {
        "own": [row for row in rows if not row.is_outside],
        "outside": [row for row in rows if row.is_outside],
        "ended": Body.objects.exclude(goes_on).prefetch_related("areas"),
        "can_enter": rules.may_convene(request.user),
    }
    return render(request, "decisions/bodies.html", context)


def body(request: HttpRequest, key: str) -> HttpResponse:
    """One body: who is in it, when it meets, how one speaks there."""
    one = get_visible_body(request, key)
    today, now = timezone.localdate(), timezone.now()
    terms = Term.objects.filter(post__body=one).select_related("post")
    rows = Meeting.objects.filter(body=one).select_related("body", "place")
    rows = rows if rules.is_inside(request.user) else rows.public()
    context: dict[str, Any] = {
        "one": one,
        "areas": one.areas.defer("outline"),
        "terms": terms.as_of(today),
        "former": terms.filter(until__lt=today),
        "coming": rows.coming(now)[:10],
        "past": rows.past(now)[:20],
        "can_change": rules.may_change_body(request.user, one),
        "hats": Hat.objects.as_of(today).filter(body=one).select_related("delegate"),
    }
    return render(request, "decisions/body.html", context)


@permission_required(rules.may_convene)
def enter(request: HttpRequest) -> HttpResponse:
    """Write down a body."""
    form = BodyForm(request.POST or None)
    return form_view(
        request,
        form,
        lambda got: actions.save_body(Actor(request.user), Body(), got),
        Question(_("Wie beslist er nog meer?"), button=_("Zet erbij")),
    )


changing = editor_required(get_visible_body, rules.may_change_body)


@changing
def change(request: HttpRequest, one: Body) -> HttpResponse:
    """Change a body."""
    form = BodyForm(request.POST or None, instance=one)
    return form_view(
        request,
        form,
        lambda got: actions.save_body(Actor(request.user), one, got),
        Question(one.name, back=one.get_absolute_url()),
    )


@changing
def appoint(request: HttpRequest, one: Body) -> HttpResponse:
    """Write down who holds a post."""
    form = TermForm(request.POST or None)
    question = Question(_("Wie zit hierin?"), one.name, _("Zet erbij"), one.get_absolute_url())
    return form_view(
        request,
        form,
        lambda got: actions.save_term(Actor(request.user), one, got) and None,
        question,
    )


@changing
def end_term(request: HttpRequest, one: Body, term: int) -> HttpResponse:
    """Write down that somebody left."""
    row = get_object_or_404(Term, pk=term, post__body=one)
    form = EndForm(request.POST or None)
    question = Question(_("Tot wanneer?"), str(row), back=one.get_absolute_url())
    return form_view(
        request,
        form,
        lambda got: actions.end_term(Actor(request.user), row, got["until"], got["is_forgotten"]),
        question,
    )
