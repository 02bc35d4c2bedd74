"""The forms in which an activity is entered, changed and proposed: a few questions, and the
rest when one likes.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from knooppunt.agenda.actions.activities import Organising, hanging
from knooppunt.agenda.describe import listed, when
from knooppunt.agenda.models import Activity, ActivityKind, Organiser
from knooppunt.agenda.schedule import FURTHEST, Schedule, understand
from knooppunt.core.coalition.languages import NAMES
from knooppunt.core.web.forms import PublicForm
from knooppunt.directory.forms.records import AddressField
from knooppunt.directory.models import Area, Organisation, Place, Theme
from knooppunt.kit.text import clean, normalise, several

# A time of which nobody can say whether it is in the night or in the afternoon, such as "2-4" or
# "half 3".
EXAMPLES = gettext_lazy(
    "Zeg het zoals je praat: ‘elke 2e dinsdag van 10 tot 12, niet in de schoolvakantie’ of ‘14 "
    "maart om 14 uur’."
)


class WhenField(forms.CharField):
    """When it is, in words; the clean value is the schedule that it means."""

    def clean(self, value: Any) -> Any:
        """The schedule, or a sentence that helps."""
        said = super().clean(value)
        found = understand(said, timezone.localdate())
        if found is None:
            raise forms.ValidationError(
                _(
                    "We begrijpen nog niet wanneer het is. Noem de dag en de tijd, bijvoorbeeld: "
                    "elke dinsdag van 10 tot 12."
                )
            )
        if not found.is_clear:
            raise forms.ValidationError(what_is_open(found))
        if not found.has_time:
            raise forms.ValidationError(
                _("Hoe laat is het? Zet de tijd erbij, bijvoorbeeld: van 10 tot 12.")
            )
        return found


def what_is_open(schedule: Schedule) -> str:
    """A question about what a sentence leaves open, or the words of it that were not understood."""
    names = [str(WEEKDAYS[day]) for day in schedule.weekdays]
    questions = {
        "which": _("Welke %(days)s van de maand? Zeg bijvoorbeeld: elke 1e %(days)s van de maand.")
        % {"days": listed(names)},
        "weekday": _("Op welke dag? Zeg bijvoorbeeld: elke week op dinsdag."),
        "day_of_month": _(
            "Op welke dag van de maand? Zeg bijvoorbeeld: elke 1e dinsdag van de maand, of: elke "
            "15e van de maand."
        ),
        "day_of_year": _("Op welke dag van het jaar? Zeg bijvoorbeeld: elk jaar op 5 mei."),
    }
    if schedule.lacks:
        return questions[schedule.lacks]
    words = ", ".join(f"‘{word}’" for word in schedule.unknown)
    doubts = {
        "hour": _(
            "Hoe laat is dit: %(words)s? Schrijf de uren van 0 tot 24, bijvoorbeeld: 14.00-16.00."
        ),
        "last_month": _(
            "Hoort de laatste maand er nog bij? Schrijf dan ‘t/m’, of noem de laatste dag."
        ),
        "second_time": _(
            "Dit begrepen we niet: %(words)s. Zijn er twee verschillende tijden? Zet het dan als "
            "twee activiteiten in de agenda."
        ),
        "": _("Dit begrepen we niet: %(words)s. Zeg het anders, of laat het weg."),
    }
    return doubts[schedule.doubt] % {"words": words}


class BriefForm(forms.Form):
    """What everybody is asked, also a stranger who proposes something."""

    name = forms.CharField(label=gettext_lazy("Wat is er te doen?"), max_length=200)
    said = WhenField(label=gettext_lazy("Wanneer?"), max_length=300, help_text=EXAMPLES)
    where = forms.CharField(
        label=gettext_lazy("Waar?"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("De naam van de plek, of het adres."),
        widget=forms.TextInput(attrs={"list": "plekken"}),
    )
    description = forms.CharField(
        label=gettext_lazy("Vertel er iets over"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self) -> dict[str, Any]:
        """What was pasted from elsewhere, without signs that no eye sees."""
        got = super().clean() or {}
        return {
            name: clean(value) if isinstance(value, str) else value for name, value in got.items()
        }

    def place_values(self) -> dict[str, Any]:
        """The place of the register with the name that was typed; else the words."""
        typed = self.cleaned_data["where"]
        place = (
            Place.objects.visible_on(timezone.localdate())
            .filter(name_key=normalise(typed)[:200])
            .first()
            if typed
            else None
        )
        return {"places": [place] if place else [], "location": "" if place else typed}


class ProposalForm(PublicForm, BriefForm):
    """What a stranger proposes for the agenda; somebody looks at it first."""

    who = forms.CharField(
        label=gettext_lazy("Wie organiseert het?"), max_length=200, required=False
    )
    reply_address = forms.CharField(
        label=gettext_lazy("Hoe kunnen we je bereiken?"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Telefoon of e-mail. We wissen dit zodra je voorstel is bekeken."),
    )
    # Each proposal is sent twice: to see how it was read, and to send it.
    limit, limit_name = 20, "proposal"
    field_order = [
        "name",
        "said",
        "where",
        "who",
        "description",
        "reply_address",
        "moment",
        "nickname",
    ]

    def values(self) -> dict[str, Any]:
        """The values of a draft activity."""
        got = self.cleaned_data
        who = [_known(got["who"])] if got["who"] else []
        return {
            "name": got["name"],
            "descriptions": {"nl": got["description"]} if got["description"] else {},
            "organisers": who,
            "reply_address": got["reply_address"],
            "state": "draft",
            **self.place_values(),
            **got["said"].values,
        }


def _known(typed: str) -> Organising:
    known = Organisation.objects.visible_on(timezone.localdate())
    one = known.filter(name_key=normalise(typed)[:200]).first()
    return Organising(one, "" if one else typed)


class ActivityForm(BriefForm):
    """Everything about an activity, for whoever keeps it. The first four questions are enough."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("Wie organiseert het?"), required=False
    )
    group = forms.ChoiceField(
        label=gettext_lazy("Wie doet het werk?"),
        choices=[("", gettext_lazy("weet ik niet")), *Organiser.Group.choices],
        required=False,
        help_text=gettext_lazy("Zo telt het mee in het aandeel van bewoners."),
    )
    local_share = forms.IntegerField(
        label=gettext_lazy("Deel door bewoners, in procenten"),
        min_value=0,
        max_value=100,
        required=False,
        help_text=gettext_lazy("Alleen bij ‘gemengd’."),
    )
    others = forms.CharField(
        label=gettext_lazy("Wie organiseren er mee?"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Namen met een puntkomma ertussen."),
    )
    kind = forms.ModelChoiceField(
        ActivityKind.objects.filter(is_used=True), label=gettext_lazy("Soort"), required=False
    )
    is_free = forms.BooleanField(label=gettext_lazy("Het is gratis"), required=False)
    cost = forms.CharField(label=gettext_lazy("Wat kost het?"), max_length=100, required=False)
    target_groups = forms.CharField(
        label=gettext_lazy("Voor wie?"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Bijvoorbeeld: ouders, iedereen"),
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Talen die er gesproken worden"),
        choices=list(NAMES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    themes = forms.ModelMultipleChoiceField(
        Theme.objects.filter(is_used=True),
        label=gettext_lazy("Thema’s"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    areas = forms.ModelMultipleChoiceField(
        Area.objects.none(),
        label=gettext_lazy("Wijk, als er geen plek is"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    website = AddressField(label=gettext_lazy("Website"), max_length=500, required=False)
    online_url = AddressField(
        label=gettext_lazy("Adres om online mee te doen"), max_length=500, required=False
    )
    first_day = forms.DateField(
        label=gettext_lazy("Eerste keer op of na"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    FIRST = ("name", "said", "where", "organisation", "group")

    def __init__(
        self, *args: Any, organisations: Any, activity: Activity | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.activity = activity
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
        self.fields["areas"].queryset = Area.objects.doors().defer("outline")  # type: ignore[attr-defined]
        if activity:
            self.fields["said"].required = False
            self.fields["said"].help_text = _("Laat dit staan als er niets aan de tijd verandert.")
        self.order_fields([*self.FIRST, "local_share"])

    @property
    def first_fields(self) -> list[Any]:
        """The questions that are enough."""
        return [self[name] for name in self.fields if name in (*self.FIRST, "description")]

    @property
    def more_fields(self) -> list[Any]:
        """What one may add."""
        return [self[name] for name in self.fields if name not in (*self.FIRST, "description")]

    @property
    def has_errors_below(self) -> bool:
        """True when something that is folded away needs a look."""
        return any(field.errors for field in self.more_fields)

    def _clean_fields(self) -> None:
        """The words of an activity that was there count only when they were changed."""
        if self.activity and self.data.get("said", "").strip() == self.initial.get("said", ""):
            self.fields["said"] = forms.CharField(required=False)
        super()._clean_fields()  # type: ignore[misc]

    def clean(self) -> dict[str, Any]:
        """A mixed group needs its share, and a share a mixed group."""
        got = super().clean()
        if got.get("first_day"):
            got["first_day"] = sensible(got["first_day"])
        if got.get("group") == "mixed" and got.get("local_share") is None:
            self.add_error("local_share", _("Vul in welk deel bewoners doen, bijvoorbeeld 60."))
        return got

    @property
    def schedule(self) -> Schedule | None:
        """The schedule that was typed; None when it did not change."""
        found = self.cleaned_data.get("said")
        return found if isinstance(found, Schedule) else None

    def values(self) -> dict[str, Any]:
        """The values of the activity."""
        got = self.cleaned_data
        values = {
            name: got[name]
            for name in ("name", "kind", "cost", "languages", "website", "online_url")
        }
        values |= {
            "themes": list(got["themes"]),
            "areas": list(got["areas"]),
            "is_free": self._is_free(),
        }
        values |= {
            "target_groups": several(got["target_groups"]),
            "organisers": self._organisers(),
        }
        if self.activity is None or got["where"] != self.initial.get("where", ""):
            values |= self.place_values()
        old = self.activity.descriptions if self.activity else {}
        if got["description"] != (old.get("nl", "")):
            values["descriptions"] = {**old, "nl": got["description"]} if got["description"] else {}
        if self.schedule:
            values |= self._when(self.schedule)
        return values

    def _is_free(self) -> bool | None:
        """Not ticked leaves what was known to cost something as it was."""
        if self.cleaned_data["is_free"]:
            return True
        return False if self.activity and self.activity.is_free is False else None

    def _when(self, schedule: Schedule) -> dict[str, Any]:
        """The schedule; something new runs from its first day."""
        values = {**schedule.values, "is_unclear": False}
        if first := self.cleaned_data.get("first_day"):
            again = understand(values["said"], first)
            values = dict(again.values) if again else values
        if self.activity is None:
            return values | {"since": values["since"] or values["starts_on"]}
        old = self.activity
        if (
            values["rules"] == old.rules
            and values["since"] is None
            and not self.cleaned_data.get("first_day")
        ):
            # The same rhythm goes on in the same weeks.
            values["starts_on"] = old.starts_on
        today = timezone.localdate().isoformat()
        past = [
            f"{start[:10]}T{values['starts_at']:%H:%M}"
            for start in old.exceptions
            if start[:10] < today
        ]
        return values | {
            "since": values["since"] or old.since,
            "exceptions": sorted({*past, *values["exceptions"]}),
        }

    def _organisers(self) -> list[Organising]:
        got = self.cleaned_data
        share = got["local_share"] if got["group"] == "mixed" else None
        found = (
            [Organising(got["organisation"], "", got["group"], share)]
            if got["organisation"]
            else []
        )
        before = hanging(self.activity)["organisers"] if self.activity else []
        rest = (
            before
            if not self.initial.get("organisation")
            else [one for one in before if one.organisation != self.initial["organisation"]]
        )
        if got["others"] != self.initial.get("others", ""):
            known = [_known(name) for name in several(got["others"], r"[;\n]+")]
            rest = [
                next(
                    (
                        one
                        for one in rest
                        if (one.organisation, one.name) == (who.organisation, who.name)
                    ),
                    who,
                )
                for who in known
            ]
        return found + [
            one for one in rest if not one.organisation or one.organisation != got["organisation"]
        ]


def initial(activity: Activity, organisations: Any) -> dict[str, Any]:
    """What the form shows of an activity that is there; first of the organisers the one that
    she keeps.
    """
    below = hanging(activity)
    known = [who for who in below["organisers"] if who.organisation]
    mine = set(
        organisations.filter(pk__in=[who.organisation.pk for who in known]).values_list(
            "pk", flat=True
        )
    )
    first = next((who for who in known if who.organisation.pk in mine), None)
    others = [str(who.organisation or who.name) for who in below["organisers"] if who is not first]
    return {
        **{
            name: getattr(activity, name)
            for name in ("name", "kind", "cost", "languages", "website", "online_url", "is_free")
        },
        "said": when(activity),
        "description": activity.descriptions.get("nl", ""),
        "target_groups": ", ".join(activity.target_groups),
        "where": below["places"][0].name if below["places"] else activity.location,
        "themes": below["themes"],
        "areas": below["areas"],
        "organisation": first.organisation if first else None,
        "group": first.group if first else "",
        "local_share": first.local_share if first else None,
        "others": "; ".join(others),
    }


def sensible(day: date) -> date:
    """The day, when it is within some years of today; else a sentence, for it will be a slip in
    the year.
    """
    today = timezone.localdate()
    if not today.year - 60 <= day.year <= today.year + FURTHEST:
        raise forms.ValidationError(_("Klopt het jaar? We begrepen %(year)d.") % {"year": day.year})
    return day


class CancelForm(forms.Form):
    """Why one time does not go on."""

    reason = forms.CharField(
        label=gettext_lazy("Waarom gaat het niet door?"), max_length=200, required=False
    )


class MoveForm(forms.Form):
    """To which day and time one time moves."""

    day = forms.DateField(
        label=gettext_lazy("Nieuwe dag"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    time = forms.TimeField(
        label=gettext_lazy("Nieuwe tijd"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    where = forms.CharField(label=gettext_lazy("Andere plek"), max_length=200, required=False)
    reason = forms.CharField(label=gettext_lazy("Waarom?"), max_length=200, required=False)

    def clean_day(self) -> date:
        """A day that a calendar can hold."""
        return sensible(self.cleaned_data["day"])

    def clean_where(self) -> Place | None:
        """The place of the register with this name."""
        typed = self.cleaned_data["where"]
        place: Place | None = (
            Place.objects.public().filter(name_key=normalise(typed)[:200]).first()
            if typed
            else None
        )
        if typed and place is None:
            raise forms.ValidationError(_("Deze plek staat niet in het register."))
        return place


class CountForm(forms.Form):
    """How many people came."""

    people = forms.IntegerField(
        label=gettext_lazy("Hoeveel mensen waren er?"), min_value=0, max_value=100_000
    )
