"""The pages of meetings: what comes, what was, one of them with its agenda, and writing down
what happens there.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from knooppunt.core.audit.trail import Actor
from knooppunt.core.web.form_views import Question, form_view, run_action
from knooppunt.core.web.guards import editor_required, permission_required
from knooppunt.core.web.query_params import query_params
from knooppunt.decisions import meeting_context, rules
from knooppunt.decisions.actions import meetings as actions
from knooppunt.decisions.forms.meetings import (
    AttendanceForm,
    GuestForm,
    ItemForm,
    MeetingForm,
    MinutesForm,
    OutcomeForm,
)
from knooppunt.decisions.models import Body, Meeting

PER_PAGE = 20


def get_visible_meeting(request: HttpRequest, key: int, rows: Any = Meeting.objects) -> Meeting:
    """The meeting with this number, if the visitor may see it; else 404.

    ``rows`` may hold those that are struck.
    """
    found: Meeting = get_object_or_404(rows.select_related("body", "place"), pk=key)
    if not rules.may_see(request.user, found):
        raise Http404
    return found


@query_params("soort", "pagina")
def meetings(request: HttpRequest) -> HttpResponse:
    """What comes, and what was."""
    rows = Meeting.objects.select_related("body", "place")
    if not rules.is_inside(request.user):
        rows = rows.public()
    kind = request.GET.get("soort", "")
    rows = rows.filter(kind=kind) if kind in Meeting.Kind.values else rows
    now = timezone.now()
    context: dict[str, Any] = {
        "coming": rows.coming(now)[:50],
        "page": Paginator(rows.past(now), PER_PAGE).get_page(request.GET.get("pagina", "1")),
        "kinds": Meeting.Kind.choices,
        "kind": kind,
        "can_enter": rules.may_convene(request.user),
    }
    return render(request, "decisions/meetings.html", context)


def meeting(request: HttpRequest, key: int) -> HttpResponse:
    """One meeting: agenda, what was left open, who came and who was missing, what was decided."""
    one = get_visible_meeting(request, key, Meeting.with_mistakes)
    can_change = not one.is_mistake and rules.may_change(request.user, one)
    decisions = (
        one.decisions.all()
        if can_change or rules.is_inside(request.user)
        else one.decisions.public()
    )
    context: dict[str, Any] = {
        "one": one,
        "can_change": can_change,
        "can_add": not one.is_mistake and rules.may_add_item(request.user, one),
        "items": one.items.select_related("organisation"),
        "left_open": meeting_context.left_open(one, rules.is_inside(request.user)),
        "to_review": meeting_context.to_review(one, rules.is_inside(request.user)),
        "presence": meeting_context.presence(one),
        "guests": one.guests.select_related("term__post__body"),
        "decisions": decisions,
        "actions": one.action_items.select_related("organisation"),
        "proposals": [row for row in one.proposals.all() if rules.may_see(request.user, row)],
    }
    return render(request, "decisions/meeting.html", context)


@query_params("van", "soort")
@permission_required(rules.may_convene)
def enter(request: HttpRequest) -> HttpResponse:
    """Write down a meeting."""
    body = Body.objects.filter(slug=request.GET.get("van", "")[:70]).first()
    kind = request.GET.get("soort", "")
    form = MeetingForm(
        request.POST or None,
        initial={
            "body": body,
            "kind": kind if kind in Meeting.Kind.values else (body.kind if body else ""),
        },
    )
    return form_view(
        request,
        form,
        lambda got: actions.save_meeting(Actor(request.user), Meeting(), got),
        Question(_("Overleg opschrijven"), button=_("Zet het erbij"), thanks=_("Het staat erbij.")),
    )


changing = editor_required(get_visible_meeting, rules.may_change)


@changing
def change(request: HttpRequest, one: Meeting) -> HttpResponse:
    """Change when or where a meeting is."""
    form = MeetingForm(request.POST or None, instance=one)
    return form_view(
        request,
        form,
        lambda got: actions.save_meeting(Actor(request.user), one, got),
        Question(_("Overleg wijzigen"), back=one.get_absolute_url()),
    )


@editor_required(get_visible_meeting, rules.may_add_item)
def add_item(request: HttpRequest, one: Meeting) -> HttpResponse:
    """Put a point on the agenda."""
    mine = rules.represented(request.user).first()
    form = ItemForm(request.POST or None, initial={"organisation": mine})
    question = Question(
        _("Zet een punt op de agenda"),
        str(one),
        _("Zet het erop"),
        one.get_absolute_url(),
        _("Het staat op de agenda."),
    )
    return form_view(
        request, form, lambda got: actions.add_item(Actor(request.user), one, got), question
    )


@changing
def note_outcome(request: HttpRequest, one: Meeting, item: int) -> HttpResponse:
    """Write down what came of a point."""
    row = get_object_or_404(one.items, pk=item)
    form = OutcomeForm(request.POST or None, instance=row)
    question = Question(_("Wat kwam eruit?"), row.title, back=one.get_absolute_url())
    return form_view(
        request,
        form,
        lambda got: actions.note_outcome(Actor(request.user), row, got["outcome"]),
        question,
    )


@changing
def write_minutes(request: HttpRequest, one: Meeting) -> HttpResponse:
    """Write down what was said."""
    form = MinutesForm(request.POST or None, instance=one)
    return form_view(
        request,
        form,
        lambda got: actions.save_meeting(Actor(request.user), one, got),
        Question(_("Verslag"), str(one), back=one.get_absolute_url()),
    )


@changing
def attend(request: HttpRequest, one: Meeting) -> HttpResponse:
    """Write down who was there, one organisation after the other."""
    form = AttendanceForm(request.POST or None)
    question = Question(
        _("Wie waren er?"),
        str(one),
        _("Zet erbij"),
        f"{one.get_absolute_url()}aanwezig/",
        _("Opgeschreven. Wie nog meer?"),
        aside="decisions/parts/present.html",
    )

    def note(got: dict[str, Any]) -> None:
        actions.note_attendance(Actor(request.user), one, got["organisation"], got["heads"])

    return form_view(request, form, note, question, one=one, presence=meeting_context.presence(one))


@changing
def invite(request: HttpRequest, one: Meeting) -> HttpResponse:
    """Invite somebody in office."""
    if one.is_outside:
        raise Http404
    form = GuestForm(request.POST or None, day=one.on)
    question = Question(
        _("Wie nodigen jullie uit?"),
        str(one),
        _("Zet erbij"),
        one.get_absolute_url(),
        _("Opgeschreven."),
    )

    def note(got: dict[str, Any]) -> None:
        if one.guests.filter(term=got["term"]).exists():
            raise ValidationError(_("Deze gast staat er al."))
        actions.invite(Actor(request.user), one, got["term"])

    return form_view(request, form, note, question)


@require_POST
@changing
def note_guest(request: HttpRequest, one: Meeting, guest: int) -> HttpResponse:
    """Write down whether a guest came."""
    row = get_object_or_404(one.guests, pk=guest)
    came = {"ja": True, "nee": False}.get(request.POST.get("came", ""))
    return run_action(request, lambda: actions.note_guest(Actor(request.user), row, came), one)
