"""The pages of one point: what it is, how far it is and who stands behind it; and keeping it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from knooppunt.core.audit.trail import Actor
from knooppunt.core.web.form_views import Question, erase_when_sure, form_view, run_action
from knooppunt.core.web.guards import editor_required, permission_required
from knooppunt.core.web.query_params import query_params
from knooppunt.directory.models import Organisation
from knooppunt.voice import rules, speech, status_text
from knooppunt.voice.actions import points as actions
from knooppunt.voice.actions import signals
from knooppunt.voice.actions.support import numbers
from knooppunt.voice.forms.points import (
    FigureForm,
    HearingForm,
    PieceForm,
    PointForm,
    StepForm,
    StoryForm,
)
from knooppunt.voice.models import Cut, Point


def get_visible_point(request: HttpRequest, key: str, rows: Any = Point.objects) -> Point:
    """The point with this address, if the visitor may see it; else 404.

    ``rows`` may hold those that are struck.
    """
    found: Point = get_object_or_404(rows.select_related("body", "organisation"), slug=key)
    if not rules.may_see_point(request.user, found):
        raise Http404
    return found


def point(request: HttpRequest, key: str) -> HttpResponse:
    """One point on one page: the road it went, step by step, with sources."""
    one, today = get_visible_point(request, key, Point.with_mistakes), timezone.localdate()
    steps = list(one.steps.select_related("document", "meeting__body"))
    last = status_text.furthest(steps)
    inside = rules.is_inside(request.user)
    hearings = _hearings(one, inside)
    context: dict[str, Any] = {
        "one": one,
        "steps": steps,
        "road": status_text.road(steps),
        "last": last,
        "is_late": bool(last and last.due_on and last.due_on < today),
        "signatures": one.signatures.as_of(today).select_related("organisation"),
        "support": numbers(one),
        "evidence": [
            row
            for row in one.evidence.select_related("area", "document")
            if row.is_told and (row.document is None or row.document.is_public)
        ],
        "hearings": hearings,
        "hats": [(row, hats) for row in hearings if (hats := list(row.hats()))],
        "commitments": one.commitments.visible_on(today).select_related("term__post__body", "body"),
        "landings": _landings(one, inside),
        "signals": one.signals.count(),
        "cut": Cut.objects.filter(point=one).first(),
        "areas": one.areas.defer("outline"),
        "themes": one.themes.all(),
        "can_change": not one.is_mistake and rules.may_change_point(request.user, one),
        "can_erase": not one.is_mistake and rules.may_erase_from_point(request.user, one),
        "can_share": not one.is_mistake and rules.may_share(request.user, one),
        "signable": rules.signable(request.user, one)
        if one.is_public and not one.is_mistake
        else (),
        "mine": set(rules.represented(request.user).values_list("pk", flat=True)),
        "inside": inside,
        "papers": one.paper_supports.all(),
    }
    return render(request, "voice/point.html", context)


def _hearings(one: Point, inside: bool) -> list[Any]:
    """Where the point was heard; a closed meeting only for who is inside."""
    return [
        row
        for row in one.hearings.select_related("meeting__body", "speaker")
        if row.meeting.is_public or inside
    ]


def _landings(one: Point, inside: bool) -> list[Any]:
    """Where the point landed in an agreement; a draft only for who is inside."""
    return [
        row
        for row in one.landings.select_related("clause__agreement")
        if row.clause.agreement.is_public or inside
    ]


def own_organisations(request: HttpRequest) -> Any:
    """For whom she may speak here: who convenes for all, a host for hers."""
    public = (
        Organisation.objects.visible_on(timezone.localdate())
        .exclude(role="institution")
        .only("pk", "name")
        .order_by("name_key")
    )
    return (
        public
        if rules.may_convene(request.user)
        else public.filter(pk__in=rules.represented(request.user).values("pk"))
    )


@query_params("signaal")
@permission_required(rules.may_raise)
def enter(request: HttpRequest) -> HttpResponse:
    """Raise a point, from nothing or from a signal."""
    number = request.GET.get("signaal", "")[:9]
    signal = (
        rules.readable_signals(request.user).filter(pk=int(number)).first()
        if number.isdecimal()
        else None
    )
    start = {
        "organisation": rules.represented(request.user).first(),
        "why": signal.text if signal else "",
        "areas": [signal.area] if signal and signal.area else [],
    }
    form = PointForm(request.POST or None, organisations=own_organisations(request), initial=start)
    question = Question(
        _("Wat vraagt de wijk?"),
        _("Eerst ziet alleen jij het. Als het klopt, deel je het en kunnen anderen tekenen."),
        thanks=_("Bewaard. Nog niet gedeeld."),
    )

    def do(got: dict[str, Any]) -> Point:
        made = actions.save_point(Actor(request.user), Point(), got)
        if signal:
            signals.join(Actor(request.user), signal, made)
        return made

    return form_view(request, form, do, question)


changing = editor_required(get_visible_point, rules.may_change_point)
erasing = editor_required(get_visible_point, rules.may_erase_from_point)


@changing
def change(request: HttpRequest, one: Point) -> HttpResponse:
    """Change a point."""
    form = PointForm(request.POST or None, instance=one, organisations=own_organisations(request))
    return form_view(
        request,
        form,
        lambda got: actions.save_point(Actor(request.user), one, got),
        Question(_("Punt wijzigen"), back=one.get_absolute_url()),
    )


@require_POST
@editor_required(get_visible_point, rules.may_share)
def share(request: HttpRequest, one: Point) -> HttpResponse:
    """Make it public."""
    return run_action(
        request,
        lambda: actions.share(Actor(request.user), one),
        one,
        _("Gedeeld. Iedereen kan het nu lezen, en organisaties kunnen tekenen."),
    )


@changing
def take_step(request: HttpRequest, one: Point) -> HttpResponse:
    """Write down a step."""
    form = StepForm(request.POST or None)
    question = Question(
        _("Welke stap is gezet?"),
        one.title,
        _("Zet de stap erbij"),
        one.get_absolute_url(),
        _("De stap staat erbij. Wie dit opbracht en een adres gaf, hoort het."),
    )
    return form_view(
        request,
        form,
        lambda got: actions.take_step(Actor(request.user), one, got) and None,
        question,
    )


@changing
def add_figure(request: HttpRequest, one: Point) -> HttpResponse:
    """Bear it out with a figure of this site."""
    form = FigureForm(request.POST or None)
    question = Question(
        _("Welk cijfer laat dit zien?"),
        _("Het getal met zijn peildatum blijft hier staan; de lijst erachter is één tik ver."),
        _("Zet erbij"),
        one.get_absolute_url(),
    )

    def do(got: dict[str, Any]) -> None:
        actions.add_figure(Actor(request.user), one, got["figure"], got["on"], got["area"])

    return form_view(request, form, do, question)


@changing
def add_story(request: HttpRequest, one: Point) -> HttpResponse:
    """Bear it out with a story."""
    form = StoryForm(request.POST or None)
    question = Question(
        _("Wie vertelt het?"),
        _("Alleen met toestemming, en zonder naam."),
        _("Zet erbij"),
        one.get_absolute_url(),
    )
    return form_view(
        request,
        form,
        lambda got: actions.add_story(Actor(request.user), one, got) and None,
        question,
    )


@changing
def add_piece(request: HttpRequest, one: Point) -> HttpResponse:
    """Bear it out with a piece from the library."""
    form = PieceForm(request.POST or None)
    question = Question(
        _("Welk stuk laat dit zien?"),
        _("Staat het er niet bij? Zet het eerst in de bibliotheek."),
        _("Zet erbij"),
        one.get_absolute_url(),
    )
    return form_view(
        request,
        form,
        lambda got: actions.add_document(Actor(request.user), one, got["document"]) and None,
        question,
    )


@require_POST
@erasing
def remove_evidence(request: HttpRequest, one: Point, evidence: int) -> HttpResponse:
    """Take a story away for good, as its teller may ask; asks once more.

    Other evidence is struck.
    """
    row = get_object_or_404(one.evidence, pk=evidence, kind="story")
    return erase_when_sure(
        request,
        lambda: actions.remove_evidence(Actor(request.user), row),
        _("Dit bewijs wissen?"),
        [str(row), row.text],
        one,
        _("Weggehaald."),
    )


@changing
def bring_in(request: HttpRequest, one: Point) -> HttpResponse:
    """Plan to bring it in at a meeting."""
    form = HearingForm(request.POST or None)
    question = Question(
        _("Waar brengen we dit in?"),
        _("De dag ervoor herinneren we wie spreekt aan het aanmelden."),
        _("Zet erbij"),
        one.get_absolute_url(),
    )
    return form_view(
        request,
        form,
        lambda got: actions.bring_in(Actor(request.user), one, got) and None,
        question,
    )


@require_POST
@changing
def register(request: HttpRequest, one: Point, hearing: int) -> HttpResponse:
    """Write down that somebody asked to speak."""
    row = get_object_or_404(one.hearings, pk=hearing)
    return run_action(
        request,
        lambda: actions.register(Actor(request.user), row),
        one,
        _("Opgeschreven: aangemeld."),
    )


def speak(request: HttpRequest, key: str) -> HttpResponse:
    """A text of three minutes from the facts of a point, to change and to print."""
    one = get_visible_point(request, key)
    hearing = (
        one.hearings.select_related("speaker", "meeting__body")
        .filter(meeting__starts__gte=timezone.now(), meeting__is_public=True)
        .first()
    )
    text = speech.speech(one, timezone.localdate(), hearing.speaker if hearing else None)
    return render(request, "voice/speak.html", {"one": one, "speech": text, "hearing": hearing})
