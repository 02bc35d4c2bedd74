"""Opens the try-out's example log-ins and mailbox in one browser: that of whoever holds the
secret from the terminal.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare, salted_hmac

PARAMETER = "proef"
SALT = "core.tryout"


def secret() -> str:
    """The secret of this data folder, derived from its secret key; nobody gets it but by the
    terminal.
    """
    return salted_hmac(SALT, "secret", algorithm="sha256").hexdigest()[:40]


def cookie_name() -> str:
    """The cookie's name, different for each data folder: two try-outs on one machine share a
    cookie jar.
    """
    return f"{PARAMETER}_{salted_hmac(SALT, 'name', algorithm='sha256').hexdigest()[:8]}"


def address(base: str) -> str:
    """The address that the terminal prints: with the secret while trying out, plain on a real
    site.
    """
    return f"{base}/?{urlencode({PARAMETER: secret()})}" if settings.IS_TRYOUT else base


def is_open(request: HttpRequest) -> bool:
    """True in the browser that was opened with the secret, and never on a real site.

    Neither the visitor's address nor any header of a proxy counts.
    """
    return settings.IS_TRYOUT and _is_right(request.COOKIES.get(cookie_name(), ""))


def take_secret(get_response: Callable[[HttpRequest], HttpResponse]) -> object:
    """Take the secret out of the address once: keep it in a cookie for this browser, and go on
    to the clean address.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if not settings.IS_TRYOUT or request.method != "GET" or f"{PARAMETER}=" not in query:
            return get_response(request)
        rest = QueryDict(query, mutable=True)
        if PARAMETER not in rest:
            return get_response(request)
        typed = rest.pop(PARAMETER)[-1]
        path = "/" + request.path.lstrip("/")
        response = redirect(f"{path}?{rest.urlencode()}" if rest else path)
        response.headers["Cache-Control"] = "no-store"
        response.headers["Referrer-Policy"] = "no-referrer"
        if _is_right(str(typed)):
            response.set_cookie(cookie_name(), secret(), httponly=True, samesite="Lax")
        return response

    return answer


def _is_right(given: str) -> bool:
    return constant_time_compare(given, secret())
