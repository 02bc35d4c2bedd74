"""The forms of dreams: one for everybody without account, those of who reads, answers and types
them in.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knooppunt.agenda.models import Activity
from knooppunt.core.registry import modules
from knooppunt.core.web.forms import AskedForm, PublicForm, RecordForm, tidied
from knooppunt.directory.models import Area, Organisation, Place, Theme
from knooppunt.dreams.models import Answer, Dream, DreamTable, Participant
from knooppunt.dreams.models.dreams import LONGEST
from knooppunt.voice.forms.points import wijken
from knooppunt.voice.models import Point

ROWS = 5


def _places() -> Any:
    return Place.objects.visible_on(timezone.localdate()).only("pk", "name").order_by("name_key")


def _themes() -> Any:
    return Theme.objects.filter(is_used=True)


def _text_field(rows: int) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=gettext_lazy("Waar droom je van?"),
        max_length=LONGEST,
        widget=widget,
        error_messages={"max_length": gettext_lazy("Dit is te lang. Zeg het in een paar zinnen.")},
    )


class DreamForm(PublicForm):
    """A dream: a sentence, and what one likes to add; a name is never asked first.

    ``is_own`` is set by the page that shows dreams that are like it.
    """

    text = _text_field(4)
    area = forms.ModelChoiceField(
        Area.objects.none(),
        label=gettext_lazy("In welke wijk?"),
        required=False,
        empty_label=gettext_lazy("maakt niet uit"),
    )
    place = forms.ModelChoiceField(
        Place.objects.none(),
        label=gettext_lazy("Bij welke plek?"),
        required=False,
        empty_label=gettext_lazy("geen of weet ik niet"),
    )
    theme = forms.ModelChoiceField(
        Theme.objects.none(),
        label=gettext_lazy("Waar gaat het over?"),
        required=False,
        empty_label=gettext_lazy("kies als je wilt"),
    )
    photo = forms.FileField(
        label=gettext_lazy("Foto of tekening"),
        required=False,
        help_text=gettext_lazy("Liever zonder mensen die je kunt herkennen."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/*"}),
    )
    photo_alt = forms.CharField(
        label=gettext_lazy("Wat staat erop?"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Voor wie de foto niet kan zien."),
    )
    first_name = forms.CharField(label=gettext_lazy("Voornaam"), max_length=40, required=False)
    is_name_public = forms.BooleanField(
        label=gettext_lazy("Mijn voornaam mag bij de droom staan"), required=False
    )
    reply_email = forms.EmailField(
        label=gettext_lazy("E-mailadres"),
        required=False,
        help_text=gettext_lazy("Alleen als je wilt horen hoe het gaat. We wissen het daarna."),
    )
    reply_place = forms.ModelChoiceField(
        Place.objects.none(),
        label=gettext_lazy("Of een briefje, bij welke plek?"),
        required=False,
        empty_label=gettext_lazy("geen"),
    )
    is_own = forms.BooleanField(required=False, widget=forms.HiddenInput)
    limit_name, limit = "dream", 30
    SHOWN = ("text", "area")
    MORE = ("place", "theme", "photo", "photo_alt")
    REPLY = ("first_name", "is_name_public", "reply_email", "reply_place")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = dict(self.fields)
        fields["area"].queryset = wijken()
        fields["place"].queryset = fields["reply_place"].queryset = _places()
        fields["theme"].queryset = _themes()

    def clean_text(self) -> str:
        """The words without markup; some must be left."""
        return tidied(self.cleaned_data["text"], required=True)

    def clean(self) -> dict[str, Any]:
        """A photo needs words, a public name a name."""
        cleaned = super().clean()
        for name in ("first_name", "photo_alt"):
            if cleaned.get(name):
                cleaned[name] = tidied(cleaned[name])
        if cleaned.get("photo") and not cleaned.get("photo_alt"):
            self.add_error("photo_alt", _("Schrijf in een paar woorden wat erop staat."))
        if cleaned.get("is_name_public") and not cleaned.get("first_name"):
            self.add_error("first_name", _("Welke naam mag erbij?"))
        return cleaned

    def fields_of(self, names: tuple[str, ...]) -> list[forms.BoundField]:
        """Some of its fields, for the parts of the page."""
        return [self[name] for name in names]

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """The two questions that everybody sees."""
        return self.fields_of(self.SHOWN)

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """What one can add about the dream."""
        return self.fields_of(self.MORE)

    @property
    def reply_fields(self) -> list[forms.BoundField]:
        """How one wants to hear of it, and under which name."""
        return self.fields_of(self.REPLY)

    @property
    def has_more_errors(self) -> bool:
        """True when something is wrong in a folded part."""
        return any(name in self.errors for name in (*self.MORE, *self.REPLY))


class ParticipantForm(PublicForm):
    """Somebody without account who dreams along."""

    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Waarmee kun je helpen?"),
        choices=Participant.Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Niets aankruisen mag ook: dan droom je mee."),
    )
    text = forms.CharField(
        label=gettext_lazy("Vertel er iets over"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Alleen wie de droom verder helpt, leest dit."),
    )
    first_name = forms.CharField(label=gettext_lazy("Voornaam"), max_length=40, required=False)
    email = forms.EmailField(
        label=gettext_lazy("E-mailadres"),
        help_text=gettext_lazy(
            "Je krijgt één mail om ja te zeggen. Je adres staat nergens, en we wissen het als de "
            "droom klaar is."
        ),
    )
    limit_name = "dream participant"

    def clean_text(self) -> str:
        """The words without markup."""
        return tidied(self.cleaned_data["text"])

    def clean_first_name(self) -> str:
        """The name without markup."""
        return tidied(self.cleaned_data["first_name"])


class OrganisationParticipantForm(AskedForm):
    """An organisation that dreams along."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("Namens wie?"), empty_label=None
    )
    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Waarmee help je?"),
        choices=Participant.Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    text = forms.CharField(
        label=gettext_lazy("Vertel er iets over"), max_length=300, required=False
    )

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]


class DreamChangeForm(RecordForm):
    """Corrects a dream before or after it hangs on the wall."""

    text = _text_field(4)

    class Meta:
        model = Dream
        fields = ["text", "area", "place", "theme", "photo_alt"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = dict(self.fields)
        fields["area"].queryset = wijken()
        fields["place"].queryset = _places()
        fields["theme"].queryset = _themes()
        if not self.instance.photo:
            del self.fields["photo_alt"]

    def clean(self) -> dict[str, Any]:
        """A photo keeps its words."""
        cleaned = super().clean()
        if self.instance.photo and not cleaned.get("photo_alt"):
            self.add_error("photo_alt", _("Schrijf in een paar woorden wat erop staat."))
        return cleaned


class AsideForm(AskedForm):
    """Why a dream does not hang on the wall."""

    aside_reason = forms.CharField(
        label=gettext_lazy("Waarom niet op de muur?"),
        max_length=300,
        help_text=gettext_lazy("Wie de droom zei, kan dit lezen."),
    )


class AnswerForm(AskedForm):
    """What becomes of a dream, and in plain words why."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Wat wordt het?"), choices=[], widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=gettext_lazy("In gewone woorden"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Wie de droom zei en wie meedroomt, leest dit. Bij ‘Laten we praten’: waar en wanneer?"
        ),
    )
    look_again_on = forms.DateField(
        label=gettext_lazy("Nu nog niet: wanneer kijken we opnieuw?"), required=False
    )
    place = forms.ModelChoiceField(
        Place.objects.none(), label=gettext_lazy("Dit is er al: bij welke plek?"), required=False
    )
    activity = forms.ModelChoiceField(
        Activity.objects.none(), label=gettext_lazy("Of: welke activiteit?"), required=False
    )
    point = forms.ModelChoiceField(
        Point.objects.none(),
        label=gettext_lazy("Aan de stad: bij welk punt hoort het?"),
        required=False,
        help_text=gettext_lazy("Leeg: het komt bij de nieuwe signalen."),
    )
    other = forms.ModelChoiceField(
        Dream.objects.none(), label=gettext_lazy("Bij welke droom hoort het?"), required=False
    )

    def __init__(self, *args: Any, dream: Dream, kinds: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = dict(self.fields)
        fields["kind"].choices = kinds
        fields["place"].queryset = _places()
        fields["other"].queryset = Dream.objects.on_wall().exclude(pk=dream.pk)
        if modules.is_on("agenda"):
            rows = Activity.objects.visible_on(timezone.localdate())
            fields["activity"].queryset = rows.order_by("name")
        else:
            del self.fields["activity"]
        if modules.is_on("voice"):
            fields["point"].queryset = Point.objects.public()
        else:
            del self.fields["point"]


def answer_kinds() -> list[tuple[str, str]]:
    """The answers that can be chosen on this site, with their words; a plan is begun on its own
    page.
    """
    off = {Answer.Kind.PLAN} | (set() if modules.is_on("voice") else {Answer.Kind.CITY})
    return [(kind.value, str(kind.label)) for kind in Answer.Kind if kind not in off]


class TableForm(RecordForm):
    """A dream table: when, where, and a photo of what was written down."""

    upload = forms.FileField(
        label=gettext_lazy("Foto van de flap of de kaartjes"),
        required=False,
        help_text=gettext_lazy(
            "Die staat naast de regels als je typt. Alleen jij ziet hem; daarna wissen we hem."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": "image/*"}),
    )
    field_order = ["held_on", "organisation", "place", "area", "upload"]
    today = ("held_on",)

    class Meta:
        model = DreamTable
        fields = ["held_on", "organisation", "place", "area"]

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = dict(self.fields)
        fields["organisation"].queryset = organisations
        fields["place"].queryset = _places()
        fields["area"].queryset = wijken()

    def values(self) -> dict[str, Any]:
        """What was said, for the action."""
        return {name: value for name, value in self.cleaned_data.items() if name != "upload"}


class RowForm(AskedForm):
    """One dream of a table."""

    text = forms.CharField(
        label=gettext_lazy("Droom"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    theme = forms.ModelChoiceField(
        Theme.objects.none(), label=gettext_lazy("Waar gaat het over?"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].queryset = _themes()  # type: ignore[attr-defined]


RowFormSet = forms.formset_factory(RowForm, extra=ROWS, max_num=100, absolute_max=100)


def raw(upload: UploadedFile | None) -> bytes:
    """What is in an uploaded file; nothing without one."""
    return upload.read() if upload else b""
