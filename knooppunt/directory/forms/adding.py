"""The short forms in which an organisation or a place is added by hand: name, kind, wijk and
one contact; the rest later.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knooppunt.core.web.forms import AskedForm
from knooppunt.directory import rules
from knooppunt.directory.forms.areas import AreaField
from knooppunt.directory.forms.picking import NewName, PickField
from knooppunt.directory.forms.records import PostcodeField
from knooppunt.directory.models import Area, Kind, Organisation
from knooppunt.kit import web

Contact = tuple[str, str]


class ContactField(forms.CharField):
    """A phone number, a mail address or a website, told apart by what it looks like."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=300, **kwargs)

    def clean(self, value: Any) -> Contact | None:
        """The type of contact point and its value as it is kept, or None when nothing was typed."""
        typed = super().clean(value)
        if not typed:
            return None
        contact = web.contact(typed)
        if contact is not None:
            return contact
        raise forms.ValidationError(
            _("Dit is geen telefoonnummer, e-mailadres of website. Typ er één van.")
        )


class AddForm(AskedForm):
    """What is asked of every new record.

    ``user`` is who adds it: a weaver chooses from her own wijken and networks.
    """

    name = forms.CharField(label=gettext_lazy("Naam"), max_length=200)
    kind = forms.ModelChoiceField(Kind.objects.none(), label=gettext_lazy("Soort"), required=False)
    area = AreaField(Area.objects.none(), label=gettext_lazy("Wijk"), required=False)

    def __init__(self, *args: Any, user: Any, role: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.role = user, role
        self.fields["name"].widget.attrs["autocomplete"] = "off"
        self._offer("kind", Kind.objects.filter(is_used=True, role=role))
        self._offer("area", self._areas())

    def _offer(self, name: str, rows: Any) -> None:
        """Let a choice be made from these rows; where there are none, the question is left out."""
        field: Any = self.fields[name]
        field.queryset = rows
        if not rows.exists():
            del self.fields[name]

    def _areas(self) -> Any:
        """The wijken to choose from: all, or a weaver's own when she weaves nothing else."""
        rows = Area.objects.defer("outline").order_by("name")
        own = set() if rules.may_coordinate(self.user) else rules.woven_areas(self.user)
        if own and not rules.woven_networks(self.user).exists():
            self.fields["area"].required = True
            return rows.filter(pk__in=own)
        return rows

    def values(self) -> dict[str, Any]:
        """Name, kind and areas of the new record, as the action takes them."""
        area = self.cleaned_data.get("area")
        return {
            "name": self.cleaned_data["name"],
            "kind": self.cleaned_data.get("kind"),
            "areas": [area] if area else [],
        }


class AddOrganisationForm(AddForm):
    """A new initiative, network or institution."""

    contact = ContactField(
        label=gettext_lazy("Telefoon, e-mail of website"),
        required=False,
        help_text=gettext_lazy("Iedereen kan dit zien. Liever niet? Vul het dan later in."),
    )
    network = PickField(
        label=gettext_lazy("Lid van netwerk"),
        required=False,
        help_text=gettext_lazy("Typ een deel van de naam."),
    )
    field_order = ["name", "kind", "area", "contact", "network"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        networks = self._networks()
        field: Any = self.fields["network"]
        field.set_rows(networks)
        if not networks.exists():
            del self.fields["network"]
        elif not rules.may_coordinate(self.user) and "area" in self.fields:
            own = list(networks[:2])
            if len(own) == 1 and not rules.woven_areas(self.user):
                self.initial["network"] = own[0].name

    def _networks(self) -> Any:
        """The networks of which a new organisation may become a member: all, or those that a
        weaver weaves.
        """
        if rules.may_coordinate(self.user):
            return Organisation.objects.networks()
        return rules.woven_networks(self.user)

    def values(self) -> dict[str, Any]:
        """The values of the new organisation."""
        return super().values() | {"role": self.role}


class AddPlaceForm(AddForm):
    """A new place.

    Its kind is that of the organisation that hosts it, so a kind is asked for a new host only.
    """

    street = forms.CharField(label=gettext_lazy("Straat en nummer"), required=False, max_length=200)
    postcode = PostcodeField(label=gettext_lazy("Postcode"), required=False, max_length=12)
    city = forms.CharField(label=gettext_lazy("Plaats"), required=False, max_length=100)
    host = PickField(
        may_add=True,
        label=gettext_lazy("Wie is hier gastheer of gastvrouw?"),
        required=False,
        help_text=gettext_lazy("De organisatie van wie de plek is. Typ een deel van de naam."),
    )
    field_order = ["name", "area", "street", "postcode", "city", "host", "kind"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["host"]
        field.set_rows(rules.changeable_organisations(self.user).exclude(state="archived"))
        if "kind" in self.fields:
            self.fields["kind"].help_text = _(
                "Is de gastheer nieuw of vul je er geen in, dan komt er een initiatief van deze "
                "soort bij."
            )

    def clean(self) -> dict[str, Any]:
        """A host that has a kind keeps it; that is changed on its own page."""
        cleaned = super().clean()
        host, kind = cleaned.get("host"), cleaned.get("kind")
        if isinstance(host, Organisation) and kind and host.kind and host.kind != kind:
            message = _("“%(name)s” heeft al een soort: %(kind)s. Laat dit leeg.")
            self.add_error("kind", message % {"name": host, "kind": host.kind})
        return cleaned

    def values(self) -> dict[str, Any]:
        """The values of the new place, without its kind: a place has that of its host."""
        values = super().values()
        del values["kind"]
        return values | {name: self.cleaned_data[name] for name in ("street", "postcode", "city")}

    @property
    def hosted_by(self) -> Organisation | NewName | None:
        """The organisation that hosts the place, or the name of a new one, or None."""
        host = self.cleaned_data.get("host")
        if host is None and self.cleaned_data.get("kind"):
            return NewName(self.cleaned_data["name"])
        return host
