"""Keeps a coordinator out of the working pages until she has a second factor."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from knooppunt.people.example import is_trying

Next = Callable[[HttpRequest], HttpResponse]


def second_factor(get_response: Next) -> Next:
    """Send a coordinator without a second factor to the page where she sets it up; reading stays open."""

    def answer(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(
        request: HttpRequest, view: object, args: object, kwargs: object
    ) -> HttpResponse | None:
        if "/beheer/" not in request.path_info:
            return None
        user = request.user
        if (
            not user.is_authenticated
            or not user.is_coordinator
            or is_trying(request)
            or is_mfa_enabled(user)
        ):
            return None
        return redirect(reverse("people:second_factor"))

    answer.process_view = process_view  # type: ignore[attr-defined]
    return answer
