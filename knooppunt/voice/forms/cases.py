"""The forms about threats, dossiers and the library."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from knooppunt.core.web.forms import AskedForm, RecordForm, web_field
from knooppunt.decisions.models import Decision
from knooppunt.directory.models import Organisation, Theme
from knooppunt.voice.forms.points import choose_from
from knooppunt.voice.forms.promises import narrow
from knooppunt.voice.models import Cut, Document, Dossier, Entry, Hit, LedgerLine, Moment
from knooppunt.voice.models.agreements import Agreement
from knooppunt.voice.models.commitments import Commitment


class CutForm(RecordForm):
    """What threatens, by which text."""

    source_url = web_field(gettext_lazy("Link naar het stuk"))
    field_order = [
        "kind",
        "announced_on",
        "source",
        "page",
        "quote",
        "source_url",
        "document",
        "since",
        "until",
        "visitors",
        "visitors_source",
    ]
    today = ("announced_on",)

    class Meta:
        model = Cut
        fields = [
            "kind",
            "announced_on",
            "source",
            "page",
            "quote",
            "source_url",
            "document",
            "since",
            "until",
            "visitors",
            "visitors_source",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow(self)


class HitsForm(AskedForm):
    """Who is hit, many at once."""

    organisations = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("Wie wordt geraakt?"),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisations"].queryset = organisations  # type: ignore[attr-defined]


class HitForm(RecordForm):
    """For how much, and what happens then."""

    class Meta:
        model = Hit
        fields = ["amount", "note"]


class LineForm(RecordForm):
    """A line of the ledger."""

    source_url = web_field(gettext_lazy("Link naar de bron"))
    field_order = [
        "kind",
        "what",
        "amount",
        "percent",
        "on",
        "motion",
        "pot",
        "source",
        "source_url",
    ]
    today = ("on",)

    class Meta:
        model = LedgerLine
        fields = [
            "kind",
            "what",
            "amount",
            "percent",
            "on",
            "motion",
            "pot",
            "source",
            "source_url",
        ]
        widgets = {"kind": forms.RadioSelect}
        help_texts = {"amount": gettext_lazy("Leeg als het niet bekend is.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, most in (("amount", 10**12), ("percent", 100)):
            old = self.fields[name]
            self.fields[name] = forms.IntegerField(
                label=old.label,
                required=False,
                min_value=0,
                max_value=most,
                help_text=old.help_text,
            )


class MomentForm(RecordForm):
    """A day on the calendar of decisions."""

    class Meta:
        model = Moment
        fields = ["on", "text"]


class DossierForm(RecordForm):
    """One long matter."""

    class Meta:
        model = Dossier
        fields = ["title", "text", "since", "until", "matter", "lessons", "is_public"]
        widgets = {"lessons": forms.Textarea(attrs={"rows": 8})}


class EntryForm(RecordForm):
    """A line on the time line."""

    source_url = web_field(gettext_lazy("Link naar de bron"))
    field_order = ["on", "kind", "title", "text", "source", "source_url"]
    today = ("on",)

    class Meta:
        model = Entry
        fields = [
            "on",
            "kind",
            "title",
            "text",
            "source",
            "source_url",
            "document",
            "point",
            "meeting",
            "decision",
            "commitment",
            "agreement",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow(self)
        choose_from(
            self,
            decision=Decision.objects.public(),
            commitment=Commitment.objects.public(),
            agreement=Agreement.objects.filter(is_public=True),
        )


class DocumentForm(RecordForm):
    """A piece for the library."""

    source_url = web_field(gettext_lazy("Link waar het staat"))
    upload = forms.FileField(
        label=gettext_lazy("Of een bestand"),
        required=False,
        help_text=gettext_lazy(
            "PDF, foto (JPG, PNG) of een document van Word of LibreOffice, tot 20 MB."
        ),
    )
    field_order = [
        "title",
        "kind",
        "author",
        "published_on",
        "text",
        "source_url",
        "upload",
        "themes",
        "is_public",
    ]

    class Meta:
        model = Document
        fields = [
            "title",
            "kind",
            "author",
            "published_on",
            "text",
            "source_url",
            "themes",
            "is_public",
        ]
        widgets = {"themes": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["themes"].queryset = Theme.objects.filter(is_used=True)  # type: ignore[attr-defined]
