"""The form in which a need or offer is written down: three questions, and the rest when one
likes.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knooppunt.core.web.forms import PublicForm, check_period
from knooppunt.directory.models import Area, Organisation, Place
from knooppunt.help.models import Introduction, Notice
from knooppunt.kit.text import clean, without_markup


class NoticeForm(forms.ModelForm):
    """What an organisation needs or can spare."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=gettext_lazy("Wie?"))
    days = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Op welke dagen?"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Laat leeg als het niet uitmaakt."),
    )
    field_order = [
        "organisation",
        "side",
        "kind",
        "title",
        "text",
        "days",
        "since",
        "until",
        "place",
        "area",
    ]

    class Meta:
        model = Notice
        fields = ["side", "kind", "title", "text", "since", "until", "place", "area"]
        widgets = {
            "side": forms.RadioSelect,
            "text": forms.Textarea(attrs={"rows": 4}),
            "since": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {
            "title": gettext_lazy("Kort: ‘een keuken voor twintig mensen’."),
            "since": gettext_lazy("Vanaf wanneer heb je het nodig, of is het er?"),
            "place": gettext_lazy("Laat leeg voor de eigen plek."),
            "until": gettext_lazy("Daarna verdwijnt het vanzelf."),
        }

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
        self.fields["days"].choices = list(WEEKDAYS.items())  # type: ignore[attr-defined]
        places = Place.objects.visible_on(timezone.localdate())
        self.fields["place"].queryset = places.only("pk", "name")  # type: ignore[attr-defined]
        self.fields["area"].queryset = Area.objects.doors().defer("outline")  # type: ignore[attr-defined]
        side: Any = self.fields["side"]
        side.choices = [
            (Notice.Side.NEED, _("We zoeken iets")),
            (Notice.Side.OFFER, _("We hebben iets over")),
        ]
        if self.instance.pk:
            self.initial["days"] = self.instance.days
            del self.fields["organisation"]

    def clean_title(self) -> str:
        """The title without markup and invisible signs; something must be left."""
        title = clean(without_markup(self.cleaned_data["title"]))
        if not any(sign.isalnum() for sign in title):
            raise forms.ValidationError(_("Schrijf in een paar woorden wat het is."))
        return title

    def clean_until(self) -> Any:
        """The last day; for something new not one that is past."""
        until = self.cleaned_data["until"]
        if (
            until
            and until < timezone.localdate()
            and (not self.instance.pk or until != self.instance.until)
        ):
            raise forms.ValidationError(_("Deze dag is al voorbij."))
        return until

    def clean_text(self) -> str:
        """The text without markup and invisible signs."""
        return clean(without_markup(self.cleaned_data["text"]))

    def clean(self) -> dict[str, Any]:
        """Refuse a period that runs backwards, beside the field."""
        got = super().clean() or {}
        check_period(self, got)
        return got

    def _post_clean(self) -> None:
        """The action fills the record; here only the fields are cleaned."""

    def values(self) -> dict[str, Any]:
        """What was said, for the action."""
        return {name: value for name, value in self.cleaned_data.items() if name != "organisation"}


class OutcomeForm(forms.Form):
    """Whether it really worked out."""

    outcome = forms.ChoiceField(
        label=gettext_lazy("Is het echt gelukt?"),
        choices=Introduction.Outcome.choices,
        widget=forms.RadioSelect,
    )
    is_met = forms.BooleanField(
        label=gettext_lazy("De vraag is hiermee klaar"), required=False, initial=True
    )


class ResponseForm(PublicForm):
    """What somebody says to a need or offer, and how to reach her."""

    text = forms.CharField(
        label=gettext_lazy("Wat wil je zeggen?"),
        max_length=1900,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    reply_address = forms.CharField(
        label=gettext_lazy("Hoe kunnen we je bereiken?"),
        max_length=200,
        help_text=gettext_lazy("Telefoon of e-mail. We wissen dit zodra je antwoord hebt."),
    )
    limit_name = "problem"
