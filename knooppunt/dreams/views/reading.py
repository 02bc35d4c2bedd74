"""The desk on which dreams are read: onto the wall, aside with a reason, corrected, or erased."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from knooppunt.core.audit.trail import Actor
from knooppunt.core.web.form_views import Question, erase_when_sure, form_view, run_action
from knooppunt.core.web.guards import editor_required, permission_required
from knooppunt.core.web.query_params import query_params
from knooppunt.directory.models import Area
from knooppunt.dreams import rules
from knooppunt.dreams.actions import dreams as actions
from knooppunt.dreams.actions import news
from knooppunt.dreams.forms.dreams import (
    AnswerForm,
    AsideForm,
    DreamChangeForm,
    answer_kinds,
)
from knooppunt.dreams.models import Dream, Plan
from knooppunt.dreams.near import near_dreams
from knooppunt.kit.private_details import private_details

PER_PAGE = 30
STATES = {"nieuw": Dream.State.NEW, "muur": Dream.State.PUBLIC, "opzij": Dream.State.ASIDE}


def get_readable_dream(request: HttpRequest, pk: int) -> Dream:
    """The dream with this number, if she reads it; else 404."""
    rows = rules.readable_dreams(request.user).with_state().with_numbers()
    rows = rows.select_related("area", "place", "theme", "joined_to", "organisation", "table")
    dream: Dream = get_object_or_404(rows.defer("area__outline"), pk=pk)
    return dream


reader_required = editor_required(get_readable_dream, rules.may_answer, "pk")


@query_params("staat", "pagina")
@permission_required(rules.may_read)
def desk(request: HttpRequest) -> HttpResponse:
    """Dreams by how far they are: what nobody read first, the oldest on top."""
    chosen = request.GET.get("staat", "nieuw")
    chosen = chosen if chosen in STATES else "nieuw"
    mine = rules.readable_dreams(request.user)
    rows = mine.filter(state=STATES[chosen]).select_related("area").defer("area__outline")
    rows = rows.with_state().with_numbers()
    order = ("answer_by", "-pk") if chosen == "muur" else ("said_on", "pk")
    page = Paginator(rows.order_by(*order), PER_PAGE).get_page(request.GET.get("pagina", "1"))
    context = {
        "page": page,
        "states": [
            (_("Nieuw"), "?staat=nieuw", chosen == "nieuw"),
            (_("Op de muur"), "?staat=muur", chosen == "muur"),
            (_("Opzij"), "?staat=opzij", chosen == "opzij"),
        ],
        "letters": news.letters(mine).count(),
    }
    return render(request, "dreams/desk/dreams.html", context)


@reader_required
def read(request: HttpRequest, dream: Dream) -> HttpResponse:
    """One dream to read: what may say who somebody is, what is like it, and what it can become."""
    known = Area.objects.values_list("name", flat=True)
    places = [str(dream.place)] if dream.place else []
    context = {
        "dream": dream,
        "details": private_details(dream.text, [*known, *places]),
        "near": near_dreams(dream.text, dream.area, without=dream),
        "answers": dream.answers.select_related("place", "activity", "point", "answered_by"),
        "plans": Plan.objects.filter(dream=dream),
        "participants": dream.participants.standing().select_related("organisation"),
        "form": AnswerForm(dream=dream, kinds=answer_kinds()) if dream.is_public else None,
        "may_reply": bool(dream.reply_confirmed_on or dream.reply_place_id),
    }
    return render(request, "dreams/desk/read.html", context)


@require_POST
@reader_required
def publish(request: HttpRequest, dream: Dream) -> HttpResponse:
    """Put it on the wall."""
    return run_action(
        request,
        lambda: actions.publish(Actor(request.user), dream),
        _next_unread(request, dream),
        _("De droom hangt op de muur."),
    )


def _next_unread(request: HttpRequest, dream: Dream) -> str:
    """The page of the dream that waits longest after this one; the desk when there is none."""
    rows = rules.readable_dreams(request.user).unread().exclude(pk=dream.pk)
    following = rows.order_by("said_on", "pk").first()
    if following:
        return reverse("dreams:read", args=[following.pk])
    return reverse("dreams:desk")


@reader_required
def lay_aside(request: HttpRequest, dream: Dream) -> HttpResponse:
    """Keep it off the wall, with a reason."""
    form = AsideForm(request.POST or None)
    back = reverse("dreams:read", args=[dream.pk])
    question = Question(_("Niet op de muur"), dream.text, _("Leg opzij"), back, _("Opzij gelegd."))

    def act(said: dict[str, Any]) -> None:
        actions.lay_aside(Actor(request.user), dream, said["aside_reason"])

    return form_view(request, form, act, question)


@reader_required
def change(request: HttpRequest, dream: Dream) -> HttpResponse:
    """Correct it, such as by leaving out a name."""
    form = DreamChangeForm(request.POST or None, instance=Dream.objects.get(pk=dream.pk))
    question = Question(
        _("Droom verbeteren"),
        _("Haal weg wat zegt wie iemand is. De droom blijft van wie hem zei."),
        back=reverse("dreams:read", args=[dream.pk]),
    )

    def act(said: dict[str, Any]) -> None:
        actions.change(Actor(request.user), dream, said)

    return form_view(request, form, act, question)


@require_POST
@reader_required
def erase(request: HttpRequest, dream: Dream) -> HttpResponse:
    """Erase it with all that hangs below it; asks once more."""
    if not rules.may_answer(request.user, dream):
        raise Http404
    return erase_when_sure(
        request,
        lambda: actions.erase(Actor(request.user), dream),
        _("Deze droom wissen?"),
        [dream.text, str(_("Wie meedroomt, en de antwoorden"))],
        back=reverse("dreams:read", args=[dream.pk]),
        thanks=_("Gewist."),
        then="dreams:desk",
    )
