"""The forms of signals: one for everybody without account, one for who writes down what
somebody else said.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knooppunt.core.web.forms import AskedForm, PublicForm, RecordForm, tidied
from knooppunt.directory.models import Area, Organisation, Place
from knooppunt.voice.forms.points import choose_from, figure_choices, wijken
from knooppunt.voice.models import Point, Signal


def check_reply(form: forms.BaseForm, got: dict[str, Any]) -> None:
    """Say beside the field what is missing to answer as was asked."""
    if (
        got.get("reply_via") == Signal.ReplyVia.EMAIL
        and not got.get("reply_email")
        and "reply_email" not in form.errors
    ):
        form.add_error("reply_email", _("Naar welk adres mogen we mailen?"))
    if got.get("reply_via") == Signal.ReplyVia.PAPER and not got.get("reply_place"):
        form.add_error("reply_place", _("Bij welke plek kun je het briefje ophalen?"))


class SignalForm(PublicForm):
    """What a resident wants to say; a name is never asked."""

    text = forms.CharField(
        label=gettext_lazy("Wat wil je zeggen?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy(
            "Wat gaat er goed, wat kan beter, wat mis je? Foutjes zijn niet erg. Noem liever "
            "geen namen."
        ),
    )
    area = forms.ModelChoiceField(
        Area.objects.none(),
        label=gettext_lazy("In welke wijk?"),
        required=False,
        empty_label=gettext_lazy("weet ik niet"),
    )
    reply_via = forms.ChoiceField(
        label=gettext_lazy("Wil je horen wat ermee gebeurt?"),
        choices=Signal.ReplyVia.choices,
        widget=forms.RadioSelect,
        initial="none",
    )
    reply_email = forms.EmailField(
        label=gettext_lazy("E-mailadres"),
        required=False,
        help_text=gettext_lazy("Alleen als je een mail wilt. We wissen het als het klaar is."),
    )
    reply_place = forms.ModelChoiceField(
        Place.objects.none(),
        label=gettext_lazy("Bij welke plek haal je het briefje op?"),
        required=False,
        help_text=gettext_lazy("Alleen als je het op papier wilt."),
        empty_label=gettext_lazy("geen"),
    )
    field_order = ["text", "area", "reply_via", "reply_email", "reply_place"]
    limit_name = "signal"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = wijken()  # type: ignore[attr-defined]
        places = Place.objects.visible_on(timezone.localdate())
        self.fields["reply_place"].queryset = places.only("pk", "name")  # type: ignore[attr-defined]

    def clean_text(self) -> str:
        """The words without markup; some must be left."""
        return tidied(self.cleaned_data["text"], required=True)

    def clean(self) -> dict[str, Any]:
        """What is needed to answer must be there."""
        got = super().clean()
        check_reply(self, got)
        return got


class SignalChangeForm(RecordForm):
    """Corrects when, how and from where a signal came; its words are those of its sender."""

    class Meta:
        model = Signal
        fields = ["channel", "area", "organisation", "received_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = wijken()  # type: ignore[attr-defined]
        choose_from(self, organisation=Organisation.objects.public())


class HeardForm(RecordForm):
    """What somebody heard, at the door, on the phone or on paper."""

    class Meta:
        model = Signal
        fields = [
            "text",
            "channel",
            "area",
            "organisation",
            "received_on",
            "reply_via",
            "reply_email",
            "reply_place",
        ]
        widgets = {"reply_via": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        channels = [
            (key, name) for key, name in Signal.Channel.choices if key not in ("web", "figures")
        ]
        self.fields["channel"] = forms.ChoiceField(
            label=self.fields["channel"].label, choices=channels, initial="talk"
        )
        self.fields["area"].queryset = wijken()  # type: ignore[attr-defined]
        self.fields["organisation"].queryset = (  # type: ignore[attr-defined]
            Organisation.objects.visible_on(timezone.localdate())
            .only("pk", "name")
            .order_by("name_key")
        )
        places = Place.objects.visible_on(timezone.localdate())
        self.fields["reply_place"].queryset = places.only("pk", "name")  # type: ignore[attr-defined]
        self.fields["received_on"].initial = timezone.localdate

    def clean(self) -> dict[str, Any]:
        """What is needed to answer must be there."""
        got = super().clean()
        check_reply(self, got)
        return got


class CountedForm(AskedForm):
    """A number of this site in which somebody sees something."""

    figure = forms.ChoiceField(label=gettext_lazy("Welk cijfer?"))
    on = forms.DateField(label=gettext_lazy("Peildatum"))
    area = forms.ModelChoiceField(Area.objects.none(), label=gettext_lazy("Wijk"), required=False)
    text = forms.CharField(
        label=gettext_lazy("Wat valt je op?"), max_length=1500, widget=forms.Textarea
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["figure"].choices = figure_choices()  # type: ignore[attr-defined]
        self.fields["area"].queryset = wijken()  # type: ignore[attr-defined]
        self.fields["on"].initial = timezone.localdate


class SortForm(AskedForm):
    """Which point a signal belongs to, or why it is laid aside."""

    point = forms.ModelChoiceField(
        Point.objects.none(), label=gettext_lazy("Bij welk punt hoort dit?"), required=False
    )
    aside_reason = forms.CharField(
        label=gettext_lazy("Of: waarom leggen we het opzij?"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("De afzender kan dit lezen."),
    )

    def __init__(self, *args: Any, points: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["point"].queryset = points  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        got = super().clean()
        if bool(got.get("point")) == bool(got.get("aside_reason")):
            raise forms.ValidationError(_("Kies een punt, of schrijf op waarom het opzij gaat."))
        return got
