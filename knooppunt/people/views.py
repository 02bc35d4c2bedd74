"""The pages around log-in: trying an example person, the second factor, and the local mailbox."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from knooppunt.core import mail
from knooppunt.core.loopback import is_local_tryout
from knooppunt.people import example


def trying(request: HttpRequest) -> HttpResponse:
    """Who can be tried on this machine; 404 anywhere else."""
    people = example.people(request)
    if not people:
        raise Http404
    return render(request, "people/trying.html", {"people": people})


@require_POST
def try_as(request: HttpRequest, pk: int) -> HttpResponse:
    """Log in as one of the example people, here only."""
    example.try_as(request, pk)
    return redirect("directory:desk")


@login_required
def second_factor(request: HttpRequest) -> HttpResponse:
    """Explain why a coordinator needs a second factor, and lead to it."""
    return render(request, "people/second_factor.html")


def mailbox(request: HttpRequest) -> HttpResponse:
    """The mail that was shown instead of sent, on this machine only."""
    if not is_local_tryout(request):
        raise Http404
    return render(request, "people/mailbox.html", {"mails": mail.shown()})
