"""The forms around accounts: an address, a code from the mail, and the code of the second key
with its limit.
"""

from __future__ import annotations

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knooppunt.core.web import rate_limits
from knooppunt.people.addresses import normalised

KEY_TRIES, KEY_MINUTES = 3, 5


class AddressForm(forms.Form):
    """The mail address of whoever wants to log in, or the new one of an account."""

    email = forms.EmailField(
        label=gettext_lazy("E-mailadres"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean_email(self) -> str:
        """The address as it is kept."""
        return normalised(self.cleaned_data["email"])


class CodeForm(forms.Form):
    """The six digits from the mail, with or without a hyphen."""

    code = forms.CharField(
        label=gettext_lazy("Code uit je mail"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class KeyTries(forms.Form):
    """Lets few tries at a second key be judged: the database counts them before the code is
    looked at.
    """

    user: Any

    def clean_code(self) -> str:
        """The code, when it is right and not too many were tried. Raises ValidationError."""
        whom = str(self.user.pk)
        if rate_limits.number_of(whom, "second_key", KEY_MINUTES) > KEY_TRIES:
            raise forms.ValidationError(
                _("Dit ging drie keer mis. Wacht vijf minuten en probeer het dan nog eens.")
            )
        code: str = super().clean_code()  # type: ignore[misc]
        rate_limits.clear(whom, "second_key", KEY_MINUTES)
        return code


class SecondKeyForm(KeyTries, AuthenticateForm):
    """The code of the second key at log-in."""


class SecondKeyAgainForm(KeyTries, ReauthenticateForm):
    """The code of the second key before something about the account itself is changed."""
