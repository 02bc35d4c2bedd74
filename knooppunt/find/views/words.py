"""Where a coordinator sees what was asked in vain, and teaches the search the words of the
neighbourhood.
"""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from knooppunt.core.audit.trail import Actor
from knooppunt.core.web.form_views import erase_when_sure
from knooppunt.core.web.query_params import query_params
from knooppunt.directory.views.coordinating import coordinates
from knooppunt.find import zero_result_queries
from knooppunt.find.forms import WordForm
from knooppunt.find.models import OwnWord
from knooppunt.find.vocabulary import add_word, name_of, remove_word

SHOWN = timedelta(days=90)


@query_params("woord")
@coordinates
def words(request: HttpRequest) -> HttpResponse:
    """The coalition's own words, and what was asked in vain."""
    form = WordForm(request.POST or None, initial={"word": request.GET.get("woord", "")[:60]})
    if request.method == "POST" and form.is_valid():
        try:
            add_word(Actor(request.user), form.cleaned_data["word"], form.cleaned_data["concept"])
            messages.success(
                request, _("Dit woord kennen we nu; over een paar tellen zoekt het mee.")
            )
            return redirect("find:words")
        except ValidationError as problem:
            form.add_error("word", problem)
    own = [(one, name_of(one.concept)) for one in OwnWord.objects.all()]
    context = {
        "form": form,
        "own": own,
        "gaps": zero_result_queries.asked(timezone.localdate() - SHOWN),
    }
    return render(request, "find/words.html", context, status=400 if form.errors else 200)


@require_POST
@coordinates
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the search forget a word; asks once more."""
    word = get_object_or_404(OwnWord, pk=pk)
    return erase_when_sure(
        request,
        lambda: remove_word(Actor(request.user), word),
        _("Dit woord wissen?"),
        [f"{word.word}: {name_of(word.concept)}"],
        back="find:words",
        thanks=_("Dit woord zoekt niet meer mee."),
    )
