"""The forms of plans: what and why, who takes part, the steps, and who brings what."""

from __future__ import annotations

import secrets
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knooppunt.core.web.forms import AskedForm, RecordForm
from knooppunt.directory.forms.picking import PickField
from knooppunt.directory.models import Area, Organisation, Place
from knooppunt.dreams.actions.plan_work import Bringer
from knooppunt.dreams.models.plan_work import PlanItem, PlanStep
from knooppunt.dreams.models.plans import Plan, PlanPartner, PlanPerson
from knooppunt.dreams.permits import FEATURES

MOST_EURO = Decimal(10_000_000)


def euro_field(label: Any) -> forms.DecimalField:
    """A field for an amount in euros, with a comma or a point."""
    return forms.DecimalField(
        label=label,
        required=False,
        min_value=0,
        max_value=MOST_EURO,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )


def to_cents(amount: Decimal | None) -> int | None:
    """An amount in whole cents."""
    return None if amount is None else int(amount * 100)


def to_euros(cents: int | None) -> Decimal | None:
    """An amount in euros."""
    return None if cents is None else Decimal(cents) / 100


def doers_of(plan: Plan) -> dict[str, PlanPartner | PlanPerson]:
    """Who can do or bring something for a plan, by the key of the choice."""
    partners = plan.partners.agreed().select_related("organisation")
    return {
        **{f"o{row.pk}": row for row in partners},
        **{f"p{row.pk}": row for row in plan.people.all()},
    }


class PlanForm(RecordForm):
    """What and why, where, and what it costs."""

    features = forms.MultipleChoiceField(
        label=gettext_lazy("Wat hoort erbij?"),
        choices=list(FEATURES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Dan zie je waar je aan moet denken, zoals vergunningen."),
    )
    cost = euro_field(gettext_lazy("Wat kost het, in euro's?"))
    funds = euro_field(gettext_lazy("Wat is er al, in euro's?"))
    field_order = [
        "title",
        "why",
        "kind",
        "features",
        "area",
        "place",
        "location",
        "cost",
        "funds",
        "money_route",
    ]

    class Meta:
        model = Plan
        fields = ["title", "why", "kind", "area", "place", "location", "money_route"]
        help_texts = {
            "title": gettext_lazy("Kort: ‘een straatfeest voor de hele straat’."),
            "why": gettext_lazy("Voor wie is het, en wat wordt er mooier van?"),
            "location": gettext_lazy("Zoals: de stoep voor nummer 12 tot 40."),
            "money_route": gettext_lazy("Een fonds, een pot met geld, of iedereen legt iets in."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas: Any = self.fields["area"]
        areas.queryset = Area.objects.doors().defer("outline")
        areas.required = areas.queryset.exists()
        places: Any = self.fields["place"]
        places.queryset = Place.objects.visible_on(timezone.localdate()).only("pk", "name")
        self.initial.setdefault("features", self.instance.features)
        self.initial.setdefault("cost", to_euros(self.instance.cost_cents))
        self.initial.setdefault("funds", to_euros(self.instance.funds_cents))

    def values(self) -> dict[str, Any]:
        """What was said, for the action."""
        said = {
            name: value
            for name, value in self.cleaned_data.items()
            if name in self._meta.fields  # type: ignore[operator]
        }
        return said | {
            "features": self.cleaned_data["features"],
            "cost_cents": to_cents(self.cleaned_data["cost"]),
            "funds_cents": to_cents(self.cleaned_data["funds"]),
        }


class StartForm(PlanForm):
    """A new plan: besides what and why, which two organisations keep it going."""

    keeper = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("Wie trekt het?"),
        help_text=gettext_lazy("De organisatie waarvoor jij dit opschrijft."),
    )
    second_keeper = PickField(
        label=gettext_lazy("En wie nog meer?"),
        required=False,
        help_text=gettext_lazy("Een plan heeft twee trekkers. Weet je het nog niet? Laat leeg."),
    )
    field_order = [*PlanForm.field_order[:5], "keeper", "second_keeper", *PlanForm.field_order[5:]]

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keeper: Any = self.fields["keeper"]
        keeper.queryset = organisations
        second: Any = self.fields["second_keeper"]
        second.set_rows(Organisation.objects.visible_on(timezone.localdate()))

    def clean(self) -> dict[str, Any]:
        """The two keepers are two."""
        said = super().clean()
        if said.get("keeper") and said.get("keeper") == said.get("second_keeper"):
            self.add_error("second_keeper", _("Kies een andere organisatie dan de eerste."))
        return said

    @property
    def keepers(self) -> list[Organisation]:
        """The organisations that are to keep it."""
        said = self.cleaned_data
        return [row for row in (said["keeper"], said.get("second_keeper")) if row]


class PartnerForm(AskedForm):
    """Which organisation takes part, and with what."""

    organisation = PickField(label=gettext_lazy("Welke organisatie?"))
    part = forms.CharField(
        label=gettext_lazy("Wat doen zij?"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Zoals: de vergunning, de stroom, de muziek."),
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Hoe doen zij mee?"),
        choices=[
            (PlanPartner.Role.PARTNER, gettext_lazy("Zij doen mee")),
            (PlanPartner.Role.KEEPER, gettext_lazy("Zij trekken het plan mee")),
        ],
        initial=PlanPartner.Role.PARTNER,
        widget=forms.RadioSelect,
    )
    has_agreed = forms.BooleanField(
        label=gettext_lazy("Zij hebben al ja gezegd"),
        required=False,
        help_text=gettext_lazy("Zonder vinkje vragen we het hun eerst."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisation: Any = self.fields["organisation"]
        organisation.set_rows(Organisation.objects.visible_on(timezone.localdate()))


class PersonForm(AskedForm):
    """The first name of somebody who takes part, with leave."""

    first_name = forms.CharField(
        label=gettext_lazy("Voornaam"),
        max_length=40,
        help_text=gettext_lazy("Alleen de voornaam. Iedereen kan hem lezen."),
    )
    part = forms.CharField(
        label=gettext_lazy("Wat doet zij of hij?"), max_length=120, required=False
    )
    has_agreed = forms.BooleanField(
        label=gettext_lazy("Zij of hij zei ja: mijn voornaam mag erbij staan")
    )


class StepForm(RecordForm):
    """What has to be done, by whom, and before which day."""

    who = forms.ChoiceField(label=gettext_lazy("Wie doet het?"), required=False)
    field_order = ["text", "who", "due_on"]

    class Meta:
        model = PlanStep
        fields = ["text", "due_on"]

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.doers = doers_of(plan)
        who: Any = self.fields["who"]
        who.choices = [("", _("nog niemand"))] + [
            (key, str(row)) for key, row in self.doers.items()
        ]
        if self.instance.partner_id:
            self.initial["who"] = f"o{self.instance.partner_id}"
        elif self.instance.person_id:
            self.initial["who"] = f"p{self.instance.person_id}"

    def clean_due_on(self) -> Any:
        """The day; for something new not one that is past."""
        due_on = self.cleaned_data["due_on"]
        if due_on and due_on < timezone.localdate() and due_on != self.instance.due_on:
            raise forms.ValidationError(_("Deze dag is al voorbij."))
        return due_on

    def values(self) -> dict[str, Any]:
        """What was said, for the action."""
        said = self.cleaned_data
        doer = self.doers.get(said["who"])
        return {
            "text": said["text"],
            "due_on": said["due_on"],
            "partner": doer if isinstance(doer, PlanPartner) else None,
            "person": doer if isinstance(doer, PlanPerson) else None,
        }


class ItemForm(RecordForm):
    """What has to be brought, and how many of it."""

    class Meta:
        model = PlanItem
        fields = ["text", "amount"]
        help_texts = {"text": gettext_lazy("Zoals: taarten, stoelen, een partytent.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount"] = forms.IntegerField(
            label=_("Hoeveel?"), min_value=1, max_value=10_000, initial=1
        )


class PledgeForm(AskedForm):
    """How many of an item somebody brings; ``form_key`` makes that sending twice counts once."""

    number = forms.IntegerField(
        label=gettext_lazy("Hoeveel?"), min_value=1, max_value=10_000, initial=1
    )
    who = forms.ChoiceField(label=gettext_lazy("Wie brengt het mee?"), required=False)
    form_key = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {})["form_key"] = secrets.token_hex(12)
        super().__init__(*args, **kwargs)
        self.doers = doers_of(plan)
        who: Any = self.fields["who"]
        who.choices = [("", _("iemand"))] + [(key, str(row)) for key, row in self.doers.items()]

    @property
    def bringer(self) -> Bringer:
        """Who brings it."""
        doer = self.doers.get(self.cleaned_data["who"])
        if isinstance(doer, PlanPartner):
            return Bringer(partner=doer)
        return Bringer(person=doer)


class StopForm(RecordForm):
    """Why a plan stops, and what was learned."""

    class Meta:
        model = Plan
        fields = ["went_badly", "went_well"]
        labels = {
            "went_badly": gettext_lazy("Waarom stoppen jullie, en wat leerden jullie?"),
            "went_well": gettext_lazy("Wat ging er wel goed?"),
        }
        help_texts = {
            "went_badly": gettext_lazy("Wie later zoiets begint, kan dit lezen. Geen namen."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["went_badly"].required = True
