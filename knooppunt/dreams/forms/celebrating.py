"""The forms of celebrating: how it was, and a photo with leave."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knooppunt.core.web.forms import AskedForm, RecordForm
from knooppunt.directory.pictures import LARGEST_FILE
from knooppunt.dreams.models.plans import Plan


class CelebrationForm(RecordForm):
    """How it was: the day, how many came, three sentences, and what was learned."""

    may_tell = forms.BooleanField(
        label=gettext_lazy("Dit verhaal mag ook in het Halfjaarbericht"),
        required=False,
        help_text=gettext_lazy("Een redacteur leest het eerst."),
    )
    today = ("celebrated_on",)
    field_order = ["celebrated_on", "came", "story", "may_tell", "went_well", "went_badly"]

    class Meta:
        model = Plan
        fields = ["celebrated_on", "came", "story", "went_well", "went_badly"]
        labels = {
            "celebrated_on": gettext_lazy("Wanneer vierden jullie het?"),
            "came": gettext_lazy("Hoeveel mensen kwamen er?"),
            "story": gettext_lazy("Hoe was het, in drie zinnen?"),
            "went_well": gettext_lazy("Wat ging goed?"),
            "went_badly": gettext_lazy("Wat zouden jullie anders doen?"),
        }
        help_texts = {
            "came": gettext_lazy("Alleen het aantal. Schatten mag."),
            "story": gettext_lazy("Geen achternamen. Wie ja zei, staat er met een bedankje bij."),
            "went_badly": gettext_lazy("Wie later zoiets begint, kan dit lezen. Geen namen."),
        }

    def __init__(self, *args: Any, has_report: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["story"].required = True
        self.fields["came"] = forms.IntegerField(
            label=self.fields["came"].label,
            help_text=self.fields["came"].help_text,
            min_value=0,
            max_value=1_000_000,
            required=False,
        )
        if not has_report or self.instance.told_story_id:
            del self.fields["may_tell"]

    def values(self) -> dict[str, Any]:
        """What was said, for the action."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class PlanPhotoForm(AskedForm):
    """A photo of the party, with leave of everybody on it."""

    photo = forms.FileField(
        label=gettext_lazy("Foto (JPEG, PNG of WebP)"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    alt = forms.CharField(label=gettext_lazy("Wat staat er op de foto?"), max_length=200)
    has_agreed = forms.BooleanField(
        label=gettext_lazy("Iedereen die erop staat zei ja, en van kinderen hun ouders")
    )

    def clean_photo(self) -> Any:
        """A file that is not too large to look at."""
        photo = self.cleaned_data["photo"]
        if photo.size > LARGEST_FILE:
            raise forms.ValidationError(_("Deze foto is groter dan 15 MB. Kies een kleinere."))
        return photo
