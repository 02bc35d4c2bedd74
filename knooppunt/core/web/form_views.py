"""One way to ask something on a page of its own: a form, an action, a word of thanks, and back
to where one came from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext_lazy

from knooppunt.core.labels import Label

SURE, CSRF = "sure", "csrfmiddlewaretoken"
SAVE, SAVED = gettext_lazy("Bewaar"), gettext_lazy("Bewaard.")


@dataclass(frozen=True)
class Question:
    """How a form looks on its own page: the heading, a sentence above it, its button, where one
    came from, and the thanks.
    """

    title: Label
    lead: Label = ""
    button: Label = SAVE
    back: str = ""
    thanks: Label = SAVED
    aside: str = ""


def form_view(
    request: HttpRequest, form: Any, do: Callable[[Any], Any], question: Question, **context: Any
) -> HttpResponse:
    """Show a form; when it was filled in well, ``do`` it with what was said and go to the page of
    what it gives, or back.

    A ValidationError of the action stands above the form, and nothing that was typed is lost.
    """
    if request.method == "POST" and form.is_valid():
        try:
            made = do(form.cleaned_data)
        except ValidationError as problem:
            add_errors(form, problem)
        else:
            if question.thanks:
                messages.success(request, str(question.thanks))
            return redirect(made if hasattr(made, "get_absolute_url") else question.back)
    status = 400 if form.errors else 200
    return render(
        request, "core/ask.html", {"form": form, "question": question, **context}, status=status
    )


def add_errors(form: Any, problem: ValidationError) -> None:
    """Put what an action refused beside the field it is about, or above the form when the form
    has no such field.
    """
    errors = problem.error_dict if hasattr(problem, "error_dict") else {None: problem.error_list}
    for name, found in errors.items():
        form.add_error(name if name in form.fields else None, found)


def run_action(
    request: HttpRequest, do: Callable[[], Any], back: Any, thanks: Label = ""
) -> HttpResponse:
    """Do what one button says and go back; what went wrong is said there."""
    try:
        do()
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        if thanks:
            messages.success(request, str(thanks))
    return redirect(back)


def is_sure(request: HttpRequest) -> bool:
    """True when she read what goes for good, and said yes to it."""
    return request.POST.get(SURE) == "1"


def confirm_erasing(
    request: HttpRequest, title: Label, lines: Iterable[str], back: str
) -> HttpResponse:
    """Ask once more before something is erased for good: a page that lists what goes, and posts
    the same form again.
    """
    sent = [(name, value) for name, value in request.POST.items() if name not in (SURE, CSRF)]
    context = {
        "title": title,
        "lines": [line for line in lines if line],
        "hidden": sent,
        "sure": SURE,
        "back": back,
    }
    return render(request, "core/confirm_erase.html", context)


def erase_when_sure(
    request: HttpRequest,
    do: Callable[[], Any],
    title: Label,
    lines: Iterable[str],
    back: Any,
    thanks: Label = "",
    then: Any = None,
) -> HttpResponse:
    """Ask once more, and only then do what one button says; ``back`` is where who is not sure goes,
    a record or an address.

    Afterwards one comes at ``then``, or goes back when nothing else is said.
    """
    if not is_sure(request):
        return confirm_erasing(request, title, lines, resolve_url(back))
    return run_action(request, do, then or back, thanks)
