"""The forms about what a plan lacks and when it takes place."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knooppunt.core.web.forms import AskedForm
from knooppunt.directory.models import Organisation, Place
from knooppunt.dreams.models.plans import Plan
from knooppunt.help.models import Notice


class NeedForm(AskedForm):
    """What a plan lacks, and which organisation asks for it."""

    title = forms.CharField(
        label=gettext_lazy("Wat hebben jullie nodig?"),
        max_length=120,
        help_text=gettext_lazy("Kort: ‘drie grote pannen’."),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Wat voor iets is het?"), choices=Notice.Kind.choices
    )
    text = forms.CharField(
        label=gettext_lazy("Vertel er iets over"),
        max_length=2000,
        required=False,
        widget=forms.Textarea,
    )
    until = forms.DateField(label=gettext_lazy("Voor welke dag?"), required=False)
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("Wie vraagt het?")
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agreed = plan.partners.agreed().values("organisation")
        organisation: Any = self.fields["organisation"]
        organisation.queryset = Organisation.objects.filter(pk__in=agreed).order_by("name_key")
        organisation.initial = organisation.queryset.first()

    def clean_until(self) -> Any:
        """The last day; not one that is past."""
        until = self.cleaned_data["until"]
        if until and until < timezone.localdate():
            raise forms.ValidationError(_("Deze dag is al voorbij."))
        return until

    def values(self) -> dict[str, Any]:
        """What was said, for the action."""
        return {name: self.cleaned_data[name] for name in ("title", "kind", "text", "until")}


class DateForm(AskedForm):
    """When and where something of a plan takes place."""

    name = forms.CharField(label=gettext_lazy("Wat is er dan?"), max_length=200)
    starts_on = forms.DateField(label=gettext_lazy("Welke dag?"))
    starts_at = forms.TimeField(
        label=gettext_lazy("Hoe laat begint het?"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    ends_at = forms.TimeField(
        label=gettext_lazy("Tot hoe laat?"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    place = forms.ModelChoiceField(
        Place.objects.none(),
        label=gettext_lazy("Bij welke plek?"),
        required=False,
        help_text=gettext_lazy("De plek krijgt de vraag of het mag."),
    )
    location = forms.CharField(
        label=gettext_lazy("Of waar, in woorden?"), max_length=200, required=False
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "name": plan.title,
            "place": plan.public_place,
            "location": plan.location,
        }
        super().__init__(*args, **kwargs)
        place: Any = self.fields["place"]
        place.queryset = Place.objects.visible_on(timezone.localdate()).only("pk", "name")

    def clean(self) -> dict[str, Any]:
        """It ends after it begins, maybe after midnight, and is somewhere."""
        said = super().clean()
        begin, end = said.get("starts_at"), said.get("ends_at")
        if begin and end:
            minutes = (end.hour - begin.hour) * 60 + end.minute - begin.minute
            said["minutes"] = minutes if minutes > 0 else minutes + 24 * 60
        if not said.get("place") and not said.get("location"):
            self.add_error("place", _("Kies een plek, of schrijf op waar het is."))
        return said


class RefusalForm(AskedForm):
    """Why something of a plan cannot be at a place."""

    reason = forms.CharField(
        label=gettext_lazy("Waarom kan het niet?"),
        max_length=300,
        help_text=gettext_lazy("Dit lezen de mensen van het plan. Weet je een andere dag of plek?"),
    )
