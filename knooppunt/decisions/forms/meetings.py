"""The forms about meetings, bodies, decisions and action items."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knooppunt.core.web.forms import AskedForm, RecordForm, web_field
from knooppunt.decisions.models import ActionItem, AgendaItem, Body, Decision, Meeting, Term
from knooppunt.directory.models import Area, Organisation, Place


def organisations() -> Any:
    """The public organisations, for a list to choose from."""
    return Organisation.objects.public().only("pk", "name", "role").order_by("name_key")


class MeetingForm(RecordForm):
    """When and where, about what, and by when one can ask to speak."""

    website = web_field(gettext_lazy("Agenda op de site van de ander"))

    field_order = [
        "kind",
        "body",
        "title",
        "starts",
        "ends",
        "place",
        "location",
        "brief",
        "website",
    ]

    class Meta:
        model = Meeting
        fields = [
            "kind",
            "body",
            "title",
            "starts",
            "ends",
            "place",
            "location",
            "brief",
            "website",
            "speak_by",
            "is_public",
            "is_cancelled",
        ]
        help_texts = {
            "body": gettext_lazy("Staat het er niet bij? Zet het dan eerst bij ‘Wie beslist’."),
            "speak_by": gettext_lazy(
                "Alleen bij een overleg van anderen. Leeg: dan rekenen we het uit."
            ),
            "brief": gettext_lazy("Dit komt op het ene blad dat gasten vooraf krijgen."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = Place.objects.public().only("pk", "name")  # type: ignore[attr-defined]
        if not self.instance.pk:
            del self.fields["is_cancelled"]

    def clean(self) -> dict[str, Any]:
        """An outside meeting is of some body."""
        got = super().clean()
        if got.get("kind") in Meeting.OUTSIDE and not got.get("body"):
            self.add_error("body", _("Bij wie is dit overleg?"))
        return got


class ItemForm(RecordForm):
    """A point for the agenda."""

    class Meta:
        model = AgendaItem
        fields = ["title", "kind", "text", "organisation"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations()  # type: ignore[attr-defined]


class ItemChangeForm(ItemForm):
    """A point that stands on an agenda, and what came of it."""

    class Meta(ItemForm.Meta):
        fields = ["title", "kind", "text", "organisation", "outcome"]


class OutcomeForm(RecordForm):
    """What came of a point on the agenda."""

    class Meta:
        model = AgendaItem
        fields = ["outcome"]


class MinutesForm(RecordForm):
    """What was said at a meeting."""

    class Meta:
        model = Meeting
        fields = ["minutes"]
        widgets = {"minutes": forms.Textarea(attrs={"rows": 14})}


class AttendanceForm(AskedForm):
    """Which organisation was there, and with how many people."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("Organisatie")
    )
    heads = forms.IntegerField(
        label=gettext_lazy("Met hoeveel mensen?"),
        min_value=0,
        max_value=999,
        initial=1,
        help_text=gettext_lazy("0 haalt haar van de lijst."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations()  # type: ignore[attr-defined]


class GuestForm(AskedForm):
    """Who in office is invited."""

    term = forms.ModelChoiceField(
        Term.objects.none(),
        label=gettext_lazy("Wie, in welke functie?"),
        help_text=gettext_lazy("Staat iemand er niet bij? Zet haar dan eerst bij ‘Wie beslist’."),
    )

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Term.objects.as_of(day).select_related("post__body")
        self.fields["term"].queryset = rows  # type: ignore[attr-defined]


class DecisionForm(RecordForm):
    """What was decided."""

    class Meta:
        model = Decision
        fields = ["title", "text", "decided_on", "item", "review_on"]

    def __init__(self, *args: Any, meeting: Meeting | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if meeting and meeting.items.exists():
            self.fields["item"].queryset = meeting.items.all()  # type: ignore[attr-defined]
        else:
            del self.fields["item"]


class DecisionChangeForm(DecisionForm):
    """A decision with everything about it: also one of earlier, or one that was taken outside a
    meeting.
    """

    field_order = ["title", "text", "decided_on", "meeting", "item", "review_on", "ended_on"]

    class Meta(DecisionForm.Meta):
        fields = [
            "title",
            "text",
            "decided_on",
            "meeting",
            "item",
            "review_on",
            "ended_on",
            "is_public",
        ]
        labels = {"meeting": gettext_lazy("Bij welk overleg?")}
        help_texts = {
            "meeting": gettext_lazy("Geen keuze: het besluit is buiten een overleg genomen.")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        record = kwargs.get("instance")
        super().__init__(*args, meeting=record.meeting if record else None, **kwargs)
        self.fields["meeting"].queryset = Meeting.objects.select_related("body")  # type: ignore[attr-defined]


class ReviewForm(AskedForm):
    """Whether a decision still holds."""

    holds = forms.TypedChoiceField(
        label=gettext_lazy("Geldt dit nog?"),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        choices=[
            ("yes", gettext_lazy("Ja, het geldt nog")),
            ("no", gettext_lazy("Nee, het geldt niet meer")),
        ],
    )
    on = forms.DateField(label=gettext_lazy("Op welke dag is dat bekeken?"), required=False)
    review_on = forms.DateField(label=gettext_lazy("Opnieuw bekijken op"), required=False)
    today = ("on",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["review_on"].initial = timezone.localdate() + timedelta(days=365)


class ActionForm(RecordForm):
    """What somebody takes upon herself."""

    today = ("listed_on",)

    class Meta:
        model = ActionItem
        fields = ["text", "owner", "organisation", "listed_on", "due_on"]
        labels = {"listed_on": gettext_lazy("Op welke dag is dat afgesproken?")}
        help_texts = {
            "owner": gettext_lazy(
                "Een taak of functie, zoals ‘netwerkregisseur’; liever geen naam."
            )
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations()  # type: ignore[attr-defined]
        self.fields["listed_on"].required = False

    def clean_listed_on(self) -> date:
        """The day that was given; without one the day that stands there, and today for a new
        one.
        """
        day: date = self.cleaned_data["listed_on"] or self.instance.listed_on
        return day


class ActionChangeForm(ActionForm):
    """What somebody took upon herself, and what came of it."""

    class Meta(ActionForm.Meta):
        fields = ["text", "owner", "organisation", "listed_on", "due_on", "closed_on", "result"]
        help_texts = {
            **ActionForm.Meta.help_texts,
            "closed_on": gettext_lazy("Leeg: dan is het nog niet klaar."),
        }


class CloseActionForm(AskedForm):
    """What came of it, and on which day."""

    result = forms.CharField(label=gettext_lazy("Wat kwam ervan?"), max_length=300)
    closed_on = forms.DateField(label=gettext_lazy("Op welke dag was het klaar?"), required=False)
    today = ("closed_on",)


class BodyForm(RecordForm):
    """A group that meets and decides."""

    website = web_field(gettext_lazy("Website"))
    field_order = ["name", "kind", "areas", "website"]

    class Meta:
        model = Body
        fields = ["name", "kind", "areas", "website", "speak_at", "speak_how", "since", "until"]
        widgets = {
            "areas": forms.CheckboxSelectMultiple,
            "speak_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }
        help_texts = {"speak_at": gettext_lazy("Op de dag zelf; bij veel wijkraden is dat 12:00.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["areas"].queryset = Area.objects.doors().defer("outline")  # type: ignore[attr-defined]


class TermForm(RecordForm):
    """Who holds which post."""

    label = forms.CharField(
        label=gettext_lazy("Functie"),
        max_length=150,
        help_text=gettext_lazy("Zoals: wethouder Zorg, raadslid, voorzitter."),
    )
    field_order = ["label", "person", "since", "until", "source"]

    class Meta:
        model = Term
        fields = ["person", "since", "until", "source"]
        help_texts = {"person": gettext_lazy("Alleen van wie een openbaar ambt heeft.")}


class TermChangeForm(RecordForm):
    """From when until when somebody holds a post, and where that stands."""

    class Meta:
        model = Term
        fields = ["person", "since", "until", "source"]


class EndForm(AskedForm):
    """Until which day."""

    until = forms.DateField(label=gettext_lazy("Tot en met"))
    is_forgotten = forms.BooleanField(label=gettext_lazy("Haal ook de naam weg"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].initial = timezone.localdate()
