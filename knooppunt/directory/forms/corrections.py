"""The form with which something is marked as a mistake."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from knooppunt.core.web.forms import AskedForm


class MistakeForm(AskedForm):
    """What was wrong with it."""

    reason = forms.CharField(
        label=gettext_lazy("Wat klopte er niet?"),
        max_length=300,
        help_text=gettext_lazy("Dit zien alleen mensen die deze pagina mogen wijzigen."),
    )
