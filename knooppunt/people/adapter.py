"""How log-in works here: by code, only for people who were invited, with a second factor where it is required."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):
    """Accounts are made by a coordinator or weaver, never by a stranger."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account herself."""
        return False
