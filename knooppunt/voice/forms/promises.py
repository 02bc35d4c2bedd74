"""The forms about commitments, agreements and clauses."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knooppunt.core.web.forms import AskedForm, PublicForm, RecordForm, tidied, web_field
from knooppunt.decisions.models import Meeting, Term
from knooppunt.directory.models import Organisation
from knooppunt.voice.forms.points import choose_from, wijken
from knooppunt.voice.models import (
    Agreement,
    Amendment,
    Clause,
    ClauseState,
    Commitment,
    Document,
    Landing,
    Point,
    Response,
    StatusEntry,
    YearAction,
)

SOURCE = gettext_lazy("Link naar de bron")


def narrow(form: Any) -> None:
    """Let a form choose only from what everybody may see, and what its record has already."""
    choose_from(
        form,
        document=Document.objects.filter(is_public=True),
        point=Point.objects.public(),
        meeting=Meeting.objects.public(),
    )
    if "areas" in form.fields:
        form.fields["areas"].queryset = wijken()


class CommitmentForm(RecordForm):
    """The words, by whom, where and when, and by when."""

    source_url = web_field(gettext_lazy("Link waar het staat"))
    field_order = [
        "text",
        "term",
        "office",
        "body",
        "said_on",
        "due_on",
        "meeting",
        "document",
        "source_url",
        "point",
        "areas",
        "is_public",
    ]
    today = ("said_on",)

    class Meta:
        model = Commitment
        fields = [
            "text",
            "term",
            "office",
            "body",
            "said_on",
            "due_on",
            "meeting",
            "document",
            "source_url",
            "point",
            "areas",
            "is_public",
        ]
        widgets = {"areas": forms.CheckboxSelectMultiple}
        help_texts = {
            "text": gettext_lazy("Zo letterlijk mogelijk."),
            "meeting": gettext_lazy(
                "Een toezegging heeft een bron: een overleg, een stuk of een link."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow(self)
        self.fields["term"].queryset = Term.objects.select_related("post__body")  # type: ignore[attr-defined]


class StatusForm(RecordForm):
    """How it stands, and by what one sees that."""

    source_url = web_field(SOURCE)
    field_order = ["status", "on", "text", "document", "source_url"]
    today = ("on",)

    class Meta:
        model = StatusEntry
        fields = ["status", "on", "text", "document", "source_url"]
        widgets = {"status": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow(self)


class ResponseForm(PublicForm):
    """What the other side says, by a signed link."""

    text = forms.CharField(
        label=gettext_lazy("Uw reactie"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy(
            "Deze komt openbaar bij de toezegging te staan, zoals u haar schrijft."
        ),
    )
    by = forms.CharField(label=gettext_lazy("Namens wie, in welk ambt?"), max_length=150)
    field_order = ["text", "by"]
    limit_name = "response"

    def clean_text(self) -> str:
        """The words without markup."""
        return tidied(self.cleaned_data["text"], required=True)

    def clean_by(self) -> str:
        """The office without markup."""
        return tidied(self.cleaned_data["by"], required=True)


class AgreementForm(RecordForm):
    """What was agreed, with whom, for how long."""

    source_url = web_field(gettext_lazy("Link waar het staat"))
    field_order = [
        "title",
        "kind",
        "text",
        "bodies",
        "organisations",
        "areas",
        "signed_on",
        "since",
        "until",
        "review_on",
        "document",
        "source_url",
        "is_public",
    ]

    class Meta:
        model = Agreement
        fields = [
            "title",
            "kind",
            "text",
            "bodies",
            "organisations",
            "areas",
            "signed_on",
            "since",
            "until",
            "review_on",
            "document",
            "source_url",
            "is_public",
        ]
        widgets = {
            "bodies": forms.CheckboxSelectMultiple,
            "organisations": forms.SelectMultiple(attrs={"size": 6}),
            "areas": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "signed_on": gettext_lazy(
                "Leeg: het wordt nog samen geschreven, en leden kunnen andere teksten voorstellen."
            )
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow(self)
        self.fields["organisations"].queryset = (  # type: ignore[attr-defined]
            Organisation.objects.public().only("pk", "name").order_by("name_key")
        )


class ClauseForm(RecordForm):
    """One clause."""

    class Meta:
        model = Clause
        fields = ["number", "title", "text", "page", "owner", "review_on"]
        widgets = {"text": forms.Textarea(attrs={"rows": 8})}


class ClauseStateForm(RecordForm):
    """How far a clause is carried out."""

    source_url = web_field(SOURCE)
    field_order = ["state", "on", "text", "document", "source_url"]
    today = ("on",)

    class Meta:
        model = ClauseState
        fields = ["state", "on", "text", "document", "source_url"]
        widgets = {"state": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow(self)


class LandingForm(RecordForm):
    """Which point landed here, how far, in which words."""

    class Meta:
        model = Landing
        fields = ["point", "extent", "quote"]
        widgets = {"extent": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow(self)


class LandingChangeForm(RecordForm):
    """How far a point landed, in which words."""

    class Meta:
        model = Landing
        fields = ["extent", "quote"]
        widgets = {"extent": forms.RadioSelect}


class PlanForm(RecordForm):
    """One line of the yearly plan."""

    class Meta:
        model = YearAction
        fields = ["year", "text", "clause", "owner"]

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["clause"].queryset = agreement.clauses.all()  # type: ignore[attr-defined]
        self.fields["year"] = forms.IntegerField(
            label=_("Jaar"), min_value=2000, max_value=2100, initial=timezone.localdate().year
        )


class PlanDoneForm(RecordForm):
    """What came of a line of the plan."""

    class Meta:
        model = YearAction
        fields = ["state", "result"]
        widgets = {"state": forms.RadioSelect}


class AmendmentForm(RecordForm):
    """Another text."""

    class Meta:
        model = Amendment
        fields = ["title", "text", "why", "organisation"]
        widgets = {"text": forms.Textarea(attrs={"rows": 10})}

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]


class AmendmentChangeForm(RecordForm):
    """Corrects a proposed text that is still to be discussed."""

    class Meta:
        model = Amendment
        fields = ["title", "text", "why", "organisation", "on"]
        widgets = {"text": forms.Textarea(attrs={"rows": 10})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, organisation=Organisation.objects.public())


class AmendmentDecidedForm(RecordForm):
    """Corrects who proposed a text that was not taken over, on which day, and the answer."""

    class Meta:
        model = Amendment
        fields = ["organisation", "on", "decided_on", "answer"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, organisation=Organisation.objects.public())
        for name in ("decided_on", "answer"):
            self.fields[name].required = True


def amendment_form(data: Any, record: Amendment) -> AmendmentChangeForm | AmendmentDecidedForm:
    """The form that corrects a proposed text: of one that was decided on, the text itself stays."""
    is_open = record.state == Amendment.State.OPEN
    form = AmendmentChangeForm if is_open else AmendmentDecidedForm
    return form(data, instance=record)


class ResponseChangeForm(RecordForm):
    """Corrects the day or the office of a reply; its words are those of the other side."""

    class Meta:
        model = Response
        fields = ["by", "on"]


class AmendmentAnswerForm(AskedForm):
    """Whether it is taken over, and why."""

    is_accepted = forms.TypedChoiceField(
        label=gettext_lazy("Nemen jullie dit over?"),
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        choices=[("yes", gettext_lazy("Ja, zo wordt de tekst")), ("no", gettext_lazy("Nee"))],
    )
    answer = forms.CharField(
        label=gettext_lazy("Waarom wel of niet?"), max_length=1500, widget=forms.Textarea
    )
