"""The form behind the link of a plan: what somebody brings, without an account."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knooppunt.core.web.forms import PublicForm, tidied
from knooppunt.dreams.models.plan_work import PlanItem


class BringForm(PublicForm):
    """What somebody brings, how many of it, and her first name if she likes.

    ``items`` are all lines of the list, so that who chose one that others took meanwhile reads so.
    """

    item = forms.ModelChoiceField(
        PlanItem.objects.none(),
        label=gettext_lazy("Wat breng je mee?"),
        widget=forms.RadioSelect,
        empty_label=None,
    )
    number = forms.IntegerField(
        label=gettext_lazy("Hoeveel?"), min_value=1, max_value=10_000, initial=1
    )
    first_name = forms.CharField(
        label=gettext_lazy("Je voornaam"),
        max_length=40,
        required=False,
        help_text=gettext_lazy("Leeg laten mag. Dan staat er: iemand."),
    )
    has_agreed = forms.BooleanField(
        label=gettext_lazy("Ja, mijn voornaam mag op de lijst staan"), required=False
    )
    form_key = forms.CharField(widget=forms.HiddenInput, max_length=40)
    # A whole street may sign up from the network of one living room.
    limit, limit_name = 60, "bring"

    def __init__(self, *args: Any, items: list[PlanItem], **kwargs: Any) -> None:
        kwargs.setdefault("initial", {})["form_key"] = secrets.token_hex(12)
        super().__init__(*args, **kwargs)
        item: Any = self.fields["item"]
        item.queryset = PlanItem.objects.filter(pk__in=[row.pk for row in items])
        item.choices = [
            (row.pk, _("%(text)s (nog %(number)s)") % {"text": row.text, "number": row.left})
            for row in items
            if row.left or self.is_bound
        ]

    def clean_first_name(self) -> str:
        """The first name without markup."""
        return tidied(self.cleaned_data["first_name"])

    def clean(self) -> dict[str, Any]:
        """A first name stands on the list only with a yes."""
        said = super().clean()
        if said.get("first_name") and not said.get("has_agreed"):
            self.add_error("has_agreed", _("Zet hier een vinkje, of laat je voornaam leeg."))
        return said
