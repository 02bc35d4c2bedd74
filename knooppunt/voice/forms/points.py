"""The forms about points and what bears them out."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy

from knooppunt.core.registry import figure_registry
from knooppunt.core.web.forms import AskedForm, RecordForm, web_field
from knooppunt.decisions.models import Meeting
from knooppunt.directory.models import Area, Theme
from knooppunt.voice.models import (
    CoSignature,
    Document,
    Evidence,
    Hearing,
    PaperSupport,
    Point,
    Step,
)

RELATED = {"meeting": ("body",)}


def figure_choices() -> list[tuple[str, str]]:
    """The figures of this site by their titles."""
    return [(figure.key, str(figure.title)) for figure in figure_registry.published_figures()]


def choose_from(form: Any, **choices: Any) -> None:
    """Let fields of a form about a record choose from some rows, and from what the record has
    already.
    """
    for name, rows in choices.items():
        if name in form.fields:
            chosen = getattr(getattr(form, "instance", None), f"{name}_id", None)
            everything = rows.model._default_manager.select_related(*RELATED.get(name, ()))
            form.fields[name].queryset = everything.filter(
                Q(pk__in=rows.order_by().values("pk")) | Q(pk=chosen)
            )


def wijken() -> Any:
    """The wijken to choose from."""
    return Area.objects.doors().defer("outline")


class PointForm(RecordForm):
    """What we ask, why, of whom, and since when."""

    today = ("listed_on",)

    class Meta:
        model = Point
        fields = [
            "title",
            "why",
            "ask",
            "body",
            "addressee",
            "areas",
            "themes",
            "organisation",
            "listed_on",
        ]
        labels = {"listed_on": gettext_lazy("Sinds wanneer speelt dit?")}
        widgets = {"areas": forms.CheckboxSelectMultiple, "themes": forms.CheckboxSelectMultiple}
        help_texts = {
            "title": gettext_lazy("Zoals je het tegen een buurvrouw zou zeggen."),
            "body": gettext_lazy("Staat het er niet bij? Zet het dan bij ‘Wie beslist’."),
            "addressee": gettext_lazy("Een functie, zoals: wethouder Zorg."),
            "listed_on": gettext_lazy("De dag waarop het is opgehaald; dat mag lang geleden zijn."),
        }

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["areas"].queryset = wijken()  # type: ignore[attr-defined]
        self.fields["themes"].queryset = Theme.objects.filter(is_used=True)  # type: ignore[attr-defined]
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
        self.fields["listed_on"].required = False

    def clean_listed_on(self) -> date:
        """The day that was given; without one the day that stands there, and today for a new
        point.
        """
        return self.cleaned_data["listed_on"] or self.instance.listed_on


class StepForm(RecordForm):
    """A step: which, when, and where it stands."""

    source_url = web_field(gettext_lazy("Link naar de bron"))
    field_order = [
        "stage",
        "on",
        "text",
        "by",
        "meeting",
        "document",
        "source_url",
        "source",
        "due_on",
    ]
    today = ("on",)

    class Meta:
        model = Step
        fields = [
            "stage",
            "on",
            "text",
            "by",
            "meeting",
            "document",
            "source_url",
            "source",
            "due_on",
        ]
        help_texts = {
            "by": gettext_lazy("Een functie of organisatie, zoals: onze delegatie."),
            "meeting": gettext_lazy("Een stap heeft een bron: een overleg, een stuk of een link."),
            "due_on": gettext_lazy("Komt er dan niets, dan valt dat hier op."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(
            self,
            meeting=Meeting.objects.public(),
            document=Document.objects.filter(is_public=True),
        )


class FigureForm(AskedForm):
    """Which figure bears a point out, on which day and where."""

    figure = forms.ChoiceField(label=gettext_lazy("Welk cijfer?"))
    on = forms.DateField(label=gettext_lazy("Peildatum"))
    area = forms.ModelChoiceField(Area.objects.none(), label=gettext_lazy("Wijk"), required=False)
    today = ("on",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["figure"].choices = figure_choices()  # type: ignore[attr-defined]
        self.fields["area"].queryset = wijken()  # type: ignore[attr-defined]


class StoryForm(RecordForm):
    """A story, told with leave."""

    today = ("consent_on",)

    class Meta:
        model = Evidence
        fields = ["text", "told_by", "consent_on", "consent_until"]
        help_texts = {"told_by": gettext_lazy("Zoals: een bezoekster van 68. Geen naam.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = True


class PieceForm(AskedForm):
    """A piece from the library."""

    document = forms.ModelChoiceField(Document.objects.none(), label=gettext_lazy("Welk stuk?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["document"].queryset = Document.objects.filter(is_public=True)  # type: ignore[attr-defined]


class HearingForm(RecordForm):
    """At which meeting it is or was brought in, and who speaks."""

    class Meta:
        model = Hearing
        fields = ["meeting", "speaker"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Meeting.objects.public().filter(is_cancelled=False).select_related("body")
        self.fields["meeting"].queryset = rows  # type: ignore[attr-defined]


class PaperSupportForm(RecordForm):
    """How many residents signed on paper."""

    today = ("on",)

    class Meta:
        model = PaperSupport
        fields = ["number", "on", "source"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"] = forms.IntegerField(
            label=self.fields["number"].label, min_value=1, max_value=1_000_000
        )


class PaperSignatureForm(RecordForm):
    """A signature of an organisation that stands on paper."""

    today = ("signed_on",)

    class Meta:
        model = CoSignature
        fields = ["organisation", "signed_on", "source"]

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
        self.fields["source"].required = True


class SignatureChangeForm(RecordForm):
    """The days of a signature on paper, and where it is."""

    class Meta:
        model = CoSignature
        fields = ["signed_on", "withdrawn_on", "source"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].required = True
