"""Logging in with a code from the mail, with the same page, work and time for known and unknown
addresses; and logging out.
"""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.account.views import logout
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from knooppunt.core.web import rate_limits
from knooppunt.core.web.query_params import query_params
from knooppunt.people import codes, tasks
from knooppunt.people.forms import AddressForm, CodeForm
from knooppunt.people.middleware import needs_second_key

PENDING = "log_in"
BY_VISITOR, BY_ADDRESS = 60, 10


@query_params("next")
@never_cache
def log_in(request: HttpRequest) -> HttpResponse:
    """Ask for an address and promise a code; who is in already goes on."""
    if request.user.is_authenticated:
        return redirect(_next(request) or settings.LOGIN_REDIRECT_URL)
    if needs_second_key(request):
        return redirect("people:second_factor")
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and not _too_often(request, form):
        address = form.cleaned_data["email"]
        code = codes.create(codes.Purpose.LOG_IN, address)
        tasks.send_code.enqueue(code.pk, get_language())
        request.session[PENDING] = {
            "handle": code.handle,
            "address": address,
            "next": _next(request),
        }
        return redirect("account_confirm_login_code")
    context = {"form": form, "next": _next(request), "has_passkeys": True}
    return render(request, "account/login.html", context, status=400 if form.errors else 200)


@never_cache
def confirm(request: HttpRequest) -> HttpResponse:
    """Take the code from the mail; after three wrong ones only a new code helps."""
    pending: dict[str, Any] | None = request.session.get(PENDING)
    if request.user.is_authenticated or not pending:
        return redirect("account_login")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = codes.judge(codes.Purpose.LOG_IN, pending["handle"], form.cleaned_data["code"])
        if code and code.user and code.user.is_active:
            del request.session[PENDING]
            user, address = code.user, code.address
            record_authentication(request, user, method="code", email=address)
            return perform_login(
                request, Login(user=user, redirect_url=pending["next"] or None, email=address)
            )
        form.add_error("code", _("Deze code klopt niet, of geldt niet meer."))
    context = {
        "form": form,
        "address": pending["address"],
        "may_try": codes.may_try(pending["handle"]),
    }
    return render(request, "account/confirm_login_code.html", context)


def log_out(request: HttpRequest) -> HttpResponse:
    """Ask whether she wants to log out, and do it; her browser forgets what it kept of the site."""
    response: HttpResponse = logout(request)
    if request.method == "POST":
        response.headers["Clear-Site-Data"] = '"storage"'
    return response


def _too_often(request: HttpRequest, form: AddressForm) -> bool:
    """Say above the form that too many codes were asked for from here or for this address in
    this hour.
    """
    from_here = rate_limits.number_from(request, "log_in") > BY_VISITOR
    for_address = rate_limits.number_of(form.cleaned_data["email"], "log_in_code") > BY_ADDRESS
    if from_here or for_address:
        form.add_error(
            None, _("Er zijn veel codes gevraagd in het afgelopen uur. Probeer het straks weer.")
        )
    return from_here or for_address


def _next(request: HttpRequest) -> str:
    """Where she wanted to go on this site; empty for anything else."""
    wanted = request.POST.get("next", request.GET.get("next", ""))
    is_here = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_here else ""
