"""The pages behind signed links in mail: no account, no cookie, and all of an answer is kept or
nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def link_view(view: View[P]) -> View[P]:
    """A page whose permission is the signed token in its address, so that no cookie is involved.

    No browser keeps it. What is sent to it is one transaction together with the page that answers:
    an answer of 500 has changed nothing.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method != "POST":
            response = view(request, *args, **kwargs)
        else:
            with transaction.atomic():
                response = view(request, *args, **kwargs)
                if response.status_code >= 500:
                    transaction.set_rollback(True)
        patch_cache_control(response, private=True, no_store=True)
        return response

    answer.is_link_view = True  # type: ignore[attr-defined]
    return csrf_exempt(answer)
