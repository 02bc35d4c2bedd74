"""The forms for people without an account: say what is wrong, and confirm or correct with a
signed link.
"""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from knooppunt.core.web.forms import PublicForm
from knooppunt.directory.forms.records import AddressField, PostcodeField


class ProblemForm(PublicForm):
    """What is not right on this page."""

    text = forms.CharField(
        label=gettext_lazy("Wat klopt er niet?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    says_stopped = forms.BooleanField(
        label=gettext_lazy("Dit is gestopt of bestaat niet meer"), required=False
    )
    reply_address = forms.CharField(
        label=gettext_lazy("Hoe kunnen we je bereiken? (hoeft niet)"),
        max_length=200,
        required=False,
        help_text=gettext_lazy(
            "Telefoon of e-mail. We wissen dit zodra je melding is afgehandeld."
        ),
    )
    limit_name = "problem"


class CorrectionForm(forms.Form):
    """The facts that a host corrects in place with a signed link."""

    name = forms.CharField(label=gettext_lazy("Naam"), max_length=200)
    description = forms.CharField(
        label=gettext_lazy("Wat is er te doen?"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    website = AddressField(label=gettext_lazy("Website"), max_length=500, required=False)


class PlaceCorrectionForm(forms.Form):
    """The facts of a place that a host corrects in place."""

    street = forms.CharField(label=gettext_lazy("Straat en nummer"), required=False, max_length=200)
    postcode = PostcodeField(label=gettext_lazy("Postcode"), required=False, max_length=12)
    city = forms.CharField(label=gettext_lazy("Plaats"), required=False, max_length=100)
