"""The forms of the report: telling a story, beginning a report, writing its texts, choosing its
chapters, and funders.

Where it says Any, Django does not say what a form takes or what it cleaned.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knooppunt.core.registry import figure_registry, modules
from knooppunt.core.reporting.facts import Facts
from knooppunt.core.web.forms import AskedForm, PublicForm, RecordForm, tidied
from knooppunt.directory.models import Area, Organisation
from knooppunt.kit.periods import BadPeriod, days, half_year_of, parse_period
from knooppunt.report.drafting import Choice, period_name
from knooppunt.report.marked_text import unknown_marks
from knooppunt.report.models import Funder, Goal, Report, Story
from knooppunt.report.rules import Visitor, may_edit_scope

LARGEST_PHOTO = 15 * 1024 * 1024
HALVES = 6


class StoryFields(forms.Form):
    """What is asked for a story, by whoever types it."""

    text = forms.CharField(
        label=gettext_lazy("Je verhaal"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=gettext_lazy(
            "Wat gebeurde er? Wat veranderde er voor jou of je straat? Noem geen achternamen van "
            "anderen."
        ),
    )
    told_by = forms.CharField(
        label=gettext_lazy("Hoe mogen we je noemen?"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Bijvoorbeeld je voornaam, of ‘een buurvrouw’. Leeg laten mag."),
    )
    area = forms.ModelChoiceField(
        Area.objects.none(), label=gettext_lazy("Uit welke wijk?"), required=False
    )
    photo = forms.FileField(
        label=gettext_lazy("Een foto"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=gettext_lazy(
            "Alleen een foto die je zelf maakte. Vraag wie erop staat of het mag."
        ),
    )
    photo_alt = forms.CharField(
        label=gettext_lazy("Wat staat er op de foto?"), max_length=200, required=False
    )
    years = forms.ChoiceField(
        label=gettext_lazy("Hoe lang mogen we het laten zien?"),
        widget=forms.RadioSelect,
        initial="2",
        choices=(
            ("1", gettext_lazy("een jaar")),
            ("2", gettext_lazy("twee jaar")),
            ("5", gettext_lazy("vijf jaar")),
        ),
    )
    consent = forms.BooleanField(
        label=gettext_lazy(
            "Ja, dit mag in het Halfjaarbericht, op de site en op papier. Ik kan het altijd "
            "intrekken."
        )
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = Area.objects.doors().defer("outline")  # type: ignore[attr-defined]
        self.fields["area"].empty_label = _("zeg ik liever niet")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Words without markup, and a photo that is not too large to look at."""
        got = super().clean() or {}
        for name in ("text", "told_by", "photo_alt"):
            if got.get(name):
                try:
                    got[name] = tidied(got[name], name == "text")
                except forms.ValidationError as problem:
                    self.add_error(name, problem)
        photo = got.get("photo")
        if photo and photo.size > LARGEST_PHOTO:
            self.add_error(
                "photo",
                _(
                    "Deze foto is groter dan 15 MB. Kies een kleinere, of stuur je verhaal zonder "
                    "foto."
                ),
            )
        return got


class TellForm(StoryFields, PublicForm):
    """A story from a stranger."""

    limit_name = "story"
    field_order = [
        "text",
        "told_by",
        "area",
        "photo",
        "photo_alt",
        "years",
        "consent",
        "nickname",
        "moment",
    ]


class HeardForm(StoryFields):
    """A story that somebody told or wrote on paper."""

    via = forms.ChoiceField(
        label=gettext_lazy("Hoe kwam het binnen?"),
        choices=[(Story.Via.PAPER, Story.Via.PAPER.label), (Story.Via.TALK, Story.Via.TALK.label)],
    )
    consent = forms.BooleanField(
        label=gettext_lazy(
            "Wie het vertelde, gaf toestemming voor site en papier, en weet dat intrekken altijd "
            "kan."
        )
    )


class TakeBackForm(PublicForm):
    """The code with which a story is taken back."""

    code = forms.CharField(
        label=gettext_lazy("De code die je kreeg"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "class": "code"}),
    )
    limit_name = "story_code"
    field_order = ["code"]


class TakeUpForm(AskedForm):
    """A story as it may be told, with its spelling mended."""

    text = forms.CharField(
        label=gettext_lazy("Het verhaal"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("Verander alleen tikfouten en namen van anderen."),
    )


class BeginForm(forms.Form):
    """About which period and whom."""

    period = forms.ChoiceField(label=gettext_lazy("Over welke tijd?"))
    since = forms.DateField(
        label=gettext_lazy("Of: van"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    until = forms.DateField(
        label=gettext_lazy("tot en met"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    scope = forms.ChoiceField(label=gettext_lazy("Over wie?"), required=False)
    lang = forms.ChoiceField(
        label=gettext_lazy("In welke taal?"), choices=settings.LANGUAGES, required=False
    )

    def __init__(self, *args: Any, user: Visitor, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        periods = [half_year_of(today)]
        while len(periods) < HALVES:
            periods.append(periods[-1].previous)
        self.fields["period"].choices = [(one.key, period_name(one)) for one in periods]  # type: ignore[attr-defined]
        self.initial.setdefault("period", periods[1].key)
        self.initial.setdefault("lang", settings.LANGUAGE_CODE)
        wijken = [
            (f"wijk:{area.slug}", area.name)
            for area in Area.objects.doors().defer("outline")
            if may_edit_scope(user, area=area)
        ]
        networks = [
            (f"netwerk:{one.slug}", one.name)
            for one in Organisation.objects.public().networks()
            if may_edit_scope(user, network=one)
        ]
        whole = [("", _("alles bij elkaar"))] if may_edit_scope(user) else []
        self.fields["scope"].choices = [  # type: ignore[attr-defined]
            *whole,
            (_("Eén wijk"), wijken),
            (_("Eén netwerk"), networks),
        ]

    def clean(self) -> dict[str, Any]:
        """The period as days, and the wijk or network."""
        got = super().clean() or {}
        if got.get("since") or got.get("until"):
            if not (got.get("since") and got.get("until")):
                raise forms.ValidationError(_("Geef allebei de dagen, of geen van beide."))
            try:
                got["days"] = days(got["since"], got["until"])
            except BadPeriod as problem:
                backwards = str(problem) == "backwards"
                self.add_error(
                    "until" if backwards else "since",
                    _("De einddatum ligt voor de begindatum.")
                    if backwards
                    else _("Kies dagen tussen 1900 en 2200."),
                )
                return got
        elif got.get("period"):
            try:
                got["days"] = parse_period(got["period"])
            except BadPeriod:
                self.add_error("period", _("Deze tijd kennen we niet."))
        kind, _sign, slug = got.get("scope", "").partition(":")
        got["area"] = Area.objects.filter(slug=slug).first() if kind == "wijk" else None
        got["network"] = (
            Organisation.objects.networks().filter(slug=slug).first() if kind == "netwerk" else None
        )
        if "scope" in got and not may_edit_scope(self.user, got["area"], got["network"]):
            self.add_error(
                "scope", _("Daarover kun jij geen bericht maken. Kies jouw wijk of netwerk.")
            )
        return got


class TextForm(AskedForm):
    """A text of the report, with marks where numbers come."""

    text = forms.CharField(
        label=gettext_lazy("Tekst"),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=gettext_lazy(
            "Een lege regel begint een nieuwe alinea. Zet een getal niet als cijfer neer, maar "
            "als merkteken tussen accolades, zoals {organisations}; dan klopt het altijd en kan "
            "iedereen de lijst zien. Leegmaken brengt de eerste versie terug."
        ),
    )

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, facts: Facts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.facts = facts

    def clean_text(self) -> str:
        """The text, if every mark in it is a number that we know."""
        text = str(self.cleaned_data["text"])
        wrong = unknown_marks(text, self.facts.has)
        if wrong:
            raise forms.ValidationError(
                _(
                    "Dit kennen we niet als getal: %(marks)s. Kies een merkteken uit de lijst "
                    "hieronder."
                )
                % {"marks": ", ".join(wrong[:5])}
            )
        return text


class WithoutMarks(forms.BaseForm):
    """A form whose texts hold no marks: braces would stand there as they were typed."""

    def clean(self) -> dict[str, Any]:
        """What was typed, without braces."""
        got = super().clean() or {}
        for name, value in list(got.items()):
            if isinstance(value, str) and set(value) & set("{}"):
                self.add_error(
                    name,
                    _(
                        "Accolades kunnen hier niet: alleen in de teksten van een bericht worden "
                        "ze een getal."
                    ),
                )
        return got


class TitleForm(WithoutMarks, RecordForm):
    """How the report is called."""

    class Meta:
        model = Report
        fields = ["title"]


class CorrectForm(WithoutMarks, AskedForm):
    """What was wrong and what is done about it; readers see it."""

    note = forms.CharField(
        label=gettext_lazy("Wat was er niet goed, en wat is er veranderd?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "Dit staat straks bovenaan de nieuwe editie. De oude editie blijft te lezen."
        ),
    )


class ChooseForm(forms.Form):
    """Which chapters, and in which order."""

    def __init__(self, *args: Any, choices: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = choices
        for place, choice in enumerate(choices, start=1):
            key = choice.chapter.key
            self.fields[f"shown_{key}"] = forms.BooleanField(
                label=str(choice.chapter.title), required=False, initial=choice.is_shown
            )
            self.fields[f"order_{key}"] = forms.IntegerField(
                label=_("plaats van %(chapter)s") % {"chapter": choice.chapter.title},
                min_value=1,
                max_value=99,
                initial=place,
            )

    def chosen(self) -> dict[str, tuple[int, bool]]:
        """By key the place and whether it is shown."""
        got = self.cleaned_data
        return {
            choice.chapter.key: (
                got[f"order_{choice.chapter.key}"],
                got[f"shown_{choice.chapter.key}"],
            )
            for choice in self.choices
        }


class StoryChoiceField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A story, shown by who told it and how it begins."""

    def label_from_instance(self, obj: Story) -> str:
        """Such as: Anna: We planten samen een boom."""
        return f"{obj.told_by or obj.pk}: {obj.text[:70]}"


class PlaceForm(forms.Form):
    """Which story, and with which chapter."""

    story = StoryChoiceField(Story.objects.none(), label=gettext_lazy("Welk verhaal?"))
    chapter = forms.ChoiceField(label=gettext_lazy("Bij welk hoofdstuk?"))

    def __init__(
        self, *args: Any, stories: QuerySet[Story], choices: list[Choice], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["story"].queryset = stories  # type: ignore[attr-defined]
        self.fields["chapter"].choices = [  # type: ignore[attr-defined]
            (choice.chapter.key, choice.chapter.title) for choice in choices
        ]


class FunderForm(WithoutMarks, RecordForm):
    """Who pays for part of it."""

    class Meta:
        model = Funder
        fields = ["name", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}


class GoalForm(WithoutMarks, RecordForm):
    """What was agreed, and with which figures and chapters it is shown."""

    figures = forms.MultipleChoiceField(
        label=gettext_lazy("Welke cijfers laten dit zien?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    chapters = forms.MultipleChoiceField(
        label=gettext_lazy("Van welke hoofdstukken horen tekst, beeld en verhalen hierbij?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = Goal
        fields = ["text", "figures", "chapters", "order"]
        labels = {"order": gettext_lazy("Plaats in de rij")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["order"].max_value = 99  # type: ignore[attr-defined]
        self.fields["order"].validators.append(MaxValueValidator(99))
        self.fields["figures"].choices = [  # type: ignore[attr-defined]
            (figure.key, figure.title) for figure in figure_registry.published_figures()
        ]
        self.fields["chapters"].choices = [  # type: ignore[attr-defined]
            (one.key, one.title) for one in modules.gathered("chapters")
        ]
