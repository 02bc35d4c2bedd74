"""Says whose a mail address is, looking at every address that is known; an unproven claim makes
nobody the owner.
"""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from knooppunt.people.models import User


def normalised(email: str) -> str:
    """An address as it is kept: without spaces around it, in small letters.

    Raises ValidationError for what is none.
    """
    address = email.strip().lower()
    validate_email(address)
    if not email.isascii():
        # The rule for addresses lets letters through that only look like ASCII ones when capitals
        # are ignored.
        raise ValidationError(_("Vul een e-mailadres in van gewone letters, cijfers en tekens."))
    return address


def account_with(address: str) -> User | None:
    """The account that logs in with exactly this normalised address, or None."""
    return User.objects.filter(email=address).first()


def is_free(address: str) -> bool:
    """True when no account has this normalised address, and none claims it."""
    return not (
        User.objects.filter(email__iexact=address).exists()
        or EmailAddress.objects.filter(email__iexact=address).exists()
    )


def owner(address: str) -> User | None:
    """Whose this normalised address is, or None when nobody is known by it.

    Raises ValidationError when an account claims the address without ever having shown that it is
    hers.
    """
    user = account_with(address)
    claims = EmailAddress.objects.filter(email__iexact=address).select_related("user")
    for claim in claims:
        if claim.user != user or not claim.verified:
            raise _unclear(address, claim.user)
    alike = User.objects.filter(email__iexact=address).exclude(email=address).first()
    if alike:
        raise _unclear(address, alike)
    return user


def _unclear(address: str, user: User) -> ValidationError:
    return ValidationError(
        _(
            "Het is niet duidelijk van wie %(address)s is: het account “%(user)s” noemt dit adres "
            "ook. "
            "Wis eerst dat account, of gebruik een ander adres."
        )
        % {"address": address, "user": user}
    )
