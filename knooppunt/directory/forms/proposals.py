"""The forms around a proposal for the register: what a visitor fills in, and what a keeper
decides.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy

from knooppunt.core.web.forms import AskedForm, PublicForm, tidied
from knooppunt.directory.forms.adding import ContactField
from knooppunt.directory.forms.areas import AreaField
from knooppunt.directory.forms.picking import PickField
from knooppunt.directory.models import Area, Kind, RecordProposal


class RecordProposalForm(PublicForm):
    """What a visitor knows of an organisation or place that is not there yet."""

    name = forms.CharField(label=gettext_lazy("Naam"), max_length=200)
    kind = forms.ModelChoiceField(
        Kind.objects.none(),
        label=gettext_lazy("Soort"),
        required=False,
        empty_label=gettext_lazy("weet ik niet"),
    )
    area = AreaField(
        Area.objects.none(),
        label=gettext_lazy("Wijk"),
        required=False,
        empty_label=gettext_lazy("weet ik niet"),
    )
    street = forms.CharField(label=gettext_lazy("Straat en nummer"), required=False, max_length=200)
    contact = ContactField(label=gettext_lazy("Telefoon, e-mail of website"), required=False)
    text = forms.CharField(
        label=gettext_lazy("Wat doen ze daar, en voor wie?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    reply_email = forms.EmailField(
        label=gettext_lazy("Je eigen e-mailadres"),
        required=False,
        help_text=gettext_lazy(
            "Dan laten we één keer weten wat ermee gebeurt. Daarna wissen we het."
        ),
    )
    field_order = ["name", "kind", "area", "street", "contact", "text", "reply_email"]
    limit_name = "record_proposal"

    def __init__(self, *args: Any, what: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.what = what
        role = "initiative" if what == RecordProposal.What.PLACE else what
        self._offer("kind", Kind.objects.filter(is_used=True, role=role))
        self._offer("area", Area.objects.defer("outline").order_by("name"))
        if what != RecordProposal.What.PLACE:
            del self.fields["street"]

    def _offer(self, name: str, rows: Any) -> None:
        """Let a choice be made from these rows; where there are none, the question is left out."""
        field: Any = self.fields[name]
        field.queryset = rows
        if not rows.exists():
            del self.fields[name]

    def clean_name(self) -> str:
        """The name without markup and invisible signs."""
        return tidied(self.cleaned_data["name"], required=True)

    def clean_street(self) -> str:
        """The street without markup and invisible signs."""
        return tidied(self.cleaned_data["street"])

    def clean_text(self) -> str:
        """The words without markup and invisible signs."""
        return tidied(self.cleaned_data["text"])

    def values(self) -> dict[str, Any]:
        """The values of the proposal, as the action takes them."""
        names = ("name", "kind", "area", "street", "text", "reply_email")
        values = {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
        _kind, contact = self.cleaned_data.get("contact") or ("", "")
        return values | {"what": self.what, "contact": contact, "language": get_language() or "nl"}


class RefuseForm(AskedForm):
    """Why a proposal is not taken over."""

    reason = forms.CharField(
        label=gettext_lazy("Waarom niet?"),
        max_length=500,
        widget=forms.Textarea,
        help_text=gettext_lazy("Wie het voorstelde, leest dit in de mail."),
    )


class MergeProposalForm(forms.Form):
    """The record to which a proposal is added."""

    record = PickField(
        label=gettext_lazy("Hoort bij"), help_text=gettext_lazy("Typ een deel van de naam.")
    )

    def __init__(self, *args: Any, rows: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["record"]
        field.set_rows(rows)
