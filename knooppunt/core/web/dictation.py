"""Pages on which one may speak instead of type: the browser may listen there, and only there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
MAY_LISTEN = "camera=(), microphone=(self), geolocation=(), interest-cohort=()"


def dictated(view: View[P]) -> View[P]:
    """Offer a button below each large field of a page, where the browser can turn speech into
    text (Web Speech API).
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        request.is_dictated = True  # type: ignore[attr-defined]
        response = view(request, *args, **kwargs)
        response.headers["Permissions-Policy"] = MAY_LISTEN
        return response

    return answer
