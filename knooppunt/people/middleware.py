"""Decides who the user of a request is: a coordinator without a second key is a visitor
everywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.functional import SimpleLazyObject

from knooppunt.core.web import tryout
from knooppunt.people import example
from knooppunt.people.models import User

Next = Callable[[HttpRequest], HttpResponse]
# The pages on which she sets her key, or leaves; they are about her own account alone.
FOR_SETTING_A_KEY = frozenset(
    "people:second_factor account_logout mfa_index mfa_activate_totp mfa_add_webauthn "
    "mfa_view_recovery_codes mfa_download_recovery_codes mfa_generate_recovery_codes".split()
)
KEYS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def second_key(get_response: Next) -> Next:
    """Replace ``request.user`` by what counts here; stands right behind the middleware that
    reads the session.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        account = request.user
        request.account = account  # type: ignore[attr-defined]
        # Asked by the middleware and by every page, and answered by one query.
        request.needs_second_key = SimpleLazyObject(  # type: ignore[attr-defined]
            partial(needs_second_key, request)
        )
        request.user = SimpleLazyObject(partial(_user, request, account))  # type: ignore[assignment]
        return get_response(request)

    return answer


def needs_second_key(request: HttpRequest) -> bool:
    """True for a coordinator who is logged in, but must set her second key before she is
    anybody here.
    """
    account: Any = getattr(request, "account", AnonymousUser())
    return bool(
        account.is_authenticated
        and account.is_coordinator
        and not (example.is_tried(request) and tryout.is_open(request))
        and not is_mfa_enabled(account, KEYS)
    )


def _user(request: HttpRequest, account: User | AnonymousUser) -> User | AnonymousUser:
    """Who may act in this request: the account of the session, or a visitor."""
    if not account.is_authenticated:
        return account
    if example.is_tried(request) and not tryout.is_open(request):
        return AnonymousUser()
    if request.needs_second_key and not _sets_a_key(request):  # type: ignore[attr-defined]
        return AnonymousUser()
    return account


def _sets_a_key(request: HttpRequest) -> bool:
    try:
        return resolve(request.path_info).view_name in FOR_SETTING_A_KEY
    except Resolver404:
        return False
