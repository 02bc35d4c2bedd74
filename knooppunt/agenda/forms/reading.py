"""The forms with which calendars and lists from elsewhere are read in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knooppunt.agenda.rules import list_owners
from knooppunt.core.imports.upload_form import UploadForm
from knooppunt.directory.models import Organisation, Place
from knooppunt.directory.rules import (
    changeable_organisations,
    changeable_places,
    may_coordinate,
)


class BelongingFields(forms.Form):
    """For whom, and where, when a calendar or list itself does not say so."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("Van wie is dit?"),
        empty_label=gettext_lazy("dat staat er zelf in"),
        required=False,
    )
    place = forms.ModelChoiceField(
        Place.objects.none(),
        label=gettext_lazy("Op welke plek?"),
        empty_label=gettext_lazy("dat staat er zelf in"),
        required=False,
    )


class FeedForm(BelongingFields):
    """The address of a calendar elsewhere, for whom it is, and where."""

    url = forms.CharField(
        label=gettext_lazy("Adres van de kalender"),
        max_length=500,
        help_text=gettext_lazy("Begint met https:// of webcal:// en eindigt vaak op .ics"),
    )
    field_order = ["url", "organisation", "place"]

    def __init__(self, *args: Any, organisations: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
        self.fields["place"].queryset = places  # type: ignore[attr-defined]

    def clean_url(self) -> str:
        """The address; only https, which is also what webcal stands for."""
        url = self.cleaned_data["url"].strip()
        if url.startswith("webcal://"):
            url = "https://" + url.removeprefix("webcal://")
        if not url.startswith("https://") or " " in url:
            raise forms.ValidationError(_("Het adres moet met https:// beginnen."))
        return str(url)


class ActivitiesForm(BelongingFields, UploadForm):
    """A calendar file or a list, for whom it is, and where."""

    field_order = ["file", "organisation", "place", "source"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        today = timezone.localdate()
        organisations = changeable_organisations(self.user).visible_on(today)
        fields["organisation"].queryset = organisations
        fields["place"].queryset = changeable_places(self.user).visible_on(today)
        # Only a coordinator reads in what is of nobody in particular.
        fields["organisation"].required = not may_coordinate(self.user)
        problem = _("Kies van wie deze activiteiten zijn.")
        fields["organisation"].error_messages["required"] = problem
        if fields["organisation"].required:
            fields["organisation"].empty_label = _("kies er één")
            if organisations.count() == 1:
                fields["organisation"].initial = organisations.get()

    def clean(self) -> dict[str, Any]:
        """An earlier list of another organisation would be answered for by somebody else."""
        source = self.cleaned_data.get("source")
        is_known = "organisation" in self.cleaned_data
        if source and is_known and source.owner not in list_owners(self.owner):
            problem = _(
                "Die eerdere lijst is van een andere organisatie. Laat ons de lijst zelf herkennen,"
                " of kies die organisatie."
            )
            self.add_error("source", problem)
        return self.cleaned_data

    @property
    def owner(self) -> str:
        """The number of the organisation whose activities these are."""
        organisation = self.cleaned_data.get("organisation")
        return str(organisation.pk) if organisation else ""

    @property
    def options(self) -> dict[str, Any]:
        """The place where all of it is, when one was chosen."""
        place = self.cleaned_data.get("place")
        return {"place": place.pk} if place else {}
