"""The forms in which an organisation or a place is changed by whoever keeps it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knooppunt.core.coalition.languages import NAMES
from knooppunt.core.web.forms import check_period
from knooppunt.directory.forms.areas import AreasField
from knooppunt.directory.models import Area, ContactPoint, Kind, Organisation, Place, Theme
from knooppunt.kit import geo, text, web
from knooppunt.kit.postcodes import tidy_postcode

UNKNOWN = [
    ("", gettext_lazy("weet ik niet")),
    ("ja", gettext_lazy("ja")),
    ("nee", gettext_lazy("nee")),
]


class AddressField(forms.CharField):
    """A web address; a bare domain is completed."""

    def clean(self, value: Any) -> str:
        """The full address, or a sentence that says what is wrong."""
        given = super().clean(value)
        if not given:
            return ""
        found = web.repair(given)
        if found is None:
            raise forms.ValidationError(_("Dit is geen webadres. Typ het zo: www.voorbeeld.nl"))
        return found


class PostcodeField(forms.CharField):
    """A postcode, kept in one form: ``1234 AB``."""

    def clean(self, value: Any) -> str:
        """The postcode as it is shown."""
        return tidy_postcode(super().clean(value))


class RecordForm(forms.Form):
    """What an organisation and a place have in common."""

    name = forms.CharField(label=gettext_lazy("Naam"), max_length=200)
    website = AddressField(label=gettext_lazy("Website"), required=False, max_length=500)
    areas = AreasField(
        Area.objects.none(),
        label=gettext_lazy("Wijk"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Talen die er gesproken worden"),
        choices=list(NAMES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    since = forms.DateField(
        label=gettext_lazy("Begonnen op"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    until = forms.DateField(
        label=gettext_lazy("Gestopt op"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    source = forms.CharField(label=gettext_lazy("Bron"), required=False, max_length=500)
    note = forms.CharField(
        label=gettext_lazy("Opmerking (alleen voor wie beheert)"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=5000,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["areas"].queryset = Area.objects.order_by("name")  # type: ignore[attr-defined]
        for code, label in settings.LANGUAGES:
            field = forms.CharField(
                label=_("Omschrijving (%(language)s)") % {"language": label},
                required=False,
                widget=forms.Textarea(attrs={"rows": 4, "lang": code}),
                max_length=5000,
            )
            self.fields[f"description_{code}"] = field
        self.order_fields(
            [
                "name",
                "kind",
                "role",
                *[f"description_{code}" for code, _label in settings.LANGUAGES],
            ]
        )

    def clean(self) -> dict[str, Any]:
        """Gather the descriptions, and check that the period runs forward."""
        cleaned = super().clean() or {}
        for name in [*cleaned]:
            if isinstance(cleaned[name], str):
                cleaned[name] = text.clean(text.without_markup(cleaned[name]))
        check_period(self, cleaned)
        return cleaned

    def values(self, record: Any) -> dict[str, Any]:
        """The cleaned fields as an action takes them; other languages of the description stay."""
        values = {
            name: value
            for name, value in self.cleaned_data.items()
            if not name.startswith("description_")
        }
        told = {
            code: self.cleaned_data[f"description_{code}"] for code, _label in settings.LANGUAGES
        }
        values["descriptions"] = {
            code: words for code, words in {**record.descriptions, **told}.items() if words
        }
        values["areas"] = list(values["areas"])
        return values


class OrganisationForm(RecordForm):
    """An organisation."""

    role = forms.ChoiceField(label=gettext_lazy("Rol"), choices=Organisation.Role.choices)
    kind = forms.ModelChoiceField(
        Kind.objects.filter(is_used=True), label=gettext_lazy("Soort"), required=False
    )
    themes = forms.ModelMultipleChoiceField(
        Theme.objects.filter(is_used=True),
        label=gettext_lazy("Thema’s"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    target_groups = forms.CharField(
        label=gettext_lazy("Voor wie"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Met puntkomma’s ertussen: kinderen; ouderen"),
    )

    def clean_target_groups(self) -> list[str]:
        """The groups as a list."""
        return [group[:60] for group in text.several(self.cleaned_data["target_groups"])]

    def values(self, record: Any) -> dict[str, Any]:
        """The cleaned fields as an action takes them."""
        values = super().values(record)
        return {**values, "themes": list(values["themes"])}


class PlaceForm(RecordForm):
    """A place."""

    street = forms.CharField(label=gettext_lazy("Straat en nummer"), required=False, max_length=200)
    postcode = PostcodeField(label=gettext_lazy("Postcode"), required=False, max_length=12)
    city = forms.CharField(label=gettext_lazy("Plaats"), required=False, max_length=100)
    point = forms.CharField(
        label=gettext_lazy("Punt op de kaart"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Breedtegraad en lengtegraad, zoals 51.915, 4.455"),
    )
    has_wheelchair_access = forms.ChoiceField(
        label=gettext_lazy("Rolstoeltoegankelijk"), choices=UNKNOWN, required=False
    )
    has_toilet = forms.ChoiceField(label=gettext_lazy("Toilet"), choices=UNKNOWN, required=False)
    has_kitchen = forms.ChoiceField(label=gettext_lazy("Keuken"), choices=UNKNOWN, required=False)
    access_note = forms.CharField(
        label=gettext_lazy("Over de toegang"), required=False, max_length=300
    )

    def clean_point(self) -> geo.Point | None:
        """Longitude and latitude, from two numbers in either order."""
        given = self.cleaned_data["point"]
        if not given:
            return None
        pair = geo.parse_pair(given)
        point = geo.ordered(*pair, (3.3, 50.7, 7.3, 53.6)) if pair else None
        if point is None:
            raise forms.ValidationError(
                _("Dit zijn geen twee getallen voor een punt. Typ ze zo: 51.915, 4.455")
            )
        return point

    def values(self, record: Any) -> dict[str, Any]:
        """The cleaned fields as an action takes them."""
        values = super().values(record)
        point = values.pop("point")
        answers = {
            name: {"ja": True, "nee": False}.get(values[name])
            for name in ("has_wheelchair_access", "has_toilet", "has_kitchen")
        }
        return {
            **values,
            **answers,
            "longitude": point and point[0],
            "latitude": point and point[1],
        }


def initial(record: Any) -> dict[str, Any]:
    """The present values of a record, as its form shows them."""
    names = ("name", "website", "languages", "since", "until", "source", "note")
    found = {name: getattr(record, name) for name in names}
    found["areas"] = record.areas.all()
    found |= {f"description_{code}": words for code, words in record.descriptions.items()}
    if isinstance(record, Place):
        found |= {
            name: getattr(record, name) for name in ("street", "postcode", "city", "access_note")
        }
        found |= {
            name: {True: "ja", False: "nee"}.get(getattr(record, name), "")
            for name in ("has_wheelchair_access", "has_toilet", "has_kitchen")
        }
        found["point"] = f"{record.latitude}, {record.longitude}" if record.point else ""
        return found
    found |= {
        "role": record.role,
        "kind": record.kind,
        "themes": record.themes.all(),
        "target_groups": "; ".join(record.target_groups),
    }
    return found


class ContactForm(forms.Form):
    """One contact point."""

    type = forms.ChoiceField(label=gettext_lazy("Soort"), choices=ContactPoint.Type.choices)
    value = forms.CharField(label=gettext_lazy("Nummer of adres"), max_length=300)
    label = forms.CharField(label=gettext_lazy("Waarvoor"), max_length=100, required=False)
    visibility = forms.ChoiceField(
        label=gettext_lazy("Wie mag dit zien"), choices=ContactPoint.Visibility.choices
    )

    def clean(self) -> dict[str, Any]:
        """Check that the value is of its kind, and bring it in the form in which it is kept."""
        cleaned = super().clean() or {}
        value, kind = cleaned.get("value", ""), cleaned.get("type")
        good = {
            "phone": web.phone(value),
            "website": web.repair(value),
            "email": next(iter(web.emails(value)), None),
        }.get(kind or "", text.clean(value))
        if value and good is None:
            self.add_error("value", _("Dit is geen geldig nummer of adres van deze soort."))
        cleaned["value"] = good or value
        return cleaned
