"""The example people, who can be tried with one tap in the browser that holds the try-out's
secret.
"""

from __future__ import annotations

from django.contrib.auth import login
from django.http import Http404, HttpRequest

from knooppunt.core.web import tryout
from knooppunt.core.web.context_processors import is_example
from knooppunt.people.models import User

MARK = "trying_example"


def is_tried(request: HttpRequest) -> bool:
    """True for a session that was opened with one tap as an example person."""
    return bool(request.session.get(MARK))


def people(request: HttpRequest) -> list[User]:
    """Who can be tried in this browser: the example people, or nobody."""
    if not tryout.is_open(request) or not is_example():
        return []
    return list(User.objects.filter(is_example=True, is_active=True).order_by("pk"))


def try_as(request: HttpRequest, pk: int) -> User:
    """Log in as an example person.

    Raises Http404 in any browser but that of the try-out with the example loaded.
    """
    person = next((person for person in people(request) if person.pk == pk), None)
    if person is None:
        raise Http404
    login(request, person, backend="knooppunt.people.backends.SessionBackend")
    request.session[MARK] = True
    request.session.set_expiry(60 * 60 * 8)
    return person
