"""One's own account: what is known of it, and changing its address with a code that goes to the
new one.
"""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from knooppunt.core.audit.trail import Actor
from knooppunt.core.web import rate_limits
from knooppunt.people import actions, codes, tasks
from knooppunt.people.forms import AddressForm, CodeForm

PENDING = "new_address"
BY_ACCOUNT = 10


@login_required
def second_factor(request: HttpRequest) -> HttpResponse:
    """Explain why a coordinator needs a second factor, and lead to it."""
    return render(request, "people/second_factor.html")


@login_required
def account(request: HttpRequest) -> HttpResponse:
    """The address and name of one's own account, with what can be changed."""
    return render(request, "people/account.html")


@login_required
@reauthentication_required(app="allauth.mfa")
def change_address(request: HttpRequest) -> HttpResponse:
    """Ask for the new address and send a code to it; nothing changes yet."""
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if rate_limits.number_of(str(request.user.pk), PENDING) > BY_ACCOUNT:
            form.add_error(
                None,
                _("Er zijn veel codes gevraagd in het afgelopen uur. Probeer het straks weer."),
            )
        else:
            address = form.cleaned_data["email"]
            user: Any = request.user
            code = codes.create(codes.Purpose.NEW_ADDRESS, address, user)
            tasks.send_code.enqueue(code.pk, get_language())
            request.session[PENDING] = {"handle": code.handle, "address": address}
            return redirect("people:confirm_address")
    return render(
        request, "people/change_address.html", {"form": form}, status=400 if form.errors else 200
    )


@login_required
def confirm_address(request: HttpRequest) -> HttpResponse:
    """Take the code that went to the new address, and change the address when it is right."""
    pending = request.session.get(PENDING)
    if not pending:
        return redirect("people:change_address")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user: Any = request.user
            old = actions.change_address(
                Actor(user), user, pending["handle"], form.cleaned_data["code"]
            )
        except ValidationError as problem:
            form.add_error("code", problem)
        else:
            del request.session[PENDING]
            tasks.tell_old_address.enqueue(old, get_language())
            messages.success(request, _("Bewaard. Voortaan log je in met je nieuwe adres."))
            return redirect("people:account")
    context = {
        "form": form,
        "address": pending["address"],
        "may_try": codes.may_try(pending["handle"]),
    }
    return render(
        request, "people/confirm_address.html", context, status=400 if form.errors else 200
    )
