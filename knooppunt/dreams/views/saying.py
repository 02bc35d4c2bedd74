"""Where everybody says a dream without an account, and sees what became of it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from knooppunt.core.audit.trail import BY_LINK, Actor
from knooppunt.core.web.dictation import dictated
from knooppunt.core.web.form_views import add_errors, is_sure
from knooppunt.core.web.link_views import link_view
from knooppunt.core.web.query_params import query_params
from knooppunt.dreams.actions import dreams, links
from knooppunt.dreams.forms.dreams import DreamForm, raw
from knooppunt.dreams.models import Dream
from knooppunt.dreams.near import near_dreams
from knooppunt.voice.forms.points import wijken


@query_params("wijk")
@csrf_exempt  # no cookie is involved; the form carries a signed moment
@dictated
def say(request: HttpRequest) -> HttpResponse:
    """Say a dream; when some on the wall are like it, they are shown first, once."""
    form = DreamForm(
        request.POST or None,
        request.FILES or None,
        request=request,
        initial={"area": _chosen_area(request)},
    )
    near: list[Dream] = []
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        near = [] if said["is_own"] else near_dreams(said["text"], said["area"])
        if not near:
            try:
                dream = dreams.say(Actor(None), said, raw(said.get("photo")))
            except ValidationError as problem:
                add_errors(form, problem)
            else:
                return render(request, "dreams/thanks.html", {"dream": dream})
    if near:
        form.data = request.POST.copy()
        form.data["is_own"] = "on"
    context = {"form": form, "near": near}
    return render(request, "dreams/say.html", context, status=400 if form.errors else 200)


def _chosen_area(request: HttpRequest) -> Any:
    slug = request.GET.get("wijk", "")
    return wijken().filter(slug=slug).first() if slug else None


def _by_code(code: str) -> Dream:
    """The dream with a code; 404 without one."""
    rows = Dream.objects.select_related("joined_to", "reply_place")
    dream: Dream = get_object_or_404(rows, code=code.upper()[:12])
    return dream


@never_cache  # the code in the address is what opens it
def status(request: HttpRequest, code: str) -> HttpResponse:
    """What became of a dream, for who has its code."""
    dream = _by_code(code)
    answers = dream.root.answers.select_related("place", "activity", "point")
    return render(request, "dreams/status.html", {"dream": dream, "answers": answers})


@never_cache
@csrf_exempt  # the code in the address is what lets her; no cookie is involved
def take_back(request: HttpRequest, code: str) -> HttpResponse:
    """Let who said a dream take it back: all of it is erased."""
    dream = _by_code(code)
    if not is_sure(request):
        return render(request, "dreams/take_back.html", {"dream": dream})
    dreams.erase(BY_LINK, dream)
    return render(request, "dreams/taken_back.html")


@link_view
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Yes, this mail address is mine; a scanner that only opens the page changes nothing."""
    addressee = links.open_yes(token)
    if addressee is None:
        return render(request, "directory/confirm_gone.html", status=410)
    dream = addressee if isinstance(addressee, Dream) else addressee.dream
    is_done = request.method == "POST"
    if is_done:
        links.confirm(addressee)
    context = {"dream": dream.root, "is_done": is_done, "is_own": addressee is dream}
    return render(request, "dreams/confirm.html", context)


@link_view
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Let somebody hear nothing any more, and erase her address."""
    addressee = links.open_stop(token)
    if addressee is None:
        return render(request, "directory/confirm_gone.html", status=410)
    dream = addressee if isinstance(addressee, Dream) else addressee.dream
    is_done = request.method == "POST"
    if is_done:
        links.stop(addressee)
    context = {"dream": dream, "is_done": is_done, "is_own": addressee is dream}
    return render(request, "dreams/stop.html", context)
