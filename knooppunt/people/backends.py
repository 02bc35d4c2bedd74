"""Remembers who is logged in, and lets nobody in by a password: no account has one."""

from __future__ import annotations

from django.contrib.auth.backends import BaseBackend

from knooppunt.people.models import User


class SessionBackend(BaseBackend):
    """Finds the account of a session; codes and passkeys are judged elsewhere."""

    def get_user(self, user_id: int) -> User | None:
        """The account, while it may log in."""
        return User.objects.filter(pk=user_id, is_active=True).first()
