"""The forms of the working pages: links between records, people, photos and lists to read in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knooppunt.directory.forms.areas import AreaField
from knooppunt.directory.forms.hours import DAY_INPUT
from knooppunt.directory.forms.picking import PickField
from knooppunt.directory.models import Area, Membership, Organisation, Place, PlaceRole
from knooppunt.kit.text import nearest, normalise


class NamedField(forms.CharField):
    """A record by its name, as people know it; a near miss is told with the right name."""

    def __init__(self, model: Any, **kwargs: Any) -> None:
        super().__init__(max_length=200, **kwargs)
        self.model = model

    def clean(self, value: Any) -> Any:
        """The record with this name or slug."""
        given = super().clean(value)
        if not given:
            return None
        rows = self.model.objects.exclude(state="merged")
        found = (
            rows.filter(slug=given).first()
            or rows.filter(name_key=normalise(given)).order_by("pk").first()
        )
        if found is None:
            close = nearest(given, rows.values_list("name", flat=True)[:5000])
            hint = _(" Bedoel je “%(name)s”?") % {"name": close} if close else ""
            raise forms.ValidationError(
                _("“%(name)s” staat niet in het register.") % {"name": given} + hint
            )
        return found


class PeriodForm(forms.Form):
    """A first and a last day, either open."""

    since = forms.DateField(label=gettext_lazy("Sinds"), required=False, widget=DAY_INPUT)
    until = forms.DateField(label=gettext_lazy("Tot en met"), required=False, widget=DAY_INPUT)


class MembershipForm(PeriodForm):
    """Join a network."""

    network = PickField(
        label=gettext_lazy("Netwerk"), help_text=gettext_lazy("Typ een deel van de naam.")
    )
    role = forms.ChoiceField(label=gettext_lazy("Rol"), choices=Membership.Role.choices)
    field_order = ["network", "role", "since", "until"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        network: Any = self.fields["network"]
        network.set_rows(Organisation.objects.networks())


class PlaceRoleForm(PeriodForm):
    """Host, use or manage a place."""

    place = PickField(
        label=gettext_lazy("Plek"), help_text=gettext_lazy("Typ een deel van de naam.")
    )
    role = forms.ChoiceField(label=gettext_lazy("Rol"), choices=PlaceRole.Role.choices)
    field_order = ["place", "role", "since", "until"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place: Any = self.fields["place"]
        place.set_rows(Place.objects.all())


class LinkForm(PeriodForm):
    """Correct the role and the days of a membership, or of a role at a place."""

    role = forms.ChoiceField(label=gettext_lazy("Rol"))
    field_order = ["role", "since", "until"]

    def __init__(self, *args: Any, link: Membership | PlaceRole, **kwargs: Any) -> None:
        kwargs["initial"] = {"role": link.role, "since": link.since, "until": link.until}
        super().__init__(*args, **kwargs)
        role: Any = self.fields["role"]
        role.choices = type(link).Role.choices


class VolunteersForm(forms.Form):
    """How many volunteers there are."""

    number = forms.IntegerField(
        label=gettext_lazy("Aantal vrijwilligers"), min_value=0, max_value=100_000
    )
    on = forms.DateField(label=gettext_lazy("Peildatum"), widget=DAY_INPUT)
    source = forms.CharField(label=gettext_lazy("Wie zegt dit"), max_length=300)


class HostForm(forms.Form):
    """Who represents an organisation."""

    email = forms.EmailField(label=gettext_lazy("E-mailadres"))


class WeaverForm(forms.Form):
    """Who weaves a network or an area."""

    email = forms.EmailField(label=gettext_lazy("E-mailadres"))
    network = NamedField(Organisation, label=gettext_lazy("Netwerk"), required=False)
    area = AreaField(Area.objects.order_by("name"), label=gettext_lazy("of wijk"), required=False)


class PhotoForm(forms.Form):
    """A photo with what it shows."""

    photo = forms.FileField(label=gettext_lazy("Foto (JPEG, PNG of WebP)"))
    alt = forms.CharField(label=gettext_lazy("Wat staat er op de foto?"), max_length=200)
    credit = forms.CharField(label=gettext_lazy("Maker"), max_length=100, required=False)
