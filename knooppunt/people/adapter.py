"""How the account library behaves here: nobody makes an account herself, and its mail goes
through the queue.
"""

from __future__ import annotations

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context as allauth
from django.contrib.sites.shortcuts import get_current_site
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from knooppunt.core.mail import outbox
from knooppunt.people.models import User


class Adapter(DefaultAccountAdapter):
    """Accounts are made by a coordinator or weaver, never by a stranger."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account herself."""
        return False

    def is_reauthentication_required(self, *, app: str, **_words: Any) -> bool:
        """Somebody who logged in a moment ago, and now set her key, is not asked who she is
        once more.
        """
        steps = get_authentication_records(allauth.request, allauth.request.user)
        is_recent = steps and time.time() - steps[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT
        return not is_recent and super().is_reauthentication_required(app=app)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue a mail of the account library, before all others; codes are mailed by our own
        task.
        """
        site = get_current_site(allauth.request)
        about = {"request": allauth.request, "email": email, "current_site": site}
        message = self.render_mail(template_prefix, email, {**about, **context})
        outbox.enqueue_text(
            email,
            str(message.subject),
            str(message.body),
            kind="account",
            about=context.get("user"),
            is_urgent=True,
        )

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """A passkey of a closed account leads back to the log-in page, which tells nothing."""
        return redirect("account_login")
