"""People with an account: an address to log in with, a name, and whether they coordinate."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    """Makes accounts; nobody has a password unless she sets one."""

    def create_user(self, email: str, **fields: Any) -> User:
        """A new account for a mail address."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_unusable_password()
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """The account with an address, whatever its capitals."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """Somebody who keeps part of the register; reading needs no account."""

    email = models.EmailField(_("e-mailadres"), unique=True)
    name = models.CharField(_("naam"), max_length=100, blank=True)
    is_active = models.BooleanField(_("mag inloggen"), default=True)
    is_coordinator = models.BooleanField(_("coördinator"), default=False)
    is_example = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        ordering = ["email"]
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    def __str__(self) -> str:
        return self.name or self.email


class OneTimeCode(models.Model):
    """A code that goes by mail: what it opens, to which address, how often it was tried, and until
    when it holds.

    ``handle`` stands in the session of the browser that asked; the code itself is kept only as a
    keyed hash.
    """

    TRIES = 3

    class Purpose(models.TextChoices):
        LOG_IN = "log_in", _("inloggen")
        NEW_ADDRESS = "new_address", _("een nieuw adres")

    handle = models.CharField(max_length=43, unique=True)
    purpose = models.CharField(max_length=12, choices=Purpose)
    address = models.EmailField()
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    code_hash = models.CharField(max_length=64, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(tries__lte=3), name="code_tried_three_times")
        ]

    def __str__(self) -> str:
        return self.purpose
