"""The example people, who can be tried with one tap while the example runs on this very machine."""

from __future__ import annotations

from django.contrib.auth import login
from django.http import Http404, HttpRequest

from knooppunt.core.context import is_example
from knooppunt.core.loopback import is_local_tryout
from knooppunt.people.models import User

MARK = "trying_example"


def is_trying(request: HttpRequest) -> bool:
    """True for a session that was opened with one tap, on this machine, and still is."""
    return bool(request.session.get(MARK)) and is_local_tryout(request)


def people(request: HttpRequest) -> list[User]:
    """Who can be tried from here: the example people, or nobody."""
    if not is_local_tryout(request) or not is_example():
        return []
    return list(User.objects.filter(is_example=True, is_active=True).order_by("pk"))


def try_as(request: HttpRequest, pk: int) -> User:
    """Log in as an example person. Raises Http404 anywhere but on this machine with the example loaded."""
    person = next((one for one in people(request) if one.pk == pk), None)
    if person is None:
        raise Http404
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    request.session[MARK] = True
    request.session.set_expiry(60 * 60 * 8)
    return person
