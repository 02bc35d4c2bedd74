"""The pages of mandates: in whose name one speaks about what on any day, and who speaks."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from knooppunt.core.audit.trail import Actor
from knooppunt.core.web.csv_response import csv_answer
from knooppunt.core.web.form_views import Question, erase_when_sure, form_view
from knooppunt.core.web.guards import editor_required, permission_required
from knooppunt.core.web.query_params import day_param, query_params
from knooppunt.decisions import rules
from knooppunt.decisions.actions import mandates as actions
from knooppunt.decisions.forms.mandates import (
    DelegateForm,
    HatForm,
    MandateForm,
    MatterForm,
    NameForm,
    WithdrawForm,
)
from knooppunt.decisions.models import Delegate, Mandate, Matter
from knooppunt.directory.models import Organisation
from knooppunt.directory.rules import changeable_organisations, may_coordinate


def asked_day(request: HttpRequest) -> date:
    """The day in the address, else today; what is no day counts as today."""
    return day_param(request, "op") or timezone.localdate()


def matters(request: HttpRequest) -> HttpResponse:
    """About what somebody may speak in the name of others, and in how many names."""
    today = timezone.localdate()
    held = Mandate.objects.visible_on(today)
    numbers: dict[int, set[int]] = {}
    for matter, organisation in held.values_list("matter", "organisation"):
        numbers.setdefault(matter, set()).add(organisation)
    context: dict[str, Any] = {
        "rows": [(one, len(numbers.get(one.pk, ()))) for one in Matter.objects.all()],
        "delegates": Delegate.objects.all(),
        "can_enter": rules.may_convene(request.user),
        "can_give": rules.may_give(request.user),
    }
    return render(request, "decisions/matters.html", context)


def _held(matter: Matter, day: Any) -> Any:
    return (
        Mandate.objects.visible_on(day)
        .filter(matter=matter)
        .select_related("organisation", "delegate", "decision")
    )


@query_params(days=("op",))
def matter(request: HttpRequest, key: str) -> HttpResponse:
    """In whose name, on a day."""
    one = get_object_or_404(Matter, slug=key)
    day = asked_day(request)
    rows = list(_held(one, day))
    context: dict[str, Any] = {
        "one": one,
        "day": day,
        "rows": rows,
        "number": len({row.organisation_id for row in rows}),
        "can_withdraw": {row.pk for row in rows if rules.may_withdraw(request.user, row)}
        if request.user.is_authenticated
        else set(),
        "can_give": rules.may_give(request.user),
        "hats": _hats(rows, day),
    }
    return render(request, "decisions/matter.html", context)


def _hats(rows: list[Mandate], day: Any) -> list[tuple[Delegate, list[Any]]]:
    """What else the speakers are on a day."""
    speakers = {row.delegate.pk: row.delegate for row in rows}
    return [
        (one, hats)
        for one in speakers.values()
        if (hats := list(one.hats.as_of(day).select_related("body")))
    ]


@query_params(days=("op",))
def matter_csv(request: HttpRequest, key: str) -> HttpResponse:
    """The same list as a table."""
    one, day = get_object_or_404(Matter, slug=key), asked_day(request)
    rows = []
    for row in _held(one, day):
        rows.append(
            [
                day,
                one.name,
                row.organisation.name,
                row.delegate.name,
                row.given,
                row.decision if row.decision and row.decision.is_public else row.source,
                row.since,
                row.until or "",
                one.is_example,
            ]
        )
    return csv_answer(
        f"in-wiens-naam-{one.slug}-{day}.csv",
        [
            "on",
            "matter",
            "organisation",
            "delegate",
            "given",
            "source",
            "since",
            "until",
            "is_example",
        ],
        rows,
    )


@permission_required(rules.may_convene)
def enter_matter(request: HttpRequest) -> HttpResponse:
    """Write down about what somebody may speak."""
    form = MatterForm(request.POST or None)
    question = Question(_("Waarover mag iemand namens jullie spreken?"), button=_("Zet erbij"))
    return form_view(
        request, form, lambda got: actions.save_matter(Actor(request.user), Matter(), got), question
    )


@permission_required(rules.may_convene)
def enter_delegate(request: HttpRequest) -> HttpResponse:
    """Write down who speaks."""
    form = DelegateForm(request.POST or None)
    question = Question(_("Wie spreekt er namens anderen?"), button=_("Zet erbij"))
    return form_view(
        request,
        form,
        lambda got: actions.save_delegate(
            Actor(request.user), Delegate(), got["name"], got["email"]
        ),
        question,
    )


def _delegate(request: HttpRequest, key: int) -> Delegate:
    found: Delegate = get_object_or_404(Delegate, pk=key)
    return found


def delegate(request: HttpRequest, key: int) -> HttpResponse:
    """One delegate: in whose names on what, and which hats."""
    one, today = _delegate(request, key), timezone.localdate()
    held = (
        Mandate.objects.visible_on(today)
        .filter(delegate=one)
        .select_related("organisation", "matter")
    )
    context = {
        "one": one,
        "mandates": held,
        "hats": one.hats.select_related("body"),
        "can_change": rules.may_change_delegate(request.user, one),
    }
    return render(request, "decisions/delegate.html", context)


@editor_required(_delegate, rules.may_change_delegate)
def rename(request: HttpRequest, one: Delegate) -> HttpResponse:
    """Change how a delegate is called, or take her name off."""
    form = NameForm(request.POST or None, initial={"name": one.name})
    question = Question(_("Hoe noemen we wie spreekt?"), back=one.get_absolute_url())
    return form_view(
        request, form, lambda got: actions.rename(Actor(request.user), one, got["name"]), question
    )


@require_POST
@editor_required(_delegate, rules.may_change_delegate)
def remove_hat(request: HttpRequest, one: Delegate, hat: int) -> HttpResponse:
    """Take a hat away that was wrong, or that nobody needs to know any more; asks once more."""
    row = get_object_or_404(one.hats, pk=hat)
    return erase_when_sure(
        request,
        lambda: actions.remove_hat(Actor(request.user), row),
        _("Deze pet wissen?"),
        [row.text, row.body.name if row.body else ""],
        one,
        _("Weggehaald."),
    )


@editor_required(_delegate, rules.may_change_delegate)
def declare_hat(request: HttpRequest, one: Delegate) -> HttpResponse:
    """Declare another hat."""
    form = HatForm(request.POST or None)
    question = Question(_("Welke andere pet?"), one.name, _("Zet erbij"), one.get_absolute_url())
    return form_view(
        request,
        form,
        lambda got: actions.declare_hat(Actor(request.user), one, got) and None,
        question,
    )


@query_params("over")
@permission_required(rules.may_give)
def give(request: HttpRequest) -> HttpResponse:
    """Write down that organisations give a mandate: hosts their own, who convenes any."""
    public = Organisation.objects.visible_on(timezone.localdate()).exclude(role="institution")
    mine = (
        public
        if may_coordinate(request.user)
        else public.filter(pk__in=changeable_organisations(request.user).values("pk"))
    )
    about = Matter.objects.filter(slug=request.GET.get("over", "")[:70]).first()
    form = MandateForm(
        request.POST or None,
        organisations=mine.only("pk", "name").order_by("name_key"),
        initial={"matter": about},
    )

    def do(got: dict[str, Any]) -> Any:
        organisations = got.pop("organisations")
        return actions.give(Actor(request.user), organisations, got)[0]

    return form_view(
        request, form, do, Question(_("Mandaat opschrijven"), button=_("Schrijf op"), back="../")
    )


def _mandate(request: HttpRequest, key: int) -> Mandate:
    found: Mandate = get_object_or_404(
        Mandate.objects.select_related("organisation", "delegate", "matter"), pk=key
    )
    return found


@editor_required(_mandate, rules.may_withdraw)
def withdraw(request: HttpRequest, one: Mandate) -> HttpResponse:
    """Take a mandate back."""
    if one.withdrawn_on:
        return redirect(one)
    form = WithdrawForm(request.POST or None)
    question = Question(
        _("Mandaat intrekken"), str(one), _("Trek in"), one.get_absolute_url(), _("Ingetrokken.")
    )
    return form_view(
        request, form, lambda got: actions.withdraw(Actor(request.user), one, got["on"]), question
    )
