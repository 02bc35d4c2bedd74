"""The forms about mandates and delegates."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knooppunt.core.web.forms import AskedForm, RecordForm
from knooppunt.decisions.models import Decision, Delegate, Hat, Mandate, Matter
from knooppunt.directory.models import Organisation


class MatterForm(RecordForm):
    """What somebody may speak about."""

    class Meta:
        model = Matter
        fields = ["name", "text"]


class DelegateForm(AskedForm):
    """Somebody who speaks for others."""

    name = forms.CharField(label=gettext_lazy("Naam, zoals die genoemd mag worden"), max_length=100)
    email = forms.EmailField(
        label=gettext_lazy("E-mailadres"),
        required=False,
        help_text=gettext_lazy("Dan kan zij inloggen en herinneren we haar aan inspreken."),
    )
    is_agreed = forms.BooleanField(label=gettext_lazy("Zij vindt goed dat haar naam hier staat"))


class NameForm(AskedForm):
    """Another name, or the same without a person in it."""

    name = forms.CharField(
        label=gettext_lazy("Naam, zoals die genoemd mag worden"),
        max_length=100,
        help_text=gettext_lazy(
            "Wil zij niet meer genoemd worden? Schrijf dan een taak, zoals ‘onze delegatie’."
        ),
    )


class HatForm(RecordForm):
    """What else a delegate is."""

    class Meta:
        model = Hat
        fields = ["text", "body", "since", "until"]
        help_texts = {
            "text": gettext_lazy("Zoals: lid van de wijkraad, bestuurslid van een stichting.")
        }


class MandateForm(RecordForm):
    """Which organisations let somebody speak for them."""

    organisations = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("In naam van"),
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = [
        "matter",
        "delegate",
        "organisations",
        "given",
        "decision",
        "source",
        "since",
        "until",
    ]

    class Meta:
        model = Mandate
        fields = ["matter", "delegate", "given", "decision", "source", "since", "until"]

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisations"].queryset = organisations  # type: ignore[attr-defined]
        self.fields["since"].initial = timezone.localdate()
        self.fields["since"].required = True
        self.fields["decision"].queryset = Decision.objects.public()  # type: ignore[attr-defined]
        delegate: Any = self.fields["delegate"]
        delegate.queryset = Delegate.objects.all()


class MandateChangeForm(RecordForm):
    """The days of a mandate, and where it stands."""

    class Meta:
        model = Mandate
        fields = ["given", "decision", "source", "since", "until", "withdrawn_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].required = True


class WithdrawForm(AskedForm):
    """From which day it holds no more."""

    on = forms.DateField(label=gettext_lazy("Vanaf welke dag geldt het niet meer?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate()

    def clean_on(self) -> Any:
        """Not a day that is still to come."""
        on = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError(_("Kies vandaag of een dag die voorbij is."))
        return on
