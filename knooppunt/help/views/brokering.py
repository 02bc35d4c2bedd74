"""The broker's desk of weavers, and the one screen on which somebody tells whether it really
worked out.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from knooppunt.core.audit.trail import BY_LINK, Actor
from knooppunt.core.web.link_views import link_view
from knooppunt.core.web.query_params import query_params
from knooppunt.directory.recent_acts import tap
from knooppunt.help import matching, rules
from knooppunt.help.actions import introductions
from knooppunt.help.forms import OutcomeForm
from knooppunt.help.models import Introduction, Notice, NoticeResponse

PER_PAGE, MOST = 15, 3


@query_params("pagina")
@login_required
def desk(request: HttpRequest) -> HttpResponse:
    """Open needs with who might fit, what was introduced, and what nobody told yet."""
    if not rules.may_broker(request.user):
        raise Http404
    today = timezone.localdate()
    mine = rules.changeable_notices(request.user)
    needs = (
        mine.visible_on(today)
        .filter(side=Notice.Side.NEED)
        .select_related("organisation", "place", "area")
        .defer("area__outline")
    )
    page = Paginator(needs.order_by("listed_on", "pk"), PER_PAGE).get_page(
        request.GET.get("pagina", "1")
    )
    made = Introduction.objects.filter(need__in=mine.values("pk")).select_related(
        "need__organisation", "offer__organisation"
    )
    context: dict[str, Any] = {
        "page": page,
        "rows": list(matching.for_many(page.object_list, today, MOST)),
        "today": today,
        "unanswered": made.unanswered(today)[:50],
        "made": made[:30],
        "responses": NoticeResponse.objects.waiting()
        .filter(notice__in=mine.values("pk"))
        .select_related("notice__organisation"),
        "offers": mine.visible_on(today).filter(side=Notice.Side.OFFER).count(),
    }
    return render(request, "help/desk/broker.html", context)


@require_POST
@login_required
def answered(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what somebody told on the phone."""
    one = get_object_or_404(
        Introduction.objects.select_related("need__organisation", "offer__organisation"), pk=pk
    )
    if not rules.may_introduce(request.user, one.need, one.offer):
        raise Http404
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        return redirect(one.need)
    outcome = form.cleaned_data["outcome"]
    words = _("%(name)s: gelukt") if outcome == "yes" else _("%(name)s: niet gelukt")
    return tap(
        request,
        lambda: introductions.answer(Actor(request.user), one, outcome),
        [Introduction.objects.filter(pk=one.pk), Notice.objects.filter(pk=one.need_id)],
        words % {"name": one.need.title},
        one.need,
        _("Opgeschreven. Dank je wel."),
    )


@link_view
def outcome(request: HttpRequest, token: str) -> HttpResponse:
    """The one screen of the signed link: is it really working?"""
    one = introductions.open_link(token)
    if one is None:
        return render(request, "directory/confirm_gone.html", status=410)
    form = OutcomeForm(request.POST or None, initial={"outcome": one.outcome, "is_met": True})
    if request.method == "POST" and form.is_valid():
        introductions.answer(
            BY_LINK, one, form.cleaned_data["outcome"], form.cleaned_data["is_met"]
        )
        return render(request, "help/answered.html", {"one": one})
    return render(
        request, "help/outcome.html", {"one": one, "form": form}, status=400 if form.errors else 200
    )
