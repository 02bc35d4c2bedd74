"""How log-in works here: by code, only for people who were invited, with a second factor where it is required."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth
from django.conf import settings
from django.contrib.sites.shortcuts import get_current_site
from django.http import HttpRequest

from knooppunt.core import mail


class Adapter(DefaultAccountAdapter):
    """Accounts are made by a coordinator or weaver, never by a stranger."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account herself."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue a mail of the account library, before all others; a code that came too late is not sent."""
        site = get_current_site(allauth.request)
        about = {"request": allauth.request, "email": email, "current_site": site}
        message = self.render_mail(template_prefix, email, {**about, **context})
        code_is_valid = timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)
        mail.enqueue_text(
            email, str(message.subject), str(message.body), kind="account", about=context.get("user"), is_urgent=True,
            valid_for=code_is_valid if "code" in context else None,
        )  # fmt: skip
