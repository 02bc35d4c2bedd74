"""Where residents say something without an account and see what became of it, and the desk on
which signals are sorted.
"""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from knooppunt.core.audit.mistakes import standing
from knooppunt.core.audit.trail import Actor
from knooppunt.core.web.dictation import dictated
from knooppunt.core.web.donut_cache import draw
from knooppunt.core.web.form_views import Question, erase_when_sure, form_view, run_action
from knooppunt.core.web.guards import editor_required, permission_required
from knooppunt.core.web.link_views import link_view
from knooppunt.core.web.query_params import query_params
from knooppunt.voice import rules, status_text
from knooppunt.voice.actions import news
from knooppunt.voice.actions import signals as actions
from knooppunt.voice.forms.signals import CountedForm, HeardForm, SignalForm, SortForm
from knooppunt.voice.models import News, Signal, Step

PER_PAGE = 30


@csrf_exempt  # no cookie is involved; the form carries a signed moment
@dictated
def signal(request: HttpRequest) -> HttpResponse:
    """Say something, without account or name."""
    form = SignalForm(request.POST or None, request=request, initial={"reply_via": "none"})
    if request.method == "POST" and form.is_valid():
        made = actions.take_in(Actor(None), form.cleaned_data)
        place = made.reply_place.name if made.reply_place else ""
        context = {"reply_via": made.reply_via, "place": place}
        return draw(
            request,
            "voice/thanks.html",
            context,
            {"code": made.code, "address": made.get_absolute_url()},
        )
    return render(request, "voice/signal.html", {"form": form}, status=400 if form.errors else 200)


@never_cache  # the code in the address is what opens it
def status(request: HttpRequest, code: str) -> HttpResponse:
    """What became of a signal, for who has its code; what was said is not shown."""
    one = get_object_or_404(Signal.with_mistakes.select_related("point"), code=code.upper()[:12])
    told, point, step = status_text.signal_story(one)
    return render(
        request, "voice/status.html", {"one": one, "told": told, "point": point, "step": step}
    )


@link_view
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the news about one signal, and erase the address."""
    one = news.open_stop(token)
    if one is None:
        return render(request, "directory/confirm_gone.html", status=410)
    if request.method == "POST":
        news.stop(one)
        return render(request, "voice/stopped.html")
    return render(request, "voice/stop.html", {"one": one})


def _mine(request: HttpRequest) -> Any:
    """The signals that she may read, with what is shown of them."""
    return rules.readable_signals(request.user).select_related("area", "organisation", "point")


@query_params("staat", "pagina")
@permission_required(rules.may_read_signals)
def desk(request: HttpRequest) -> HttpResponse:
    """What came in, the oldest unread first."""
    state = request.GET.get("staat", "new")
    state = state if state in Signal.State.values else "new"
    rows = _mine(request).filter(state=state)
    rows = rows.order_by("received_on", "pk") if state == "new" else rows
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("pagina", "1"))
    letters = _letters(request).count()
    return render(
        request,
        "voice/desk/signals.html",
        {"page": page, "state": state, "states": Signal.State.choices, "letters": letters},
    )


@permission_required(rules.is_inside)
def heard(request: HttpRequest) -> HttpResponse:
    """Write down what somebody said at the door, on the phone or on paper."""
    form = HeardForm(
        request.POST or None, initial={"organisation": rules.represented(request.user).first()}
    )
    question = Question(_("Wat heb je gehoord?"), _("Een naam is niet nodig."), _("Schrijf op"))

    def do(got: dict[str, Any]) -> Signal:
        return actions.take_in(Actor(request.user), got)

    return form_view(request, form, do, question)


@permission_required(rules.may_read_signals)
def counted(request: HttpRequest) -> HttpResponse:
    """Make a signal of a number."""
    form = CountedForm(request.POST or None)
    question = Question(_("Wat zie je in de cijfers?"), button=_("Schrijf op"), back="../")

    def do(got: dict[str, Any]) -> None:
        actions.from_figure(Actor(request.user), got["figure"], got["on"], got["area"], got["text"])

    return form_view(request, form, do, question)


def _found(request: HttpRequest, key: int) -> Signal:
    found: Signal = get_object_or_404(_mine(request), pk=key)
    if not rules.may_read_signals(request.user):
        raise Http404
    return found


reading = editor_required(_found, lambda user, _signal: rules.may_read_signals(user))


@reading
def sort(request: HttpRequest, one: Signal) -> HttpResponse:
    """Let it join a point, or lay it aside with a reason."""
    form = SortForm(request.POST or None, points=rules.changeable_points(request.user))
    question = Question(
        _("Waar hoort dit bij?"), one.text, _("Bewaar"), "../", aside="voice/desk/signal.html"
    )

    def do(got: dict[str, Any]) -> None:
        if got["point"]:
            actions.join(Actor(request.user), one, got["point"])
        else:
            actions.lay_aside(Actor(request.user), one, got["aside_reason"])

    return form_view(
        request, form, do, question, one=one, may_erase=rules.may_erase_signal(request.user, one)
    )


@require_POST
@editor_required(_found, rules.may_erase_signal)
def erase(request: HttpRequest, one: Signal) -> HttpResponse:
    """Erase a signal, when it holds what should not be kept; asks once more."""
    return erase_when_sure(
        request,
        lambda: actions.erase(Actor(request.user), one),
        _("Dit signaal wissen?"),
        [one.text, str(_("Het adres voor het antwoord")) if one.reply_email else ""],
        back=reverse("voice:sort_signal", args=[one.pk]),
        thanks=_("Gewist."),
        then="voice:signals",
    )


def _letters(request: HttpRequest) -> Any:
    rows = News.objects.filter(
        standing(Step, "step__"),
        standing(Signal, "signal__"),
        sent_on__isnull=True,
        signal__reply_via="paper",
        signal__in=rules.readable_signals(request.user).values("pk"),
    )
    return rows.select_related("signal__reply_place", "step__point")


@permission_required(rules.may_read_signals)
def letters(request: HttpRequest) -> HttpResponse:
    """The letters to print and hand over, by place."""
    rows = _letters(request)
    if request.method == "POST":
        asked = {number[:9] for number in request.POST.getlist("brief")}
        numbers = [row.pk for row in rows if str(row.pk) in asked]
        return run_action(
            request,
            lambda: news.hand_over(Actor(request.user), numbers),
            request.path,
            _("Opgeschreven: overhandigd."),
        )
    ordered = sorted(
        rows,
        key=lambda row: (row.signal.reply_place.name if row.signal.reply_place else "", row.pk),
    )
    return render(request, "voice/desk/letters.html", {"rows": ordered})
