"""The pages of commitments: the list with the scoreboard, one with its log and the other side's
reply, and keeping them.
"""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knooppunt.core.audit.trail import BY_LINK, Actor
from knooppunt.core.web.context_processors import site_address
from knooppunt.core.web.csv_response import csv_answer
from knooppunt.core.web.form_views import Question, form_view
from knooppunt.core.web.guards import editor_required, permission_required
from knooppunt.core.web.link_views import link_view
from knooppunt.core.web.query_params import query_params
from knooppunt.decisions.models import Body, Meeting
from knooppunt.directory.models import Area
from knooppunt.voice import rules, scoreboard
from knooppunt.voice.actions import commitments as actions
from knooppunt.voice.forms.promises import CommitmentForm, ResponseForm, StatusForm
from knooppunt.voice.models import Commitment, Point
from knooppunt.voice.queries.commitments import SETTLED

HEADER = (
    "on",
    "text",
    "by",
    "said_on",
    "due_on",
    "status",
    "status_on",
    "responses",
    "source_url",
    "address",
    "is_example",
)


PER_PAGE = 30


def get_visible_commitment(
    request: HttpRequest, key: int, rows: Any = Commitment.objects
) -> Commitment:
    """The commitment with this number, if the visitor may see it; else 404.

    ``rows`` may hold those that are struck.
    """
    rows = rows.select_related("term__post__body", "body", "meeting__body", "point", "document")
    found: Commitment = get_object_or_404(rows, pk=key)
    if not rules.may_see(request.user, found):
        raise Http404
    return found


def _chosen(request: HttpRequest) -> tuple[Any, Any]:
    """The wijk and the body in the address."""
    area = Area.objects.doors().filter(slug=request.GET.get("wijk", "")[:70]).first()
    return area, Body.objects.filter(slug=request.GET.get("van", "")[:70]).first()


@query_params("wijk", "van", "stand", "pagina")
def commitments(request: HttpRequest) -> HttpResponse:
    """All commitments with how they stand, and the scoreboard with its definition."""
    today = timezone.localdate()
    area, body = _chosen(request)
    score = scoreboard.score(today, area, body)
    status = request.GET.get("stand", "")
    rows = scoreboard.commitments(today, area, body).select_related("term__post__body", "body")
    if status == "te-laat":
        rows = rows.overdue(today)
    elif status in score.numbers:
        rows = scoreboard.with_status(rows, status)
    context: dict[str, Any] = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("pagina", "1")),
        "score": score,
        "status": status,
        "area": area,
        "body": body,
        "areas": Area.objects.doors().defer("outline"),
        "bodies": Body.objects.filter(pk__in=Commitment.objects.public().values("body")),
        "today": today,
        "can_enter": rules.may_convene(request.user),
    }
    return render(request, "voice/commitments.html", context)


@query_params("wijk", "van", "stand")
def commitments_csv(request: HttpRequest) -> HttpResponse:
    """The same list as a table, for the whole or for the chosen wijk or body."""
    today = timezone.localdate()
    rows = []
    for one in (
        scoreboard.commitments(today, *_chosen(request))
        .select_related("term__post__body", "body")
        .prefetch_related("responses")
    ):
        rows.append(
            [
                today,
                one.text,
                one.who,
                one.said_on,
                one.due_on or "",
                one.status or scoreboard.UNSAID,
                one.status_on or "",
                len(one.responses.all()),
                one.source_url,
                request.build_absolute_uri(one.get_absolute_url()),
                one.is_example,
            ]
        )
    return csv_answer(
        f"toezeggingen-{today}.csv",
        HEADER,
        rows,
    )


def commitment(request: HttpRequest, key: int) -> HttpResponse:
    """One commitment: the words, how it stands, and what the other side says."""
    one, today = (
        get_visible_commitment(request, key, Commitment.with_mistakes),
        timezone.localdate(),
    )
    statuses = list(one.statuses.select_related("document"))
    context: dict[str, Any] = {
        "one": one,
        "statuses": statuses,
        "last": statuses[-1] if statuses else None,
        "responses": one.responses.all(),
        "is_late": bool(
            one.due_on
            and one.due_on < today
            and (not statuses or statuses[-1].status not in SETTLED)
        ),
        "can_change": not one.is_mistake and rules.may_keep(request.user, one),
        "point": one.point if one.point and one.point.is_public else None,
    }
    return render(request, "voice/commitment.html", context)


@query_params("bij", "punt")
@permission_required(rules.may_convene)
def enter(request: HttpRequest) -> HttpResponse:
    """Write down a commitment, at a point or a meeting."""
    number = request.GET.get("bij", "")[:9]
    meeting = Meeting.objects.filter(pk=int(number)).first() if number.isdecimal() else None
    point = Point.objects.public().filter(slug=request.GET.get("punt", "")[:70]).first()
    start: dict[str, Any] = {
        "meeting": meeting,
        "point": point,
        "body": meeting.body if meeting else point.body if point else None,
    }
    if meeting:
        start["said_on"] = meeting.on
    form = CommitmentForm(request.POST or None, initial=start)
    question = Question(
        _("Wat is er toegezegd?"),
        _("Wie de toezegging deed, kan altijd reageren; die reactie staat er dan bij."),
        _("Schrijf op"),
    )
    return form_view(
        request,
        form,
        lambda got: actions.save_commitment(Actor(request.user), Commitment(), got),
        question,
    )


changing = editor_required(get_visible_commitment, rules.may_keep)


@changing
def change(request: HttpRequest, one: Commitment) -> HttpResponse:
    """Change a commitment."""
    form = CommitmentForm(request.POST or None, instance=one)
    return form_view(
        request,
        form,
        lambda got: actions.save_commitment(Actor(request.user), one, got),
        Question(_("Toezegging wijzigen"), back=one.get_absolute_url()),
    )


@changing
def say_status(request: HttpRequest, one: Commitment) -> HttpResponse:
    """Say how it stands."""
    form = StatusForm(request.POST or None)
    question = Question(
        _("Hoe staat het ermee?"), one.text, _("Schrijf op"), one.get_absolute_url()
    )
    return form_view(
        request,
        form,
        lambda got: actions.say_status(Actor(request.user), one, got) and None,
        question,
    )


@changing
def response_link(request: HttpRequest, one: Commitment) -> HttpResponse:
    """A link for the other side, to answer without an account."""
    link = site_address() + reverse("voice:respond", args=[actions.make_link(one)])
    return render(request, "voice/desk/response_link.html", {"one": one, "link": link})


@link_view
def respond(request: HttpRequest, token: str) -> HttpResponse:
    """What the other side says, by its signed link."""
    one = actions.open_link(token)
    if one is None:
        return render(request, "directory/confirm_gone.html", status=410)
    form = ResponseForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        actions.respond(
            BY_LINK, one, {"text": form.cleaned_data["text"], "by": form.cleaned_data["by"]}
        )
        return render(request, "voice/responded.html", {"one": one})
    return render(
        request,
        "voice/respond.html",
        {"one": one, "form": form},
        status=400 if form.errors else 200,
    )
