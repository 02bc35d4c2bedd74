"""The pages of a search that comes by mail: ask for it, confirm it from the mail, see it, stop
it.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt

from knooppunt.core.web.link_views import link_view
from knooppunt.core.web.query_params import query_params
from knooppunt.find import saved
from knooppunt.find.forms import SavedForm


@query_params("q", "wijk", "thema")
@csrf_exempt  # A form for people without a cookie; its signed moment stands in for one.
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a weekly mail."""
    given = request.GET
    start = {
        "words": given.get("q", "")[:100],
        "area": given.get("wijk", "")[:70],
        "themes": [given.get("thema", "")[:50]],
    }
    form = SavedForm(request.POST or None, request=request, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            saved.ask(form.values())
            return render(
                request, "find/saved_asked.html", {"address": form.cleaned_data["address"]}
            )
        except ValidationError as problem:
            form.add_error("address", problem)
    return render(
        request, "find/saved_ask.html", {"form": form}, status=400 if form.errors else 200
    )


@link_view
def one(request: HttpRequest, token: str) -> HttpResponse:
    """The one screen of the signed link: confirm, see, stop."""
    found = saved.open_link(token)
    if found is None:
        return render(request, "find/saved_gone.html", status=410)
    if request.method == "POST":
        if request.POST.get("do") == "stop":
            saved.stop(found)
            return render(request, "find/saved_stopped.html")
        saved.confirm(found)
    return render(request, "find/saved.html", {"one": found, "what": saved.described(found)})


@link_view
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop with one tap in the mail program; a person who opens the address sees the page with
    the button.
    """
    if request.method != "POST":
        return redirect("find:saved", token=token)
    found = saved.open_link(token)
    if found is None:
        return render(request, "find/saved_gone.html", status=410)
    saved.stop(found)
    return render(request, "find/saved_stopped.html")
