"""Trying the site out on one's own machine: the example people with one tap, and the mail that
was not sent.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from knooppunt.core.mail import outbox
from knooppunt.core.web import tryout
from knooppunt.people import example


def demo_accounts(request: HttpRequest) -> HttpResponse:
    """Who can be tried in this browser; 404 in any other."""
    people = example.people(request)
    if not people:
        raise Http404
    return render(request, "people/demo_accounts.html", {"people": people})


@require_POST
def try_as(request: HttpRequest, pk: int) -> HttpResponse:
    """Log in as one of the example people, in this browser only."""
    example.try_as(request, pk)
    return redirect("directory:desk")


@never_cache
def mailbox(request: HttpRequest) -> HttpResponse:
    """The mail that was shown instead of sent, in the browser of who tries the site out."""
    if not tryout.is_open(request):
        raise Http404
    return render(request, "people/mailbox.html", {"mails": outbox.shown()})
