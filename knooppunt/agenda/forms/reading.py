"""The forms with which calendars and lists from elsewhere are read in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knooppunt.directory.models import Organisation, Place

MOST_BYTES = 20 * 1024 * 1024
LAST_HEADER_ROW = 1000


class _Belongs(forms.Form):
    """For whom, and where, when the calendar itself does not say so."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("Van wie is dit?"), required=False
    )
    place = forms.ModelChoiceField(
        Place.objects.none(), label=gettext_lazy("Op welke plek?"), required=False
    )

    def __init__(self, *args: Any, organisations: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
        self.fields["place"].queryset = places  # type: ignore[attr-defined]


class FeedForm(_Belongs):
    """The address of a calendar elsewhere."""

    url = forms.CharField(
        label=gettext_lazy("Adres van de kalender"),
        max_length=500,
        help_text=gettext_lazy("Begint met https:// of webcal:// en eindigt vaak op .ics"),
    )
    field_order = ["url", "organisation", "place"]

    def clean_url(self) -> str:
        """The address; only https, which is also what webcal stands for."""
        url = self.cleaned_data["url"].strip()
        if url.startswith("webcal://"):
            url = "https://" + url.removeprefix("webcal://")
        if not url.startswith("https://") or " " in url:
            raise forms.ValidationError(_("Het adres moet met https:// beginnen."))
        return str(url)


class UploadForm(_Belongs):
    """A calendar file or a list."""

    file = forms.FileField(
        label=gettext_lazy("Bestand"),
        help_text=gettext_lazy("Een kalender (.ics) of een lijst (.csv of .xlsx), hooguit 20 MB."),
    )
    sheet = forms.CharField(
        label=gettext_lazy("Blad"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("Alleen bij een lijst. Leeg: elk blad met dezelfde kolommen."),
    )
    header_row = forms.IntegerField(
        label=gettext_lazy("Op welke regel staan de namen van de kolommen?"),
        min_value=1,
        max_value=LAST_HEADER_ROW,
        required=False,
        help_text=gettext_lazy("Alleen bij een lijst. Leeg: we zoeken die regel zelf."),
    )
    is_dry_run = forms.BooleanField(
        label=gettext_lazy("Probeer alleen; verander niets"), required=False, initial=True
    )
    field_order = ["file", "organisation", "place", "sheet", "header_row", "is_dry_run"]

    def clean_file(self) -> Any:
        """A file that is not too large."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("Het bestand is groter dan 20 MB."))
        return file
