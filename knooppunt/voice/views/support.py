"""Signing for an organisation, and supporting as a resident without an account."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from knooppunt.core.audit.trail import Actor
from knooppunt.core.web import page_cache, rate_limits
from knooppunt.core.web.donut_cache import draw
from knooppunt.core.web.form_views import Question, form_view, run_action
from knooppunt.core.web.guards import editor_required
from knooppunt.core.web.query_params import query_params
from knooppunt.directory.models import Organisation
from knooppunt.voice import rules
from knooppunt.voice.actions import support as actions
from knooppunt.voice.forms.points import PaperSignatureForm, PaperSupportForm
from knooppunt.voice.models import Point
from knooppunt.voice.views.points import get_visible_point

KNOWN = frozenset({"steun", "django_language"})
COOKIE, YEAR, MOST_AN_HOUR = "steun", 60 * 60 * 24 * 365, 60


@require_POST
@editor_required(get_visible_point, lambda user, _point: rules.is_inside(user))
def cosign(request: HttpRequest, one: Point, organisation: int) -> HttpResponse:
    """Sign for an organisation that she represents."""
    row = get_object_or_404(rules.represented(request.user), pk=organisation)
    thanks = _("%(name)s heeft getekend.") % {"name": row.name}
    return run_action(request, lambda: actions.cosign(Actor(request.user), one, row), one, thanks)


@editor_required(get_visible_point, rules.may_share)
def sign_on_paper(request: HttpRequest, one: Point) -> HttpResponse:
    """Write down a signature that stands on paper."""
    rows = (
        Organisation.objects.visible_on(timezone.localdate())
        .exclude(role="institution")
        .only("pk", "name")
        .order_by("name_key")
    )
    form = PaperSignatureForm(request.POST or None, organisations=rows)
    question = Question(
        gettext_lazy("Handtekening van een organisatie, op papier"),
        one.title,
        gettext_lazy("Zet erbij"),
        one.get_absolute_url(),
    )

    def do(got: dict[str, Any]) -> None:
        actions.sign_on_paper(
            Actor(request.user), one, got["organisation"], got["signed_on"], got["source"]
        )

    return form_view(request, form, do, question)


@require_POST
@editor_required(get_visible_point, lambda user, _point: rules.is_inside(user))
def withdraw(request: HttpRequest, one: Point, signature: int) -> HttpResponse:
    """Take a signature back."""
    row = get_object_or_404(
        one.signatures.select_related("organisation"), pk=signature, withdrawn_on__isnull=True
    )
    if not rules.may_withdraw(request.user, row.organisation):
        raise Http404
    return run_action(
        request,
        lambda: actions.withdraw(Actor(request.user), row),
        one,
        _("De handtekening is ingetrokken."),
    )


@editor_required(get_visible_point, rules.may_share)
def add_paper(request: HttpRequest, one: Point) -> HttpResponse:
    """Write down how many residents signed on paper."""
    form = PaperSupportForm(request.POST or None)
    question = Question(
        gettext_lazy("Handtekeningen van bewoners, op papier"),
        gettext_lazy("Alleen het aantal; de namen blijven op het papier."),
        gettext_lazy("Zet erbij"),
        one.get_absolute_url(),
    )
    return form_view(
        request,
        form,
        lambda got: actions.add_paper(Actor(request.user), one, got) and None,
        question,
    )


@query_params("klaar")
@never_cache
# The signed token in the form belongs to one browser and one point, which is what a CSRF token
# would say.
@csrf_exempt
def support(request: HttpRequest, key: str) -> HttpResponse:
    """Support a point without an account, once for each browser; and take it back."""
    one = page_cache.remember(
        ("point to support", key), lambda: Point.objects.public().filter(slug=key).first()
    )
    if one is None:
        raise Http404
    given = request.COOKIES.get(COOKIE, "")[:200]
    problem = ""
    if request.method == "POST":
        problem = _refusal(request, one, given)
        if not problem:
            (actions.unsupport if request.POST.get("weg") else actions.support)(one, given)
            return redirect(f"{request.path}?klaar")
    browser = given if given and actions.is_browser(given) else actions.new_browser()
    does = actions.does_support(one, browser) if browser == given else False
    number = actions.numbers(one)
    context = {
        "one": one,
        "does": does,
        "problem": problem,
        "is_done": "klaar" in request.GET,
        "is_single": number["total"] == 1,
    }
    gaps = {
        "token": actions.form_token(one, browser),
        **{name: number_format(value, force_grouping=True) for name, value in number.items()},
    }
    answer = draw(
        request, "voice/support.html", context, gaps, KNOWN, status=400 if problem else 200
    )
    if browser != given:
        answer.set_cookie(
            COOKIE, browser, max_age=YEAR, httponly=True, samesite="Lax", secure=request.is_secure()
        )
    return answer


def _refusal(request: HttpRequest, one: Point, browser: str) -> str:
    """Why this cannot be counted, or nothing."""
    if not actions.is_token_of(request.POST.get("token", "")[:600], one, browser):
        return _(
            "Dit kon niet worden geteld. Staan cookies aan? Tik nog eens op de knop, of teken op "
            "papier bij een plek in de buurt."
        )
    if rate_limits.number_from(request, "support") > MOST_AN_HOUR:
        return _(
            "Vanaf dit adres kwam het afgelopen uur al veel steun. Probeer het later nog eens, of "
            "teken op papier bij een plek in de buurt."
        )
    return ""
